"""Times of functions and of whole processes: the best of some tries, for machines are noisy."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
TRIES = 3


class Run(NamedTuple):
    """What a process took: seconds, and the most memory it held, in MiB."""

    seconds: float
    mebibytes: float


def best(function: Callable[[], T], tries: int = TRIES) -> tuple[float, T]:
    """Seconds of the fastest try, and what it returned."""
    seconds = []
    for _ in range(tries):
        gc.collect()
        start = time.perf_counter()
        found = function()
        seconds.append(time.perf_counter() - start)
    return min(seconds), found


def process(command: Sequence[str]) -> Run:
    """One run of a Python program, its output thrown away; raises CalledProcessError."""
    start = time.perf_counter()
    running = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - start
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return Run(seconds, usage.ru_maxrss / 1024)
