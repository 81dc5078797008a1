"""Whether a report is one that a scorer can have written: its scores are the sums of its counts."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bench.counts import Counts, add_tables, total
from bench.report import Report, Score

CLOSE = 1e-6
"""Sums of fractions closer than this, in relation to their size, are the same."""


def damage(report: Report) -> Iterator[tuple[str, str, str]]:
    """What contradicts itself in a report: where, what is said, and what follows from the counts.
    A score without counts of documents, as old reports have it, says nothing against itself.
    """
    for score in report.scores:
        if score.tables:
            yield from _impossible(score)
            yield from _sums(score)


def _impossible(score: Score) -> Iterator[tuple[str, str, str]]:
    for name, table in score.tables.items():
        for kind, counts in table.items():
            if not _is_possible(counts):
                place = f"{score.metric} {kind}".rstrip()
                yield f"{place} in {name}", spell(counts), "no more matched than there are"


def _is_possible(counts: Counts) -> bool:
    sides = (counts.matched_predicted, counts.predicted), (counts.matched_gold, counts.gold)
    return all(math.isfinite(n) and 0 <= m <= n * (1 + CLOSE) + CLOSE for m, n in sides)


def _sums(score: Score) -> Iterator[tuple[str, str, str]]:
    sums = add_tables(score.tables.values())
    said = {score.metric: (score.micro.counts, total(sums.values()))}
    for kind, row in score.types.items():
        said[f"{score.metric} {kind}"] = row.counts, sums.get(kind, Counts())
    for place, (one, other) in said.items():
        if not close(one, other):
            yield place, spell(one), f"{spell(other)}, the sum over its {score.over} counts"


def close(one: Counts, other: Counts) -> bool:
    """Whether counts are equal but for rounding."""
    return all(
        math.isclose(a, b, rel_tol=CLOSE, abs_tol=CLOSE)
        for a, b in zip(numbers(one), numbers(other), strict=True)
    )


def numbers(counts: Counts) -> tuple[float, float, float, float]:
    """The four numbers in their order."""
    return counts.matched_predicted, counts.predicted, counts.matched_gold, counts.gold


def spell(counts: Counts) -> str:
    """Counts in words.

    >>> spell(Counts.of(matched=1, predicted=2, gold=4))
    '1 matched of 2 predicted and 4 gold'
    """
    return (
        f"{counts.matched_gold:g} matched of {counts.predicted:g} predicted and {counts.gold:g}"
        " gold"
    )
