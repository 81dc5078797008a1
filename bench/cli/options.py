"""Options and helpers that several commands share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from bench.formats.jsonl import Reading
    from bench.gold import Gold
    from bench.report import Report

T = TypeVar("T")

File = Annotated[Path, typer.Argument(help="A run: JSON Lines, one annotation a line.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Splits = Annotated[
    list[str] | None,
    typer.Option("--split", "-s", help="Split to score; may be repeated. See 'list splits'."),
]
Metrics = Annotated[
    list[str] | None,
    typer.Option("--metric", "-m", help="Metric, as metric or metric:match; may be repeated."),
]
ByType = Annotated[
    list[str] | None,
    typer.Option("--by-type", "-t", help="Metric to show per event type; may be repeated."),
]
SkipInvalid = Annotated[
    bool,
    typer.Option("--skip-invalid", help="Leave out what is invalid, say so, and score the rest."),
]
Samples = Annotated[
    int, typer.Option(min=1, max=1_000_000, help="Resamples of bootstrap and test.")
]
Seed = Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Seed of the resampling.")]
Out = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write; stdout without it.")
]
SAMPLES, SEED = 1000, 20250318


def note(text: object) -> None:
    """Say something beside the results: on stderr."""
    typer.echo(str(text), err=True)


def progress(items: Iterable[T], *, total: int, label: str) -> Iterator[T]:
    """The items, with a progress bar on stderr where that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    yield from track(items, total=total, description=label, console=console, transient=True)


def read_run(path: Path, gold: Gold, *, skip_invalid: bool) -> Reading:
    """A checked run; raises InvalidFile unless what is invalid may be left out."""
    from bench.checks import Rules, check, require_valid
    from bench.errors import list_problems
    from bench.formats import jsonl

    rules = Rules(
        {document.id: document for document in gold.documents},
        gold.ontology.types,
        gold.ontology.roles,
    )
    reading = check(jsonl.read(path), rules)
    for warning in reading.warnings[:20]:
        note(f"warning: {warning}")
    if len(reading.warnings) > 20:
        note(f"warning: … and {len(reading.warnings) - 20} more unknown fields")
    if not skip_invalid:
        return require_valid(reading)
    if reading.problems:
        note(list_problems(reading.problems))
        note(f"left out: {', '.join(reading.losses()) or 'nothing'}")
    return reading


def print_report(report: Report, *, by_type: list[str] | None, as_json: bool) -> None:
    """A report as tables or as JSON."""
    if as_json:
        typer.echo(report.model_dump_json(indent=1))
        return
    from bench.render.table import printer, render_report

    shown = by_type or [score.metric for score in report.scores if score.types][:1]
    printer().print(render_report(report, per_type=shown))
