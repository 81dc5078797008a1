"""`dateline report`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.compare import SAMPLES as COMPARED
from bench.cli.compare import report_in, score_runs
from bench.cli.options import (
    SAMPLES,
    SEED,
    Count,
    File,
    FormatName,
    GoldFormat,
    GoldOffsets,
    GoldPath,
    Grounding,
    Metrics,
    Offsets,
    Samples,
    Seed,
    SkipInvalid,
    Splits,
    load_gold,
    note,
    read_run,
)
from bench.cli.score import choose, score, write_text

if TYPE_CHECKING:
    from bench.comparison import Comparison
    from bench.gold import Gold
    from bench.report import Report

Page = Annotated[Path, typer.Option("--output", "-o", help="The page to write.")]
Rival = Annotated[
    Path | None,
    typer.Option(
        "--compare", help="A run or report to set the run beside: what moved, and how sure."
    ),
]


def command(
    file: File,
    output: Page = Path("report.html"),
    compare: Rival = None,
    split: Splits = None,
    metric: Metrics = None,
    skip_invalid: SkipInvalid = False,
    samples: Samples = SAMPLES,
    seed: Seed = SEED,
    format: FormatName = None,  # noqa: A002 - the option's name
    gold: GoldPath = None,
    gold_format: GoldFormat = None,
    gold_offsets: GoldOffsets = Offsets.codepoint,
    offsets: Count = Offsets.codepoint,
    ground: Grounding = True,
) -> None:
    """Write a page that shows where a run goes wrong: one HTML file that fetches nothing.

    Scores with intervals, types, causes with their worth, confusion, and every article with the
    gold's marks beside the run's. `report.html#DOCUMENT` leads to an article.
    """
    from bench.diagnosis import diagnose, pages
    from bench.pages.reporting import report_page

    everything = load_gold(gold, gold_format, gold_offsets)
    answers = read_run(
        file,
        everything,
        skip_invalid=skip_invalid,
        format_name=format,
        offsets=offsets,
        grounding=ground,
    )
    chosen = choose(everything, split, answers.annotations)
    report = score(
        chosen,
        answers.annotations,
        metrics=metric,
        system=file.stem,
        samples=samples,
        seed=seed,
        dropped=answers.dropped,
    )
    inside = {
        d.id: answers.annotations[d.id] for d in chosen.documents if d.id in answers.annotations
    }
    found = diagnose(gold=chosen, predicted=inside, train=(), system=file.stem)
    beside = _beside(report, compare, everything, seed) if compare is not None else None
    text = report_page(report, found, pages(gold=chosen, predicted=inside), beside)
    write_text(output, text)
    note(f"{output}: {len(text.encode()) / 1e6:.1f} MB, {report.documents} documents")


def _beside(report: Report, path: Path, everything: Gold, seed: int) -> Comparison:
    """The run against another, from whose report or run it is told what moved."""
    from bench.compare import compare

    other = report_in(path) or _scored(path, report, everything)
    return compare(other, report, samples=COMPARED, seed=seed)


def _scored(path: Path, report: Report, everything: Gold) -> Report:
    """A run scored as the report was."""
    signed = report.signature
    options = {"metrics": list(signed.metrics), "samples": signed.samples, "seed": signed.seed}
    scored = score_runs(
        [path], splits=signed.splits, skip_invalid=False, options=options, everything=everything
    )
    return scored[path]
