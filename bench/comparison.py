"""`Comparison`: what `dateline compare` finds out about two systems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from bench.counts import Over
from bench.errors import UnknownName
from bench.report import Readers
from bench.schema import Record

Verdict = Literal["better", "worse", "no difference shown"]


class ComparisonSignature(Record):
    """How a comparison was made."""

    version: str
    """Version of the scorer that compared."""
    gold: str
    """Release of the gold, the same in both reports."""
    splits: tuple[str, ...]
    """Splits that were scored."""
    unit: str
    """What is drawn and exchanged: stories or documents."""
    units: int
    """How many of them there are."""
    samples: int
    """Resamples of the bootstrap and of the permutation test."""
    level: float
    """Coverage of the intervals."""
    alpha: float
    """Largest p at which a difference counts as shown."""
    seed: int
    """Seed of both."""

    def __str__(self) -> str:
        return "|".join(
            (
                f"dateline:{self.version}",
                f"gold:{self.gold}",
                f"splits:{'+'.join(self.splits)}",
                f"bootstrap+permutation:{self.unit}s:{self.units}:{self.samples}:{self.seed}",
                f"level:{self.level}",
                f"alpha:{self.alpha}",
                "types:holm",
            )
        )


class Contrast(Record):
    """F1 of two systems on the same items."""

    gold: float
    """Items in the gold."""
    a: float | None
    """F1 of A."""
    b: float | None
    """F1 of B."""
    difference: float | None
    """F1 of B less F1 of A; null where one of them is undefined."""
    interval: tuple[float, float] | None
    """Percentile interval of the difference, both systems on the same resampled units."""
    p: float | None
    """Two-sided p of the permutation test of this row alone."""
    adjusted: float | None = None
    """p corrected by Holm's method over the event types of the measure; null on rows of all types
    together, which are not corrected."""
    detectable: float | None = None
    """Smallest true difference that these two systems would show with 80 % power; null on rows of
    types and where it cannot be estimated."""
    verdict: Verdict
    """Whether B is better or worse than A, as far as p (of a type: the corrected one) shows it."""


class Contrasts(Record):
    """One measure of two systems."""

    metric: str
    """The measure's name."""
    micro: Contrast
    """All types together."""
    types: Mapping[str, Contrast] = Field(default_factory=dict)
    """Per event type; empty for measures that ignore the type."""
    over: Over = "document"
    """What one count is made over."""
    units: int | None = None
    """How many units were drawn and exchanged for it; null in files from before it was said."""
    readers: Readers | None = Field(default=None, exclude_if=lambda readers: readers is None)
    """Agreement of the gold's two first readings, where a report gives it."""


class Comparison(Record):
    """System B beside system A."""

    a: str
    """Name of the first system."""
    b: str
    """Name of the second, which the verdicts are about."""
    signature: ComparisonSignature
    """How the comparison was made."""
    documents: int
    """Documents that both were scored on."""
    notes: tuple[str, ...] = ()
    """What a reader must know beside the numbers."""
    scores: tuple[Contrasts, ...]
    """One entry a measure."""

    def score(self, metric: str) -> Contrasts:
        """The comparison by one measure; raises UnknownName."""
        found = {score.metric: score for score in self.scores}
        if metric not in found:
            raise UnknownName("measure of the comparison", [metric], found)
        return found[metric]
