"""Quantiles of Student's t: closed forms, a printed table, and scipy 1.17.1 (`scipy.special.stdtrit`)."""

from __future__ import annotations

import math

import pytest
from scipy.special import stdtrit

from bench.statistics import t_quantile

SHARES = [0.51, 0.6, 0.8, 0.975, 0.9995, 0.999999]


@pytest.mark.parametrize("share", SHARES)
def test_of_one_degree_it_is_a_tangent(share):
    # Cauchy's distribution: 1/2 + arctan(t)/π lies below t.
    assert t_quantile(share, 1) == pytest.approx(math.tan(math.pi * (share - 0.5)), rel=1e-9)


@pytest.mark.parametrize("share", SHARES)
def test_of_two_degrees_it_is_a_root(share):
    # 1/2 + t / (2√(2 + t²)) lies below t, solved for t.
    wanted = (2 * share - 1) * math.sqrt(2 / (4 * share * (1 - share)))
    assert t_quantile(share, 2) == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize(
    ("freedom", "printed"),
    [(3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_it_is_that_of_any_printed_table(freedom, printed):
    assert t_quantile(0.975, freedom) == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize("freedom", [*range(1, 40), 59, 60, 999, 1000, 4479, 100_001])
def test_it_equals_scipys(freedom):
    found = [t_quantile(share, freedom) for share in SHARES]
    assert found == pytest.approx([float(stdtrit(freedom, share)) for share in SHARES], rel=1e-8)


def test_half_lies_below_zero_and_nothing_is_said_of_less():
    assert t_quantile(0.5, 7) == 0
    for share, freedom in ((0.49, 7), (1.0, 7), (1.5, 7), (0.8, 0), (math.nan, 7)):
        with pytest.raises(ValueError, match="no quantile"):
            t_quantile(share, freedom)
