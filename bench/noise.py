"""Predicted events that no reader would mark: no score, but a sign of what a system reacts to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bench.report import Noise
from bench.schema import Annotation, Document, Event


def find_noise(
    documents: Iterable[Document],
    *,
    gold: Mapping[str, Annotation],
    predicted: Mapping[str, Annotation],
) -> Noise:
    """Noise over all documents; one event may be counted under several heads."""
    found = dict.fromkeys(("events", "boilerplate", "event_free", "ungrounded"), 0)
    for document in documents:
        events = predicted[document.id].events if document.id in predicted else ()
        found["events"] += len(events)
        found["boilerplate"] += sum(in_boilerplate(event, document) for event in events)
        found["event_free"] += 0 if gold[document.id].events else len(events)
        found["ungrounded"] += sum(_span(event) is None for event in events)
    return Noise(**found)


def in_boilerplate(event: Event, document: Document) -> bool:
    """Whether an event's trigger shares a character with a zone that is no article."""
    span = _span(event)
    return span is not None and any(z.start < span[1] and span[0] < z.end for z in document.zones)


def _span(event: Event) -> tuple[int, int] | None:
    return event.trigger.span if event.trigger is not None else None
