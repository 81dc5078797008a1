"""For the tests of an extractor: score what it finds, and hold the line of a baseline.

>>> from bench.testing import score
>>> score("null", metrics=["trigger"]).score("trigger").micro.recall
0.0
"""

from bench.testing.asserting import (
    UPDATE,
    Held,
    MissingBaseline,
    Options,
    Regressed,
    assert_no_regression,
    hold,
)
from bench.testing.sides import Run, score

__all__ = [
    "UPDATE",
    "Held",
    "MissingBaseline",
    "Options",
    "Regressed",
    "Run",
    "assert_no_regression",
    "hold",
    "score",
]
