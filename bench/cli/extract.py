"""`dateline extract`."""

from __future__ import annotations

import typer

from bench.cli.options import Out, Splits, note
from bench.cli.running import (
    FailFast,
    Jobs,
    Name,
    Resume,
    Timeout,
    With,
    documents_of,
    options,
    run,
    text_of,
)


def command(
    name: Name,
    output: Out = None,
    split: Splits = None,
    with_: With = None,
    jobs: Jobs = 1,
    timeout: Timeout = None,
    fail_fast: FailFast = False,
    resume: Resume = True,
) -> None:
    """Run an extractor over articles and write what it finds.

    Without --split the articles are those of `dev`: `test` is read when you ask for it. With
    --output an interrupted run goes on where it stopped when the same command is given again. A
    document on which the extractor fails is named and left out; that none was answered is an error.
    """
    from bench.extraction import Plan

    plan = Plan(name, options(with_), jobs=jobs, timeout=timeout, fail_fast=fail_fast)
    gold = documents_of(split)
    found = run(plan, gold, output=output, resume=resume)
    if output is None:
        typer.echo(text_of(found), nl=False)
        return
    events = sum(len(annotation.events) for annotation in found.annotations().values())
    note(f"{output}: {len(found.lines)} documents, {events} events")
