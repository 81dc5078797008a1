"""Cluster bootstrap: percentile intervals of an F1 and of the paired difference of two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from bench.statistics.arrays import Clusters, Draws, Floats, f1, sums, tabulate, whole_sums

SAMPLES, SEED, LEVEL = 1000, 20250318, 0.95
Interval = tuple[float, float]
Ints = npt.NDArray[np.int64]
_CHUNK = 1 << 17  # stays in the processor's cache


def resample(clusters: int, *, samples: int, seed: int) -> Draws:
    """How often each sample draws each cluster: an array of samples by clusters.

    The draw depends on the number of clusters and the seed alone, so that all metrics of a report
    share it. The stream is numpy's legacy one, which never changes between versions (NEP 19), so
    that an interval can be reproduced years later.
    """
    weights = np.empty((samples, clusters), dtype=np.int16)
    source = _indices(np.random.RandomState(seed), clusters)
    drawn = np.empty(0, np.int64)
    rows = max(1, _CHUNK // clusters)
    for start in range(0, samples, rows):  # the stream runs on, whatever the blocks
        block = weights[start : start + rows]
        while len(drawn) < block.size:
            drawn = np.concatenate([drawn, next(source)])
        own, drawn = drawn[: block.size].reshape(block.shape), drawn[block.size :]
        own = own + np.arange(len(block))[:, None] * clusters
        block[:] = np.bincount(own.ravel(), minlength=block.size).reshape(block.shape)
    return weights


def _indices(stream: np.random.RandomState, size: int) -> Iterator[Ints]:
    """What `stream.randint(size)` gives, in blocks and twice as fast: bits of the stream, without
    those that are too large.
    """
    mask = np.uint32((1 << (size - 1).bit_length()) - 1)
    while True:
        bits = stream.randint(1 << 32, size=_CHUNK, dtype=np.uint32) & mask
        yield bits[np.flatnonzero(bits < size)].astype(np.int64)


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


def bootstrap_each(
    doubled: Floats, items: Floats, weights: Draws, *, level: float = LEVEL
) -> list[Interval | None]:
    """The interval of `bootstrap` for every column of counts of ordinary measures, given clusters
    by columns: twice what is matched, and all items of both sides, so that F1 is their ratio.
    """
    drawn = whole_sums(weights, np.hstack([doubled, items]))
    matched, both = np.hsplit(drawn, 2)
    with np.errstate(invalid="ignore"):
        scores = matched / both
    return _intervals(scores, (items > 0).sum(axis=0) > 1, level)


def _intervals(
    scores: Floats, wanted: npt.NDArray[np.bool_], level: float
) -> list[Interval | None]:
    """Percentile intervals of the wanted columns; columns that are never undefined all at once."""
    found: list[Interval | None] = [None] * scores.shape[1]
    full = wanted & ~np.isnan(scores).any(axis=0)
    tail = (1 - level) / 2
    ends = (
        np.quantile(scores[:, full], [tail, 1 - tail], axis=0) if full.any() else np.empty((2, 0))
    )
    for n, (low, high) in zip(np.flatnonzero(full), ends.T.tolist(), strict=True):
        found[n] = (low, high)
    for n in np.flatnonzero(wanted & ~full):
        found[n] = _percentiles(scores[:, n], level)
    return found


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
