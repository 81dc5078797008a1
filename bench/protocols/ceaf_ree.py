"""CEAF-REE (GRIT): entities per role, assigned one to one, events pooled."""

from __future__ import annotations

from collections.abc import Callable

from bench.counts import Counts, total
from bench.matching import assign, similarities
from bench.protocols.base import PROTOCOLS, Corpus, Paired, Protocol, Readings, reading
from bench.protocols.entities import ADAPTED, Entities, Entity
from bench.schema import Annotation

Similarity = Callable[[Entity, Entity], float]


def strict(gold: Entity, predicted: Entity) -> float:
    """1 where every predicted mention is one of the gold entity.

    >>> strict(("ana", "bo"), ("bo",)), strict(("ana",), ("ana", "bo"))
    (1.0, 0.0)
    """
    return float(set(predicted) <= set(gold))


def proportional(gold: Entity, predicted: Entity) -> float:
    """Share of the predicted mentions that are ones of the gold entity.

    >>> proportional(("ana",), ("ana", "bo"))
    0.5
    """
    return sum(mention in gold for mention in predicted) / len(predicted)


def score(corpus: Corpus) -> Readings:
    """Strict and proportional, micro over documents and roles."""
    return {
        name: reading(total(_count(document, similarity) for document in corpus))
        for name, similarity in (("strict", strict), ("prop", proportional))
    }


def _count(document: Paired, similarity: Similarity) -> Counts:
    gold = _by_role(document.gold, document.text)
    predicted = _by_role(document.predicted, document.text)
    roles = sorted({*gold, *predicted})
    return total(_pair(gold.get(r, []), predicted.get(r, []), similarity) for r in roles)


def _by_role(annotation: Annotation, text: str | None) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = {}
    for role, entity in Entities(annotation, text).fillers(annotation.events):
        found.setdefault(role, []).append(entity)
    return found


def _pair(gold: list[Entity], predicted: list[Entity], similarity: Similarity) -> Counts:
    matched = 0.0
    if gold and predicted:
        weights = similarities(gold, predicted, similarity)
        matched = float(sum(weights[cell] for cell in assign(weights)))
    return Counts.of(matched=matched, predicted=len(predicted), gold=len(gold))


PROTOCOLS.add(
    "ceaf-ree",
    Protocol(
        name="ceaf-ree",
        summary="entities of strings per role and document, optimal one-to-one; micro; 0/0 is 0",
        source="GRIT d8212bc (2021-04), eval.py",
        score=score,
        headline="strict",
        adapted=(ADAPTED, "every role counts, not the five of MUC-4 alone"),
        defects=(
            "there are no events: fillers of all events of a document are pooled, so arguments of"
            " the wrong event are right",
            "strings have no place: the same words elsewhere are right",
            "one right mention is full credit for an entity",
        ),
    ),
)
