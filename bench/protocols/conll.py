"""Coreference of event mentions by the conventions of the CoNLL reference scorer (Perl, 8.01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from math import floor

from bench.counts import Counts, total
from bench.matching import assign, similarities
from bench.metrics.coreference import Cluster, Partition, b3, ceafe, muc
from bench.protocols.base import (
    PROTOCOLS,
    Corpus,
    Paired,
    Protocol,
    Reading,
    Readings,
    place,
    reading,
)
from bench.schema import Annotation

Sides = tuple[Partition, Partition]
PARTS = ("muc", "b3", "ceafe")
"""The CoNLL score is the mean F1 of these."""


def chains(annotation: Annotation, side: str) -> list[Cluster]:
    """Clusters of mentions, a mention being a trigger span with its type. A mention that comes
    again is dropped; an event without cluster is a singleton.
    """
    found: dict[object, set[object]] = {}
    seen: set[object] = set()
    for n, event in enumerate(annotation.events):
        trigger = event.trigger if event.trigger and event.trigger.span else None
        mention = (place(trigger, side), event.type, n if trigger is None else None)
        if mention not in seen:
            seen.add(mention)
            found.setdefault(event.cluster or n, set()).add(mention)
    return [frozenset(mentions) for mentions in found.values()]


def ceafm(*, gold: Partition, predicted: Partition) -> Counts:
    """Mentions in common under the best one-to-one pairing of chains. Source: Luo 2005.

    >>> ceafm(gold=[frozenset("abc")], predicted=[frozenset("ab"), frozenset("c")]).matched_gold
    2.0
    """
    matched = 0.0
    if gold and predicted:
        weights = similarities(gold, predicted, lambda g, p: len(g & p))
        matched = float(sum(weights[cell] for cell in assign(weights)))
    return Counts.of(matched=matched, predicted=sum(map(len, predicted)), gold=sum(map(len, gold)))


def _links(side: Partition) -> tuple[set[object], set[object]]:
    """Pairs of mentions that corefer and that do not."""
    together = {frozenset(pair) for chain in side for pair in combinations(chain, 2)}
    everything = {frozenset(pair) for pair in combinations(set().union(*side), 2)}
    return set(together), set(everything - together)


def _blanc(documents: list[Sides]) -> Reading:
    """Source: Luo, Pradhan, Recasens and Hovy 2014."""
    kinds = [Counts(), Counts()]
    for gold, predicted in documents:
        for n, (ours, theirs) in enumerate(zip(_links(gold), _links(predicted), strict=True)):
            kinds[n] += Counts.of(matched=len(ours & theirs), predicted=len(theirs), gold=len(ours))
    together, apart = (reading(counts) for counts in kinds)
    if not kinds[0].gold:
        return replace(apart, counts=None)
    if not kinds[1].gold:
        return replace(together, counts=None)
    return Reading(
        _mean(together.precision or 0.0, apart.precision or 0.0),
        _mean(together.recall or 0.0, apart.recall or 0.0),
        _mean(together.f1 or 0.0, apart.f1 or 0.0),
    )


def _mean(*values: float) -> float:
    return sum(values) / len(values)


COUNTED: dict[str, Callable[..., Counts]] = {"muc": muc, "b3": b3, "ceafm": ceafm, "ceafe": ceafe}


def score(corpus: Corpus) -> Readings:
    """MUC, B³, CEAFm, CEAFe, BLANC and the CoNLL score, counts summed over documents."""
    documents = [_sides(document) for document in corpus]
    scores = {
        name: reading(total(count(gold=gold, predicted=guess) for gold, guess in documents))
        for name, count in COUNTED.items()
    }
    scores["blanc"] = _blanc(documents)
    mean = _mean(*(scores[name].f1 or 0.0 for name in PARTS))
    return {**scores, "conll": Reading(None, None, mean, note="mean F1 of muc, b3, ceafe")}


def _sides(document: Paired) -> Sides:
    return chains(document.gold, "gold"), chains(document.predicted, "predicted")


def truncate(value: float | None) -> float | None:
    """A share whose percentage is cut, not rounded, after two decimals.

    >>> truncate(5 / 9), truncate(1.0)
    (0.5555, 1.0)
    """
    return None if value is None else floor(value * 10_000 + 1e-9) / 10_000


def score_truncated(corpus: Corpus) -> Readings:
    """The same numbers as the Perl program prints them; the CoNLL score is the mean of those."""
    scores = {
        name: replace(
            one,
            precision=truncate(one.precision),
            recall=truncate(one.recall),
            f1=truncate(one.f1),
        )
        for name, one in score(corpus).items()
    }
    mean = _mean(*(scores[name].f1 or 0.0 for name in PARTS))
    return {**scores, "conll": replace(scores["conll"], f1=mean)}


_ADAPTED = (
    "a mention is a trigger span with its event type; events without cluster are singletons",
    "a mention that comes again on a side is dropped; the program gives up after ten such in a run",
)
_DEFECTS = (
    "MUC is 0 where nothing corefers and the output says so",
    "documents are not averaged: a long chain in one document outweighs many short ones",
    "a mention whose span or type is a little wrong is a missing and a spurious mention",
)

PROTOCOLS.add(
    "conll",
    Protocol(
        name="conll",
        summary="event clusters: MUC, B³, CEAFm, CEAFe, BLANC, CoNLL; counts summed over documents;"
        " 0/0 is 0",
        source="CoNLL reference scorer f49f3f8 (v8.01)",
        score=score,
        headline="conll",
        adapted=_ADAPTED,
        defects=_DEFECTS,
    ),
)
PROTOCOLS.add(
    "conll-truncated",
    Protocol(
        name="conll-truncated",
        summary="the same as conll, cut after two decimals of a percent as the program prints it",
        source="CoNLL reference scorer f49f3f8 (v8.01)",
        score=score_truncated,
        headline="conll",
        adapted=_ADAPTED,
        defects=(*_DEFECTS, "percentages are cut, not rounded, so all are a little too low"),
    ),
)
