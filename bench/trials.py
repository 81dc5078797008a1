"""The tests of a check: counts by unit, a one-sided p, a standard error, and what shares alpha."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bench import statistics
from bench.comparison import Contrast, Contrasts
from bench.counts import Counts, total
from bench.report import Report, Score
from bench.soundness import numbers
from bench.statistics import Floats
from bench.verdict import Loss

Key = tuple[str, str | None]
"""A measure, and one of its types or all together."""
_CLOSE = 1e-9
_WORST = 3


@dataclass(frozen=True)
class Trial:
    """One line before the word: the contrast and the counts by unit beneath it."""

    key: Key
    contrast: Contrast
    before: Floats
    """Counts of the baseline, a row a unit."""
    after: Floats
    """Counts of the run, the same units."""
    same: bool
    """Whether every count of every document is equal."""
    tested: bool = True
    """Whether the test and the interval are those of this number, and not of a mean of others."""
    worst: tuple[Loss, ...] = ()

    @property
    def p(self) -> float | None:
        """One-sided: exchanging every unit turns the sign of the difference round, so that half of
        the two-sided p lies on the side of what was seen.
        """
        two, difference = self.contrast.p, self.contrast.difference
        if two is None or difference is None:
            return None
        return two / 2 if difference < 0 else 1 - two / 2 if difference > 0 else 1.0

    @cached_property
    def units(self) -> int:
        """Units with any item."""
        return int((self.before.any(axis=1) | self.after.any(axis=1)).sum())

    @cached_property
    def differing(self) -> int:
        """Units on which the two differ."""
        return int((self.before != self.after).any(axis=1).sum())

    @cached_property
    def error(self) -> float:
        """Standard error of the difference; where the two differ in too few units to tell, that of
        a rival not seen yet, as `statistics.detectable` has it.
        """
        used = self.before.any(axis=1) | self.after.any(axis=1)
        before, after = self.before[used], self.after[used]
        if statistics.smallest_p(self.differing) <= statistics.ALPHA:
            return statistics.jackknife(_without_each(after) - _without_each(before))
        rival = math.sqrt(2 * (1 - statistics.CORRELATION))
        return rival * statistics.jackknife(_without_each(before))


def _without_each(table: Floats) -> Floats:
    return statistics.f1(table.sum(axis=0) - table)


def least_p(units: int, samples: int) -> float:
    """The smallest one-sided p that exchanges of so many units, or so many samples, can give.

    >>> least_p(5, 10_000), least_p(40, 999)
    (0.03125, 0.0005)
    """
    exact = statistics.smallest_p(units)
    return (exact if 2**units <= samples else 1 / (samples + 1)) / 2


def trials(found: Contrasts, *, run: Score, baseline: Score, report: Report) -> Iterator[Trial]:
    """The line of all types together, then those of types in the run's order."""
    before, after = (_Sheet(score, _unit_of(report, run)) for score in (baseline, run))
    names = [*run.types, *(name for name in found.types if name not in run.types)]
    yield Trial(
        key=(found.metric, None),
        contrast=found.micro,
        before=before.whole(),
        after=after.whole(),
        same=before.filled == after.filled,
        tested=not run.micro.parts and not baseline.micro.parts,
        worst=tuple(_losses(baseline, run)),
    )
    for name in names:
        yield Trial(
            key=(found.metric, name),
            contrast=found.types[name],
            before=before.table(name),
            after=after.table(name),
            same=before.filled.get(name) == after.filled.get(name),
        )


def _unit_of(report: Report, score: Score) -> Mapping[str, str]:
    own = {name: name for name in score.tables}
    return own if score.over == "story" else {**own, **report.unit_of}


