"""Cluster bootstrap: percentile intervals of an F1 and of the paired difference of two."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.statistics.arrays import Clusters, Draws, Floats, f1, sums, tabulate

SAMPLES, SEED, LEVEL = 1000, 20250318, 0.95
Interval = tuple[float, float]
_BLOCK = 1000


def resample(clusters: int, *, samples: int, seed: int) -> Draws:
    """How often each sample draws each cluster: an array of samples by clusters.

    The draw depends on the number of clusters and the seed alone, so that all metrics of a report
    share it. The stream is numpy's legacy one, which never changes between versions (NEP 19), so
    that an interval can be reproduced years later.
    """
    stream = np.random.RandomState(seed)
    weights = np.empty((samples, clusters), dtype=np.int16)
    for start in range(0, samples, _BLOCK):  # the stream runs on, whatever the blocks
        block = weights[start : start + _BLOCK]
        drawn = stream.randint(clusters, size=block.shape, dtype=np.int64)
        drawn += np.arange(len(block))[:, None] * clusters
        block[:] = np.bincount(drawn.ravel(), minlength=block.size).reshape(block.shape)
    return weights


def bootstrap(clusters: Clusters, weights: Draws, *, level: float = LEVEL) -> Interval | None:
    """Percentile interval of F1 under resampling of whole clusters (Efron and Tibshirani 1993).

    None where fewer than two clusters hold an item, or F1 is undefined in every sample.
    """
    return bootstrap_mean([clusters], weights, level=level)


def bootstrap_mean(
    parts: Sequence[Clusters], weights: Draws, *, level: float = LEVEL
) -> Interval | None:
    """The same for the mean of several F1, each of its own counts of the same clusters; in a sample
    where some are undefined, the mean of the others.
    """
    tables = [tabulate(part) for part in parts]
    if np.hstack(tables).any(axis=1).sum() < 2:
        return None
    scores = np.array([f1(sums(weights, table)) for table in tables])
    known = ~np.isnan(scores)
    held = known.any(axis=0)
    return _percentiles(np.nansum(scores, axis=0)[held] / known.sum(axis=0)[held], level)


def bootstrap_difference(
    a: Clusters, b: Clusters, weights: Draws, *, level: float = LEVEL
) -> Interval | None:
    """Percentile interval of F1 of `b` less F1 of `a`, both on the same resampled clusters.

    None where fewer than two clusters hold an item, or the difference is undefined in every sample.
    """
    table = np.hstack([tabulate(a), tabulate(b)])
    if table.any(axis=1).sum() < 2:
        return None
    drawn = sums(weights, table)
    return _percentiles(f1(drawn[:, 4:]) - f1(drawn[:, :4]), level)


def _percentiles(values: Floats, level: float) -> Interval | None:
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)
