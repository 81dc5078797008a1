"""Argument metrics: who did what to whom, and where.

Plain metrics pool the arguments of all events of a type; the attached ones credit an argument only
under its own event. Events are then paired where type and trigger span are equal, and among several
on one span so that most arguments match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from operator import attrgetter

from bench.counts import Counts
from bench.matching import Filler, Match, best_total, best_value, similarities
from bench.metrics.base import (
    FILLER_MATCHES,
    METRICS,
    Item,
    Metric,
    Pair,
    Side,
    Table,
    count_items,
)
from bench.schema import Argument, Event

Groups = dict[Hashable, list[Filler]]


def classified(side: Side) -> Iterator[Item]:
    """Every argument with its event's type and its role."""
    for event in side.annotation.events:
        for argument in event.arguments:
            yield Item((event.type, argument.role), side.participant(argument))


def identified(side: Side) -> Iterator[Item]:
    """Every argument with its event's type alone."""
    for event in side.annotation.events:
        for argument in event.arguments:
            yield Item((event.type,), side.participant(argument))


def _attached(key: Callable[[Argument], Hashable]) -> Callable[[Pair, Match], Table]:
    def count(documents: Pair, match: Match) -> Table:
        gold = _events(documents.gold, key)
        predicted = _events(documents.predicted, key)
        table: dict[str, Counts] = defaultdict(Counts)
        for place in sorted({*gold, *predicted}, key=repr):
            ours, theirs = gold.get(place, []), predicted.get(place, [])
            matched = 0.0 if place[1] is None else _paired(ours, theirs, match)
            counts = Counts.of(matched=matched, predicted=_size(theirs), gold=_size(ours))
            table[place[0]] += counts
        return dict(table)

    return count


def _events(
    side: Side, key: Callable[[Argument], Hashable]
) -> dict[tuple[str, Hashable], list[Groups]]:
    """Argument groups of each event, by the event's type and trigger span."""
    found: dict[tuple[str, Hashable], list[Groups]] = {}
    for event in side.annotation.events:
        place = (event.type, event.trigger.span if event.trigger else None)
        found.setdefault(place, []).append(_groups(side, event, key))
    return found


def _groups(side: Side, event: Event, key: Callable[[Argument], Hashable]) -> Groups:
    groups: Groups = {}
    for argument in event.arguments:
        groups.setdefault(key(argument), []).append(side.participant(argument))
    return groups


def _size(events: list[Groups]) -> int:
    return sum(len(fillers) for groups in events for fillers in groups.values())


def _paired(gold: list[Groups], predicted: list[Groups], match: Match) -> float:
    """Matched arguments under the pairing of events that matches most of them."""

    def credit(ours: Groups, theirs: Groups) -> float:
        return sum(
            best_value(gold=ours[key], predicted=theirs.get(key, []), match=match) for key in ours
        )

    if len(gold) == len(predicted) == 1:
        return credit(gold[0], predicted[0])
    if not gold or not predicted:
        return 0.0
    return best_total(similarities(gold, predicted, credit))


def _add(name: str, summary: str, count: Callable[[Pair, Match], Table]) -> None:
    METRICS.add(name, Metric(name, summary, count, matches=FILLER_MATCHES))


_add("argument", "event type, role and filler", count_items(classified))
_add("argument-id", "event type and filler", count_items(identified))
_add(
    "argument-attached",
    "event type, role and filler, under the event's own trigger",
    _attached(attrgetter("role")),
)
_add(
    "argument-attached-id",
    "event type and filler, under the event's own trigger",
    _attached(lambda _: None),
)
