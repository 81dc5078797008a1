"""Triggers and arguments counted by exact span, all documents at once.

The definitions are in `triggers` and `arguments`; these functions are only faster, and property
tests hold them to the definitions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from bench.columns import LARGEST, Both, Ints, Packed, append, dense, pack
from bench.matching import best_total
from bench.tallies import Tally

Mask = npt.NDArray[np.bool_]
UNTYPED = ""


def typed_triggers(both: Both) -> Tally:
    """`triggers.typed` by exact span."""
    events = both.events
    span = pack(events.start + 1, events.end + 1)
    matched = common(both.cells, span, both.predicted, events.start >= 0)
    return _tally(both, both.cells.codes, both.predicted, matched)


def untyped_triggers(both: Both) -> Tally:
    """`triggers.untyped` by exact span: the same with all types become one."""
    one = both.events._replace(type=np.zeros_like(both.events.type))
    return typed_triggers(replace(both, types=(UNTYPED,), events=one))


def arguments(*, role: bool) -> Callable[[Both], Tally]:
    """`arguments.classified` or, without the role, `identified` by exact span."""

    def count(both: Both) -> Tally:
        event, placed = both.arguments.event, both.arguments.start >= 0
        cells, predicted = _of(both.cells, event), both.predicted[event]
        matched = common(cells, _fillers(both, role=role), predicted, placed)
        return _tally(both, cells.codes, predicted, matched)

    return count


def attached(*, role: bool) -> Callable[[Both], Tally]:
    """The attached variants by exact span. Nearly all places hold one event of a side; events of
    the others are paired one by one.
    """

    def count(both: Both) -> Tally:
        event = both.arguments.event
        fillers, predicted = _fillers(both, role=role), both.predicted[event]
        placed = (both.arguments.start >= 0) & (both.events.start >= 0)[event]
        per_place = common(_of(both.places, event), fillers, predicted, placed)
        for place, value in _paired(both, fillers.codes, placed):
            per_place[place] = value
        cell_of = np.empty(both.places.size, np.int64)
        cell_of[both.places.codes] = both.cells.codes
        matched = _sums(cell_of, per_place, both.cells.size)
        cells = both.cells.codes[event]
        return _tally(both, cells, predicted, matched, every_cell=True)

    return count


def _of(events: Packed, event: Ints) -> Packed:
    return Packed(events.codes[event], events.size)


def _fillers(both: Both, *, role: bool) -> Packed:
    return append(pack(both.arguments.role), both.spans) if role else both.spans


def common(groups: Packed, what: Packed, predicted: Ints, counted: Mask) -> Ints:
    """How many items of each group both sides have: of equal ones as many as the poorer side."""
    if groups.size * what.size >= LARGEST:
        what = dense(what)
    keys = np.sort(2 * append(groups, what).codes[counted] + predicted[counted])
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    values, sizes = keys[first], np.diff(first, append=len(keys))
    pairs = np.flatnonzero(values[:-1] ^ 1 == values[1:])  # an even key and its odd neighbour
    poorer = np.minimum(sizes[pairs], sizes[pairs + 1])
    return _sums(values[pairs] // (2 * what.size), poorer, groups.size)


def _sums(groups: Ints, numbers: Ints, size: int) -> Ints:
    """Sums of whole numbers by group, which floats hold exactly."""
    return np.bincount(groups, numbers, size).astype(np.int64)


def _tally(
    both: Both, cells: Ints, predicted: Ints, matched: Ints, *, every_cell: bool = False
) -> Tally:
    """The counts of all cells that have items, or simply of all, given the cell of each item."""
    size = both.cells.size
    of_run = _sums(cells, predicted, size)
    of_gold = np.bincount(cells, minlength=size) - of_run
    used = np.flatnonzero(of_run + of_gold + every_cell)
    document, kind = (names[used] for names in both.cell_names)
    counts = (matched[used], of_run[used], of_gold[used])
    return Tally(both.doc_ids, both.types, document, kind, *counts)


def _paired(both: Both, fillers: Ints, placed: Mask) -> Iterator[tuple[int, float]]:
    """Matched arguments of places where a side has several events, under the best pairing."""
    hard = _contested(both)
    events = np.flatnonzero(hard[both.places.codes])
    groups: dict[int, Counter[int]] = {event: Counter() for event in events.tolist()}
    rows = np.flatnonzero(hard[both.places.codes][both.arguments.event] & placed)
    for event, filler in zip(
        both.arguments.event[rows].tolist(), fillers[rows].tolist(), strict=True
    ):
        groups[event][filler] += 1
    sides: dict[int, tuple[list[Counter[int]], list[Counter[int]]]] = defaultdict(lambda: ([], []))
    for event, group in groups.items():
        sides[int(both.places.codes[event])][int(both.predicted[event])].append(group)
    for place, (gold, predicted) in sides.items():
        weights = [[(ours & theirs).total() for theirs in predicted] for ours in gold]
        yield place, best_total(np.array(weights, dtype=float))


def _contested(both: Both) -> Mask:
    """Which places hold events of both sides, and several of one."""
    of_run = _sums(both.places.codes, both.predicted, both.places.size)
    of_gold = np.bincount(both.places.codes, minlength=both.places.size) - of_run
    return (of_run > 0) & (of_gold > 0) & (of_run + of_gold > 2)


TALLIES: dict[str, Callable[[Both], Tally]] = {
    "trigger": typed_triggers,
    "trigger-id": untyped_triggers,
    "argument": arguments(role=True),
    "argument-id": arguments(role=False),
    "argument-attached": attached(role=True),
    "argument-attached-id": attached(role=False),
}
"""Measures by name that can be counted so."""
