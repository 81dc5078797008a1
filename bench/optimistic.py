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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import numpy as np

from bench.columns import CHUNK, Columns, Gatherer, Ints
from bench.dates import is_duration, parse
from bench.errors import DatelineError
from bench.values import MAX_OFFSET, Realis

if TYPE_CHECKING:
    from bench.schema import Annotation

MAX_LINE = 8 * 2**20
_HEAD = 8000
"""So many bytes are looked at to tell a format from the content."""
_BUFFER = 2**18
_ID, _DATE = attrgetter("id"), attrgetter("date")
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


class Kept(Mapping[str, "Annotation"]):
    """The annotations of a file as columns; one of them is made, from its line in the file, when
    somebody asks for it.
    """

    def __init__(self, path: Path, columns: Columns, digest: str | None) -> None:
        self.path, self.columns, self._digest = path, columns, digest
        self._made: dict[str, Annotation] = {}

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.path.name

    @property
    def digest(self) -> str:
        """First characters of the hash of all that is said, however it is written."""
        return self._digest or _digest(self._lines.values())

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self.columns.doc_ids)

    @cached_property
    def _lines(self) -> dict[str, bytes]:
        """The line of each document, read again: raises DatelineError if there are others now."""
        try:
            return dict(zip(self.columns.doc_ids, _lines(self.path), strict=True))
        except (Doubt, OSError, ValueError) as error:
            raise self._changed() from error

    def _changed(self) -> DatelineError:
        return DatelineError(f"{self.path}: was changed while it was read; run the command again")

    def __getitem__(self, doc_id: str) -> Annotation:
        if doc_id not in self._made:
            self._made[doc_id] = self._make(doc_id)
        return self._made[doc_id]

    def _make(self, doc_id: str) -> Annotation:
        from bench.schema import Annotation

        line = self._lines[doc_id]
        try:
            made = Annotation.model_validate_json(line)
        except ValueError as error:
            raise self._changed() from error
        if made.doc_id != doc_id:
            raise self._changed()
        return made

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._ids

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


def read(path: Path, *, digested: bool = True) -> Kept | None:
    """The annotations of a file in the native format that is valid in itself, else None.

    Valid in itself: whatever its documents and the names of its types and roles may be. `digested`:
    whether the digest is wanted, which is then made in passing.
    """
    if path.suffix != ".jsonl" or not path.is_file():
        return None
    try:
        with _without_collector():
            return _read(path, digested=digested)
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
    with path.open("rb", buffering=_BUFFER) as file:
        while line := file.readline(MAX_LINE + 1):
            if len(head) < _HEAD:
                head = (head + line)[:_HEAD]
            # A carriage return is white space to a parser; TimeML's mark may stand in a text.
            if len(line) > MAX_LINE or b"\r" in line or b"<TimeML" in head:
                raise Doubt
            if line != b"\n":
                yield line.removesuffix(b"\n")


def _read(path: Path, *, digested: bool) -> Kept:
    reader, gatherer, stream = _Reader(digested), Gatherer(), _lines(path)
    while chunk := list(islice(stream, CHUNK)):
        gatherer.add(reader.annotations(chunk))
    columns = gatherer.columns()
    _check_spans(columns.events.start, columns.events.end)
    _check_spans(columns.arguments.start, columns.arguments.end)
    if not columns.doc_ids or len(set(columns.doc_ids)) < len(columns.doc_ids):
        raise Doubt
    _check_loose(columns, _lines(path), reader)
    return Kept(path, columns, reader.hexdigest)


def _digest(lines: Iterable[bytes]) -> str:
    reader = _Reader(digested=True)
    reader.annotations(list(lines))
    return reader.hexdigest or ""


class _Reader:
    """Reads a few lines at a time; keeps only what the next lines need."""

    def __init__(self, digested: bool) -> None:
        self.decode = msgspec.json.Decoder(_Annotation).decode
        self.encode = msgspec.json.Encoder().encode
        self.digest = hashlib.sha256() if digested else None
        self.dates: set[str | None] = {None}
        """Those that are known to be right."""

    @property
    def hexdigest(self) -> str | None:
        """What is known of all lines so far, if that was wanted."""
        return None if self.digest is None else self.digest.hexdigest()[:12]

    def annotations(self, lines: Sequence[bytes]) -> list[_Annotation]:
        """The annotation of each line; raises Doubt or what msgspec raises."""
        found = list(map(self.decode, lines))
        plain = list(map(self.encode, found))
        if self.digest is not None:
            self.digest.update(b"".join(plain))
        _check_fields(lines, plain)
        for annotation in found:
            self._check(annotation)
        return found

    def _check(self, annotation: _Annotation) -> None:
        ids = list(map(_ID, annotation.events))
        if len(set(ids)) < len(ids) and max(Counter(filter(None, ids)).values(), default=0) > 1:
            raise Doubt
        self._check_dates(set(map(_DATE, annotation.events)))
        for actor in annotation.actors:
            _check_grounded(actor.mentions)
        _check_grounded(annotation.times)
        for time in annotation.times:
            if not is_duration(time.value):
                self._check_dates({time.value})

    def _check_dates(self, values: set[str | None]) -> None:
        for value in values - self.dates:
            try:
                parse(value or "")
            except ValueError as error:
                raise Doubt from error
        self.dates |= values


def _check_fields(lines: Sequence[bytes], plain: Sequence[bytes]) -> None:
    """Doubt that any field stands twice in one object: a parser takes the last.

    Every field has a colon behind it, so no field is lost where the annotations written anew have
    as many colons as the lines; the others are looked through. Colons in strings are in both,
    unless written as escapes, which could make up for a field.
    """
    whole = b"\n".join(lines)
    if b"\\" in whole and b"\\u003" in whole:
        raise Doubt
    if _colons(whole) == _colons(b"\n".join(plain)):
        return
    for line, anew in zip(lines, plain, strict=True):
        if line.count(b":") > anew.count(b":"):
            json.loads(line, object_pairs_hook=_each_once)


def _colons(content: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(content, np.uint8) == ord(":")))


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


def _check_loose(columns: Columns, lines: Iterable[bytes], reader: _Reader) -> None:
    """Look at documents where a trigger or an argument has no offsets."""
    events, arguments = columns.events, columns.arguments
    loose = np.concatenate([np.flatnonzero(events.start < 0), arguments.event[arguments.start < 0]])
    if len(loose):
        documents = set(events.document[loose].tolist())
        for n, line in enumerate(lines):
            if n in documents:
                _check_marks(reader.decode(line))


def _check_marks(annotation: _Annotation) -> None:
    """Doubt that what has no offsets has words or an actor."""
    for event in annotation.events:
        trigger = event.trigger
        if trigger is not None and trigger.start is None and trigger.text is None:
            raise Doubt
        for one in event.arguments:
            if one.start is None and one.text is None and one.actor is None:
                raise Doubt
