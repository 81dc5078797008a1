"""Intervals, tests and detectable differences over additive counts; knows no events, no files."""

from bench.statistics.arrays import Draws, Floats, cluster, f1, tabulate
from bench.statistics.bootstrap import (
    LEVEL,
    SAMPLES,
    SEED,
    Interval,
    bootstrap,
    bootstrap_difference,
    bootstrap_each,
    bootstrap_mean,
    resample,
)
from bench.statistics.permutation import holm, permutation_test, smallest_p, swap
from bench.statistics.power import (
    ALPHA,
    CORRELATION,
    POWER,
    detectable,
    detectable_difference,
    jackknife,
)
from bench.statistics.student import t_quantile

__all__ = [
    "ALPHA",
    "CORRELATION",
    "LEVEL",
    "POWER",
    "SAMPLES",
    "SEED",
    "Draws",
    "Floats",
    "Interval",
    "bootstrap",
    "bootstrap_difference",
    "bootstrap_each",
    "bootstrap_mean",
    "cluster",
    "detectable",
    "detectable_difference",
    "f1",
    "holm",
    "jackknife",
    "permutation_test",
    "resample",
    "smallest_p",
    "swap",
    "t_quantile",
    "tabulate",
]
