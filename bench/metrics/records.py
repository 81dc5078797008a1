"""The record metric: what happened, to whom, where and when, with no offsets at all.

A happening is a record: its type, its participants and places by role, its date. Mentions that
share a cluster are one record, which holds whatever any of them says; an event without a cluster is
a record of its own. Records of a type are paired one to one so that most slots agree, and slots of
a role one to one inside a pair:

    matched = max over pairings of Σ (1 + agreeing arguments + agreeing dates)

The type is a slot, so a record without arguments counts and a repeated one costs precision. Realis
is no slot: what was refused or feared is a record like any other. Arguments agree where they may
stand for the same actor (`bench.metrics.names`), dates where their values are spelled alike.
Source: template alignment as in MUC-4 (Chinchor 1992) and CEAF-RME (Chen et al. 2023), with single
actors for slots, one to one throughout.
"""

from __future__ import annotations

from collections.abc import Iterable

from bench.counts import Counts
from bench.dates import normalise
from bench.matching import Filler, Match, assign, best_value, similarities
from bench.metrics.base import METRICS, Metric, Pair, Side, Table
from bench.metrics.names import named
from bench.schema import Argument, Event

Slots = dict[str, list[Filler]]
DATE = "=date"  # no role of an ontology is called so


def records(side: Side) -> dict[str, list[Slots]]:
    """The records of an annotation by type."""
    mentions: dict[tuple[str, str | int], list[Event]] = {}
    for n, event in enumerate(side.annotation.events):
        mentions.setdefault((event.type, event.cluster or n), []).append(event)
    found: dict[str, list[Slots]] = {}
    for (kind, _), events in mentions.items():
        found.setdefault(kind, []).append(_slots(side, events))
    return found


def _slots(side: Side, events: Iterable[Event]) -> Slots:
    names: dict[str, set[frozenset[str]]] = {}
    for event in events:
        for argument in event.arguments:
            names.setdefault(argument.role, set()).add(_names(side, argument))
        if event.date is not None:
            names.setdefault(DATE, set()).add(frozenset({normalise(event.date)}))
    return {
        slot: [Filler(None, actors=one) for one in _plain(sets)] for slot, sets in names.items()
    }


def _names(side: Side, argument: Argument) -> frozenset[str]:
    words = side.words(argument)
    if words is None and argument.actor is None:
        return frozenset({f"@{argument.span}"})  # the article is not here: offsets are its name
    return named(side, argument.actor, words)


def _plain(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Each actor once; an ambiguous name adds nothing beside a name that settles it."""
    every = sorted(sets, key=sorted)
    return [one for one in every if not any(other < one for other in every)]


def _size(record: Slots) -> int:
    return 1 + sum(map(len, record.values()))


def compare(documents: Pair, match: Match) -> Table:
    """Slots of the records of one document, per event type."""

    def agreeing(ours: Slots, theirs: Slots) -> float:
        shared = (slot for slot in ours if slot in theirs)
        return 1 + sum(
            best_value(gold=ours[slot], predicted=theirs[slot], match=match) for slot in shared
        )

    gold, predicted = records(documents.gold), records(documents.predicted)
    table: Table = {}
    for kind in sorted({*gold, *predicted}):
        weights = similarities(gold.get(kind, []), predicted.get(kind, []), agreeing)
        table[kind] = Counts.of(
            matched=float(sum(weights[cell] for cell in assign(weights))),
            predicted=sum(map(_size, predicted.get(kind, []))),
            gold=sum(map(_size, gold.get(kind, []))),
        )
    return table


METRICS.add(
    "record",
    Metric(
        "record",
        "happenings as type, participants by role and date, without offsets",
        compare,
        matches=("actor",),
        default="actor",
    ),
)
