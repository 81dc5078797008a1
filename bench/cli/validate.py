"""`dateline validate`."""

from __future__ import annotations

import typer

from bench.cli.options import (
    Count,
    File,
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


def command(
    file: File,
    json: Json = False,
    format: FormatName = None,  # noqa: A002 - the option's name
    gold: GoldPath = None,
    gold_format: GoldFormat = None,
    gold_offsets: GoldOffsets = Offsets.codepoint,
    offsets: Count = Offsets.codepoint,
) -> None:
    """Check a run: every problem with its line, its path, what was found and what was wanted.

    Exit code 0 if it can be scored as it is, else 2.
    """
    from bench.errors import list_problems

    reading = check_run(file, load_gold(gold, gold_format, gold_offsets), format, offsets)
    if json:
        typer.echo(_as_json(reading))
    else:
        say_beside(reading)
        for line in filter(None, [list_problems(reading.problems)]):
            note(line)
        typer.echo(_summary(reading))
    if reading.problems:
        raise typer.Exit(2)


def _summary(reading: object) -> str:
    from bench.formats.reading import Reading

    assert isinstance(reading, Reading)
    events = sum(len(annotation.events) for annotation in reading.annotations.values())
    text = f"{reading.name}: {len(reading.annotations)} documents, {events} events"
    if not reading.problems:
        return f"{text}, no problems"
    lost = ", ".join(reading.losses()) or "nothing"
    return f"{text} readable; {len(reading.problems)} problems; --skip-invalid would drop {lost}"


def _as_json(reading: object) -> str:
    import json
    from dataclasses import asdict

    from bench.formats.reading import Reading

    assert isinstance(reading, Reading)
    content = {
        "file": reading.name,
        "documents": len(reading.annotations),
        "problems": [asdict(problem) for problem in reading.problems],
        "warnings": reading.warnings,
        "dropped": reading.dropped,
        "not_held": dict(+reading.unheld),
        "hints": reading.hints,
    }
    return json.dumps(content, indent=1, ensure_ascii=False)
