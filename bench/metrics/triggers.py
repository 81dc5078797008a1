"""Trigger metrics: was the event found, and given its type?"""

from __future__ import annotations

from collections.abc import Iterator

from bench.metrics.base import METRICS, UNTYPED, Item, Metric, Side, count_items


def typed(side: Side) -> Iterator[Item]:
    """Every event with its type and trigger."""
    for event in side.annotation.events:
        yield Item((event.type,), side.filler(event.trigger))


def untyped(side: Side) -> Iterator[Item]:
    """Every event with its trigger alone; two events on one trigger are two items."""
    for event in side.annotation.events:
        yield Item((UNTYPED,), side.filler(event.trigger))


METRICS.add("trigger", Metric("trigger", "event type and trigger span", count_items(typed)))
METRICS.add(
    "trigger-id",
    Metric(
        "trigger-id",
        "trigger span alone",
        count_items(untyped),
        typed=False,
        exempt={"spurious": "types are not read: a new type on a right span is right"},
    ),
)
