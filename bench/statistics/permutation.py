"""Paired permutation test of two systems over clusters, and Holm's correction of many tests."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from bench.statistics.arrays import Clusters, Draws, Floats, tabulate
from bench.statistics.exchanges import differences

Bools = npt.NDArray[np.bool_]
_TIE = 1e-8
"""Differences closer than this are the same difference, reached by other roundings."""


def swap(clusters: int, *, samples: int, seed: int) -> Draws:
    """Which clusters change sides in each sample: an array of zeros and ones, samples by clusters.

    Depends on the number of clusters and the seed alone; numpy's frozen stream, as in `resample`.
    """
    stream = np.random.RandomState(seed)
    return stream.randint(2, size=(samples, clusters), dtype=np.uint8)


def permutation_test(a: Clusters, b: Clusters, swaps: Draws) -> float | None:
    """Two-sided p of the difference of micro F1, None where that difference is undefined.

    If the two systems were one, their counts on any cluster could as well stand exchanged (Fisher
    1935; for F1, Yeh 2000). An exchange is as extreme as what was observed if the difference, in
    standard errors estimated anew after the exchange, is as large: then p is right, with many
    clusters, for systems too that are equal in F1 alone (Chung and Romano 2013). All exchanges are
    tried where they are no more than there are samples; else p is that of Phipson and Smyth (2010),
    which counts what was observed as one more sample: a p of 0 would claim more than any sample can
    know.

    >>> from bench.counts import Counts
    >>> better = [Counts.of(matched=2, predicted=2, gold=2)] * 6
    >>> worse = [Counts.of(matched=1, predicted=2, gold=2)] * 6
    >>> permutation_test(worse, better, swap(6, samples=1000, seed=1)) == 2 / 2**6
    True
    """
    ours, theirs = tabulate(a), tabulate(b)
    (difference,), (error,) = differences(ours, theirs, np.zeros((1, len(ours)), np.uint8))
    if np.isnan(difference):
        return None
    if abs(difference) < _TIE:
        return 1.0
    differing = (theirs != ours).any(axis=1)  # exchanging equal counts changes nothing
    exact = 2 ** int(differing.sum()) <= len(swaps)
    if exact:
        swaps = np.zeros((2 ** int(differing.sum()), len(ours)), np.uint8)
        swaps[:, differing] = _every_swap(int(differing.sum()))
    extreme = int(_as_extreme(abs(difference), error, *differences(ours, theirs, swaps)).sum())
    return extreme / len(swaps) if exact else (extreme + 1) / (len(swaps) + 1)


def _as_extreme(difference: float, error: float, found: Floats, errors: Floats) -> Bools:
    """Which exchanges are as extreme as what was observed, a difference other than 0.

    A difference without any spread, the same in every cluster, is beyond all that have some; of two
    such the larger is. Written as negations, so that an exchange whose statistic is undefined, for
    want of an F1 or as 0 / 0, never makes p smaller.
    """
    sizes, least = np.abs(found), difference - _TIE
    if error == 0:
        return ~((sizes < least) | (errors > 0))
    return ~(sizes * error < least * errors)


def _every_swap(clusters: int) -> Draws:
    bits = np.arange(2**clusters, dtype=np.int64)[:, None] >> np.arange(clusters)
    return (bits & 1).astype(np.uint8)


def smallest_p(clusters: int) -> float:
    """The smallest p that exchanges of so many clusters can give: two of all of them are as far
    apart as can be, what was observed and its mirror image.

    >>> smallest_p(3), smallest_p(6) < 0.05
    (0.25, True)
    """
    return 2.0 ** (1 - clusters) if clusters else 1.0


def holm(p_values: Mapping[str, float | None]) -> dict[str, float | None]:
    """Adjusted p of a family of tests (Holm 1979): at most `alpha` holds for the chance of any
    false alarm among those whose adjusted p is at most `alpha`, however the tests hang together.
    Undefined tests stay undefined and do not count as members of the family.

    >>> holm({"x": 0.01, "y": 0.04, "z": None})
    {'x': 0.02, 'y': 0.04, 'z': None}
    """
    known = sorted((p, name) for name, p in p_values.items() if p is not None)
    adjusted: dict[str, float | None] = dict.fromkeys(p_values)
    reached = 0.0
    for n, (p, name) in enumerate(known):
        reached = max(reached, min(1.0, (len(known) - n) * p))
        adjusted[name] = reached
    return adjusted
