"""The smallest detectable difference, by hand and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.counts import Counts
from bench.statistics import (
    ALPHA,
    detectable,
    detectable_difference,
    f1,
    permutation_test,
    resample,
    swap,
)
from bench.statistics.arrays import sums
from tests.simulate import SAMPLES, System, draw, pairs, shown, smallest_of_its_own


def of_ten(*matched: float) -> list[Counts]:
    """Clusters of ten gold and ten predicted items: F1 is then the mean share matched."""
    return [Counts.of(matched=m, predicted=10, gold=10) for m in matched]


# t of 5 degrees of freedom at 0.975 and 0.80, from any printed table: 2.5706 and 0.9195.
SUM_OF_T = 2.5706 + 0.9195


def test_it_is_the_sum_of_two_quantiles_times_the_standard_error():
    # Shares 4 5 6 4 5 6 tenths: variance 4/5 of a square tenth, of the mean a sixth of it. With
    # correlation 1/2 the difference has the same standard error as each of the two.
    wanted = SUM_OF_T * (4 / 5 / 6) ** 0.5 / 10
    assert detectable(of_ten(4, 5, 6, 4, 5, 6)) == pytest.approx(wanted, rel=1e-4)
    # A document in which nothing is right counts as much as any other.
    assert detectable(of_ten(0, 1, 2, 0, 1, 2)) == pytest.approx(wanted, rel=1e-4)


def test_of_two_systems_it_rests_on_their_differences_alone():
    # Differences 1 2 3 1 2 3 tenths, whatever the documents' own ease.
    a, b = of_ten(0, 7, 3, 1, 5, 6), of_ten(1, 9, 6, 2, 7, 9)
    wanted = SUM_OF_T * (4 / 5 / 6) ** 0.5 / 10
    assert detectable_difference(a, b) == pytest.approx(wanted, rel=1e-4)
    assert detectable_difference(b, a) == pytest.approx(wanted, rel=1e-4)
    assert detectable_difference([*a, Counts()], [*b, Counts()]) == pytest.approx(wanted, rel=1e-4)


@pytest.mark.parametrize(
    "clusters",
    [
        [],
        of_ten(4, 5, 6, 7, 8),
        [*of_ten(4, 5, 6, 7, 8), Counts(), Counts()],
        of_ten(5, 5, 5, 5, 5, 5),
    ],
    ids=["nothing", "five clusters", "five with items", "no spread"],
)
def test_it_is_left_open_where_nothing_could_be_shown_or_no_spread_is_seen(clusters):
    assert detectable(clusters) is None


def test_two_systems_that_differ_on_five_documents_only_could_show_nothing():
    a = of_ten(4, 5, 6, 4, 5, 6, 7, 8)
    assert detectable_difference(a, of_ten(5, 7, 7, 6, 6, 6, 7, 8)) is None
    assert detectable_difference(a, of_ten(5, 7, 7, 6, 6, 8, 7, 8)) is not None
    assert detectable_difference(a, a) is None


def test_it_is_left_open_where_f1_hangs_on_one_cluster():
    alone = [Counts.of(matched=0, predicted=1, gold=0)] * 6
    a, b = [*alone, Counts(1, 1, 1, 1)], [*[Counts()] * 6, Counts(0, 0, 1, 1)]
    assert detectable_difference(a, b) is None


@given(st.lists(st.integers(0, 10), min_size=6, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_clusters_and_empty_ones_change_nothing(matched, rng):
    clusters = [*of_ten(*matched), Counts(), Counts()]
    found = detectable(clusters)
    rng.shuffle(clusters)
    assert detectable(clusters) == (None if found is None else pytest.approx(found))
    assert detectable(of_ten(*matched)) == (None if found is None else pytest.approx(found))


def test_the_standard_error_is_that_of_the_bootstrap():
    # Of 60 documents of very different length; t quantiles of 59 degrees of freedom 2.001 + 0.848.
    one, _ = draw(np.random.RandomState(4), 60, System.of(0.6), System.of(0.6))
    spread = np.std(f1(sums(resample(60, samples=4000, seed=1), one)))
    assert detectable(one) == pytest.approx((2.001 + 0.848) * spread, rel=0.05)


def half_shared(rng: np.random.RandomState, clusters: int, drop: float) -> list[np.ndarray]:
    """Two systems whose F1s have correlation 1/2: half of what they find, they find together."""
    together = rng.binomial(20, 0.5, size=clusters)
    sides = [together + rng.binomial(20, 0.5 - 2 * d, size=clusters) for d in (0, drop)]
    forty = np.full(clusters, 40)
    return [np.stack([m, forty, m, forty], axis=1).astype(float) for m in sides]


def test_from_one_system_a_rival_of_the_assumed_correlation_is_shown_in_four_cases_of_five():
    rng, clusters, trials = np.random.RandomState(5), 24, 400
    drop = np.median([detectable(half_shared(rng, clusters, 0)[0]) for _ in range(trials)])
    swaps = swap(clusters, samples=SAMPLES, seed=1)
    p_values = [permutation_test(*half_shared(rng, clusters, drop), swaps) for _ in range(trials)]
    assert 0.72 < np.mean([p <= ALPHA for p in p_values]) < 0.88


def test_from_two_systems_their_own_difference_is_shown_in_four_cases_of_five():
    drop = smallest_of_its_own(300, 24)
    assert 0.04 < drop < 0.07
    assert 0.68 < shown(500, 24, System.of(0.6), System.of(0.6 - drop)) < 0.88


def test_the_simulated_systems_have_the_f1_they_are_made_for():
    for a, b in ((System.of(0.6), System.of(0.5)), (System.of(0.6, 0.1), System.of(0.6, 0.5))):
        drawn = list(pairs(6, 400, 24, a, b))
        found = [f1(sum(pair[side] for pair in drawn).sum(axis=0)) for side in (0, 1)]
        wanted = [2 * s.found / (s.found + s.spurious + 1) for s in (a, b)]
        assert found == pytest.approx(wanted, abs=0.005)
        assert wanted[0] == pytest.approx(0.6)
