"""Predicted events that no reader would mark: no score, but a sign of what a system reacts to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from bench.columns import Both
from bench.report import Noise
from bench.schema import Annotation, Document, Event


def find_noise(
    documents: Iterable[Document], both: Both, predicted: Mapping[str, Annotation]
) -> Noise:
    """Noise over all documents; one event may be counted under several heads."""
    said = both.predicted > 0
    answered = np.bincount(both.events.document[~said], minlength=len(both.doc_ids)) > 0
    zoned = (d for d in documents if d.zones and d.id in predicted)
    return Noise(
        events=int(said.sum()),
        boilerplate=sum(in_boilerplate(e, d) for d in zoned for e in predicted[d.id].events),
        event_free=int((~answered[both.events.document[said]]).sum()),
        ungrounded=int((both.events.start[said] < 0).sum()),
    )


def in_boilerplate(event: Event, document: Document) -> bool:
    """Whether an event's trigger shares a character with a zone that is no article."""
    span = event.trigger.span if event.trigger is not None else None
    return span is not None and any(z.start < span[1] and span[0] < z.end for z in document.zones)
