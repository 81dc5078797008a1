"""Counts add up, and their readings are undefined rather than invented."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.counts import Counts, add_tables, total

numbers = st.integers(0, 50)
counts = st.builds(
    lambda m, p, g: Counts.of(matched=m, predicted=m + p, gold=m + g), numbers, numbers, numbers
)


@pytest.mark.parametrize(
    ("matched", "predicted", "gold", "precision", "recall", "f1"),
    [
        (0, 0, 0, None, None, None),
        (0, 0, 3, None, 0, 0),
        (0, 4, 0, 0, None, 0),
        (2, 4, 3, Fraction(1, 2), Fraction(2, 3), Fraction(4, 7)),
        (1, 20, 1, Fraction(1, 20), 1, Fraction(2, 21)),
    ],
)
def test_readings_are_ratios_and_none_where_nothing_can_be_divided(
    matched, predicted, gold, precision, recall, f1
):
    found = Counts.of(matched=matched, predicted=predicted, gold=gold)
    assert (found.precision, found.recall, found.f1) == pytest.approx((precision, recall, f1))


def test_f1_is_the_harmonic_mean_where_the_two_matched_counts_differ():
    found = Counts(matched_predicted=1, predicted=2, matched_gold=3, gold=4)
    assert found.f1 == pytest.approx(Fraction(2 * 1 * 3, 2 * 4) / (Fraction(1, 2) + Fraction(3, 4)))


def test_f1_is_undefined_only_where_both_sides_are_empty():
    assert Counts(0, 0, 1, 2).f1 == 0
    assert Counts(1, 2, 0, 0).f1 == 0
    assert Counts(0, 0, 0, 0).f1 is None


def test_which_number_is_which_must_be_said():
    with pytest.raises(TypeError):
        Counts.of(1, 2, 3)


@given(st.lists(counts))
def test_a_sum_does_not_depend_on_the_order(many):
    assert total(many) == total(reversed(many))
    assert add_tables([{"x": c} for c in many]).get("x", Counts()) == total(many)


@given(counts)
def test_swapping_sides_swaps_precision_and_recall(c):
    other = Counts(c.matched_gold, c.gold, c.matched_predicted, c.predicted)
    assert (other.precision, other.recall, other.f1) == (c.recall, c.precision, c.f1)
