"""`dateline evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bench.cli.options import (
    SAMPLES,
    SEED,
    ByType,
    Grounding,
    Json,
    Metrics,
    Out,
    Samples,
    Seed,
    Splits,
    print_report,
)
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
)
from bench.cli.score import save, score

Run = Annotated[
    Path | None,
    typer.Option("--run", help="File that keeps the run; an interrupted one goes on from it."),
]


def command(
    name: Name,
    split: Splits = None,
    metric: Metrics = None,
    by_type: ByType = None,
    json: Json = False,
    output: Out = None,
    samples: Samples = SAMPLES,
    seed: Seed = SEED,
    ground: Grounding = True,
    with_: With = None,
    jobs: Jobs = 1,
    timeout: Timeout = None,
    fail_fast: FailFast = False,
    run_file: Run = None,
    resume: Resume = True,
) -> None:
    """Run an extractor and score what it finds: extract and score in one.

    Without --split the articles are those of `dev`. A document on which the extractor fails is
    named and counts as empty; that none was answered is an error.
    """
    from bench import grounding
    from bench.extraction import Plan
    from bench.extractors import system_name

    plan = Plan(name, options(with_), jobs=jobs, timeout=timeout, fail_fast=fail_fast)
    gold = documents_of(split)
    found = run(plan, gold, output=run_file, resume=resume)
    predicted = found.annotations()
    if ground:
        texts = {document.id: document.text or "" for document in gold.documents}
        predicted = {key: grounding.ground(one, texts[key]) for key, one in predicted.items()}
    report = score(
        gold,
        predicted,
        metrics=metric,
        system=system_name(name, plan.options),
        samples=samples,
        seed=seed,
        by_type=by_type,
    ).model_copy(update={"failed": found.failed})
    save(report, output)
    print_report(report, by_type=by_type, as_json=json)
