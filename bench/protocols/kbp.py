"""TAC KBP event nuggets (EvmEval): greedy mapping by the Dice of characters."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bench.counts import Counts, total
from bench.matching import Filler, overlap
from bench.protocols.base import PROTOCOLS, Corpus, Protocol, Reading, Readings, harmonic, share
from bench.schema import Annotation

NAN = "NaN"
UNANNOTATED = "notannotated"


class Nugget(NamedTuple):
    """A trigger with the attributes that may have to agree."""

    where: Filler
    type: str
    realis: str


Agree = Callable[[Nugget, Nugget], bool]


def _same_type(gold: Nugget, predicted: Nugget) -> bool:
    return gold.type in (UNANNOTATED, predicted.type)


def _same_realis(gold: Nugget, predicted: Nugget) -> bool:
    return gold.realis in (UNANNOTATED, predicted.realis)


MAPPINGS: dict[str, Agree] = {
    "plain": lambda *_: True,
    "mention_type": _same_type,
    "realis_status": _same_realis,
    "mention_type+realis_status": lambda g, p: _same_type(g, p) and _same_realis(g, p),
}


def canonical(value: str) -> str:
    """An attribute as it is compared: letters and digits, lower case.

    >>> canonical("Conflict:Attack") == canonical("conflict_attack")
    True
    """
    return "".join(sign for sign in value if sign.isalnum()).lower()


def nuggets(annotation: Annotation, *, unknown: str) -> list[Nugget]:
    """The triggers of an annotation; `unknown` stands for a realis that is not given."""
    return [
        Nugget(
            Filler(event.trigger.span if event.trigger else None),
            canonical(event.type),
            canonical(event.realis) if event.realis else unknown,
        )
        for event in annotation.events
    ]


def mapping(
    gold: list[Nugget], predicted: list[Nugget], agree: Agree
) -> Iterator[tuple[int, int, float]]:
    """Pairs (predicted, gold, Dice): the best pair first, then the best of what is left; ties go
    to the earlier prediction, then to the earlier gold nugget.
    """
    heap = [
        (-overlap(ours.where, theirs.where), p, g)
        for p, theirs in enumerate(predicted)
        for g, ours in enumerate(gold)
        if agree(ours, theirs)
    ]
    heapq.heapify(heap)
    taken_predicted: set[int] = set()
    taken_gold: set[int] = set()
    while heap:
        dice, p, g = heapq.heappop(heap)
        if dice < 0 and p not in taken_predicted and g not in taken_gold:
            taken_predicted.add(p)
            taken_gold.add(g)
            yield p, g, -dice


def _documents(corpus: Corpus) -> Iterator[tuple[list[Nugget], list[Nugget]]]:
    """Nuggets of both sides; documents without gold nuggets are skipped, as EvmEval does."""
    for document in corpus:
        if document.gold.events:
            predicted = nuggets(document.predicted, unknown="")
            yield nuggets(document.gold, unknown=UNANNOTATED), predicted


def score(corpus: Corpus) -> Readings:
    """Each mapping as micro and macro over documents."""
    scores: Readings = {}
    for name, agree in MAPPINGS.items():
        counted = [_count(gold, predicted, agree) for gold, predicted in _documents(corpus)]
        scores[f"{name} micro"] = _micro(total(counted))
        scores[f"{name} macro"] = _macro(counted)
    return scores


def _count(gold: list[Nugget], predicted: list[Nugget], agree: Agree) -> Counts:
    matched = sum(dice for _, _, dice in mapping(gold, predicted, agree))
    return Counts.of(matched=matched, predicted=len(predicted), gold=len(gold))


def _micro(counts: Counts) -> Reading:
    return _reading(counts.precision, counts.recall, counts)


def _macro(documents: list[Counts]) -> Reading:
    if not documents:
        return _reading(None, None, None)
    precision = sum(share(c.matched_predicted, c.predicted) for c in documents) / len(documents)
    recall = sum(share(c.matched_gold, c.gold) for c in documents) / len(documents)
    return _reading(precision, recall, None)


def _reading(precision: float | None, recall: float | None, counts: Counts | None) -> Reading:
    """F1 of two shares; NaN, here None, where a share is or where both are 0."""
    undefined = precision is None or recall is None or precision + recall == 0
    f1 = None if undefined else harmonic(precision or 0.0, recall or 0.0)
    return Reading(precision, recall, f1, counts, NAN if undefined else "")


def by_type(corpus: Corpus) -> dict[str, Reading]:
    """Counts of the mention_type mapping for each type of the gold, spelled as in the gold."""
    names = {canonical(e.type): e.type for d in reversed(corpus) for e in reversed(d.gold.events)}
    counted: dict[str, list[Counts]] = {kind: [] for kind in names}
    for gold, predicted in _documents(corpus):
        for kind, counts in counted.items():
            counts.append(_count(_only(gold, kind), _only(predicted, kind), _same_type))
    return {names[kind]: _micro(total(counts)) for kind, counts in sorted(counted.items())}


def _only(found: Iterable[Nugget], kind: str) -> list[Nugget]:
    return [nugget for nugget in found if nugget.type == kind]


PROTOCOLS.add(
    "kbp",
    Protocol(
        name="kbp",
        summary="event nuggets, greedy one-to-one by Dice of characters; micro and macro over"
        " documents; 0/0 is NaN, here none",
        source="EvmEval 9f60e17 (2017-10), scorer v1.8",
        score=score,
        headline="mention_type micro",
        adapted=(
            "a nugget is a trigger; a gold event without realis is NOT_ANNOTATED, which any realis"
            " matches",
            "an event without trigger offsets is a nugget that maps to nothing",
            "coreference and sequencing of nuggets are not scored here",
        ),
        defects=(
            "documents without gold nuggets are skipped, with all false alarms in them",
            "the mapping is greedy, so a best pair taken first can block a better total",
            "precision and recall are sums of Dice, so a wide span still earns a part",
            "types are compared on letters and digits in lower case, so two may fall together",
            "rows per type hold the gold's types only: an invented type is in none",
        ),
        by_type=by_type,
    ),
)
