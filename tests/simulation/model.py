"""Runs of systems whose true F1 is known, on the real gold: docs/gate-simulation.md tells the model.

Two runs of one system are drawn together. What either finds has the chance that the base system's
own answers give it, so that expected counts, and what is taken away of them, are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from bench.counts import Counts
from bench.report import Report

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Sheet = Mapping[str, npt.NDArray[np.float64]]
"""Counts of a run by measure: documents by types by the four numbers of `Counts`."""


@dataclass(frozen=True)
class Measure:
    """One measure on the gold: arrays of documents by types."""

    gold: Ints
    chance: Floats
    """How likely a gold item is found by the base system."""
    spurious: Floats
    """How many spurious items are expected of it."""

    @property
    def found(self) -> Floats:
        """Gold items that are expected to be found."""
        return self.gold * self.chance


@dataclass(frozen=True)
class World:
    """The gold of a split and how a real run did on it."""

    name: str
    documents: tuple[str, ...]
    types: tuple[str, ...]
    measures: Mapping[str, Measure]


def world_of(report: Report, *, name: str) -> World:
    """The split that a run was scored on, with the run as the base system.

    What a document and type showed is drawn towards what the type showed in all documents, as if
    one more item, and one more document, had done as the type does: three of three found is not
    certainty.
    """
    first = report.scores[0]
    documents, types = tuple(first.documents), tuple(first.types)
    measures = {}
    for score in report.scores:
        counts = [[score.documents[d].get(t, Counts()) for t in types] for d in documents]
        gold = np.array([[c.gold for c in row] for row in counts], dtype=np.int64)
        found = np.array([[c.matched_gold for c in row] for row in counts])
        extra = np.array([[c.predicted - c.matched_predicted for c in row] for row in counts])
        of_type = found.sum(axis=0) / np.maximum(1, gold.sum(axis=0))
        measures[score.metric] = Measure(
            gold, (found + of_type) / (gold + 1), (extra + extra.mean(axis=0)) / 2
        )
    return World(name, documents, types, measures)


@dataclass(frozen=True)
class System:
    """What a system leaves of the base system's answers, by chance: of finds so large a share,
    by measure and type, and of spurious items.
    """

    kept: Mapping[str, Floats] = field(default_factory=dict)
    spurious: float = 1.0

    def expected(self, world: World, metric: str) -> Floats:
        """Expected counts by type: found, predicted, found, gold."""
        measure = world.measures[metric]
        found = measure.found.sum(axis=0) * self.kept.get(metric, 1.0)
        extra = measure.spurious.sum(axis=0) * self.spurious
        return np.stack([found, found + extra, found, measure.gold.sum(axis=0)], axis=1)

    def true_f1(self, world: World, metric: str, kind: str | None = None) -> float:
        """F1 of the expected counts, of all types together or of one."""
        rows = self.expected(world, metric)
        row = rows.sum(axis=0) if kind is None else rows[world.types.index(kind)]
        return float(2 * row[0] / (row[1] + row[3]))


BASE = System()


def worse(world: World, drop: float, *, kind: str | None = None) -> System:
    """The base system without so many of its finds, at random, that F1 of every measure falls by
    `drop`; or F1 of one type of the first measure, whose finds by the others thin out alike.

    F1 is 2m / (m + s + g); of the m finds f(s + g) / (2 − f) are left at an F1 of f.
    """
    first = next(iter(world.measures))
    kept = {}
    for metric in world.measures:
        goal = BASE.true_f1(world, first if kind else metric, kind) - drop
        rows = BASE.expected(world, first if kind else metric)
        row = rows.sum(axis=0) if kind is None else rows[world.types.index(kind)]
        rest = row[1] - row[0] + row[3]
        shares = np.ones(len(world.types))
        shares[slice(None) if kind is None else world.types.index(kind)] = (
            goal * rest / (2 - goal) / row[0]
        )
        kept[metric] = shares
    return System(kept)


def cautious(world: World) -> System:
    """A system with half of the spurious items, and as many fewer finds as leave the true F1 of
    every type where it was: (s/2 + g) / (s + g) of them.
    """
    kept = {}
    for metric, measure in world.measures.items():
        gold, extra = measure.gold.sum(axis=0), measure.spurious.sum(axis=0)
        kept[metric] = (extra / 2 + gold) / np.maximum(extra + gold, 1)
    return System(kept, spurious=0.5)


@dataclass(frozen=True)
class Kinship:
    """How much two runs have in common: shares of the variance behind an answer.

    What is in the item is the same for both; what a run makes of a whole document is its own, and
    the same for all items of the document; the rest is chance. With the defaults two runs of the
    lexicon on `test` are more than one point of trigger F1 below one another in one case of four
    each way, which is what reruns are known to do.
    """

    item: float = 0.7
    document: float = 0.02


def draw(rng: np.random.RandomState, world: World, kin: Kinship, *systems: System) -> list[Sheet]:
    """Runs of some systems on the same documents."""
    days = rng.normal(size=(len(systems), len(world.documents)))
    runs: list[dict[str, Floats]] = [{} for _ in systems]
    for metric, measure in world.measures.items():
        found = _finds(rng, measure, kin, days)
        extra = _extras(rng, measure, kin, len(systems))
        for run, system, hits, spurious in zip(runs, systems, found, extra, strict=True):
            left = rng.binomial(hits, system.kept.get(metric, 1.0))
            more = rng.binomial(spurious, system.spurious)
            run[metric] = np.stack([left, left + more, left, measure.gold], axis=2).astype(float)
    return list(runs)


def _finds(
    rng: np.random.RandomState, measure: Measure, kin: Kinship, days: Floats
) -> Sequence[Ints]:
    """How many items each run finds: those whose normal variate lies below the quantile of their
    chance. It is a sum of three, whose variances add up to 1.
    """
    cells = np.repeat(np.arange(measure.gold.size), measure.gold.ravel())
    limits = ndtri(measure.chance).ravel()[cells]
    documents = cells // measure.gold.shape[1]
    item = np.sqrt(kin.item) * rng.normal(size=len(cells))
    rest = np.sqrt(1 - kin.item - kin.document)
    found = []
    for day in days:
        own = np.sqrt(kin.document) * day[documents] + rest * rng.normal(size=len(cells))
        hits = np.bincount(cells[item + own < limits], minlength=measure.gold.size)
        found.append(hits.reshape(measure.gold.shape))
    return found


def _extras(
    rng: np.random.RandomState, measure: Measure, kin: Kinship, runs: int
) -> Sequence[Ints]:
    """Spurious items of each run: Poisson, some of them the same for all."""
    common = rng.poisson(kin.item * measure.spurious)
    return [common + rng.poisson((1 - kin.item) * measure.spurious) for _ in range(runs)]
