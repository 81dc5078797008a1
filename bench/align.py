"""Which predicted event answers which gold event, for people to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bench.matching import MATCHES, Filler, assign, similarities
from bench.schema import Annotation, Event, Mark

Verdict = Literal["matched", "missed", "spurious", "wrong type", "other span", "both differ"]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A gold event beside the predicted one that answers it, or one of them alone.

    Only `matched` counts as a match under the exact trigger metric; the verdicts that name a
    difference are a missed and a spurious event on one line.
    """

    gold: Event | None
    predicted: Event | None
    verdict: Verdict

    @property
    def position(self) -> tuple[int, int]:
        """Where to list it: by the gold trigger, else the predicted one; ungrounded last."""
        for event in (self.gold, self.predicted):
            if event is not None and event.trigger is not None and event.trigger.span:
                return event.trigger.span
        return (1 << 60, 0)


def align_events(*, gold: Annotation, predicted: Annotation) -> list[Aligned]:
    """Exact matches first, then the best pairing of what is left and touches, then the rest."""
    missed, spurious = list(gold.events), list(predicted.events)
    rows: list[Aligned] = []
    for likeness in (_same, _touching):
        for ours, theirs in _pairs(missed, spurious, likeness):
            rows.append(Aligned(ours, theirs, _verdict(ours, theirs)))
        missed = _left(missed, (row.gold for row in rows))
        spurious = _left(spurious, (row.predicted for row in rows))
    rows += [Aligned(event, None, "missed") for event in missed]
    rows += [Aligned(None, event, "spurious") for event in spurious]
    return sorted(rows, key=lambda row: row.position)


def _pairs(
    gold: list[Event], predicted: list[Event], likeness: Callable[[Event, Event], float]
) -> list[tuple[Event, Event]]:
    if not gold or not predicted:
        return []
    cells = assign(similarities(gold, predicted, likeness))
    return [(gold[row], predicted[column]) for row, column in cells]


def _left(events: list[Event], taken: Iterable[Event | None]) -> list[Event]:
    used = {id(event) for event in taken}
    return [event for event in events if id(event) not in used]


def _same(gold: Event, predicted: Event) -> float:
    return float(_verdict(gold, predicted) == "matched")


def _touching(gold: Event, predicted: Event) -> float:
    shared = MATCHES["overlap"].similarity(_filler(gold.trigger), _filler(predicted.trigger))
    return shared and shared + (gold.type == predicted.type)


def _filler(mark: Mark | None) -> Filler:
    return Filler(mark.span if mark else None)


def _verdict(gold: Event, predicted: Event) -> Verdict:
    spans = (gold.trigger and gold.trigger.span, predicted.trigger and predicted.trigger.span)
    same_span = spans[0] == spans[1] and spans[0] is not None
    if gold.type == predicted.type:
        return "matched" if same_span else "other span"
    return "wrong type" if same_span else "both differ"
