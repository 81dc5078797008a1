"""Gives documents to worker processes; one that hangs or dies loses its own and is replaced."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import wait
from time import monotonic

from bench.errors import CannotRun, DatelineError
from bench.extraction.attempt import Outcome
from bench.extraction.plan import Plan
from bench.extraction.worker import PATIENCE, Ready, Stopped, Worker
from bench.schema import Document


class BugInWorker(RuntimeError):
    """Something that an extractor raised in a worker process; the message is its traceback."""


def in_processes(plan: Plan, documents: Sequence[Document]) -> Iterator[Outcome]:
    """Outcomes as they come; raises CannotRun and, where the plan is to fail fast, BugInWorker."""
    crew = _Crew(plan, documents)
    try:
        yield from crew.run()
    finally:
        crew.kill()


class _Crew:
    """The workers of a run and the documents that none of them has yet."""

    def __init__(self, plan: Plan, documents: Sequence[Document]) -> None:
        self.plan, self.waiting = plan, deque(documents)
        self.workers: list[Worker] = []
        self.leaving: list[Worker] = []

    def run(self) -> Iterator[Outcome]:
        # The first one alone: what is made once, such as a trained model, the others find made.
        self.workers.append(Worker(self.plan))
        while self.workers:
            for worker in self._heard():
                yield from self._attend(worker)
        for worker in self.leaving:
            worker.kill(PATIENCE)

    def kill(self) -> None:
        for worker in (*self.workers, *self.leaving):
            worker.kill()

    def _heard(self) -> list[Worker]:
        """Workers that have sent something, have ended or are late."""
        first = min(worker.deadline for worker in self.workers)
        pause = None if first == float("inf") else max(0.0, first - monotonic())
        speaking = wait([worker.pipe for worker in self.workers], pause)
        now = monotonic()
        return [one for one in self.workers if one.pipe in speaking or one.deadline <= now]

    def _attend(self, worker: Worker) -> Iterator[Outcome]:
        if not worker.pipe.poll():
            yield self._lose(worker, f"no answer within {self.plan.timeout:g} s")
            return
        message = worker.hear()
        if isinstance(message, Stopped):
            raise (BugInWorker if message.is_bug else CannotRun)(message.text)
        if message is None:
            yield self._lose(worker, worker.death())
            return
        if isinstance(message, Outcome):
            yield message
        self._give(worker)
        if isinstance(message, Ready):
            worker.ready = True
            self._hire()

    def _give(self, worker: Worker) -> None:
        if self.waiting:
            worker.give(self.waiting.popleft(), self.plan.timeout)
            return
        worker.leave()
        self.workers.remove(worker)
        self.leaving.append(worker)

    def _lose(self, worker: Worker, reason: str) -> Outcome:
        """A worker given up, with its document; another takes its place."""
        worker.kill()
        self.workers.remove(worker)
        if worker.document is None:
            raise CannotRun(f"extractor {self.plan.name} cannot be made: {reason}")
        if self.plan.fail_fast:
            raise DatelineError(f"{worker.document.id}: {reason}")
        self._hire()
        return Outcome(worker.document.id, reason=reason)

    def _hire(self) -> None:
        """As many workers as there are jobs, if there is a document for each."""
        unready = sum(not worker.ready for worker in self.workers)
        while len(self.workers) < self.plan.jobs and unready < len(self.waiting):
            self.workers.append(Worker(self.plan))
            unready += 1
