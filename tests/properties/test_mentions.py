"""Clusters that hold copies of mentions are paired as the definition says: all pairings are tried."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

import pytest

from bench.counts import Counts
from bench.metrics import measure, pair
from bench.metrics.mentions import Cluster, _partners
from bench.registers import ActorRegister
from bench.schema import Annotation, Event, Mark

SCORES = ("coref-muc", "coref-b3", "coref-ceafe", "coref-lea")
Worth = tuple[int, Fraction]


def clusters(rng: random.Random, least: int, most: int) -> list[Cluster]:
    """Some clusters of copies of three mentions, with more beside them that nobody else has."""
    found = []
    for _ in range(rng.randint(least, most)):
        held = Counter(("A", n, n + 1) for n in rng.choices(range(3), k=rng.randint(1, 4)))
        found.append(Cluster(held, held.total() + rng.choice([0, 0, 0, 1, 7, 30])))
    return found


def worth(
    gold: Sequence[Cluster], predicted: Sequence[Cluster], pairs: Sequence[tuple[int, int]]
) -> Worth:
    """Mentions that paired clusters share, then the sum of their Dice coefficients."""
    shared = [(gold[n].mentions & predicted[m].mentions).total() for n, m in pairs]
    sizes = [gold[n].size + predicted[m].size for n, m in pairs]
    return sum(shared), sum(map(Fraction, [2 * s for s in shared], sizes), Fraction(0))


def best(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Worth:
    """The greatest worth of any pairing."""
    few, many = sorted((range(len(gold)), range(len(predicted))), key=len)
    turned = len(gold) > len(predicted)
    tried = (list(zip(few, chosen, strict=True)) for chosen in permutations(many, len(few)))
    return max(
        worth(gold, predicted, [pair[::-1] for pair in pairs] if turned else pairs)
        for pairs in tried
    )


@pytest.mark.parametrize("least", [1, 3], ids=["few", "many"])
def test_pairs_share_most_mentions_and_then_are_most_alike(least):
    rng = random.Random(least)
    for _ in range(400):
        gold, predicted = clusters(rng, least, 5), clusters(rng, least, 5)
        pairs = _partners(gold, predicted, range(len(gold)), range(len(predicted)))
        assert len(set(pairs.values())) == len(pairs)
        assert worth(gold, predicted, list(pairs.items())) == best(gold, predicted)


def test_only_clusters_asked_for_are_paired():
    one, other = (Cluster(Counter({("A", n, n + 1): 1}), 1) for n in (0, 1))
    assert _partners([one, other], [other, one], [1], [0, 1]) == {1: 0}
    assert _partners([one, other], [other, one], [], []) == {}


def drawn(rng: random.Random) -> list[Event]:
    """Events on three words, most of them several times, in up to three clusters or alone."""
    return [
        Event(type="A", trigger=Mark(start=n, end=n + 1), cluster=rng.choice([None, "x", "y", "z"]))
        for n in rng.choices(range(3), k=rng.randint(1, 8))
    ]


def told(rng: random.Random, events: Sequence[Event]) -> Annotation:
    """The same in another order, with other names of clusters."""
    names = dict(zip("xyz", rng.sample("abcdef", 3), strict=True))
    renamed = [e.model_copy(update={"cluster": e.cluster and names[e.cluster]}) for e in events]
    return Annotation(doc_id="d", events=tuple(rng.sample(renamed, len(renamed))))


def every(gold: Annotation, predicted: Annotation) -> list[Counts]:
    both = pair(gold=gold, predicted=predicted, text=None, register=ActorRegister.empty())
    return [row for one in SCORES for row in measure(one).count(both).values()]


def test_among_many_copies_neither_order_nor_names_nor_sides_matter():
    rng = random.Random(7)
    for _ in range(300):
        gold, predicted = drawn(rng), drawn(rng)
        found = every(told(rng, gold), told(rng, predicted))
        assert every(told(rng, gold), told(rng, predicted)) == found
        back = every(told(rng, predicted), told(rng, gold))
        assert [
            Counts(c.matched_gold, c.gold, c.matched_predicted, c.predicted) for c in back
        ] == found
