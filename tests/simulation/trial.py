"""One trial: a run of a system, one of a rival, and what the gates say about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from bench import statistics
from bench.counts import Counts, total
from bench.gate import check
from bench.report import Report, Row, Score, Signature
from bench.verdict import Line, Verdict, Word
from tests.simulation.model import Kinship, Sheet, System, World, draw

SAMPLES = 5000
"""Exchanges and resamples of a check: half of its default, as ten thousands of checks are made."""
_CLOSE = 1e-9


def report_of(world: World, sheet: Sheet) -> Report:
    """The report that a run with these counts would have had."""
    signature = Signature(
        version="0", gold=world.name, splits=(world.name,), metrics=tuple(sheet), unit="document",
        units=len(world.documents), samples=0, level=0.95, seed=0,
    )  # fmt: skip
    scores = tuple(_score(world, metric, sheet) for metric in sheet)
    documents = len(world.documents)
    return Report(system="run", signature=signature, documents=documents, scores=scores)


def _score(world: World, metric: str, sheet: Sheet) -> Score:
    table = sheet[metric]
    tables = {
        name: {t: Counts(*row) for t, row in zip(world.types, rows, strict=True) if any(row)}
        for name, rows in zip(world.documents, table.tolist(), strict=True)
    }
    sums = zip(world.types, table.sum(axis=0).tolist(), strict=True)
    types = {name: Row(counts=Counts(*row)) for name, row in sums if any(row)}
    whole = Row(counts=total(row.counts for row in types.values()))
    return Score(metric=metric, micro=whole, types=types, documents=tables)


@dataclass(frozen=True)
class Outcome:
    """What is kept of a check, from which its word follows at every margin."""

    drops: Mapping[str, float]
    """How far F1 of all types together fell, by measure."""
    lowest: Mapping[str, float]
    """The lower end of the interval of the difference, by measure."""
    shown: Mapping[str, float]
    """Lines with a drop that is shown, and the drop."""
    uncorrected: int
    """Lines that would be shown if nothing were corrected."""

    @classmethod
    def of(cls, verdict: Verdict) -> Outcome:
        """What a verdict says, whatever its margin."""
        alpha = verdict.signature.alpha
        wholes = list(verdict.wholes())
        bare = [line for line in verdict.lines if line.p is not None and line.p <= alpha]
        return cls(
            drops={line.metric: line.drop for line in wholes},
            lowest={line.metric: _lowest(line) for line in wholes},
            shown={line.name: line.drop for line in bare if (line.adjusted or 1) <= alpha},
            uncorrected=len(bare),
        )

    def word(self, margin: float) -> Word:
        """The word for the whole at a margin, as `bench.gate` gives it where documents are enough
        for an alarm; a test holds this to `check` itself.
        """
        if self.alarms(margin):
            return "regressed"
        held = all(low >= -margin - _CLOSE for low in self.lowest.values())
        return "fine" if held else "cannot tell"

    def alarms(self, margin: float) -> list[str]:
        """The lines that regressed."""
        return [name for name, drop in self.shown.items() if drop > margin + _CLOSE]

    def falls(self, limit: float) -> bool:
        """What a plain threshold says: whether F1 of any measure fell by more than that."""
        return any(drop > limit + _CLOSE for drop in self.drops.values())


def _lowest(line: Line) -> float:
    assert line.interval is not None  # there are items in many documents
    return line.interval[0]


@dataclass(frozen=True)
class Scenario:
    """Two systems, how much their runs have in common, and how often they are drawn."""

    name: str
    trials: int
    world: World
    before: System
    after: System
    kin: Kinship = field(default_factory=Kinship)
    kind: str | None = None
    """The event type that alone fell, where one did."""

    def pair(self, number: int) -> list[Sheet]:
        """The runs of one trial, the same in every order of trials."""
        return draw(self._stream(number), self.world, self.kin, self.before, self.after)

    def _stream(self, number: int) -> np.random.RandomState:
        name = list(f"{self.world.name} {self.name}".encode())
        return np.random.RandomState([number, *name])

    def verdict(self, number: int, *, margin: float = 0.0, samples: int = SAMPLES) -> Verdict:
        """What the gate says in one trial."""
        before, after = (report_of(self.world, sheet) for sheet in self.pair(number))
        return check(after, before, margin=margin, samples=samples, seed=statistics.SEED)

    def outcome(self, number: int) -> Outcome:
        """What is kept of one trial."""
        return Outcome.of(self.verdict(number))
