"""Metrics of what is said about an event: its date and its realis.

An item is (event type, trigger, value). Accuracy on matched triggers is a second reading: of the
triggers matched where both sides give a value, the share whose values agree.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.dates import normalise
from bench.metrics.base import METRICS, Item, Metric, Side, count_items


def dated(side: Side) -> Iterator[Item]:
    """Every event that has a date."""
    for event in side.annotation.events:
        if event.date is not None:
            key = (event.type, normalise(event.date))
            yield Item(key, side.filler(event.trigger), anchor=(event.type,))


def real(side: Side) -> Iterator[Item]:
    """Every event that has a realis."""
    for event in side.annotation.events:
        if event.realis is not None:
            key = (event.type, event.realis)
            yield Item(key, side.filler(event.trigger), anchor=(event.type,))


def _anchor(item: Item) -> tuple[object, ...]:
    return item.anchor or item.key


METRICS.add(
    "date",
    Metric(
        "date",
        "event type, trigger span and calendar date (EDTF, equal values)",
        count_items(dated),
        matches=("exact",),
        anchored=count_items(dated, by=_anchor),
    ),
)
METRICS.add(
    "realis",
    Metric(
        "realis",
        "event type, trigger span and realis",
        count_items(real),
        anchored=count_items(real, by=_anchor),
    ),
)
