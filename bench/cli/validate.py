"""`dateline validate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.options import (
    Count,
    FormatName,
    GoldFormat,
    GoldOffsets,
    GoldPath,
    Json,
    Offsets,
    check_run,
    load_gold,
    note,
    say_beside,
)

if TYPE_CHECKING:
    from bench.formats.reading import Reading
    from bench.gold import Gold

Files = Annotated[list[Path], typer.Argument(help="Runs, in any format of 'list formats'.")]


def command(
    files: Files,
    json: Json = False,
    format: FormatName = None,  # noqa: A002 - the option's name
    gold: GoldPath = None,
    gold_format: GoldFormat = None,
    gold_offsets: GoldOffsets = Offsets.codepoint,
    offsets: Count = Offsets.codepoint,
) -> None:
    """Check runs: every problem with its line, its path, what was found and what was wanted.

    Exit code 0 if they can be scored as they are, else 2. With --json an object a file, of several
    files on a line each.
    """
    everything = load_gold(gold, gold_format, gold_offsets)
    readings = [_read(file, everything, format, offsets) for file in files]
    for reading in filter(None, readings):
        if json:
            typer.echo(_as_json(reading, indent=1 if len(files) == 1 else None))
        else:
            _say(reading)
    if any(reading is None or reading.problems for reading in readings):
        raise typer.Exit(2)


def _read(file: Path, gold: Gold, format_name: str | None, offsets: Offsets) -> Reading | None:
    """A run with its problems; None where it cannot be read at all, which is then said."""
    from bench.errors import DatelineError

    try:
        return check_run(file, gold, format_name, offsets)
    except DatelineError as error:
        note(error)
        return None


def _say(reading: Reading) -> None:
    from bench.errors import list_problems

    say_beside(reading)
    for line in filter(None, [list_problems(reading.problems)]):
        note(line)
    typer.echo(_summary(reading))


def _summary(reading: Reading) -> str:
    events = sum(len(annotation.events) for annotation in reading.annotations.values())
    text = f"{reading.name}: {len(reading.annotations)} documents, {events} events"
    if not reading.problems:
        return f"{text}, no problems"
    lost = ", ".join(reading.losses()) or "nothing"
    return f"{text} readable; {len(reading.problems)} problems; --skip-invalid would drop {lost}"


def _as_json(reading: Reading, *, indent: int | None) -> str:
    import json
    from dataclasses import asdict

    content = {
        "file": reading.name,
        "documents": len(reading.annotations),
        "problems": [asdict(problem) for problem in reading.problems],
        "warnings": reading.warnings,
        "dropped": reading.dropped,
        "not_held": dict(+reading.unheld),
        "hints": reading.hints,
    }
    return json.dumps(content, indent=indent, ensure_ascii=False)
