"""`dateline check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bench.cli.compare import canonical
from bench.cli.floors import Floors, TypeFloors, floors_of, type_floors_of
from bench.cli.loading import Source, reports
from bench.cli.options import (
    SEED,
    ByType,
    GoldFormat,
    GoldOffsets,
    GoldPath,
    Json,
    Metrics,
    Offsets,
    Samples,
    Seed,
    SkipInvalid,
    Splits,
    split_names,
)
from bench.cli.telling import (
    Github,
    Junit,
    Markdown,
    ReportUrl,
    Telling,
    require_one_on_stdout,
)

RunFile = Annotated[Path, typer.Argument(help="The run to check, or a report of it.")]
Against = Annotated[
    Path, typer.Option("--against", "-a", help="A stored baseline, a report, or a run.")
]
Margin = Annotated[
    float, typer.Option(min=0, max=100, help="A drop of so many points is nobody's problem.")
]
Alpha = Annotated[
    float, typer.Option(min=0.0001, max=0.5, help="Largest chance of a false alarm, anywhere.")
]
Allow = Annotated[list[str] | None, typer.Option(help="An event type that may drop.")]
Lenient = Annotated[bool, typer.Option("--lenient", help="Exit with 0 where nothing can be told.")]
SAMPLES, MARGIN, ALPHA = 10_000, 2.0, 0.05


def command(
    run: RunFile,
    against: Against,
    metric: Metrics = None,
    by_type: ByType = None,
    split: Splits = None,
    margin: Margin = MARGIN,
    alpha: Alpha = ALPHA,
    min_: Floors = None,
    min_type: TypeFloors = None,
    allow: Allow = None,
    lenient: Lenient = False,
    json: Json = False,
    junit: Junit = None,
    markdown: Markdown = None,
    github: Github = False,
    report_url: ReportUrl = None,
    skip_invalid: SkipInvalid = False,
    samples: Samples = SAMPLES,
    seed: Seed = SEED,
    gold: GoldPath = None,
    gold_format: GoldFormat = None,
    gold_offsets: GoldOffsets = Offsets.codepoint,
) -> None:
    """Check a run against a baseline: regressed, fine, or cannot tell?

    Exit code 1 regressed, 0 fine, 3 cannot tell (0 with --lenient), 2 a problem. A run is scored on
    the splits and by the metrics of the baseline.
    """
    from bench.gate import check
    from bench.verdict import exit_code

    require_one_on_stdout(json=json, github=github, markdown=markdown)
    shown = canonical(split_names(by_type))
    names = canonical([*split_names(metric), *shown]) if metric else None
    before, now = reports(
        [against, run],
        metrics=names,
        splits=split_names(split),
        skip_invalid=skip_invalid,
        gold=Source(gold, gold_format, gold_offsets),
    )
    gated = names or list(before.signature.metrics)
    verdict = check(
        now,
        before,
        metrics=gated,
        margin=margin / 100,
        alpha=alpha,
        floors=floors_of(min_ or []),
        type_floors=type_floors_of(min_type or [], gated),
        allow=split_names(allow),
        samples=samples,
        seed=seed,
    )
    Telling(shown, json, junit, markdown, github, report_url).tell(verdict)
    raise typer.Exit(exit_code(verdict.word, lenient=lenient))
