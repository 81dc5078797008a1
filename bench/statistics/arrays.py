"""Counts of clusters as arrays, one row a cluster, and F1 of many sums of rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.counts import Counts

Floats = npt.NDArray[np.float64]
Draws = npt.NDArray[np.integer[Any]]
Clusters = Sequence[Counts] | Floats
_QUANTUM = 2.0**-30
_BLOCK = 1000
_EXACT = 2**24


def tabulate(clusters: Clusters) -> Floats:
    """An array of clusters by the four counts.

    Counts are rounded to multiples of 2⁻³⁰: whole numbers stay as they are, and sums of up to eight
    million items are exact, hence the same in every order and with every linear algebra library.

    >>> tabulate([Counts.of(matched=1, predicted=2, gold=4)]).tolist()
    [[1.0, 2.0, 1.0, 4.0]]
    """
    if not isinstance(clusters, np.ndarray):
        rows = [(c.matched_predicted, c.predicted, c.matched_gold, c.gold) for c in clusters]
        clusters = np.array(rows, dtype=float).reshape(-1, 4)
    return np.round(clusters / _QUANTUM) * _QUANTUM


def sums(draws: Draws, table: Floats) -> Floats:
    """Sums of the rows, each as often as a draw says: an array of draws by columns.

    Goes block by block and leaves empty rows out, so that ten thousand draws of thousands of
    clusters never stand in memory as floating-point numbers at once.
    """
    used = table.any(axis=1)
    table = table[used]
    starts = range(0, len(draws), _BLOCK)
    return np.concatenate([draws[n : n + _BLOCK][:, used].astype(float) @ table for n in starts])


def whole_sums(draws: Draws, table: Floats) -> Floats:
    """The same sums of whole numbers, in single precision where that holds them exactly."""
    largest = int(draws.max(initial=0)) * table.sum(axis=0).max(initial=0)
    kind: type[np.floating[Any]] = np.float32 if largest < _EXACT else np.float64
    counts = table.astype(kind)
    starts = range(0, len(draws), _BLOCK)
    blocks = [np.matmul(draws[n : n + _BLOCK].astype(kind), counts) for n in starts]
    return np.concatenate(blocks).astype(np.float64)


def f1(totals: Floats) -> Floats:
    """F1 of each row of summed counts, nan where it is undefined; as `Counts.f1` has it."""
    matched_predicted, predicted, matched_gold, gold = totals.T
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = 2 * matched_gold / (predicted + gold)
        precision, recall = matched_predicted / predicted, matched_gold / gold
        harmonic = 2 * precision * recall / (precision + recall)
    lopsided = np.where(np.isnan(precision) != np.isnan(recall), 0.0, harmonic)
    return np.where(matched_predicted == matched_gold, plain, lopsided)


def cluster(per_document: Mapping[str, Counts], cluster_of: Mapping[str, str]) -> dict[str, Counts]:
    """Counts of documents added up into the clusters that are resampled, in order of name."""
    result: dict[str, Counts] = {}
    for doc_id, counts in sorted(per_document.items()):
        name = cluster_of[doc_id]
        result[name] = result.get(name, Counts()) + counts
    return dict(sorted(result.items()))
