"""Coreference: which mentions of a document, or of a story, tell of the same happening.

Scores of two partitions as additive counts. A partition is a list of clusters, each a set of
mentions; `bench.metrics.mentions` says which events are the same mention. Singletons count as
given, in gold and prediction alike, and mentions of one side alone stay in their clusters: they
are missed or spurious. Definitions: MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998), CEAF
(Luo 2005), BLANC (Recasens and Hovy 2011, Luo et al. 2014), LEA (Moosavi and Strube 2016); the
CoNLL score is the mean of F1 by MUC, B³ and CEAFe (Pradhan et al. 2012). Counts are summed over
documents (or stories) before they are divided; a score without anything to count is left out of a
mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial
from math import fsum

from bench.counts import Counts, Over, mean
from bench.matching import Match, assign, similarities
from bench.metrics.base import METRICS, UNTYPED, Metric, Pair, Table
from bench.metrics.mentions import Naming, in_document, in_story, partitions

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
    where = _where(other)
    kept = 0
    for cluster in side:
        parts = {where.get(mention, ("alone", mention)) for mention in cluster}
        kept += len(cluster) - len(parts)
    return kept, sum(len(cluster) - 1 for cluster in side)


def _where(side: Partition) -> dict[Hashable, int]:
    return {mention: n for n, cluster in enumerate(side) for mention in cluster}


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
    where = _where(other)
    return fsum(  # exact, so that the order in a set cannot show in the last digit
        size**2 / len(cluster)
        for cluster in side
        for size in Counter(where[m] for m in cluster if m in where).values()
    )


def ceafm(*, gold: Partition, predicted: Partition) -> Counts:
    """Mentions in common under the best one-to-one pairing of clusters.

    >>> one = frozenset
    >>> ceafm(gold=[one("ab"), one("c")], predicted=[one("abc")]).matched_gold
    2.0
    """
    matched = _aligned(gold, predicted, lambda one, other: len(one & other))
    return Counts.of(matched=matched, predicted=sum(map(len, predicted)), gold=sum(map(len, gold)))


def ceafe(*, gold: Partition, predicted: Partition) -> Counts:
    """Value of the best one-to-one pairing of clusters, each pair worth the Dice of its mentions.

    >>> one = frozenset
    >>> ceafe(gold=[one("ab"), one("c")], predicted=[one("abc")]).matched_gold
    0.8
    """
    matched = _aligned(gold, predicted, _dice)
    return Counts.of(matched=matched, predicted=len(predicted), gold=len(gold))


def _aligned(
    gold: Partition, predicted: Partition, likeness: Callable[[Cluster, Cluster], float]
) -> float:
    groups = (similarities(*group, likeness) for group in _meeting(gold, predicted))
    return fsum(weights[cell] for weights in groups for cell in assign(weights))


def _meeting(gold: Partition, predicted: Partition) -> Iterator[tuple[Partition, Partition]]:
    """Clusters in groups that have no mention in common, so that a story of a whole corpus is not
    one matrix; clusters that meet none of the other side earn nothing and are left out.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    where = _where(predicted)
    cells = {(n, where[m]) for n, cluster in enumerate(gold) for m in cluster if m in where}
    if not cells:
        return
    rows, columns = [row for row, _ in cells], [len(gold) + column for _, column in cells]
    size = len(gold) + len(predicted)
    graph = coo_array(([1] * len(cells), (rows, columns)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    groups: dict[int, tuple[list[Cluster], list[Cluster]]] = {}
    for label, row in sorted({(int(labels[row]), row) for row in rows}):
        groups.setdefault(label, ([], []))[0].append(gold[row])
    for label, column in sorted({(int(labels[column]), column) for column in columns}):
        groups[label][1].append(predicted[column - len(gold)])
    yield from groups.values()


def _dice(one: Cluster, other: Cluster) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def lea(*, gold: Partition, predicted: Partition) -> Counts:
    """Each cluster weighs its size and earns the share of its links that the other side holds; a
    singleton is one link to itself, held where the other side has it as a singleton too.

    >>> one = frozenset
    >>> lea(gold=[one("abc"), one("d")], predicted=[one("ab"), one("cd")]).recall
    0.25
    """
    return Counts(
        _resolved(predicted, gold),
        sum(map(len, predicted)),
        _resolved(gold, predicted),
        sum(map(len, gold)),
    )


def _resolved(side: Partition, other: Partition) -> float:
    where, alone = _where(other), {cluster for cluster in other if len(cluster) == 1}
    return fsum(
        len(cluster) * _shared_links(cluster, where) / links(len(cluster))
        if len(cluster) > 1
        else cluster in alone
        for cluster in side
    )


def _shared_links(cluster: Cluster, where: Mapping[Hashable, int]) -> int:
    return sum(map(links, Counter(where[m] for m in cluster if m in where).values()))


def links(mentions: int) -> int:
    """Pairs among some mentions.

    >>> links(4)
    6
    """
    return mentions * (mentions - 1) // 2


def blanc(*, gold: Partition, predicted: Partition) -> dict[str, Counts]:
    """Pairs of mentions told to be one happening, and pairs told to be two; BLANC is the mean of
    the two scores. Where neither side has pairs of a kind, the other kind is the score.

    >>> one = frozenset
    >>> found = blanc(gold=[one("ab"), one("c")], predicted=[one("abc")])
    >>> found["same"].precision, found["apart"].recall
    (0.3333333333333333, 0.0)
    """
    where, back = _where(predicted), _where(gold)
    both = sum(_shared_links(cluster, where) for cluster in gold)
    same = Counts.of(
        matched=both,
        predicted=sum(links(len(cluster)) for cluster in predicted),
        gold=sum(links(len(cluster)) for cluster in gold),
    )
    ours = sum(links(sum(m in where for m in cluster)) for cluster in gold)
    theirs = sum(links(sum(m in back for m in cluster)) for cluster in predicted)
    common = links(len(where.keys() & back.keys()))
    apart = Counts.of(
        matched=common - ours - theirs + both,
        predicted=links(len(where)) - same.predicted,
        gold=links(len(back)) - same.gold,
    )
    return {"same": same, "apart": apart}


CONLL: Mapping[str, Callable[..., Counts]] = {"muc": muc, "b3": b3, "ceafe": ceafe}


def conll(parts: Mapping[str, Counts]) -> float | None:
    """Mean F1 of MUC, B³ and CEAFe, of those that are defined."""
    return mean(parts[name].f1 for name in CONLL)


def _counting(score: Callable[..., Counts], named: Naming) -> Callable[[Pair, Match], Table]:
    return lambda documents, _: {UNTYPED: score(**partitions(documents, named)._asdict())}


def _count_blanc(named: Naming) -> Callable[[Pair, Match], Table]:
    return lambda documents, _: blanc(**partitions(documents, named)._asdict())


def _count_conll(named: Naming) -> Callable[[Pair, Match], Table]:
    def count(documents: Pair, _: Match) -> Table:
        sides = partitions(documents, named)._asdict()
        return {name: score(**sides) for name, score in CONLL.items()}

    return count


_WHOLE = "a mention too many spoils the likeness of the cluster that it joins"
_SQUARE = "links grow with the square of the mentions"
_PLAIN: Sequence[tuple[str, str, Callable[..., Counts], Mapping[str, str]]] = (
    ("muc", "links of event clusters (MUC)", muc, {}),
    ("b3", "mentions of event clusters, each in its cluster (B³)", b3, {}),
    ("ceafe", "event clusters, paired (CEAFe)", ceafe, {"takes": _WHOLE}),
    ("ceafm", "mentions of paired event clusters (CEAFm)", ceafm, {}),
    ("lea", "event clusters by their links (LEA)", lea, {"takes": _WHOLE}),
)


def _family(prefix: str, over: Over, named: Naming, beside: str) -> Iterator[Metric]:
    """The seven scores of clusters in a document or over a story."""
    for name, summary, score, exempt in _PLAIN:
        count = _counting(score, named)
        yield _metric(prefix + name, summary + beside, count, over=over, exempt=exempt)
    yield _metric(
        f"{prefix}blanc",
        f"links and separations of event clusters, averaged (BLANC){beside}",
        _count_blanc(named),
        over=over,
        parts=("same", "apart"),
        exempt={"copies": _SQUARE},
    )
    yield _metric(
        f"{prefix}conll",
        f"mean of MUC, B³ and CEAFe (CoNLL){beside}",
        _count_conll(named),
        over=over,
        parts=tuple(CONLL),
        exempt={"takes": _WHOLE},
    )


_metric = partial(Metric, matches=("exact",), typed=False)

for _one in (
    *_family("coref-", "document", in_document, ""),
    *_family("coref-story-", "story", in_story, " over a story"),
):
    METRICS.add(_one.name, _one)
