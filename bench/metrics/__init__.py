"""Metrics: one file a family. Importing the package registers them all."""

from bench.metrics import (  # noqa: F401 - they register themselves
    arguments,
    attributes,
    coreference,
    dates,
    records,
    sequence,
    triggers,
)
from bench.metrics.base import METRICS, Measure, Metric, Pair, all_measures, measure, pair, parse

__all__ = ["METRICS", "Measure", "Metric", "Pair", "all_measures", "measure", "pair", "parse"]
