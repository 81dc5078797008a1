"""Has a child process compute something while this process goes on."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")
_TASKS = Path("/proc/self/task")


def is_possible() -> bool:
    """Whether this process may be forked: only where it has one thread (numpy brings more), and
    worth it only where a second processor is free to use.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return False
    return _TASKS.is_dir() and len(list(_TASKS.iterdir())) == 1


class Aside(Generic[T]):
    """What a function returns, from a child that was begun at once. A child that nobody asks ends
    with its parent.
    """

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        answer, own = os.pipe()
        self._child = os.fork()
        if not self._child:
            os.close(answer)  # who holds it too would never hear that nobody reads any more
            _answer(function, own)
        os.close(own)
        self._answer = answer

    def result(self) -> T:
        """Wait for it. A child that fails says nothing, and the function is called here, so that
        what goes wrong goes wrong before everybody's eyes.
        """
        with os.fdopen(self._answer, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(self._child, 0)
        return pickle.loads(said) if status == 0 else self._function()  # noqa: S301 - our own


def _answer(function: Callable[[], object], pipe: int) -> NoReturn:
    """The child's whole life; it never returns into the parent's code."""
    try:
        with os.fdopen(pipe, "wb") as file:
            pickle.dump(function(), file, protocol=pickle.HIGHEST_PROTOCOL)
        os._exit(0)
    finally:
        os._exit(1)
