"""nervaluate 1.2.1: four schemes that pair predictions with gold spans in the order given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bench.counts import Counts
from bench.protocols.base import PROTOCOLS, Corpus, Protocol, Readings, reading
from bench.schema import Annotation

LEAST_OVERLAP = 0.01
"""Share of the gold span that must be covered for two spans to overlap."""


class Labelled(NamedTuple):
    """A trigger with its type. No span: it overlaps nothing."""

    span: tuple[int, int] | None
    label: str


@dataclass
class Outcomes:
    """The verdicts of MUC: correct, incorrect, partial, spurious, missed."""

    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def counts(self) -> Counts:
        """Partial verdicts are worth a half."""
        paired = self.correct + self.incorrect + self.partial
        return Counts.of(
            matched=self.correct + 0.5 * self.partial,
            predicted=paired + self.spurious,
            gold=paired + self.missed,
        )


Pick = Callable[[list[Labelled], Labelled], tuple[Labelled, str]]


def overlaps(gold: Labelled, predicted: Labelled) -> bool:
    """Whether at least one percent of the gold span is covered."""
    if gold.span is None or predicted.span is None:
        return False
    common = min(gold.span[1], predicted.span[1]) - max(gold.span[0], predicted.span[0])
    return common > 0 and common / (gold.span[1] - gold.span[0]) >= LEAST_OVERLAP


def _first(same: Callable[[Labelled, Labelled], bool], otherwise: str) -> Pick:
    """The first overlapping span that is the same, else the first one at all."""

    def pick(near: list[Labelled], predicted: Labelled) -> tuple[Labelled, str]:
        right = [gold for gold in near if same(gold, predicted)]
        return (right[0], "correct") if right else (near[0], otherwise)

    return pick


def _same_span(gold: Labelled, predicted: Labelled) -> bool:
    return gold.span == predicted.span


def _by_type(near: list[Labelled], predicted: Labelled) -> tuple[Labelled, str]:
    """Of the overlapping spans with the label the one whose ends are nearest, else the first."""
    right = [gold for gold in near if gold.label == predicted.label]
    if not right:
        return near[0], "incorrect"
    return min(right, key=lambda gold: _distance(gold, predicted)), "correct"


def _distance(gold: Labelled, predicted: Labelled) -> int:
    ends = zip(gold.span or (), predicted.span or (), strict=True)
    return sum(abs(one - other) for one, other in ends)


SCHEMES: dict[str, Pick] = {
    "strict": _first(lambda gold, predicted: gold == predicted, "incorrect"),
    "exact": _first(_same_span, "incorrect"),
    "partial": _first(_same_span, "partial"),
    "ent_type": _by_type,
}


def outcomes(gold: list[Labelled], predicted: list[Labelled], pick: Pick) -> Outcomes:
    """Each prediction in turn takes one gold span that is still free."""
    free, found = list(gold), Outcomes()
    for one in predicted:
        near = [span for span in free if overlaps(span, one)]
        if not near:
            found.spurious += 1
            continue
        taken, verdict = pick(near, one)
        free = [span for span in free if span is not taken]
        setattr(found, verdict, getattr(found, verdict) + 1)
    found.missed = len(free)
    return found


def score(corpus: Corpus) -> Readings:
    """The four schemes, counts summed over documents."""
    return {
        name: reading(sum((c.counts for c in _documents(corpus, pick)), Counts()))
        for name, pick in SCHEMES.items()
    }


def _documents(corpus: Corpus, pick: Pick) -> Iterator[Outcomes]:
    for document in corpus:
        yield outcomes(_triggers(document.gold), _triggers(document.predicted), pick)


def _triggers(annotation: Annotation) -> list[Labelled]:
    return [Labelled(e.trigger.span if e.trigger else None, e.type) for e in annotation.events]


PROTOCOLS.add(
    "nervaluate",
    Protocol(
        name="nervaluate",
        summary="triggers as labelled spans: strict, exact, partial, ent_type; micro; 0/0 is 0",
        source="nervaluate 1.2.1",
        score=score,
        headline="strict",
        adapted=(
            "offsets are characters; every type of gold and predictions is among the tags",
            "predictions are taken in the order of the file",
        ),
        defects=(
            "a prediction takes the first gold span that it overlaps, right or wrong, so a later"
            " exact one may find it taken and the order of the file moves the score",
            "partial gives half a point whatever the label and however small the overlap",
            "ent_type gives a full point for one percent of overlap",
        ),
    ),
)
