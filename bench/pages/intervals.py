"""Intervals of precision and recall by event type, from the counts per document in a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from bench import statistics
from bench.counts import Counts
from bench.report import Report, Score
from bench.statistics import Floats

Interval = tuple[float, float]


class Both(NamedTuple):
    """Intervals of one type; None where they cannot be estimated."""

    precision: Interval | None
    recall: Interval | None


def of_types(report: Report, score: Score) -> dict[str, Both]:
    """By event type: intervals from the same draws as the report's own."""
    units = report.unit_of or {name: name for name in score.tables}
    if score.over == "story":
        units = {name: name for name in score.tables}
    rows = {unit: n for n, unit in enumerate(sorted(set(units.values())))}
    if not rows:
        return {}
    signature = report.signature
    weights = statistics.resample(len(rows), samples=signature.samples, seed=signature.seed)
    tables: Mapping[str, Floats] = defaultdict(lambda: np.zeros((len(rows), 4)))
    for name, found in score.tables.items():
        for kind, counts in found.items():
            tables[kind][rows[units[name]]] += _row(counts)
    return {kind: _both(table, weights, signature.level) for kind, table in tables.items()}


def _row(counts: Counts) -> list[float]:
    return [counts.matched_predicted, counts.predicted, counts.matched_gold, counts.gold]


def _both(table: Floats, weights: statistics.Draws, level: float) -> Both:
    """F1 of counts that are those of one side twice is that side's share."""
    sides = (table[:, [0, 1, 0, 1]], table[:, [2, 3, 2, 3]])
    return Both(*(statistics.bootstrap(side, weights, level=level) for side in sides))
