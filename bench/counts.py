"""`Counts`: four numbers of a document that add up; precision, recall, F1 are readings of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Over = Literal["document", "story"]
"""What one count of a metric is made over: a document, or all documents of a story as one."""


def ratio(numerator: float, denominator: float) -> float | None:
    """A share, or None where there is nothing to share.

    >>> ratio(1, 4), ratio(0, 0)
    (0.25, None)
    """
    return None if denominator == 0 else numerator / denominator


def mean(readings: Iterable[float | None]) -> float | None:
    """Mean of the readings that are defined; None where none is.

    >>> mean([0.5, None, 1.0]), mean([None])
    (0.75, None)
    """
    known = [reading for reading in readings if reading is not None]
    return ratio(sum(known), len(known))


@dataclass(frozen=True, slots=True)
class Counts:
    """What one document (or story) adds to a metric. The two `matched` fields are equal for
    ordinary metrics and differ for those, like B³, whose precision and recall credit different
    things.

    >>> one = Counts(matched_predicted=1, predicted=2, matched_gold=1, gold=4)
    >>> one.precision, one.recall, (one + one).gold
    (0.5, 0.25, 8)
    """

    matched_predicted: float = 0
    predicted: float = 0
    matched_gold: float = 0
    gold: float = 0

    @classmethod
    def of(cls, *, matched: float, predicted: float, gold: float) -> Counts:
        """Counts of an ordinary metric: what is matched is the same from both sides."""
        return cls(matched, predicted, matched, gold)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.matched_predicted + other.matched_predicted,
            self.predicted + other.predicted,
            self.matched_gold + other.matched_gold,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float | None:
        """Matched share of what was predicted."""
        return ratio(self.matched_predicted, self.predicted)

    @property
    def recall(self) -> float | None:
        """Matched share of what is in the gold."""
        return ratio(self.matched_gold, self.gold)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; one division for ordinary metrics, so that it is
        0 and not undefined where only one side has items.
        """
        if self.matched_predicted == self.matched_gold:
            return ratio(2 * self.matched_gold, self.predicted + self.gold)
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None if precision is recall else 0.0
        return ratio(2 * precision * recall, precision + recall)


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of counts; empty counts where there are none."""
    return sum(counts, Counts())


def add_tables(tables: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """Per-type tables of documents, added up."""
    result: dict[str, Counts] = {}
    for table in tables:
        for name, counts in table.items():
            result[name] = result.get(name, Counts()) + counts
    return result
