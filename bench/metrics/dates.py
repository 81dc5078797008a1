"""Metrics of time: when an event happens, and the time expressions of an article.

`date` compares the dates of events with the same type and trigger span; an event without a date is
no item. `time` compares time expressions by span, where their values are spelled alike. Durations
are values too. Source of values: ISO 8601-2:2019 (EDTF), as `bench.dates` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.dates import normalise
from bench.matching import DATE_MATCHES, MATCHES, Filler, Match
from bench.metrics.base import METRICS, UNTYPED, Item, Metric, Pair, Side, Table, count_items


def dated(side: Side) -> Iterator[Item]:
    """Every event that has a date; without a trigger span its date can match nothing."""
    for event in side.annotation.events:
        if event.date is not None:
            span = side.filler(event.trigger).span
            value = normalise(event.date) if span else None
            yield Item((event.type, span), Filler(span, value=value))


def timed(side: Side) -> Iterator[Item]:
    """Every time expression with its value."""
    for time in side.annotation.times:
        yield Item((UNTYPED, normalise(time.value)), side.filler(time))


def on_matched_triggers(documents: Pair, _: Match) -> Table:
    """Dated events by type and trigger span alone, whatever rule compares their dates."""
    return count_items(dated)(documents, MATCHES["exact"])


METRICS.add(
    "date",
    Metric(
        "date",
        "event type, trigger span and calendar date (EDTF)",
        count_items(dated),
        matches=tuple(DATE_MATCHES),
        modes=DATE_MATCHES,
        anchored=on_matched_triggers,
    ),
)
METRICS.add(
    "time", Metric("time", "span and value of time expressions", count_items(timed), typed=False)
)
