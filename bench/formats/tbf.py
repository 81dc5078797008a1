"""TAC KBP event nuggets: tab-separated lines between `#BeginOfDocument` and `#EndOfDocument`.

Source: the format of EvmEval (Liu, Mitamura and Hovy 2015). Characters are counted over the source
file, markup included, half-open. In token mode places are names of tokens that stand in another
file: the words are kept and looked up. `@Coreference` lines are clusters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bench.formats.base import FORMATS, Format, Page, Sample, content, without_space
from bench.formats.reading import PathKey, Place, Reading, accept, show
from bench.schema import Annotation, Event

REALIS = {"actual": "Actual", "generic": "Generic"}
OTHER = "Other"
_CHARACTERS = re.compile(r"\d{1,9},\d{1,9}(?:;\d{1,9},\d{1,9})*")


@dataclass
class _Block:
    """The lines of one document."""

    doc_id: str
    number: int
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[PathKey, Place] = field(default_factory=dict)


def read(path: Path) -> Reading:
    """Read a file of nuggets; raises DatelineError where it cannot be opened."""
    reading = Reading(path.name)
    block: _Block | None = None
    for number, line in enumerate(content(path).decode("utf-8", "replace").split("\n"), 1):
        row = line.rstrip("\r")
        if row.startswith("#BeginOfDocument"):
            _finish(block, reading)
            block = _Block(unquote(row.partition(" ")[2].strip()), number)
        elif row.startswith("#EndOfDocument"):
            _finish(block, reading)
            block = None
        elif row.strip() and not (block and _read_row(row, number, block, reading)):
            wanted = "a nugget or @Coreference line inside a document"
            reading.problem(number, (), show(row), wanted)
            reading.drop("line")
    _finish(block, reading)
    return reading


def _finish(block: _Block | None, reading: Reading) -> None:
    if block is not None:
        raw = {"doc_id": block.doc_id, "events": list(block.events.values())}
        accept(raw, reading, block.number, block.places)


def _read_row(row: str, number: int, block: _Block, reading: Reading) -> bool:
    columns = row.split("\t")
    if row.startswith("@"):
        return _read_link(columns, block, reading)
    if len(columns) < 7 or columns[2] in block.events:
        return False
    _, _, name, where, words, kind, realis = columns[:7]
    event = {"type": unquote(kind), "trigger": _mark(where, words, reading)}
    if realis.lower() in REALIS:
        event["realis"] = realis.lower()
    else:
        reading.unheld["realis beside actual and generic"] += 1
    block.places["events", len(block.events)] = (reading.name, number)
    block.events[name] = event
    return True


def _mark(where: str, words: str, reading: Reading) -> dict[str, Any]:
    if not _CHARACTERS.fullmatch(where):
        reading.unheld["place in tokens (words are looked up)"] += 1
        return {"text": words}
    pieces = sorted(tuple(map(int, piece.split(","))) for piece in where.split(";"))
    reading.unheld["gap in a discontinuous span (read as one stretch)"] += len(pieces) > 1
    offsets = {"start": pieces[0][0], "end": pieces[-1][1]}
    # Line ends and tabs are written as spaces, so words of several parts prove nothing.
    return offsets if len(pieces) > 1 or " " in words else {**offsets, "text": words}


def _read_link(columns: list[str], block: _Block, reading: Reading) -> bool:
    kind, *rest = columns
    if kind != "@Coreference":
        reading.unheld["link beside coreference"] += 1
        return True
    members = rest[-1].split(",") if len(rest) > 1 else []
    if not members or any(name not in block.events for name in members):
        return False
    for name in members:
        block.events[name]["cluster"] = unquote(rest[0])
    return True


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One file of all documents; what is neither actual nor generic is `Other`."""
    return {"": "".join(f"{row}\n" for page in pages for row in _rows(page.annotation, lost))}


def _rows(annotation: Annotation, lost: Counter[str]) -> list[str]:
    doc_id = without_space(annotation.doc_id)
    rows = [f"#BeginOfDocument {doc_id}"]
    clusters: dict[str, list[str]] = {}
    for n, event in enumerate(annotation.events, 1):
        rows.append(f"dateline\t{doc_id}\tE{n}\t{_nugget(event, lost)}")
        if event.cluster is not None:
            clusters.setdefault(event.cluster, []).append(f"E{n}")
    for name, members in clusters.items():
        rows.append(f"@Coreference\t{without_space(name)}\t{','.join(members)}")
    return [*rows, "#EndOfDocument"]


def _nugget(event: Event, lost: Counter[str]) -> str:
    assert event.trigger is not None
    start, end = event.trigger.span or (0, 0)
    lost["realis beside actual and generic"] += event.realis not in (None, *REALIS)
    realis = REALIS.get(event.realis or "", OTHER)
    words = re.sub(r"\s", " ", event.trigger.text or "?")
    return f"{start},{end}\t{words}\t{without_space(event.type)}\t{realis}"


def _sniff(seen: Sample) -> bool:
    return seen.head.startswith("#BeginOfDocument")


FORMATS.add(
    "tbf",
    Format(
        "tbf",
        "TAC KBP event nuggets, with their clusters",
        read,
        _sniff,
        holds=frozenset({"triggers", "clusters", "overlap"}),
        partly=frozenset({"realis"}),
        write=write,
        suffixes=(".tbf",),
        traps="characters over the source file, its markup counted; tokens of another file;"
        " three values of realis; no text",
    ),
)
