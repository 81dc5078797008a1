"""The smallest difference that a split can show: standard errors over clusters, and power."""

from __future__ import annotations

import math

import numpy as np

from bench.statistics.arrays import Clusters, Floats, f1, tabulate
from bench.statistics.permutation import smallest_p
from bench.statistics.student import t_quantile

ALPHA, POWER = 0.05, 0.8
CORRELATION = 0.5
"""Assumed of a system and a rival nobody has seen yet, over resampled clusters."""


def detectable(clusters: Clusters) -> float | None:
    """The true difference of F1 that a paired test of this system and a rival would show at ALPHA
    with probability POWER, if the rival had the same spread and correlation CORRELATION.

    The standard error of the difference is then √(2(1 − ρ)) times that of the one F1. None where it
    cannot be estimated, see `detectable_difference`.
    """
    table = tabulate(clusters)
    table = table[table.any(axis=1)]
    error = jackknife(f1(_without_each(table)))
    return _smallest_shown(math.sqrt(2 * (1 - CORRELATION)) * error, len(table), len(table))


def detectable_difference(a: Clusters, b: Clusters) -> float | None:
    """The true difference of F1 that a paired test of these two systems shows at ALPHA with
    probability POWER: (t(1 − α/2) + t(power)) · standard error (Bloom 1995), t with one degree of
    freedom less than there are clusters.

    None where the systems differ in so few clusters that no p can be as small as ALPHA, where no
    spread is seen, or where F1 hangs on one cluster alone.
    """
    both = np.hstack([tabulate(a), tabulate(b)])
    both = both[both.any(axis=1)]
    differing = int((both[:, 4:] != both[:, :4]).any(axis=1).sum())
    error = jackknife(f1(_without_each(both[:, 4:])) - f1(_without_each(both[:, :4])))
    return _smallest_shown(error, len(both), differing)


def jackknife(without_each: Floats) -> float:
    """Standard error of a statistic from its values with each cluster left out in turn (Efron and
    Stein 1981); nan where one of them is undefined or there are none.

    >>> mean_without_each = np.array([2.5, 2.0, 1.5])  # of 1, 2 and 3
    >>> round(jackknife(mean_without_each), 9) == round(1 / 3**0.5, 9)
    True
    """
    clusters = len(without_each)
    if not clusters:
        return math.nan
    return float(np.sqrt((clusters - 1) * np.var(without_each)))


def _without_each(table: Floats) -> Floats:
    without: Floats = table.sum(axis=0) - table
    return without


def _smallest_shown(error: float, clusters: int, differing: int) -> float | None:
    if smallest_p(differing) > ALPHA or math.isnan(error) or error == 0:
        return None
    freedom = clusters - 1
    return (t_quantile(1 - ALPHA / 2, freedom) + t_quantile(POWER, freedom)) * error
