"""Metrics of what is said about an event: its realis and its source.

An item is (event type, trigger, value). Accuracy on matched triggers is a second reading: of the
triggers matched where both sides give a value, the share whose values agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.matching import MATCHES, Filler, Match
from bench.metrics.base import METRICS, Item, Metric, Pair, Side, Table, count_items
from bench.metrics.names import named


def real(side: Side) -> Iterator[Item]:
    """Every event that has a realis."""
    for event in side.annotation.events:
        if event.realis is not None:
            key = (event.type, event.realis)
            yield Item(key, side.filler(event.trigger), anchor=(event.type,))


def said(side: Side) -> Iterator[Item]:
    """Every event that has a source; without a trigger span its source can match nothing."""
    for event in side.annotation.events:
        if event.source is not None:
            span = side.filler(event.trigger).span
            speaker = named(side, event.source) if span else frozenset()
            yield Item((event.type, span), Filler(span, actors=speaker))


def _anchor(item: Item) -> tuple[object, ...]:
    return item.anchor or item.key


def _matched_triggers(documents: Pair, _: Match) -> Table:
    return count_items(said)(documents, MATCHES["exact"])


METRICS.add(
    "realis",
    Metric(
        "realis",
        "event type, trigger span and realis",
        count_items(real),
        anchored=count_items(real, by=_anchor),
    ),
)
METRICS.add(
    "source",
    Metric(
        "source",
        "event type, trigger span and who says so",
        count_items(said),
        matches=("actor",),
        default="actor",
        anchored=_matched_triggers,
    ),
)
