"""One process a task, forked from one that has all in memory that the task needs."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, TypeVar

T = TypeVar("T")
LATE, BROKEN = "late", "broken"
"""Answers of a task that ran out of its time, and of one that ended without an answer."""
_MEMORY = 8 << 30


def forks(
    tasks: Iterable[tuple[T, Callable[[], Any]]], jobs: int
) -> Iterator[tuple[T, Any, float]]:
    """Each task with its answer, which JSON must hold, and its seconds; as they end."""
    running: dict[int, tuple[T, IO[str], float]] = {}
    for name, task in tasks:
        if len(running) >= jobs:
            yield _ended(running)
        file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - read when it has ended
        running[_start(task, file)] = name, file, time.monotonic()
    while running:
        yield _ended(running)


def _ended(running: dict[int, tuple[T, IO[str], float]]) -> tuple[T, Any, float]:
    pid, status = os.wait()
    name, file, began = running.pop(pid)
    with file:
        file.seek(0)
        answer = json.loads(file.read() or "null") if status == 0 else BROKEN
    late = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF
    return name, LATE if late else answer, time.monotonic() - began


def limit(seconds: float) -> None:
    """End this process, as late, when it has computed for so long from now on."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _start(task: Callable[[], Any], file: IO[str]) -> int:
    """The child's process id."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        _silence()
        json.dump(task(), file)
        file.flush()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)


def _silence() -> None:
    """What is printed goes nowhere, or to the file that MUTATION_LOG names."""
    log = os.environ.get("MUTATION_LOG", os.devnull)
    silence = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
