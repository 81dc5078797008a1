"""One process a mutant, forked from one that has imported everything but the project."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

from tests.mutation.covering import TESTS
from tests.mutation.mutants import Mutant

OURS = ("bench", "baselines", "benchmarks", "gold", "leaderboard", "tests")
KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"


def warm(root: Path) -> None:
    """Import what all tests need, and forget the project again: every trial imports it anew."""
    for path in sorted({file for tests in TESTS.values() for file in tests}):
        for file in sorted((root / path).glob("test_*.py")) or [root / path]:
            name = ".".join(file.relative_to(root).with_suffix("").parts)
            importlib.import_module(name)
    for name in ("scipy.optimize", "scipy.special", "_pytest.doctest", "hypothesis.extra.numpy"):
        importlib.import_module(name)
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        if not name.startswith("tests.mutation"):
            del sys.modules[name]


def trials(
    mutants: Iterable[Mutant], *, limit: int, jobs: int
) -> Iterator[tuple[Mutant, str, float]]:
    """Each mutant with what became of it and the seconds that took, as they end."""
    running: dict[int, tuple[Mutant, float]] = {}
    for mutant in mutants:
        if len(running) >= jobs:
            yield _ended(running)
        running[_start(mutant, limit)] = mutant, time.monotonic()
    while running:
        yield _ended(running)


def _ended(running: dict[int, tuple[Mutant, float]]) -> tuple[Mutant, str, float]:
    pid, status = os.wait()
    mutant, began = running.pop(pid)
    late = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
    said = TIMEOUT if late else KILLED if status else SURVIVED
    return mutant, said, time.monotonic() - began


def _start(mutant: Mutant, limit: int) -> int:
    """The child's process id; it ends itself, by the alarm if need be."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    signal.alarm(limit)
    silence = os.open(
        os.environ.get("MUTATION_LOG", os.devnull), os.O_WRONLY | os.O_CREAT | os.O_APPEND
    )
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        code = int(_test(mutant))
        sys.stdout.flush()
        os._exit(code)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)


def _test(mutant: Mutant) -> int:
    """pytest's exit code where the file's source is the mutant's."""
    path, plain = str(Path(mutant.path).resolve()), SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, fullname: str):
        return (
            compile(mutant.code, path, "exec") if loader.path == path else plain(loader, fullname)
        )

    SourceFileLoader.get_code = get_code
    return pytest.main(
        ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", *TESTS[mutant.path], mutant.path]
    )
