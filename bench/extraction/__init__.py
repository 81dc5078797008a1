"""Runs an extractor over documents so that what goes wrong with one loses no other."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import redirect_stdout

from bench.extraction.attempt import Outcome, attempt
from bench.extraction.plan import Plan
from bench.extraction.threads import in_threads
from bench.extraction.workers import in_processes
from bench.extractors import Extractor, prepare, runs_in_threads
from bench.schema import Document

__all__ = ["Outcome", "Plan", "outcomes"]


def outcomes(extractor: Extractor, plan: Plan, documents: Sequence[Document]) -> Generator[Outcome]:
    """What comes of each document, as it comes: in order with one job, else as they finish.

    The extractor is the plan's own, already made; worker processes make theirs. Raises CannotRun
    where it cannot work at all, and what it raises where the plan is to fail fast. What it prints
    goes to stderr: stdout is for results.
    """
    if not documents:
        return
    if plan.needs_processes(threads=runs_in_threads(extractor)):
        yield from in_processes(plan, documents)
        return
    with redirect_stdout(sys.stderr):
        prepare(extractor)
    if plan.jobs > 1:
        with redirect_stdout(sys.stderr):  # once for all threads: each would restore another's
            yield from in_threads(extractor, plan, documents)
        return
    for document in documents:
        with redirect_stdout(sys.stderr):
            outcome = attempt(extractor, document, fail_fast=plan.fail_fast)
        yield outcome
