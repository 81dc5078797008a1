"""Reads a valid native file at once into columns, and gives up at the first doubt.

What is accepted here is what the strict reader accepts without a word, and means the same: the
shapes are those of `schema`, and what cannot be told in passing is looked at. Anything else is left
to the strict reader, which alone knows how to say what is wrong. Tests hold the one to the other.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np

from bench.columns import Columns, Ints, gather
from bench.dates import is_duration, parse
from bench.schema import MAX_OFFSET, Annotation, Realis

MAX_LINE = 8 * 2**20
_HEAD = 8000
"""So many bytes are looked at to tell a format from the content."""
Offset = Annotated[int, msgspec.Meta(ge=0)]
Name = Annotated[str, msgspec.Meta(min_length=1)]


class Doubt(Exception):
    """Something that the strict reader has to look at."""


class _Shape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Base of the records of `schema` as msgspec reads them: the same fields in their order."""


class _Mark(_Shape):
    start: Offset | None = None
    end: Offset | None = None
    text: Name | None = None


class _Span(_Shape):
    start: Offset
    end: Offset
    text: Name | None = None


class _Argument(_Shape, kw_only=True):
    start: Offset | None = None
    end: Offset | None = None
    text: Name | None = None
    role: Name
    actor: Name | None = None


class _Event(_Shape, kw_only=True):
    id: Name | None = None
    type: Name
    trigger: _Mark | None = None
    realis: Realis | None = None
    date: Name | None = None
    source: Name | None = None
    cluster: Name | None = None
    happening: Name | None = None
    arguments: list[_Argument] = []


class _Actor(_Shape):
    id: Name
    mentions: list[_Span] = []


class _Time(_Shape, kw_only=True):
    start: Offset
    end: Offset
    text: Name | None = None
    value: Name


class _Annotation(_Shape):
    doc_id: Name
    events: list[_Event]
    actors: list[_Actor] = []
    times: list[_Time] = []


class Kept(Mapping[str, Annotation]):
    """The annotations of a file as columns; one of them is made when somebody asks for it."""

    def __init__(self, name: str, columns: Columns, lines: Sequence[bytes], digest: str) -> None:
        self.name, self.columns, self.digest = name, columns, digest
        self._lines = dict(zip(columns.doc_ids, lines, strict=True))
        self._made: dict[str, Annotation] = {}

    def __getitem__(self, doc_id: str) -> Annotation:
        if doc_id not in self._made:
            self._made[doc_id] = Annotation.model_validate_json(self._lines[doc_id])
        return self._made[doc_id]

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns.doc_ids)

    def __len__(self) -> int:
        return len(self.columns.doc_ids)

    @property
    def names(self) -> tuple[Counter[str], Counter[str]]:
        """How often each event type and each role is used."""
        both = (
            (self.columns.types, self.columns.events),
            (self.columns.roles, self.columns.arguments),
        )
        types, roles = (
            Counter(dict(zip(names, np.bincount(rows[1]).tolist(), strict=True)))
            for names, rows in both
        )
        return types, roles


def read(path: Path, format_name: str | None = None) -> Kept | None:
    """The annotations of a file in the native format that is valid in itself, else None.

    Valid in itself: whatever its documents and the names of its types and roles may be.
    """
    if format_name not in (None, "jsonl") or path.suffix != ".jsonl" or not path.is_file():
        return None
    try:
        with _without_collector():
            return _read(path.name, list(_lines(path)))
    except (Doubt, msgspec.MsgspecError, OSError, UnicodeError, OverflowError):
        return None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing that is made here refers to itself, and looking for such things takes longest."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _lines(path: Path) -> Iterator[bytes]:
    """The lines that are not empty; no line longer than allowed is ever held whole."""
    head = b""
    with path.open("rb") as file:
        while line := file.readline(MAX_LINE + 1):
            head = (head + line)[:_HEAD] if len(head) < _HEAD else head
            # A carriage return is white space to a parser; TimeML's mark may stand in a text.
            if len(line) > MAX_LINE or b"\r" in line or b"<TimeML" in head:
                raise Doubt
            if line != b"\n":
                yield line.removesuffix(b"\n")


def _read(name: str, lines: list[bytes]) -> Kept:
    if not lines:
        raise Doubt
    reader = _Reader()
    columns = gather(map(reader.annotation, lines))
    _check_spans(columns.events.start, columns.events.end)
    _check_spans(columns.arguments.start, columns.arguments.end)
    if len(set(columns.doc_ids)) < len(lines):
        raise Doubt
    for document in _with_loose_marks(columns):
        _check_marks(reader.decode(lines[document]))
    return Kept(name, columns, lines, reader.digest.hexdigest()[:12])


class _Reader:
    """Reads line by line; keeps only what the next lines need."""

    def __init__(self) -> None:
        self.decode = msgspec.json.Decoder(_Annotation).decode
        self.encode = msgspec.json.Encoder().encode
        self.digest = hashlib.sha256()
        self.values: set[str | None] = {None}
        """Dates that are known to be right."""

    def annotation(self, line: bytes) -> _Annotation:
        """The annotation of a line; raises Doubt or what msgspec raises."""
        found = self.decode(line)
        plain = self.encode(found)
        self.digest.update(plain)
        _check_fields(line, plain)
        self._check_events(found.events)
        for actor in found.actors:
            _check_grounded(actor.mentions)
        _check_grounded(found.times)
        for time in found.times:
            if not is_duration(time.value):
                self._check_dates({time.value})
        return found

    def _check_events(self, events: Sequence[_Event]) -> None:
        ids = [event.id for event in events if event.id is not None]
        if len(set(ids)) < len(ids):
            raise Doubt
        self._check_dates({event.date for event in events})

    def _check_dates(self, values: set[str | None]) -> None:
        for value in values - self.values:
            try:
                parse(value or "")
            except ValueError as error:
                raise Doubt from error
        self.values |= values


def _check_fields(line: bytes, plain: bytes) -> None:
    """Doubt that any field stands twice in one object: a parser takes the last.

    Every field has a colon behind it, so no field is lost where the annotation written anew has as
    many colons as the line; the others are looked through. Colons in strings are in both, unless
    written as escapes, which could make up for a field.
    """
    if b"\\" in line and b"\\u003" in line:
        raise Doubt
    if line.count(b":") > plain.count(b":"):
        json.loads(line, object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Doubt
    return found


def _check_grounded(marks: Sequence[_Span | _Time]) -> None:
    if any(not mark.start < mark.end <= MAX_OFFSET for mark in marks):
        raise Doubt


def _check_spans(start: Ints, end: Ints) -> None:
    """Offsets in pairs, in order and within any text; −1 where both are left out."""
    wrong = (end <= start) & (start >= 0) | ((start < 0) != (end < 0)) | (end > MAX_OFFSET)
    if wrong.any():
        raise Doubt


def _with_loose_marks(columns: Columns) -> list[int]:
    """Numbers of the documents where a trigger or an argument has no offsets."""
    events, arguments = columns.events, columns.arguments
    loose = np.concatenate([np.flatnonzero(events.start < 0), arguments.event[arguments.start < 0]])
    found: list[int] = np.unique(events.document[loose]).tolist()
    return found


def _check_marks(annotation: _Annotation) -> None:
    """Doubt that what has no offsets has words or an actor."""
    for event in annotation.events:
        trigger = event.trigger
        if trigger is not None and trigger.start is None and trigger.text is None:
            raise Doubt
        for one in event.arguments:
            if one.start is None and one.text is None and one.actor is None:
                raise Doubt
