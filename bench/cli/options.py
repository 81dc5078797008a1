"""Options and helpers that several commands share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

import typer

from bench.cli.ahead import read_at_once

if TYPE_CHECKING:
    from bench.formats.reading import Reading
    from bench.gold import Gold
    from bench.optimistic import Kept
    from bench.report import Report
    from bench.schema import Annotation

T = TypeVar("T")


class Answers(NamedTuple):
    """What is scored of a run."""

    annotations: Mapping[str, Annotation]
    dropped: tuple[str, ...] = ()
    """What was left out of it, in words."""


class Offsets(StrEnum):
    """What the offsets of a run or of somebody's gold may count."""

    codepoint = "codepoint"
    utf16 = "utf-16"
    byte = "byte"


File = Annotated[Path, typer.Argument(help="A run, in any format of 'list formats'.")]
FormatName = Annotated[
    str | None,
    typer.Option("--format", "-f", help="Format of the run; told from its content without it."),
]
GoldPath = Annotated[
    Path | None, typer.Option("--gold", help="Anybody's gold to score against, with its own types.")
]
GoldFormat = Annotated[
    str | None, typer.Option("--gold-format", help="Format of --gold; told from its content.")
]
GoldOffsets = Annotated[
    Offsets, typer.Option("--gold-offsets", help="What the offsets of --gold count.")
]
Count = Annotated[Offsets, typer.Option("--offsets", help="What the offsets of the run count.")]
Grounding = Annotated[
    bool, typer.Option("--ground/--no-ground", help="Look up words given without offsets.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Splits = Annotated[
    list[str] | None,
    typer.Option("--split", "-s", help="Split to score; may be repeated. See 'list splits'."),
]
Metrics = Annotated[
    list[str] | None,
    typer.Option("--metric", "-m", help="Metrics, as metric or metric:match; commas or repeats."),
]
ByType = Annotated[
    list[str] | None,
    typer.Option("--by-type", "-t", help="Metrics to show per event type; commas or repeats."),
]
SkipInvalid = Annotated[
    bool,
    typer.Option("--skip-invalid", help="Leave out what is invalid, say so, and score the rest."),
]
Samples = Annotated[
    int, typer.Option(min=1, max=1_000_000, help="Resamples of bootstrap and test.")
]
Seed = Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Seed of the resampling.")]
As = Annotated[
    str | None,
    typer.Option(
        "--as", help="Protocols with commas between, instead of metrics. See 'list protocols'."
    ),
]
Out = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write; stdout without it.")
]
SAMPLES, SEED = 1000, 20250318


def split_names(options: list[str] | None) -> list[str]:
    """Names of a repeated option, commas counting as repeats.

    >>> split_names(["a,b", "c"])
    ['a', 'b', 'c']
    """
    return [name.strip() for option in options or [] for name in option.split(",") if name.strip()]


def note(text: object) -> None:
    """Say something beside the results: on stderr."""
    typer.echo(str(text), err=True)


def progress(items: Iterable[T], *, total: int, label: str, done: int = 0) -> Iterator[T]:
    """The items, with a progress bar on stderr where that is a terminal; some were done before."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    yield from track(items, label, total=total, completed=done, console=console, transient=True)


def read_text(path: Path) -> str:
    """The text of a file; raises DatelineError where it cannot be read."""
    from bench.errors import DatelineError

    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DatelineError(f"{path}: found bytes that are no UTF-8, wanted UTF-8") from error


def load_gold(path: Path | None, format_name: str | None, offsets: Offsets) -> Gold:
    """The published gold, or anybody's; raises InvalidFile where that contradicts itself."""
    from bench import gold

    if path is None:
        return gold.load()
    whole = offsets is Offsets.codepoint
    kept = read_at_once(path, format_name, digested=True) if whole else None
    if kept is not None:
        from bench.foreign import gold_of_kept

        return gold_of_kept(kept)
    return _anybodys(path, format_name, offsets)


def _anybodys(path: Path, format_name: str | None, offsets: Offsets) -> Gold:
    from bench.checks import require_valid
    from bench.foreign import gold_of
    from bench.offsets import Unit
    from bench.runs import check_against, read, settle

    reading = read(path, format_name, Unit(offsets.value), {})
    reading.hints = [hint.replace("--offsets", "--gold-offsets") for hint in reading.hints]
    found = gold_of(reading)
    say_beside(check_against(reading, found))
    require_valid(reading)
    said = len(reading.notes)
    settle(reading, found)
    for line in reading.notes[said:]:
        note(line)
    return gold_of(reading)


def read_run(
    path: Path,
    gold: Gold,
    *,
    skip_invalid: bool,
    format_name: str | None = None,
    offsets: Offsets = Offsets.codepoint,
    grounding: bool = True,
) -> Answers:
    """A checked run, grounded; raises InvalidFile unless what is invalid may be left out."""
    if offsets is Offsets.codepoint and (kept := _answers_at_once(path, gold, format_name)):
        return Answers(kept)
    from bench.checks import require_valid
    from bench.errors import list_problems
    from bench.runs import settle

    reading = check_run(path, gold, format_name, offsets)
    say_beside(reading)
    if not skip_invalid:
        require_valid(reading)
    elif reading.problems:
        note(list_problems(reading.problems))
        note(f"left out: {', '.join(reading.losses()) or 'nothing'}")
    said = len(reading.notes)
    settle(reading, gold, grounding=grounding)
    for line in reading.notes[said:]:
        note(line)
    return Answers(reading.annotations, reading.losses())


def _answers_at_once(path: Path, gold: Gold, format_name: str | None) -> Kept | None:
    """A run whose documents are all in a gold of somebody's, where neither has texts."""
    from bench.foreign import is_derived

    if not is_derived(gold) or any(document.text is not None for document in gold.documents):
        return None
    kept = read_at_once(path, format_name, digested=False)
    if kept is None or not set(kept) <= set(gold.annotations):
        return None
    types, roles = kept.names
    if not (set(types) <= set(gold.ontology.types) and set(roles) <= set(gold.ontology.roles)):
        from bench.runs import strangers

        _say_warnings(strangers(types, roles, gold))
    return kept


def check_run(path: Path, gold: Gold, format_name: str | None, offsets: Offsets) -> Reading:
    """A run with all its problems."""
    from bench.offsets import Unit
    from bench.runs import check_against, read

    texts = {d.id: d.text for d in gold.documents if d.text is not None}
    return check_against(read(path, format_name, Unit(offsets.value), texts), gold)


def say_beside(reading: Reading) -> None:
    """Warnings, notes, hints and what the native shape cannot hold, on stderr."""
    from bench.formats.reading import amount

    say_warnings(reading)
    for thing, number in (+reading.unheld).items():
        note(f"not held: {amount(number, thing)}")


def say_warnings(reading: Reading) -> None:
    """Warnings, notes and hints, on stderr."""
    _say_warnings(reading.warnings)
    for line in (*reading.notes, *(f"hint: {hint}" for hint in reading.hints)):
        note(line)


def _say_warnings(warnings: Sequence[str]) -> None:
    for warning in warnings[:20]:
        note(f"warning: {warning}")
    if len(warnings) > 20:
        note(f"warning: … and {len(warnings) - 20} more warnings")


def print_report(report: Report, *, by_type: list[str] | None, as_json: bool) -> None:
    """A report as tables or as JSON."""
    if as_json:
        typer.echo(report.model_dump_json(indent=1))
        return
    from bench.render.table import printer, render_report

    shown = split_names(by_type) or [score.metric for score in report.scores if score.types][:1]
    console = printer()
    console.print(render_report(report, per_type=shown, room=console.width))
