"""CEAF-RME (IterX): templates of entities, both assigned one to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bench.counts import Counts
from bench.matching import assign, similarities
from bench.protocols.base import PROTOCOLS, Corpus, Paired, Protocol, Readings, reading
from bench.protocols.entities import ADAPTED, Entities
from bench.schema import Annotation, Event

if TYPE_CHECKING:
    import numpy as np

Mention = tuple[str, str, str]
"""Template type, role, string: where one differs, nothing matches."""
Members = tuple[Mention, ...]
Template = tuple[Members, ...]
Credit = Callable[[Template, Template], tuple[float, float]]
"""What a pair of templates adds to the numerators of precision and of recall."""


class Scored(NamedTuple):
    """Numerators of one document, and its gold templates as they were compared."""

    precision: float
    recall: float
    compared: list[Template]


def templates(annotation: Annotation, text: str | None) -> list[Template]:
    """One template a cluster of events of one type; those without fillers are left out.

    An event without cluster is a template of its own.
    """
    entities = Entities(annotation, text)
    clusters: dict[tuple[object, str], list[Event]] = {}
    for n, event in enumerate(annotation.events):
        clusters.setdefault((event.cluster or n, event.type), []).append(event)
    found = (
        tuple(
            tuple((kind, role, mention) for mention in entity)
            for role, entity in entities.fillers(events)
        )
        for (_, kind), events in clusters.items()
    )
    return [template for template in found if template]


def phi3(gold: Template, predicted: Template) -> tuple[float, float]:
    """Mentions shared under the best one-to-one pairing of entities."""
    weights = similarities(gold, predicted, lambda g, p: sum(m in g for m in p))
    value = float(sum(weights[cell] for cell in assign(weights)))
    return value, value


def phi_subset(gold: Template, predicted: Template) -> tuple[float, float]:
    """Predicted entities that share a mention with a gold one, and the distinct gold ones so hit:
    of each predicted entity the first gold entity that has its first known mention.
    """
    hits = [_hit(gold, entity) for entity in predicted]
    found = [hit for hit in hits if hit is not None]
    return len(found), len(set(found))


def _hit(gold: Template, entity: Members) -> int | None:
    for mention in entity:
        for n, candidate in enumerate(gold):
            if mention in candidate:
                return n
    return None


def alternatives(template: Template) -> list[Template]:
    """A template under each type that its own type allows: `attack / bombing` allows two."""
    kinds = [kind.strip() for kind in template[0][0][0].split("/")]
    if len(kinds) == 1:
        return [template]
    return [
        tuple(tuple((kind, role, words) for _, role, words in e) for e in template)
        for kind in kinds
    ]


def score_document(gold: list[Template], predicted: list[Template], credit: Credit) -> Scored:
    """The assignment of templates that is best for precision; of alternatives the best is kept."""
    if not gold or not predicted:
        return Scored(0.0, 0.0, gold)
    owners = [(n, one) for n, template in enumerate(gold) for one in alternatives(template)]
    compared = [one for _, one in owners]
    precision = similarities(compared, predicted, lambda g, p: credit(g, p)[0])
    _keep_best([n for n, _ in owners], precision)
    cells = assign(precision)
    recall = sum(credit(compared[row], predicted[column])[1] for row, column in cells)
    return Scored(float(sum(precision[cell] for cell in cells)), recall, compared)


def _keep_best(owners: Sequence[int], weights: np.ndarray) -> None:
    """Set every alternative of a gold template but the one with the greatest row to 0."""
    for owner in set(owners):
        rows = [row for row, other in enumerate(owners) if other == owner]
        best = max(rows, key=lambda row: float(weights[row].sum()))
        weights[[row for row in rows if row != best]] = 0


def score(corpus: Corpus) -> Readings:
    """phi-3 over mentions and over entities, and phi-subset."""
    sums = {name: Counts() for name in ("phi-3 mentions", "phi-3 entities", "phi-subset")}
    for document in corpus:
        for name, counts in _count(document).items():
            sums[name] += counts
    return {name: reading(counts) for name, counts in sums.items()}


def _count(document: Paired) -> dict[str, Counts]:
    gold = templates(document.gold, document.text)
    predicted = templates(document.predicted, document.text)
    three = score_document(gold, predicted, phi3)
    subset = score_document(gold, predicted, phi_subset)
    mentions = (_mentions(predicted), _mentions(three.compared))
    entities = (sum(map(len, predicted)), sum(map(len, gold)))
    return {
        "phi-3 mentions": Counts(three.precision, mentions[0], three.recall, mentions[1]),
        "phi-3 entities": Counts(three.precision, entities[0], three.recall, entities[1]),
        "phi-subset": Counts(subset.precision, entities[0], subset.recall, entities[1]),
    }


def _mentions(found: list[Template]) -> int:
    return sum(len(entity) for template in found for entity in template)


PROTOCOLS.add(
    "ceaf-rme",
    Protocol(
        name="ceaf-rme",
        summary="templates of entities of strings, optimal one-to-one; micro; 0/0 is 0",
        source="IterX 65fd64c (2023-08), ceaf_rme.py",
        score=score,
        headline="phi-subset",
        adapted=(
            ADAPTED,
            "a template is a cluster of events of one type; an event without cluster is one",
            "phi-3 mentions divides by mentions, as the code does; phi-3 entities divides the same"
            " numerator by entities, as the comparison files of the paper do",
        ),
        defects=(
            "the type of a template is never scored: one without fillers counts for nothing",
            "phi-subset: one right mention is full credit, several predicted entities may take one"
            " gold entity, and among equal assignments recall falls as the solver has it",
            "phi-3 mentions: a gold type with a slash counts its mentions once an alternative in"
            " the denominator of recall",
            "phi-3 entities: shared mentions over entities may pass 100",
        ),
    ),
)
