"""`dateline convert`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.options import (
    Count,
    Grounding,
    Json,
    Offsets,
    SkipInvalid,
    note,
    say_warnings,
)

if TYPE_CHECKING:
    from bench.formats import Files, Page
    from bench.formats.reading import Reading
    from bench.gold import Gold

In = Annotated[Path, typer.Argument(metavar="IN", help="A file or folder in any format.")]
Target = Annotated[Path, typer.Argument(metavar="OUT", help="The file or folder to write.")]
From = Annotated[str | None, typer.Option("--from", help="Format of IN; told from its content.")]
To = Annotated[str | None, typer.Option("--to", help="Format of OUT; told from its ending.")]


def command(
    source: In,
    out: Target,
    from_: From = None,
    to: To = None,
    json: Json = False,
    skip_invalid: SkipInvalid = False,
    offsets: Count = Offsets.codepoint,
    ground: Grounding = True,
) -> None:
    """Turn annotations of one format into another, and say what could not be taken along.

    Texts are those that IN carries, else those of the published gold.
    """
    from bench.formats import fit, target

    form = target(out, to)
    reading, gold = _read(source, from_, offsets, skip_invalid=skip_invalid, grounding=ground)
    say_warnings(reading)
    lost: Counter[str] = reading.unheld + Counter(reading.dropped)
    pages: list[Page] = []
    for page in _pages(reading, gold):
        fitted, missing = fit(page, form)
        pages.append(fitted)
        lost += missing
    assert form.write is not None
    save(out, form.write(pages, lost))
    _say(pages, +lost, out, as_json=json)


def _read(
    source: Path, from_: str | None, offsets: Offsets, *, skip_invalid: bool, grounding: bool
) -> tuple[Reading, Gold]:
    """What the file holds, and the documents that it is about; raises InvalidFile."""
    from bench.checks import require_valid
    from bench.errors import list_problems
    from bench.foreign import gold_of
    from bench.offsets import Unit
    from bench.runs import check_against, read, settle

    texts = _texts()
    reading = read(source, from_, Unit(offsets.value), texts)
    gold = gold_of(reading, texts)
    check_against(reading, gold)
    if not skip_invalid:
        require_valid(reading)
    elif reading.problems:
        note(list_problems(reading.problems))
    settle(reading, gold, grounding=grounding)
    return reading, gold


def _texts() -> dict[str, str]:
    from bench import gold

    documents = gold.with_texts(gold.manifest())
    return {d.id: d.text for d in documents if d.text is not None}


def _pages(reading: Reading, gold: Gold) -> list[Page]:
    from bench.formats import Page

    texts = {document.id: document.text for document in gold.documents}
    return [Page(found, texts[name]) for name, found in reading.annotations.items()]


def _say(pages: list[Page], lost: Counter[str], out: Path, *, as_json: bool) -> None:
    from bench.formats.reading import amount

    events = sum(len(page.annotation.events) for page in pages)
    if as_json:
        import json

        content = {"documents": len(pages), "events": events, "left_out": dict(lost)}
        typer.echo(json.dumps(content, indent=1))
    words = ", ".join(amount(number, thing) for thing, number in lost.items())
    note(f"{out}: {amount(len(pages), 'document')}, {amount(events, 'event')}")
    note(f"left out: {words or 'nothing'}")


def save(out: Path, files: Files) -> None:
    """Write one file, or the files of a folder; raises DatelineError where that cannot be done."""
    from bench.errors import DatelineError

    try:
        for name, content in files.items():
            path = out / name if name else out
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        raise DatelineError(f"{out}: {error.strerror or error}") from error
