"""Paired permutation test of two systems over clusters, and Holm's correction of many tests."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bench.statistics.arrays import Clusters, Draws, f1, sums, tabulate

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
    1935; for F1, Yeh 2000). All exchanges are tried where they are no more than there are samples;
    else p is that of Phipson and Smyth (2010), which counts what was observed as one more sample:
    a p of 0 would claim more than any sample can know.

    >>> from bench.counts import Counts
    >>> better = [Counts.of(matched=2, predicted=2, gold=2)] * 6
    >>> worse = [Counts.of(matched=1, predicted=2, gold=2)] * 6
    >>> permutation_test(worse, better, swap(6, samples=1000, seed=1)) == 2 / 2**6
    True
    """
    ours, theirs = tabulate(a), tabulate(b)
    observed = abs(f1(theirs.sum(axis=0)) - f1(ours.sum(axis=0)))
    if np.isnan(observed):
        return None
    change = theirs - ours
    differing = change.any(axis=1)  # exchanging equal counts changes nothing
    exact = 2 ** int(differing.sum()) <= len(swaps)
    chosen = _every_swap(int(differing.sum())) if exact else swaps[:, differing]
    moved = sums(chosen, change[differing])
    found = np.abs(f1(theirs.sum(axis=0) - moved) - f1(ours.sum(axis=0) + moved))
    # Written as a negation, so that a sample without a difference never makes p smaller.
    extreme = int((~(found < observed - _TIE)).sum())
    return extreme / len(chosen) if exact else (extreme + 1) / (len(chosen) + 1)


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
