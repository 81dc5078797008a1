"""The difference of two F1s and its standard error, after each of many exchanges of clusters."""

from __future__ import annotations

import math

import numpy as np

from bench.statistics.arrays import Draws, Floats, f1, sums

_DIGITS = 52
_ROUNDING = 1e-12
"""Sums of squares smaller than this share of what cancels out in them are 0, but for rounding."""


def differences(ours: Floats, theirs: Floats, swaps: Draws) -> tuple[Floats, Floats]:
    """F1 of `theirs` less F1 of `ours` after each exchange, and the standard error of that, but for
    a factor that depends on the number of clusters alone: 0 where no cluster moves it. Both are nan
    where an F1 is undefined.

    Cluster i, with counts cᵢ and dᵢ of the two systems after an exchange, moves the difference by
    hᵢ = ∇F(Σd)·dᵢ − ∇F(Σc)·cᵢ; the hᵢ sum to 0, and the error is √Σhᵢ² (delta method, as the
    infinitesimal jackknife has it: Efron and Tibshirani 1993, ch. 21). An exchange leaves cᵢ + dᵢ
    as it is and turns the sign of dᵢ − cᵢ, so that

        2hᵢ = (∇F(Σd) − ∇F(Σc))·(cᵢ + dᵢ) + (∇F(Σd) + ∇F(Σc))·(dᵢ − cᵢ)

    and of the sums of products in Σhᵢ² only those of cᵢ + dᵢ with dᵢ − cᵢ change, each by its sign:
    a few more columns to be summed, whatever the number of clusters.
    """
    ours, theirs = _columns(ours, theirs)
    together, apart = ours + theirs, theirs - ours
    table = np.hstack([apart, _products(together, apart)])
    turned = (table.sum(axis=0) - 2 * sums(swaps, table)).T
    turned, crossed = np.split(np.ascontiguousarray(turned), [ours.shape[1]])
    whole = together.sum(axis=0)[:, None]
    (one, slopes), (other, others) = (
        _f1_and_slopes((whole + side) / 2) for side in (turned, -turned)
    )
    both, gap = slopes + others, slopes - others
    crossed = crossed.reshape(len(gap), len(both), -1)
    fixed = _squares(gap, together) + _squares(both, apart)
    squares = fixed + 2 * (gap * (crossed * both).sum(axis=1)).sum(axis=0)
    squares = np.where(squares < _ROUNDING * fixed, 0, squares)
    found = one - other
    return found, np.where(np.isnan(found), np.nan, np.sqrt(squares) / 2)


def _squares(slopes: Floats, counts: Floats) -> Floats:
    """Σ(slopes·counts)² over the clusters, for each exchange."""
    products = _products(counts, counts).sum(axis=0).reshape(len(slopes), len(slopes))
    found: Floats = (slopes * (products @ slopes)).sum(axis=0)
    return found


def _columns(ours: Floats, theirs: Floats) -> tuple[Floats, Floats]:
    """The four counts, or, of ordinary measures, twice the matched and all items of both sides, of
    which F1 is the ratio.
    """
    sides = ours, theirs
    if any((side[:, 0] != side[:, 2]).any() for side in sides):
        return sides
    one, other = (np.stack([2 * side[:, 2], side[:, 1] + side[:, 3]], axis=1) for side in sides)
    return one, other


def _f1_and_slopes(totals: Floats) -> tuple[Floats, Floats]:
    """F1 of summed counts, a column each, and its derivatives by them."""
    if len(totals) == 4:
        return f1(totals.T), _slopes(*totals)
    matched, items = totals
    share = 1 / np.where(items > 0, items, np.nan)
    return matched * share, np.stack([share, -matched * share * share])


def _slopes(matched_p: Floats, predicted: Floats, matched_g: Floats, gold: Floats) -> Floats:
    """Derivatives of the harmonic mean of precision and recall, 2mm′ / (m′p + mg); 0 where nothing
    is matched on a side, as no cluster can move it there.
    """
    divisor = matched_p * gold + matched_g * predicted
    divisor = np.where(divisor > 0, divisor, np.inf)
    first, second = matched_g / divisor, matched_p / divisor
    return 2 * np.stack(
        [
            first * first * predicted,
            -first * first * matched_p,
            second * second * gold,
            -second * second * matched_g,
        ]
    )


def _products(one: Floats, other: Floats) -> Floats:
    """The products of the counts of each cluster, rounded so that their sums are exact, hence the
    same in every order; products of whole numbers stay as they are.
    """
    products = (one[:, :, None] * other[:, None, :]).reshape(len(one), -1)
    largest = float(np.abs(products).max(initial=0)) * len(products)
    quantum = 2.0 ** (math.frexp(largest)[1] - _DIGITS)
    rounded: Floats = np.round(products / quantum) * quantum
    return rounded
