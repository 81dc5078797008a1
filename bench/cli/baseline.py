"""`dateline baseline …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bench.cli.compare import canonical
from bench.cli.loading import Source, reports
from bench.cli.options import (
    ByType,
    GoldFormat,
    GoldOffsets,
    GoldPath,
    Json,
    Metrics,
    Offsets,
    SkipInvalid,
    Splits,
    note,
    print_report,
    split_names,
)
from bench.cli.score import write_text

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Keep the baseline that 'check' holds runs against.",
)
RunFile = Annotated[Path, typer.Argument(help="The run to keep, or a report of it.")]
Stored = Annotated[Path, typer.Argument(help="A stored baseline, or a report.")]
Target = Annotated[Path, typer.Option("--output", "-o", help="The file to write, or to renew.")]


@app.command()
def update(
    run: RunFile,
    output: Target = Path("baseline.json"),
    metric: Metrics = None,
    split: Splits = None,
    skip_invalid: SkipInvalid = False,
    gold: GoldPath = None,
    gold_format: GoldFormat = None,
    gold_offsets: GoldOffsets = Offsets.codepoint,
) -> None:
    """Write the counts of a run as a small file to commit, one document a line.

    The same run gives the same file, on every machine.
    """
    from bench.stored import store

    names = canonical(split_names(metric)) or None
    (report,) = reports(
        [run],
        metrics=names,
        splits=split_names(split),
        skip_invalid=skip_invalid,
        gold=Source(gold, gold_format, gold_offsets),
    )
    if names:
        kept = tuple(map(report.score, names))
        signature = report.signature.model_copy(update={"metrics": tuple(names)})
        report = report.model_copy(update={"scores": kept, "signature": signature})
    text = store(report)
    write_text(output, text)
    note(f"{output}: {report.documents} documents, {len(report.scores)} metrics, {len(text)} bytes")


@app.command()
def show(file: Stored, by_type: ByType = None, json: Json = False) -> None:
    """Show the scores in a stored baseline."""
    from bench.cli.compare import report_in
    from bench.errors import DatelineError

    report = report_in(file)
    if report is None:
        raise DatelineError(f"{file}: found a run, wanted a stored baseline or a report")
    print_report(report, by_type=by_type, as_json=json)
