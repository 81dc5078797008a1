"""The events of many documents as arrays, so that documents can be counted all at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from bench.schema import Annotation

Ints = npt.NDArray[np.int64]
CHUNK = 50  # documents: few enough to stay in the processor's cache
LARGEST = 1 << 61
NONE = -1
"""Stands for an offset that is not given."""


class _Nowhere:
    """A mark without offsets, in place of a trigger that is not there."""

    start = end = None


_NOWHERE = _Nowhere()


class Packed(NamedTuple):
    """Rows as single numbers, all below `size`."""

    codes: Ints
    size: int


def pack(*columns: Ints) -> Packed:
    """Rows of several columns of numbers from 0 on as one number each, in the order of the rows.

    >>> pack(np.array([0, 1, 1]), np.array([5, 0, 5])).codes.tolist()
    [5, 6, 11]
    """
    packed = Packed(np.zeros(len(columns[0]), np.int64), 1)
    for column in columns:
        packed = append(packed, Packed(column, 1 + int(column.max(initial=0))))
    return packed


def append(one: Packed, other: Packed) -> Packed:
    """Both in one, the first of them deciding the order."""
    if one.size * other.size >= LARGEST:
        one, other = dense(one), dense(other)
    return Packed(one.codes * other.size + other.codes, one.size * other.size)


def dense(packed: Packed) -> Packed:
    """The same in the same order, in as few numbers as there are."""
    return distinct(packed.codes)[0]


def distinct(codes: Ints) -> tuple[Packed, Ints]:
    """The numbers that there are, and for each row the place of its own among them."""
    if codes.max(initial=0) < 8 * len(codes):  # to count is faster than to sort
        present = np.bincount(codes) > 0
        return Packed((np.cumsum(present) - 1)[codes], int(present.sum())), np.flatnonzero(present)
    values, places = np.unique(codes, return_inverse=True)
    return Packed(places, len(values)), values


class Events(NamedTuple):
    """One row an event: number of its document, code of its type, span of its trigger."""

    document: Ints
    type: Ints
    start: Ints
    end: Ints


class Arguments(NamedTuple):
    """One row an argument: number of its event, code of its role, span."""

    event: Ints
    role: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True)
class Columns:
    """What one side says of some documents, without words, actors and values."""

    doc_ids: tuple[str, ...]
    types: tuple[str, ...]
    roles: tuple[str, ...]
    events: Events
    arguments: Arguments
    happenings: bool = False
    """Whether any event belongs to a happening."""

    @property
    def ungrounded(self) -> int:
        """Events and arguments without offsets."""
        return int((self.events.start < 0).sum() + (self.arguments.start < 0).sum())


@dataclass(frozen=True)
class Both:
    """What both sides say of the same documents: rows of the gold, then rows of the run."""

    doc_ids: tuple[str, ...]
    types: tuple[str, ...]
    """Event types in order of their codes, which is that of `repr`."""
    events: Events
    arguments: Arguments
    gold_events: int
    """How many of the events are the gold's."""
    happenings: bool = False
    """Whether any event of the gold belongs to a happening."""

    @cached_property
    def predicted(self) -> Ints:
        """1 for each predicted event, 0 for each of the gold."""
        return (np.arange(len(self.events.type)) >= self.gold_events).astype(np.int64)

    @cached_property
    def spans(self) -> Packed:
        """Span of each argument."""
        return pack(self.arguments.start + 1, self.arguments.end + 1)

    @cached_property
    def cells(self) -> Packed:
        """Document and type of each event, in as few numbers as there are."""
        return self._cells[0]

    @cached_property
    def cell_names(self) -> tuple[Ints, Ints]:
        """Document and type of each cell, in order of documents and then of types."""
        values = self._cells[1]
        return values // max(1, len(self.types)), values % max(1, len(self.types))

    @cached_property
    def _cells(self) -> tuple[Packed, Ints]:
        return distinct(self.events.document * len(self.types) + self.events.type)

    @cached_property
    def places(self) -> Packed:
        """Document, type and trigger span of each event, in as few numbers as there are."""
        return dense(append(self.cells, pack(self.events.start + 1, self.events.end + 1)))


@runtime_checkable
class Columnar(Protocol):
    """Annotations by document that are kept as columns."""

    columns: Columns


