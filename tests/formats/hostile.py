"""A small good file of every format, and all that a command does with a file it is given."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from bench.foreign import gold_of
from bench.formats import FORMATS, Page, fit
from bench.offsets import Unit
from bench.runs import check_against, read, settle
from bench.schema import Annotation, Argument, Event, Mark

TEXT = "📞 Ana met Bo. She agreed."
PAGE = Page(
    Annotation(
        doc_id="s/one",
        events=(
            Event(
                type="Meet",
                trigger=Mark(start=6, end=9, text="met"),
                date="2025-03-18",
                cluster="c",
                arguments=(
                    Argument(role="actor", start=2, end=5, text="Ana", actor="ana"),
                    Argument(role="recipient", start=10, end=12, text="Bo"),
                ),
            ),
            Event(type="Agree", trigger=Mark(start=18, end=24, text="agreed")),
        ),
    ),
    TEXT,
)
ANSWER = json.dumps({"doc_id": "s/one", "answer": json.dumps({"events": [{"type": "Meet"}]})})


def seed(name: str) -> dict[str, bytes]:
    """A small good file of a format, or the files of a folder."""
    form = FORMATS[name]
    if form.write is None:
        return {"": ANSWER.encode()}
    files = form.write([fit(PAGE, form)[0]], Counter())
    return {key: c if isinstance(c, bytes) else c.encode() for key, c in files.items()}


SEEDS = {name: seed(name) for name in FORMATS}


WRITERS = [name for name, form in FORMATS.items() if form.write is not None]


def read_through(name: str, path: Path, unit: Unit = Unit.codepoint, to: str | None = None) -> None:
    """All that score, validate and convert do with a file; raises what they would show."""
    reading = read(path, name, unit, {})
    gold = gold_of(reading)
    check_against(reading, gold)
    settle(reading, gold)
    for annotation in reading.annotations.values():
        assert Annotation.model_validate_json(annotation.model_dump_json()) == annotation
    form = FORMATS[to or name]
    if form.write is not None:
        texts = {document.id: document.text for document in gold.documents}
        pages = [Page(found, texts[key]) for key, found in reading.annotations.items()]
        form.write([fit(page, form)[0] for page in pages], Counter())