class _Sheet:
    """The counts of a score by type, without the empty ones."""

    def __init__(self, score: Score, unit_of: Mapping[str, str]) -> None:
        units = {unit: n for n, unit in enumerate(sorted({unit_of[name] for name in score.tables}))}
        self.place = {name: units[unit_of[name]] for name in score.tables}
        self.units = len(units)
        self.filled: dict[str, dict[str, list[float]]] = {}
        """The four numbers by type and document, without the last rounding."""
        for name, table in score.tables.items():
            for kind, counts in table.items():
                if counts != Counts():
                    found = [round(number, 9) for number in numbers(counts)]
                    self.filled.setdefault(kind, {})[name] = found

    def table(self, kind: str) -> Floats:
        """Counts of one type, a row a unit in order of the units' names."""
        table = np.zeros((self.units, 4))
        found = self.filled.get(kind, {})
        if found:
            rows = statistics.tabulate(np.array(list(found.values()), dtype=float))
            np.add.at(table, [self.place[name] for name in found], rows)
        return table

    def whole(self) -> Floats:
        """Counts of all types together."""
        return sum((self.table(kind) for kind in self.filled), np.zeros((self.units, 4)))


def _losses(baseline: Score, run: Score) -> list[Loss]:
    """Where most matched items were lost, the first by name of equals."""
    losses = []
    for name, table in baseline.tables.items():
        was, now = total(table.values()), total(run.tables[name].values())
        loss = Loss(name=name, baseline=was.matched_gold, run=now.matched_gold, gold=now.gold)
        if loss.lost > _CLOSE:
            losses.append(loss)
    return sorted(losses, key=lambda loss: (-round(loss.lost, 6), loss.name))[:_WORST]


class Family:
    """The tests that share alpha: half of it goes to lines of all types together, half to those of
    single types, all of it to the one kind where there is no other; within each, Holm's method.

    A line on which the two differ in so few units that no drop could be shown, however large, can
    raise no alarm and is no test (Tarone 1990); neither is a type of which the gold has no item.
    Neither changes with any exchange, so that leaving such lines out looks at nothing that the
    tests look at.
    """

    def __init__(
        self, found: Sequence[Trial], *, alpha: float, allowed: AbstractSet[str], samples: int
    ) -> None:
        self.alpha, self.samples = alpha, samples
        able = [one for one in found if self._is_able(one) and one.key[1] not in allowed]
        self.wholes = {one.key: one.p for one in able if one.key[1] is None}
        self.types = {one.key: one.p for one in able if one.key[1] is not None}
        self.shares = max(1, bool(self.wholes) + bool(self.types))
        self.adjusted = {**self._holm(self.wholes), **self._holm(self.types)}

    def _is_able(self, one: Trial) -> bool:
        return (
            one.tested
            and one.contrast.gold > 0
            and least_p(one.differing, self.samples) <= self.alpha
        )

    def _holm(self, tests: Mapping[Key, float | None]) -> dict[Key, float]:
        found = statistics.holm({str(n): p for n, p in enumerate(tests.values())})
        ordered = (found[str(n)] for n in range(len(tests)))
        return {
            key: min(1.0, self.shares * p)
            for key, p in zip(tests, ordered, strict=True)
            if p is not None
        }

    def level(self, key: Key) -> float:
        """The alpha that is sure to be left for a line, whatever the others show."""
        tests = self.wholes if key[1] is None else self.types
        return self.alpha / (self.shares * max(1, len(tests)))

    def is_blind(self, one: Trial) -> bool:
        """Whether no drop of a line could be called, however large."""
        return not one.tested or least_p(one.units, self.samples) > self.level(one.key)

    def detectable(self, one: Trial, *, margin: float) -> float | None:
        """The smallest true drop that would be called with power `statistics.POWER`: the t
        quantiles of the level left for this line and of the power, times the standard error (Bloom
        1995); and no less than lies beyond the margin by the latter.
        """
        if self.is_blind(one) or not one.error > _CLOSE:
            return None
        power, shown = (
            statistics.t_quantile(quantile, one.units - 1) * one.error
            for quantile in (statistics.POWER, 1 - self.level(one.key))
        )
        return max(shown, margin) + power
