"""Quantiles of Student's t, without scipy, whose import takes longer than most commands."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np


def t_quantile(share: float, freedom: int) -> float:
    """The t below which this share lies, from one half on, with whole degrees of freedom.

    By Newton's method, from the normal quantile upwards: the distribution is concave there, so that
    no step goes too far. Raises ValueError for shares outside [0.5, 1) and for no freedom.

    >>> round(t_quantile(0.975, 5), 4), t_quantile(0.5, 3)
    (2.5706, 0.0)
    """
    if not (0.5 <= share < 1 and freedom >= 1):
        raise ValueError(f"no quantile at {share} with {freedom} degrees of freedom")
    t, step = NormalDist().inv_cdf(share), math.inf
    while step > 1e-13 * t:  # a step back is rounding
        step = (share - 0.5 - _within(t, freedom) / 2) / _density(t, freedom)
        t = max(t, t + step)
    return t


def _within(t: float, freedom: int) -> float:
    """The share between −t and t (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4)."""
    odd, angle = freedom % 2, math.atan2(t, math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    n = np.arange(2, freedom - 1, 2) + odd
    terms = np.cumprod((n - 1) / n * cosine**2)
    series = (freedom > 1) * (1 + float(terms.sum()))
    return 2 / math.pi * (angle + sine * cosine * series) if odd else sine * series


def _density(t: float, freedom: int) -> float:
    size = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)
    spread = (freedom + 1) / 2 * math.log1p(t * t / freedom)
    return math.exp(size - spread) / math.sqrt(freedom * math.pi)