def columns_of(annotations: Mapping[str, Annotation], doc_ids: Sequence[str]) -> Columns:
    """The columns of those of the named documents that have an annotation."""
    if isinstance(annotations, Columnar) and set(annotations.columns.doc_ids) <= set(doc_ids):
        return annotations.columns
    return gather(annotations[doc_id] for doc_id in doc_ids if doc_id in annotations)


def gather(documents: Iterable[Any]) -> Columns:
    """The columns of annotations, or of anything else that has their attributes."""
    gatherer, stream = Gatherer(), iter(documents)
    while chunk := list(islice(stream, CHUNK)):
        gatherer.add(chunk)
    return gatherer.columns()


class Gatherer:
    """Takes documents chunk by chunk, so that the annotations themselves need not be kept."""

    def __init__(self) -> None:
        self.doc_ids: list[str] = []
        self.types, self.roles = (defaultdict[str, int](count().__next__) for _ in "ab")
        self.events: list[Events] = []
        self.arguments: list[Arguments] = []
        self.before = 0
        self.happenings = False

    def columns(self) -> Columns:
        """What was taken so far."""
        return Columns(
            tuple(self.doc_ids),
            tuple(self.types),
            tuple(self.roles),
            Events(*_joined(self.events, 4)),
            Arguments(*_joined(self.arguments, 4)),
            self.happenings,
        )

    def add(self, chunk: Sequence[Any]) -> None:
        """A few documents more."""
        sizes = [len(document.events) for document in chunk]
        events = [event for document in chunk for event in document.events]
        triggers = [event.trigger or _NOWHERE for event in events]
        numbers = np.arange(len(self.doc_ids), len(self.doc_ids) + len(chunk))
        self.doc_ids += [document.doc_id for document in chunk]
        self.happenings |= any(event.happening for event in events)
        types = [self.types[event.type] for event in events]
        self.events.append(Events(np.repeat(numbers, sizes), _ints(types), *_spans(triggers)))
        self._add_arguments([event.arguments for event in events])

    def _add_arguments(self, per_event: Sequence[Sequence[Any]]) -> None:
        arguments = list(chain.from_iterable(per_event))
        numbers = np.arange(self.before, self.before + len(per_event))
        events = np.repeat(numbers, _ints(list(map(len, per_event))))
        self.before += len(per_event)
        roles = [self.roles[one.role] for one in arguments]
        self.arguments.append(Arguments(events, _ints(roles), *_spans(arguments)))


def _spans(marks: Sequence[Any]) -> tuple[Ints, Ints]:
    return _offsets([mark.start for mark in marks]), _offsets([mark.end for mark in marks])


def _offsets(given: Sequence[int | None]) -> Ints:
    return _ints([NONE if value is None else value for value in given] if None in given else given)


def _ints(values: Sequence[Any]) -> Ints:
    return np.fromiter(values, np.int64, len(values))


def _joined(parts: Sequence[Sequence[Ints]], width: int) -> Iterator[Ints]:
    for n in range(width):
        yield np.concatenate([np.empty(0, np.int64), *(part[n] for part in parts)])


def side_by_side(gold: Columns, predicted: Columns, doc_ids: Sequence[str]) -> Both:
    """Both sides of the named documents, in that order; raises KeyError where one has others."""
    types = _union(gold.types, predicted.types)
    roles = _union(gold.roles, predicted.roles)
    before = len(gold.events.type)
    first, second = (_renumbered(side, tuple(doc_ids), types, roles) for side in (gold, predicted))
    moved = second.arguments._replace(event=second.arguments.event + before)
    return Both(
        tuple(doc_ids),
        types,
        Events(*map(np.concatenate, zip(first.events, second.events, strict=True))),
        Arguments(*map(np.concatenate, zip(first.arguments, moved, strict=True))),
        before,
        gold.happenings,
    )


def _union(*names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(chain(*names)), key=repr))


def _renumbered(
    side: Columns, doc_ids: tuple[str, ...], types: tuple[str, ...], roles: tuple[str, ...]
) -> Columns:
    document = _moved(side.events.document, side.doc_ids, doc_ids)
    kind = _moved(side.events.type, side.types, types)
    role = _moved(side.arguments.role, side.roles, roles)
    events = side.events._replace(document=document, type=kind)
    return replace(side, events=events, arguments=side.arguments._replace(role=role))


def _moved(codes: Ints, old: Sequence[str], new: Sequence[str]) -> Ints:
    if old == new:
        return codes
    places = {name: n for n, name in enumerate(new)}
    return np.fromiter((places[name] for name in old), np.int64, len(old))[codes]
