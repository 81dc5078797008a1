"""Several documents at once in threads that share one extractor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread

from bench.extraction.attempt import Outcome, attempt
from bench.extraction.plan import Plan
from bench.extractors import Extractor
from bench.schema import Document


def in_threads(
    extractor: Extractor, plan: Plan, documents: Sequence[Document]
) -> Iterator[Outcome]:
    """Outcomes as they come; raises what `attempt` raises.

    The threads are daemons, so that Ctrl-C need not wait for answers that are under way.
    """
    todo: SimpleQueue[Document] = SimpleQueue()
    done: SimpleQueue[Outcome | BaseException] = SimpleQueue()
    for document in documents:
        todo.put(document)

    def work() -> None:
        while (document := _next(todo)) is not None:
            done.put(_caught(extractor, document, plan))

    for _ in range(min(plan.jobs, len(documents))):
        Thread(target=work, daemon=True).start()
    try:
        for _ in documents:
            outcome = done.get()
            if isinstance(outcome, BaseException):
                raise outcome
            yield outcome
    finally:
        while _next(todo) is not None:
            pass


def _next(todo: SimpleQueue[Document]) -> Document | None:
    try:
        return todo.get_nowait()
    except Empty:
        return None


def _caught(extractor: Extractor, document: Document, plan: Plan) -> Outcome | BaseException:
    try:
        return attempt(extractor, document, fail_fast=plan.fail_fast)
    except BaseException as error:  # raised where the outcomes are read
        return error
