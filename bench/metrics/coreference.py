"""Coreference scores of two partitions, as additive counts.

A partition is a list of clusters, each a set of mentions. Mentions match when they are equal.
Definitions: MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998), CEAFe (Luo 2005); the CoNLL
score is the mean of their F1 (Pradhan et al. 2012). They are not in the metric registry yet: the
agreement of annotators uses them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from bench.counts import Counts

Cluster = frozenset[Hashable]
Partition = Sequence[Cluster]


def muc(*, gold: Partition, predicted: Partition) -> Counts:
    """Links kept: of each cluster its size less the parts into which the other side cuts it.

    >>> one = frozenset
    >>> muc(gold=[one("abc")], predicted=[one("ab"), one("c")]).recall
    0.5
    """
    kept_gold, links_gold = _links(gold, predicted)
    kept_predicted, links_predicted = _links(predicted, gold)
    return Counts(kept_predicted, links_predicted, kept_gold, links_gold)


def _links(side: Partition, other: Partition) -> tuple[int, int]:
    where = {mention: n for n, cluster in enumerate(other) for mention in cluster}
    kept = 0
    for cluster in side:
        parts = {where.get(mention, ("alone", mention)) for mention in cluster}
        kept += len(cluster) - len(parts)
    return kept, sum(len(cluster) - 1 for cluster in side)


def b3(*, gold: Partition, predicted: Partition) -> Counts:
    """For each mention the share of its cluster that the other side's cluster holds.

    >>> one = frozenset
    >>> round(b3(gold=[one("abc")], predicted=[one("ab"), one("c")]).recall * 9, 9)
    5.0
    """
    return Counts(
        _held(predicted, gold),
        sum(map(len, predicted)),
        _held(gold, predicted),
        sum(map(len, gold)),
    )


def _held(side: Partition, other: Partition) -> float:
    cluster_of = {mention: cluster for cluster in other for mention in cluster}
    nothing: Cluster = frozenset()
    return sum(
        len(cluster & cluster_of.get(mention, nothing)) / len(cluster)
        for cluster in side
        for mention in cluster
    )


def ceafe(*, gold: Partition, predicted: Partition) -> Counts:
    """Value of the best one-to-one pairing of clusters, each pair worth the Dice of its mentions.

    >>> one = frozenset
    >>> ceafe(gold=[one("ab"), one("c")], predicted=[one("abc")]).matched_gold
    0.8
    """
    from bench.matching import assign, similarities

    matched = 0.0
    if gold and predicted:
        weights = similarities(gold, predicted, _dice)
        matched = float(sum(weights[cell] for cell in assign(weights)))
    return Counts.of(matched=matched, predicted=len(predicted), gold=len(gold))


def _dice(one: Cluster, other: Cluster) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


CONLL: Mapping[str, Callable[..., Counts]] = {"muc": muc, "b3": b3, "ceafe": ceafe}


def conll(parts: Mapping[str, Counts]) -> float | None:
    """Mean F1 of MUC, B³ and CEAFe; None where any is undefined."""
    scores = [parts[name].f1 for name in CONLL]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if len(known) == len(scores) else None
