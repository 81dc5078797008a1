"""Cluster bootstrap over additive counts. Sees only counts, knows no events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bench.counts import Counts

if TYPE_CHECKING:
    import numpy as np

SAMPLES, SEED, LEVEL = 1000, 20250318, 0.95
Interval = tuple[float, float]


def resample(clusters: int, *, samples: int, seed: int) -> np.ndarray:
    """How often each sample draws each cluster: an array of samples by clusters.

    The draw depends on the number of clusters and the seed alone, so that all metrics of a report
    share it. The stream is numpy's legacy one, which never changes between versions (NEP 19), so
    that an interval can be reproduced years later.
    """
    import numpy as np

    stream = np.random.RandomState(seed)
    drawn = stream.randint(clusters, size=(samples, clusters), dtype=np.int64)
    rows = np.arange(samples)[:, None] * clusters
    return np.bincount((drawn + rows).ravel(), minlength=samples * clusters).reshape(samples, -1)


def bootstrap(
    clusters: Sequence[Counts], weights: np.ndarray, *, level: float = LEVEL
) -> Interval | None:
    """Percentile interval of F1 under resampling of whole clusters (Efron and Tibshirani 1993).

    None where fewer than two clusters hold an item, or F1 is undefined in every sample.
    """
    return bootstrap_mean([clusters], weights, level=level)


def bootstrap_mean(
    parts: Sequence[Sequence[Counts]], weights: np.ndarray, *, level: float = LEVEL
) -> Interval | None:
    """The same for the mean of several F1, each of its own counts of the same clusters; in a sample
    where some are undefined, the mean of the others.
    """
    import numpy as np

    if sum(any(c.gold or c.predicted for c in one) for one in zip(*parts, strict=True)) < 2:
        return None
    tables = [np.array([_row(counts) for counts in part], dtype=float) for part in parts]
    scores = np.array([_f1(weights @ table) for table in tables])
    known = ~np.isnan(scores)
    means = np.nansum(scores, axis=0)[known.any(axis=0)] / known.sum(axis=0)[known.any(axis=0)]
    if not len(means):
        return None
    tail = (1 - level) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)


def _row(counts: Counts) -> tuple[float, float, float, float]:
    return counts.matched_predicted, counts.predicted, counts.matched_gold, counts.gold


def _f1(sums: np.ndarray) -> np.ndarray:
    """F1 of each row of summed counts, nan where it is undefined; as `Counts.f1` has it."""
    import numpy as np

    matched_predicted, predicted, matched_gold, gold = sums.T
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = 2 * matched_gold / (predicted + gold)
        precision, recall = matched_predicted / predicted, matched_gold / gold
        harmonic = 2 * precision * recall / (precision + recall)
    lopsided = np.where(np.isnan(precision) != np.isnan(recall), 0.0, harmonic)
    return np.where(matched_predicted == matched_gold, plain, lopsided)


def cluster(per_document: Mapping[str, Counts], cluster_of: Mapping[str, str]) -> dict[str, Counts]:
    """Counts of documents added up into the clusters that are resampled, in order of name."""
    result: dict[str, Counts] = {}
    for doc_id, counts in per_document.items():
        name = cluster_of[doc_id]
        result[name] = result.get(name, Counts()) + counts
    return dict(sorted(result.items()))
