"""Intervals depend on counts and seed alone."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product, starmap

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.counts import Counts, total
from bench.statistics import (
    LEVEL,
    SAMPLES,
    SEED,
    bootstrap,
    bootstrap_difference,
    bootstrap_each,
    bootstrap_mean,
    cluster,
    resample,
)
from bench.statistics.arrays import f1, sums, tabulate, whole_sums

one = st.builds(
    lambda m, p, g: Counts.of(matched=m, predicted=m + p, gold=m + g),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 9),
)
differing = st.builds(
    lambda a, b, c, d: Counts(a, a + b, c, c + d), *([st.floats(0, 9, width=16)] * 4)
)


def test_resamples_draw_as_many_clusters_as_there_are():
    weights = resample(7, samples=50, seed=1)
    assert weights.shape == (50, 7)
    assert set(weights.sum(axis=1)) == {7}
    assert np.array_equal(weights, resample(7, samples=50, seed=1))
    assert not np.array_equal(weights, resample(7, samples=50, seed=2))


def test_the_stream_of_random_numbers_is_the_same_everywhere():
    # Drawn once with numpy's frozen MT19937 stream; a change would move every published interval.
    assert resample(5, samples=3, seed=20250318).tolist() == FROZEN


FROZEN = [[1, 1, 2, 0, 1], [2, 2, 1, 0, 0], [2, 0, 1, 1, 1]]


@given(st.lists(one, min_size=2, max_size=6))
def test_an_interval_lies_between_the_worst_and_the_best_cluster(counts):
    found = bootstrap(counts, resample(len(counts), samples=100, seed=3))
    scores = [c.f1 for c in counts if c.f1 is not None]
    if found is None:
        assert sum(bool(c.gold or c.predicted) for c in counts) < 2
    else:
        assert min(scores) - 1e-9 <= found[0] <= found[1] <= max(scores) + 1e-9


@given(st.lists(one | differing, min_size=2, max_size=5), st.integers(0, 99))
def test_the_array_arithmetic_equals_the_counts_themselves(counts, seed):
    weights = resample(len(counts), samples=1, seed=seed)
    drawn = [c for c, times in zip(counts, weights[0], strict=True) for _ in range(times)]
    found = bootstrap(counts, weights, level=0.95)
    expected = total(drawn).f1
    if found is None:
        assert expected is None or sum(bool(c.gold or c.predicted) for c in counts) < 2
    else:
        assert found == pytest.approx((expected, expected))


def test_one_cluster_gives_no_interval():
    counts = Counts.of(matched=1, predicted=2, gold=2)
    weights = resample(2, samples=10, seed=1)
    assert bootstrap([counts, Counts()], weights) is None
    assert bootstrap_difference([counts, Counts()], [counts, Counts()], weights) is None


def test_clusters_are_sums_of_their_documents_in_order_of_name():
    a, b, c = (Counts.of(matched=n, predicted=9, gold=9) for n in (1, 2, 4))
    found = cluster({"d1": a, "d2": b, "d3": c}, {"d1": "y", "d2": "x", "d3": "y"})
    assert list(found.items()) == [("x", b), ("y", a + c)]


@given(st.lists(st.tuples(one, differing), min_size=2, max_size=5), st.integers(0, 99))
def test_a_mean_of_scores_is_resampled_part_by_part(counts, seed):
    weights = resample(len(counts), samples=1, seed=seed)
    parts = list(zip(*counts, strict=True))
    drawn = [n for n, times in enumerate(weights[0]) for _ in range(times)]
    scores = [total(part[n] for n in drawn).f1 for part in parts]
    known = [score for score in scores if score is not None]
    found = bootstrap_mean(parts, weights)
    if found is None:
        held = sum(any(c.gold or c.predicted for c in both) for both in counts)
        assert not known or held < 2
    else:
        assert found == pytest.approx((sum(known) / len(known),) * 2)


def test_sums_of_clusters_do_not_depend_on_the_order_of_documents():
    names = [f"d{n}" for n in range(1, 300)]
    counts = {name: Counts.of(matched=1 / int(name[1:]), predicted=1, gold=1) for name in names}
    one_story = dict.fromkeys(names, "story")
    assert cluster(counts, one_story) == cluster(dict(reversed(counts.items())), one_story)


@pytest.mark.parametrize("size", [1, 2, 6, 8, 9])
def test_the_stream_does_not_depend_on_how_it_is_cut_into_blocks(size):
    drawn = np.random.RandomState(3).randint(size, size=(2500, size), dtype=np.int64)
    wanted = [np.bincount(row, minlength=size).tolist() for row in drawn]
    assert resample(size, samples=2500, seed=3).tolist() == wanted


def test_more_clusters_than_a_block_holds_are_drawn_as_ever():
    many = (1 << 17) + 1
    drawn = np.random.RandomState(3).randint(many, size=(2, many), dtype=np.int64)
    wanted = [np.bincount(row, minlength=many) for row in drawn]
    assert np.array_equal(resample(many, samples=2, seed=3), wanted)


def test_a_whole_number_too_large_for_single_precision_is_kept():
    table = np.array([[2.0**24 + 1]])
    assert whole_sums(np.ones((1, 1), dtype=np.int16), table).tolist() == [[2.0**24 + 1]]


@pytest.mark.parametrize(
    ("draws", "rows", "wanted"),
    [
        ([[1, 1, 1, 1]], [2**23, 2**23, 2**23, 1], 3 * 2**23 + 1),  # each small, the sum is not
        ([[3, 0]], [2**23 + 1, 0], 3 * 2**23 + 3),  # small but drawn three times
    ],
)
def test_it_is_the_sum_that_must_not_be_too_large(draws, rows, wanted):
    table = np.array([[row, 1.0] for row in rows])
    found = whole_sums(np.array(draws, dtype=np.int16), table)
    assert found.tolist() == [[wanted, sum(draws[0])]]


@pytest.mark.parametrize("summed", [sums, whole_sums])
def test_more_draws_than_a_block_holds_are_summed_as_few_are(summed):
    # Draw n takes the first row once and the second n mod 7 times; the third is empty.
    draws = np.array([[1, n % 7, 9] for n in range(2500)], dtype=np.int16)
    table = np.array([[3.0, 5.0], [10.0, 1.0], [0.0, 0.0]])
    wanted = [[3 + 10 * (n % 7), 5 + n % 7] for n in range(2500)]
    assert summed(draws, table).tolist() == wanted


def test_counts_are_rounded_to_the_nearest_multiple():
    for share in (Fraction(1, 3), Fraction(2, 3), Fraction(1, 7)):
        ((found, *_),) = tabulate([Counts.of(matched=float(share), predicted=1, gold=1)])
        assert found == round(share * 2**30) / 2**30


def test_f1_of_a_row_is_that_of_its_counts():
    rows = list(starmap(Counts, product(range(3), repeat=4)))
    rows = [c for c in rows if c.matched_predicted <= c.predicted and c.matched_gold <= c.gold]
    wanted = [math.nan if c.f1 is None else c.f1 for c in rows]
    assert f1(tabulate(rows)).tolist() == pytest.approx(wanted, nan_ok=True)


def test_what_is_drawn_unless_asked_is_part_of_every_published_interval():
    assert (SAMPLES, SEED, LEVEL) == (1000, 20250318, 0.95)


@given(
    st.lists(st.tuples(one | differing, one | differing), min_size=2, max_size=5),
    st.integers(0, 99),
)
def test_a_difference_is_taken_between_the_same_resampled_clusters(both, seed):
    weights = resample(len(both), samples=1, seed=seed)
    drawn = [pair for pair, times in zip(both, weights[0], strict=True) for _ in range(times)]
    a, b = (total(side).f1 for side in zip(*drawn, strict=True))
    ours, theirs = zip(*both, strict=True)
    found = bootstrap_difference(ours, theirs, weights)
    if found is None:
        assert a is None or b is None or sum(any(c != Counts() for c in p) for p in both) < 2
    else:
        assert found == pytest.approx((b - a, b - a))


def test_the_difference_of_a_system_from_itself_is_0_on_every_sample():
    counts = [Counts.of(matched=n, predicted=n + 1, gold=9) for n in range(20)]
    assert bootstrap_difference(counts, counts, resample(20, samples=100, seed=1)) == (0, 0)


@pytest.mark.parametrize(("level", "outside"), [(0.9, 20), (0.4, 120)])
def test_an_interval_cuts_the_same_share_off_both_ends(level, outside):
    counts = [Counts.of(matched=n, predicted=10, gold=10) for n in range(11)]
    weights = resample(11, samples=400, seed=5)
    scores = sorted(
        total(c for c, times in zip(counts, row, strict=True) for _ in range(times)).f1 or 0
        for row in weights
    )
    low, high = bootstrap(counts, weights, level=level) or (0, 0)
    below = sum(score < low - 1e-12 for score in scores)
    above = sum(score > high + 1e-12 for score in scores)
    assert (below, above) == pytest.approx((outside, outside), abs=6)  # scores tie at the cuts


def test_where_one_score_is_undefined_the_mean_is_that_of_the_others():
    # Cluster 0 holds items of the first score alone, 1 of the second; each is drawn twice in turn.
    half, third = (Counts.of(matched=1, predicted=n, gold=n) for n in (2, 3))
    parts = [half, Counts()], [Counts(), third]
    assert bootstrap_mean(parts, np.array([[2, 0]])) == (1 / 2, 1 / 2)
    assert bootstrap_mean(parts, np.array([[0, 2]])) == pytest.approx((1 / 3, 1 / 3))
    assert bootstrap_mean(parts, np.array([[1, 1]])) == pytest.approx((5 / 12, 5 / 12))


@pytest.mark.parametrize("level", [0.95, 0.4])
def test_many_intervals_at_once_are_those_of_one_after_the_other(level):
    # Columns: items everywhere, in two clusters, in one, nowhere, and found nowhere.
    matched = np.array([[1, 2, 3, 4, 5], [1, 0, 0, 3, 0], [2, 0, 0, 0, 0], [0] * 5, [0] * 5]).T
    items = np.array([[4, 4, 6, 8, 5], [2, 0, 0, 3, 0], [4, 0, 0, 0, 0], [0] * 5, [1] * 5]).T
    weights = resample(5, samples=200, seed=2)
    wanted = [
        bootstrap(
            [Counts.of(matched=m, predicted=n, gold=n) for m, n in zip(*column, strict=True)],
            weights,
            level=level,
        )
        for column in zip(matched.T.tolist(), items.T.tolist(), strict=True)
    ]
    found = bootstrap_each(2.0 * matched, 2.0 * items, weights, level=level)
    assert [w and pytest.approx(w) for w in wanted] == found
    assert [one is None for one in found] == [False, False, True, True, False]
    assert bootstrap_each(0.0 * matched, 0.0 * items, weights) == [None] * 5
