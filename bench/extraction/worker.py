"""One worker process: what it does, and how the process that started it deals with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread
from time import monotonic
from typing import Any

from bench.errors import DatelineError
from bench.extraction.attempt import Outcome, attempt
from bench.extraction.plan import Plan
from bench.extractors import load, prepare
from bench.schema import Document

PATIENCE = 2.0
"""Seconds that a worker without work has to end by itself."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The extractor is made and prepared."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing more will come: a problem of the user's, or a bug with its traceback."""

    text: str
    is_bug: bool = False


Message = Ready | Stopped | Outcome


class Worker:
    """A process with an extractor of its own, and the document that it has."""

    def __init__(self, plan: Plan) -> None:
        context = multiprocessing.get_context("spawn")  # no locks and no threads of ours inside
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, plan))
        with _no_interrupts():
            self.process.start()
        theirs.close()
        self.ready = False
        self.document: Document | None = None
        self.deadline = float("inf")

    def give(self, document: Document, timeout: float | None) -> None:
        """Hand over the next document; that nobody takes it shows when the answer is read."""
        self.document = document
        self.deadline = float("inf") if timeout is None else monotonic() + timeout
        with suppress(OSError):
            self.pipe.send(document)

    def hear(self) -> Message | None:
        """What it has sent; None where it has ended."""
        try:
            message: Message = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return message

    def death(self) -> str:
        """How the process ended, in words."""
        self.process.join(PATIENCE)
        code = self.process.exitcode
        if code is not None and code < 0:
            names = {one.value: one.name for one in signal.Signals}
            return f"the worker process was killed by {names.get(-code, f'signal {-code}')}"
        return f"the worker process ended with exit code {code}"

    def leave(self) -> None:
        """Tell it that there is no more work."""
        self.pipe.close()

    def kill(self, patience: float = 0.0) -> None:
        """End it and what it has started, after some seconds if it does not go by itself."""
        self.process.join(patience)
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.pipe.close()


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """A process started inside never sees Ctrl-C: that is for the one that started it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(pipe: Connection[Any, Any], plan: Plan) -> None:
    """The work of a worker process: make an extractor, then answer until the pipe is closed."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()
    Thread(target=_end_with_parent, daemon=True).start()
    os.dup2(sys.stderr.fileno(), 1)
    last = _work(pipe, plan)
    with suppress(OSError):  # the other end may have gone, which may be the very reason
        pipe.send(last)


def _work(pipe: Connection[Any, Any], plan: Plan) -> Stopped | None:
    """Why there is no more to do; None where there are no more documents."""
    try:
        _answer(pipe, plan)
    except DatelineError as error:
        return Stopped(str(error))
    except Exception:  # shown by the process that started this one
        return Stopped(traceback.format_exc(), is_bug=True)
    return None


def _answer(pipe: Connection[Any, Any], plan: Plan) -> None:
    extractor = load(plan.name, plan.options)
    prepare(extractor)
    pipe.send(Ready())
    while (document := _next(pipe)) is not None:
        pipe.send(attempt(extractor, document, fail_fast=plan.fail_fast))


def _next(pipe: Connection[Any, Any]) -> Document | None:
    try:
        document: Document = pipe.recv()
    except (EOFError, OSError):
        return None
    return document


def _end_with_parent() -> None:
    """Where the process that started this one is killed, nobody else ends this one."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
