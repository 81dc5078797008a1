"""How often something was said, over the trials of a scenario."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from bench.statistics import ALPHA
from tests.simulation.trial import Outcome

Found = Sequence[Outcome]


@dataclass(frozen=True)
class Rate:
    """So many of so many trials."""

    hits: int
    trials: int

    @property
    def share(self) -> float:
        """In one number."""
        return self.hits / self.trials

    @property
    def range(self) -> tuple[float, float]:
        """Where the true share lies in 95 % of cases (Wilson 1927)."""
        found = binomtest(self.hits, self.trials).proportion_ci(method="wilson")
        return float(found.low), float(found.high)

    def __str__(self) -> str:
        return f"{100 * self.share:.1f}"

    @property
    def with_range(self) -> str:
        """With the range, in %.

        >>> Rate(80, 2000).with_range
        '4.0 (3.2 to 5.0)'
        """
        low, high = self.range
        return f"{self} ({100 * low:.1f} to {100 * high:.1f})"


def rate(found: Found, holds: Callable[[Outcome], bool]) -> Rate:
    """In how many trials something holds."""
    return Rate(sum(map(holds, found)), len(found))


def regressed(found: Found, margin: float) -> Rate:
    """How often the gate said regressed."""
    return rate(found, lambda outcome: outcome.word(margin) == "regressed")


def fell(found: Found, limit: float) -> Rate:
    """How often a plain threshold fired."""
    return rate(found, lambda outcome: outcome.falls(limit))


def honest_limit(equal: Found) -> float:
    """The smallest plain threshold, in whole tenths of a point, that fires on at most alpha of the
    runs of equal systems.
    """
    largest = np.sort([max(outcome.drops.values()) for outcome in equal])
    rank = math.ceil((1 - ALPHA) * len(largest)) - 1
    return math.ceil(1000 * float(largest[rank])) / 1000


def spread(found: Found, metric: str) -> float:
    """Standard deviation of the difference of F1."""
    return float(np.std([outcome.drops[metric] for outcome in found]))
