"""A story as one pair of annotations, for metrics that are counted over stories."""

from __future__ import annotations

from collections.abc import Mapping

from bench.metrics.base import Pair, Side, pair
from bench.schema import Annotation, Event, Mark


def by_story(pairs: Mapping[str, Pair], story_of: Mapping[str, str]) -> dict[str, Pair]:
    """Every story with all its documents, in order of documents."""
    found: dict[str, dict[str, Pair]] = {}
    for doc_id, both in pairs.items():
        found.setdefault(story_of[doc_id], {})[doc_id] = both
    return {story: merge(story, inside) for story, inside in found.items()}


def merge(story: str, pairs: Mapping[str, Pair]) -> Pair:
    """The documents of a story one behind the other, in order of name: offsets run on, clusters of
    two documents are never one, happenings are. Holds what coreference takes of an event and
    leaves arguments and texts out.
    """
    gold: list[Event] = []
    predicted: list[Event] = []
    shift = 0
    for n, (_, both) in enumerate(sorted(pairs.items())):
        ours, theirs = (_moved(side, n, shift) for side in (both.gold, both.predicted))
        gold += ours
        predicted += theirs
        shift = max([shift, *map(_end, (*ours, *theirs))])
    return pair(
        gold=Annotation(doc_id=story, events=tuple(gold)),
        predicted=Annotation(doc_id=story, events=tuple(predicted)),
        text=None,
        register=next(iter(pairs.values())).gold.register,
    )


def _moved(side: Side, document: int, shift: int) -> list[Event]:
    return [
        event.model_copy(
            update={
                "cluster": event.cluster and f"{document} {event.cluster}",
                "trigger": event.trigger and _shifted(event.trigger, shift),
                "arguments": (),
            }
        )
        for event in side.annotation.events
    ]


def _shifted(mark: Mark, shift: int) -> Mark:
    if mark.span is None:
        return mark
    start, end = mark.span
    return mark.model_copy(update={"start": start + shift, "end": end + shift})


def _end(event: Event) -> int:
    return 0 if event.trigger is None else event.trigger.end or 0
