"""Times of functions and of whole processes: the best of some tries, for machines are noisy."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
TRIES = 3


def best(function: Callable[[], T], tries: int = TRIES) -> tuple[float, T]:
    """Seconds of the fastest try, and what it returned."""
    seconds = []
    for _ in range(tries):
        gc.collect()
        start = time.perf_counter()
        found = function()
        seconds.append(time.perf_counter() - start)
    return min(seconds), found


def process(command: Sequence[str]) -> float:
    """Seconds of one run of a Python program, its output thrown away; raises CalledProcessError."""
    start = time.perf_counter()
    _ended(_begun(command))
    return time.perf_counter() - start


def memory(command: Sequence[str]) -> float:
    """The most that a program and its children held together, in MiB, looked at all the time: what
    they share counts once. Raises CalledProcessError.
    """
    running, most = _begun(command), 0.0
    while running.poll() is None:
        most = max(most, sum(map(_held, (running.pid, *_children(running.pid)))))
        time.sleep(0.005)
    _ended(running)
    return most


def _begun(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)  # noqa: S603


def _ended(running: subprocess.Popen[bytes]) -> None:
    if running.wait():
        raise subprocess.CalledProcessError(running.returncode, running.args)


def _children(pid: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has just ended
            continue
        if int(parent) == pid:
            yield int(stat.parent.name)


def _held(pid: int) -> float:
    """Proportional set size: pages that several processes share are shared out among them."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024
