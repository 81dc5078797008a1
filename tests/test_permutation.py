"""The permutation test is what one gets by trying every exchange by hand; Holm's is Holm's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.counts import Counts
from bench.statistics import holm, permutation_test, smallest_p, swap, tabulate
from bench.statistics.exchanges import differences
from bench.statistics.permutation import _as_extreme
from tests.simulate import System, plain_test, shown

NAMES = ("matched_predicted", "predicted", "matched_gold", "gold")
EVERY = swap(6, samples=64, seed=1)  # 64 samples: up to six clusters are tried exhaustively
few = st.integers(0, 4)
ordinary = st.builds(
    lambda m, p, g: Counts.of(matched=m, predicted=m + p, gold=m + g), few, few, few
)
lopsided = st.builds(lambda a, b, c, d: Counts(a, a + b, c, c + d), few, few, few, few)
couples = st.lists(st.tuples(ordinary | lopsided, ordinary | lopsided), min_size=1, max_size=6)


def fraction_f1(clusters: list[Counts]) -> Fraction | None:
    """F1 in whole numbers, from its definition."""
    found_p, predicted, found_g, gold = (
        sum(Fraction(getattr(c, name)) for c in clusters) for name in NAMES
    )
    if not predicted and not gold:
        return None
    if not predicted or not gold or not found_p or not found_g:
        return Fraction(0)
    precision, recall = found_p / predicted, found_g / gold
    return 2 * precision * recall / (precision + recall)


def influences(clusters: list[Counts]) -> list[Fraction]:
    """What each cluster adds to F1, to first order: F = 2PR / (P + R), by the quotient rule."""
    sums = [sum(Fraction(getattr(c, name)) for c in clusters) for name in NAMES]
    found_p, predicted, found_g, gold = sums
    if not found_p or not found_g:
        return [Fraction(0)] * len(clusters)
    precision, recall = found_p / predicted, found_g / gold
    by_precision = 2 * recall**2 / (precision + recall) ** 2
    by_recall = 2 * precision**2 / (precision + recall) ** 2
    rows = [[Fraction(getattr(c, name)) for name in NAMES] for c in clusters]
    return [
        by_precision * (m_p - precision * p) / predicted + by_recall * (m_g - recall * g) / gold
        for m_p, p, m_g, g in rows
    ]


def studentised(a: list[Counts], b: list[Counts]) -> tuple[Fraction, ...] | None:
    """Something that grows with the difference in standard errors: its square; beyond all squares
    the difference itself, where there is no error. None where it is undefined.
    """
    one, other = fraction_f1(a), fraction_f1(b)
    if one is None or other is None:
        return None
    pairs = zip(influences(a), influences(b), strict=True)
    square = sum((theirs - ours) ** 2 for ours, theirs in pairs)
    if square:
        return (Fraction(0), (other - one) ** 2 / square)
    return (Fraction(1), abs(other - one)) if one != other else None


def by_hand(both: list[tuple[Counts, Counts]], every: Iterable[Sequence[int]]) -> list[bool] | None:
    """Which exchanges are as extreme as what was observed, one after the other; one without a
    statistic speaks against a finding. None where there is nothing to test.
    """
    one, other = (list(side) for side in zip(*both, strict=True))
    if None in (fraction_f1(one), fraction_f1(other)):
        return None
    observed = studentised(one, other)
    sizes = []
    for turned in every:
        sides = [pair[::-1] if turn else pair for pair, turn in zip(both, turned, strict=True)]
        a, b = (list(side) for side in zip(*sides, strict=True))
        sizes.append(studentised(a, b))
    return [observed is None or size is None or size >= observed for size in sizes]


SMALL = [
    Counts(*n) for n in product(range(3), repeat=4) if n[0] <= n[1] and n[2] <= n[3]
]  # ordinary and not, and those that look ordinary by two other counts


def test_differences_of_a_cluster_and_of_its_exchange_are_those_of_f1():
    for one, other in product(SMALL, repeat=2):
        f1s = fraction_f1([one]), fraction_f1([other])
        wanted = math.nan if None in f1s else float(f1s[1] - f1s[0])
        found, _ = differences(tabulate([one]), tabulate([other]), np.array([[0], [1]]))
        assert found.tolist() == pytest.approx([wanted, -wanted], nan_ok=True), (one, other)


@given(couples)
def test_standard_errors_are_those_of_the_influences_of_clusters(both):
    a, b = (list(side) for side in zip(*both, strict=True))
    found, (error,) = differences(tabulate(a), tabulate(b), np.zeros((1, len(both)), np.uint8))
    f1s = fraction_f1(a), fraction_f1(b)
    if None in f1s:
        assert np.isnan(found).all()
        assert np.isnan(error)
    else:
        pairs = zip(influences(a), influences(b), strict=True)
        square = sum((theirs - ours) ** 2 for ours, theirs in pairs)
        assert found.tolist() == pytest.approx([float(f1s[1] - f1s[0])])
        assert error == pytest.approx(math.sqrt(square), abs=1e-6)


def test_a_standard_error_by_hand():
    # F1 2/8 and 6/8 over two documents of two gold and two predicted items each. One document more
    # or less of m matched adds 2(m - F1 · 2)/8 to F1: ±1/8 in A, ±1/8 in B the other way round.
    a, b = ([Counts.of(matched=m, predicted=2, gold=2) for m in side] for side in ((0, 1), (2, 1)))
    (found,), (error,) = differences(tabulate(a), tabulate(b), np.zeros((1, 2), np.uint8))
    assert found == 1 / 2
    assert error == pytest.approx(math.sqrt((1 / 4) ** 2 * 2))
    # A tenth of it all, matched and items alike: nothing is different.
    a, b = ([Counts(*(n / 10 for n in row)) for row in tabulate(side).tolist()] for side in (a, b))
    (found,), (error,) = differences(tabulate(a), tabulate(b), np.zeros((1, 2), np.uint8))
    assert found == pytest.approx(1 / 2, abs=1e-6)
    assert error == pytest.approx(math.sqrt((1 / 4) ** 2 * 2), abs=1e-6)


def test_what_is_counted_in_sixteenths_differs_as_what_is_counted_in_ones():
    a = [Counts(1, 2, 1, 3), Counts(0, 1, 2, 2), Counts(1, 1, 1, 1)]
    b = [Counts(2, 2, 1, 3), Counts(1, 1, 0, 2), Counts(0, 1, 1, 1)]
    swaps, tables = swap(3, samples=8, seed=1), (tabulate(a), tabulate(b))
    found = differences(*(table / 16 for table in tables), swaps)
    assert np.allclose(found, differences(*tables, swaps))


@given(couples)
def test_p_is_the_share_of_exchanges_that_are_as_far_apart(both):
    a, b = zip(*both, strict=True)
    extreme = by_hand(both, product([0, 1], repeat=len(both)))
    wanted = None if extreme is None else pytest.approx(sum(extreme) / len(extreme))
    assert permutation_test(a, b, EVERY[:, : len(both)]) == wanted


@given(st.lists(st.tuples(ordinary | lopsided, ordinary | lopsided), min_size=6, max_size=12))
def test_sampled_p_counts_the_exchanges_that_were_drawn(both):
    a, b = zip(*both, strict=True)
    swaps = swap(len(both), samples=30, seed=len(both))
    extreme = by_hand(both, swaps.tolist())
    assume(extreme is not None and sum(x != y for x, y in both) > 4)
    assert permutation_test(a, b, swaps) == (sum(extreme) + 1) / 31


@given(
    st.lists(st.tuples(ordinary | lopsided, ordinary | lopsided), min_size=6, max_size=12),
    st.randoms(use_true_random=False),
)
def test_sampled_p_is_the_same_for_both_sides_and_clusters_in_any_order(both, rng):
    a, b = zip(*both, strict=True)
    swaps = swap(len(both), samples=30, seed=len(both))
    order = rng.sample(range(len(both)), len(both))
    one, other = ([side[n] for n in order] for side in (a, b))
    assert permutation_test(a, b, swaps) == permutation_test(b, a, swaps)
    assert permutation_test(a, b, swaps) == permutation_test(one, other, swaps[:, order])


@given(couples, st.data())
def test_neither_the_sides_nor_the_order_of_clusters_change_p(both, data):
    a, b = zip(*both, strict=True)
    one, other = zip(*data.draw(st.permutations(both)), strict=True)
    swaps = EVERY[:, : len(both)]
    assert permutation_test(a, b, swaps) == permutation_test(b, a, swaps)
    assert permutation_test(a, b, swaps) == permutation_test(one, other, swaps)


def test_a_system_beside_itself_has_p_1():
    counts = [Counts.of(matched=n, predicted=n + 1, gold=9) for n in range(20)]
    assert permutation_test(counts, counts, swap(20, samples=100, seed=1)) == 1


def test_p_is_undefined_where_one_f1_is():
    nothing, something = [Counts()] * 3, [Counts.of(matched=0, predicted=1, gold=0)] * 3
    assert permutation_test(nothing, something, swap(3, samples=10, seed=1)) is None


@pytest.mark.parametrize("signs", [(1, 1, -1, 1), (-1, -1, 1, 1)])
def test_differences_reached_by_other_roundings_are_ties(signs):
    # Gaps of ±1 ±2 ±3 ±4 fifths. Both observed ones add up to 4 fifths; of the 16 sums, ten are
    # at least as far from 0: ±10, ±8, ±6 and four times ±4.
    gaps = [sign * n / 5 for n, sign in enumerate(signs, start=1)]
    a = [Counts.of(matched=1, predicted=2, gold=2)] * 4
    b = [Counts.of(matched=1 + gap, predicted=2, gold=2) for gap in gaps]
    assert permutation_test(a, b, swap(4, samples=16, seed=1)) == 10 / 16


@pytest.mark.parametrize("other", [Counts(0, 1, 0, 1), Counts(1, 2, 2, 2)])
def test_an_exchange_without_a_difference_speaks_against_a_finding(other):
    # One cluster each, F1 1 and less; with one of the two exchanged, one system has nothing at all.
    right = Counts.of(matched=1, predicted=1, gold=1)
    assert permutation_test([right, Counts()], [Counts(), other], swap(2, samples=4, seed=1)) == 1


@pytest.mark.parametrize(
    ("error", "extreme"),
    [
        # Observed is 1/2. Of the exchanges the first three have no error, the fourth and fifth are
        # 3/2 and 5/2 of theirs; the sixth is undefined, and so is the last, 0 of 0.
        (0.0, [True, True, False, False, False, True, False]),  # beyond all that have an error
        (0.1, [True, True, True, False, False, True, True]),  # 5 standard errors
        (0.2, [True, True, True, False, True, True, True]),  # 5/2
        (1.0, [True, True, True, True, True, True, True]),  # 1/2
        (2.0, [True, True, True, True, True, True, True]),  # 1/4
    ],
)
def test_exchanges_are_as_extreme_by_standard_errors_and_beyond_these_by_size(error, extreme):
    found = np.array([0.5, -0.75, 0.25, 0.75, -0.25, np.nan, 0])
    errors = np.array([0, 0, 0, 0.5, 0.1, np.nan, 0])
    assert _as_extreme(0.5, error, found, errors).tolist() == extreme


def test_a_difference_without_spread_is_beyond_all_that_have_some():
    # In each of six documents of ten gold and ten predicted items A finds 5 and B 6. Any exchange
    # but that of all makes documents differ in what they say.
    a, b = ([Counts.of(matched=m, predicted=10, gold=10)] * 6 for m in (5, 6))
    assert permutation_test(a, b, EVERY) == 2 / 64


def test_a_spread_that_is_rounding_is_none():
    # Thirds: F1 1/3 in A and 2/3 in B, everywhere, but not to the last binary digit.
    a = [Counts.of(matched=n / 3, predicted=n, gold=n) for n in range(1, 7)]
    b = [Counts.of(matched=2 * n / 3, predicted=n, gold=n) for n in range(1, 7)]
    assert permutation_test(a, b, EVERY) == 2 / 64


@pytest.mark.parametrize("lopsided", [False, True])
def test_every_statistic_is_the_same_to_the_last_digit_in_any_order_of_clusters(lopsided):
    rng = np.random.RandomState(5)
    shares = rng.uniform(0, 1, (2, 2, 300))
    shares[:, 1] = shares[:, 1] if lopsided else shares[:, 0]
    ours, theirs = (
        tabulate([Counts(m * 40, 40, n * 30, 30) for m, n in zip(*side, strict=True)])
        for side in shares
    )
    swaps, order = swap(300, samples=50, seed=1), rng.permutation(300)
    found = differences(ours, theirs, swaps)
    again = differences(ours[order], theirs[order], swaps[:, order])
    assert np.array_equal(found, again)


def test_clusters_with_equal_counts_do_not_make_the_exchanges_too_many_to_try():
    same = [Counts.of(matched=3, predicted=4, gold=5)] * 50
    a = [*same, *[Counts.of(matched=0, predicted=1, gold=1)] * 6]
    b = [*same, *[Counts.of(matched=1, predicted=1, gold=1)] * 6]
    assert permutation_test(a, b, swap(56, samples=64, seed=1)) == 2 / 64


def test_sampled_p_counts_what_was_observed_as_one_more_sample():
    better = [Counts.of(matched=9, predicted=9, gold=9)] * 60
    worse = [Counts.of(matched=1, predicted=9, gold=9)] * 60
    assert permutation_test(worse, better, swap(60, samples=999, seed=1)) == 1 / 1000


def test_sampled_p_is_near_the_exact_one():
    rng = np.random.RandomState(3)
    a, b = (
        [Counts.of(matched=m, predicted=20, gold=20) for m in rng.binomial(20, q, 12)]
        for q in (0.5, 0.58)
    )
    exact = permutation_test(a, b, swap(12, samples=2**12, seed=1))
    sampled = permutation_test(a, b, swap(12, samples=2**12 - 1, seed=1))
    assert exact * 2**12 == round(exact * 2**12)
    assert sampled * 2**12 == pytest.approx(round(sampled * 2**12))
    assert sampled == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 2**12) ** 0.5)
    assert sampled != exact


def test_exchanges_come_from_the_frozen_stream():
    # Drawn once with numpy's frozen MT19937 stream; a change would move every published p.
    assert swap(8, samples=3, seed=20250318).tolist() == FROZEN
    assert not np.array_equal(swap(8, samples=3, seed=1), swap(8, samples=3, seed=2))


FROZEN = [[1, 1, 0, 1, 0, 0, 1, 1], [1, 1, 1, 0, 0, 1, 0, 0], [1, 0, 0, 1, 1, 1, 0, 1]]


def test_sums_of_fractions_do_not_depend_on_their_order():
    counts = [Counts.of(matched=1 / n, predicted=1, gold=1) for n in range(1, 2000)]
    forth, back = tabulate(counts).sum(axis=0), tabulate(counts[::-1]).sum(axis=0)
    assert forth.tolist() == back.tolist()
    assert tabulate(counts)[6].tolist() == pytest.approx([1 / 7, 1, 1 / 7, 1], abs=1e-9)


@pytest.mark.parametrize(
    ("clusters", "least"), [(0, 1), (1, 1), (5, Fraction(1, 16)), (6, Fraction(1, 32))]
)
def test_few_clusters_cannot_give_a_small_p(clusters, least):
    assert smallest_p(clusters) == least
    if clusters:
        a = [Counts.of(matched=0, predicted=1, gold=1)] * clusters
        b = [Counts.of(matched=1, predicted=1, gold=1)] * clusters
        assert permutation_test(a, b, swap(clusters, samples=64, seed=1)) == least


# The worked example of the encyclopedias (Wikipedia, "Holm–Bonferroni method"): H4, H1 fall at 0.05.
HOLM = {"H1": (0.01, 0.03), "H2": (0.04, 0.06), "H3": (0.03, 0.06), "H4": (0.005, 0.02)}
# Fifteen tests of a trial of thrombolysis, as Benjamini and Hochberg (1995, section 4) list them;
# multiplied by hand with 15, 14, 13 …: three fall at 0.05.
TRIAL = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
         0.5719, 0.6528, 0.7590, 1.0000]  # fmt: skip
ADJUSTED = [
    0.0015,
    0.0056,
    0.0247,
    0.1140,
    0.2211,
    0.2780,
    0.2780,
    0.2780,
    0.3213,
    1,
    1,
    1,
    1,
    1,
    1,
]


def test_holm_agrees_with_published_examples():
    found = holm({name: p for name, (p, _) in HOLM.items()})
    assert found == {name: pytest.approx(wanted) for name, (_, wanted) in HOLM.items()}
    found = holm({str(n): p for n, p in enumerate(TRIAL)})
    assert list(found.values()) == pytest.approx(ADJUSTED)


def test_holm_leaves_undefined_tests_out_of_the_family():
    assert holm({"a": None, "b": 0.02, "c": 0.03}) == {"a": None, "b": 0.04, "c": 0.04}
    assert holm({"a": None}) == {"a": None}
    assert holm({}) == {}


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_is_between_the_plain_p_and_bonferronis(p_values):
    names = {str(n): p for n, p in enumerate(p_values)}
    for name, adjusted in holm(names).items():
        assert names[name] <= adjusted <= min(1, len(names) * names[name])


@pytest.mark.parametrize("documents", [8, 24])
def test_two_systems_of_a_kind_are_called_different_in_one_case_of_twenty(documents):
    # Of 600 pairs; a one-sided test would give one in ten.
    assert 0.02 < shown(600, documents, System.of(0.6), System.of(0.6)) < 0.08


def test_a_cautious_and_a_bold_system_of_equal_f1_are_no_finding():
    # 4.7 % of 4,000 pairs, and 6.4 % by the plain difference: docs/statistics.md.
    cautious, bold = System.of(0.6, spurious=0.1), System.of(0.6, spurious=0.5)
    assert 0.02 < shown(600, 60, cautious, bold) < 0.065
    assert shown(600, 60, cautious, bold) < shown(600, 60, cautious, bold, test=plain_test)
