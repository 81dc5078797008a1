"""brat stand-off: a `.txt` with its `.ann`, or a folder of such pairs.

Source: the format page of brat (Stenetorp et al. 2012). `T` are spans, `E` events with their
arguments, `A` attributes, `N` references; `R`, `M`, `#` and what they say beyond the native shape
are counted. Where a folder has no `E` line at all, its `T` lines are read as triggers.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from bench.errors import DatelineError, Problem
from bench.formats.base import (
    EVERYTHING,
    FORMATS,
    Format,
    Sample,
    content,
    doc_id_of,
    has_text,
)
from bench.formats.bratwriter import ATTRIBUTES, unnumbered, write
from bench.formats.reading import PathKey, Place, Reading, accept, show

MOST_FILES = 100_000
_SPAN = re.compile(r"(.+?) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)")
_LINE = re.compile(r"(?:[TERAMN]\d+|\*|#\d+)\t\S")


@dataclass(frozen=True, slots=True)
class _Span:
    line: int
    type: str
    pieces: tuple[tuple[int, int], ...]
    words: str

    @property
    def mark(self) -> dict[str, Any]:
        """Offsets from the first piece to the last; the words only where there is one piece."""
        offsets = {"start": self.pieces[0][0], "end": self.pieces[-1][1]}
        return offsets if len(self.pieces) > 1 else {**offsets, "text": self.words}


@dataclass(frozen=True, slots=True)
class _Event:
    line: int
    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


@dataclass
class _Sheet:
    """What one `.ann` says, and the text beside it."""

    doc_id: str
    file: str
    text: str | None
    spans: dict[str, _Span] = field(default_factory=dict)
    events: dict[str, _Event] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)


def read(path: Path) -> Reading:
    """Read a folder or one pair of files; raises DatelineError where they cannot be opened."""
    reading = Reading(path.name)
    sheets = [_read_sheet(name, ann, reading) for name, ann in _pairs(path, reading)]
    if not any(sheet.events for sheet in sheets):
        count = sum(map(_triggers_alone, sheets))
        if count:
            reading.notes.append(f"no E lines: {count} T lines are read as triggers of events")
    for sheet in sheets:
        _accept(sheet, reading)
    return reading


def _triggers_alone(sheet: _Sheet) -> int:
    """Make an event of every span; returns how many there are."""
    for name, span in sheet.spans.items():
        if name not in sheet.references:
            sheet.events[f"E{name}"] = _Event(span.line, span.type, name, ())
    return len(sheet.events)


def _pairs(path: Path, reading: Reading) -> Iterator[tuple[str, Path]]:
    """The `.ann` files with their names in the folder, in alphabetical order."""
    if not path.is_dir():
        content(path)
        yield path.stem, path.with_suffix(".ann")
        return
    found = sorted(_below(path))
    if len(found) > MOST_FILES:
        raise DatelineError(f"{path}: more than {MOST_FILES:,} .ann files")
    for ann in found:
        name = ann.relative_to(path).with_suffix("").as_posix()
        if ann.is_symlink() or ann.with_suffix(".txt").is_symlink():
            found_link, wanted = "a symbolic link", "a file of the folder"
            reading.problems.append(Problem(f"{name}.ann", 0, "", found_link, wanted))
            reading.drop("document")
        else:
            yield name, ann


def _below(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder, followlinks=False):
        yield from (Path(here, name) for name in names if name.endswith(".ann"))


def _read_sheet(name: str, ann: Path, reading: Reading) -> _Sheet:
    beside = ann.with_suffix(".txt")
    text = _decoded(beside, f"{name}.txt", reading) if beside.exists() else None
    sheet = _Sheet(doc_id_of(name), f"{name}.ann", text)
    lines = (_decoded(ann, sheet.file, reading) or "").split("\n")
    if all(line.endswith("\r") for line in lines if line):
        lines = [line.rstrip("\r") for line in lines]
    for number, line in enumerate(lines, 1):
        if line.strip():
            _read_line(line, number, sheet, reading)
    return sheet


def _decoded(path: Path, name: str, reading: Reading) -> str | None:
    try:
        return content(path).decode()
    except UnicodeDecodeError as error:
        found = f"bytes that are no UTF-8 at byte {error.start + 1}"
        reading.problems.append(Problem(name, 1, "", found, "UTF-8"))
        reading.drop("document")
        return None


def _read_line(line: str, number: int, sheet: _Sheet, reading: Reading) -> None:
    name, _, rest = line.partition("\t")
    kind = name[:1]
    if kind == "T":
        done = _read_span(name, rest, number, sheet)
    elif kind == "E":
        done = _read_event(name, rest, number, sheet)
    elif kind in ("A", "M"):
        done = _read_attribute(rest, sheet, reading)
    elif kind == "N":
        done = _read_reference(rest, sheet, reading)
    elif kind == "*":
        done = _read_equivalence(rest, sheet, reading)
    else:
        done = kind in ("R", "#")
        reading.unheld["relation" if kind == "R" else "note"] += done
    if not done:
        wanted = "a line of brat, such as 'T1⇥Type 0 5⇥words' or 'E1⇥Type:T1 role:T2'"
        reading.problems.append(Problem(sheet.file, number, "", show(line), wanted))
        reading.drop("line")


def _read_span(name: str, rest: str, number: int, sheet: _Sheet) -> bool:
    where, tab, words = rest.partition("\t")
    match = _SPAN.fullmatch(where)
    if match is None or not tab or name in sheet.spans:
        return False
    pieces = [tuple(map(int, piece.split())) for piece in match[2].split(";")]
    ordered = sorted((start, end) for start, end in pieces)
    sheet.spans[name] = _Span(number, unquote(match[1]), tuple(ordered), words)
    return True


def _read_event(name: str, rest: str, number: int, sheet: _Sheet) -> bool:
    parts = [part.rpartition(":") for part in rest.split()]
    if not parts or not all(left and right for left, _, right in parts) or name in sheet.events:
        return False
    (kind, _, trigger), *arguments = parts
    roles = {unquote(role) for role, _, _ in arguments}
    fillers = tuple((unnumbered(unquote(role), roles), filler) for role, _, filler in arguments)
    sheet.events[name] = _Event(number, unquote(kind), trigger, fillers)
    return True


def _read_attribute(rest: str, sheet: _Sheet, reading: Reading) -> bool:
    name, *values = rest.split() or [""]
    field_name = name.lower()
    if field_name in ATTRIBUTES and len(values) == 2 and values[0][:1] == "E":
        sheet.attributes.setdefault(values[0], {})[field_name] = unquote(values[1])
    else:
        reading.unheld["attribute"] += 1
    return bool(values)


def _read_reference(rest: str, sheet: _Sheet, reading: Reading) -> bool:
    parts = rest.partition("\t")[0].split()
    if len(parts) != 3:
        return False
    base, _, value = parts[2].partition(":")
    if base in ("actor", "value") and value:
        sheet.references[parts[1]] = (base, unquote(value))
    else:
        reading.unheld["reference"] += 1
    return True


def _read_equivalence(rest: str, sheet: _Sheet, reading: Reading) -> bool:
    word, *members = rest.split() or [""]
    if not all(member.startswith("E") for member in members):
        reading.unheld["equivalence of spans"] += 1
        return bool(members)
    for member in members:
        sheet.attributes.setdefault(member, {}).setdefault("cluster", members[0])
    return word == "Equiv"


def _accept(sheet: _Sheet, reading: Reading) -> None:
    places: dict[PathKey, Place] = {(): (sheet.file, 1)}
    events: list[dict[str, Any]] = []
    used: set[str] = set()
    for name, event in sheet.events.items():
        span = sheet.spans.get(event.trigger)
        if span is None:
            _unknown(sheet, event.line, event.trigger, "event", reading)
            continue
        used.add(event.trigger)
        places["events", len(events)] = (sheet.file, event.line)
        places["events", len(events), "trigger"] = (sheet.file, span.line)
        fillers = list(_arguments(sheet, event, used, reading))
        for n, (_, line) in enumerate(fillers):
            places["events", len(events), "arguments", n] = (sheet.file, line)
        said = sheet.attributes.get(name, {})
        arguments = [argument for argument, _ in fillers]
        events.append({"type": event.type, "trigger": span.mark, "arguments": arguments, **said})
    raw = {"doc_id": sheet.doc_id, "events": events, **_named(sheet, used)}
    has_text(sheet.text, sheet.doc_id, reading)
    _count_unheld(sheet, used, reading)
    accept(raw, reading, places=places)


def _unknown(sheet: _Sheet, line: int, name: str, part: str, reading: Reading) -> None:
    reading.problems.append(Problem(sheet.file, line, "", show(name), "a T or E of this file"))
    reading.drop(part)


def _arguments(
    sheet: _Sheet, event: _Event, used: set[str], reading: Reading
) -> Iterator[tuple[dict[str, Any], int]]:
    for role, filler in event.arguments:
        name = filler
        if filler in sheet.events:
            name = sheet.events[filler].trigger
            reading.unheld["event as an argument (read as its trigger)"] += 1
        span = sheet.spans.get(name)
        if span is None:
            _unknown(sheet, event.line, filler, "argument", reading)
            continue
        used.add(name)
        base, value = sheet.references.get(name, ("", ""))
        actor = {"actor": value} if base == "actor" else {}
        yield {"role": role, **span.mark, **actor}, span.line


def _named(sheet: _Sheet, used: set[str]) -> dict[str, Any]:
    """Actors with their mentions, and time expressions: referred spans that no event uses."""
    mentions: dict[str, list[dict[str, Any]]] = {}
    times = []
    for name, (base, value) in sheet.references.items():
        span = sheet.spans.get(name)
        if span is None or name in used:
            continue
        used.add(name)
        if base == "actor":
            mentions.setdefault(value, []).append(span.mark)
        else:
            times.append({**span.mark, "value": value})
    actors = [{"id": actor, "mentions": marks} for actor, marks in mentions.items()]
    return {"actors": actors, "times": times}


def _count_unheld(sheet: _Sheet, used: set[str], reading: Reading) -> None:
    reading.unheld["span beside the events"] += len(set(sheet.spans) - used)
    for name in used:
        pieces = sheet.spans[name].pieces
        if any(_is_gap(sheet.text, a[1], b[0]) for a, b in pairwise(pieces)):
            reading.unheld["gap in a discontinuous span (read as one stretch)"] += 1


def _is_gap(text: str | None, start: int, end: int) -> bool:
    """Whether words are left out between two pieces; brat also cuts a span at its line ends."""
    return text is None or bool(text[start:end].strip())


def _sniff(seen: Sample) -> bool:
    if seen.names:
        return any(name.endswith(".ann") for name in seen.names)
    if seen.path.suffix == ".txt" and seen.path.with_suffix(".ann").is_file():
        return True
    return seen.path.suffix == ".ann" and bool(_LINE.match(seen.head) or not seen.head)


FORMATS.add(
    "brat",
    Format(
        "brat",
        "brat stand-off, .txt beside .ann or a folder of them",
        read,
        _sniff,
        holds=(EVERYTHING | {"text"}) - {"untriggered", "words"},
        write=write,
        suffixes=("/",),
        traps="code points, half-open; fragments joined by ';'; numbered roles (Theme2);"
        " T lines that are no event; CRLF counts as two",
    ),
)
