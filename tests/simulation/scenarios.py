"""What is simulated: equal systems, whole drops, drops of one type."""

from __future__ import annotations

from collections.abc import Iterator

from bench import gold
from bench.evaluate import evaluate
from bench.extractors import extract, load
from bench.metrics import parse
from tests.simulation.model import BASE, Kinship, World, cautious, world_of, worse
from tests.simulation.trial import Scenario

METRICS = ("trigger", "argument:actor")
DROPS = (1, 2, 3, 5, 10)
TYPE_DROP = 0.3
KINDS = ("REJECT", "THREATEN")
"""A type of many gold items and one of few, by triggers of `test` (84 and 38)."""
EQUAL, UNLIKE, OTHER = 2000, 1000, 300
"""Trials of equal systems, of equal ones that are unlike, where most is in doubt, and of others."""


def world(split: str) -> World:
    """The gold of a split with the lexicon for the base system."""
    chosen = gold.load(split)
    found = {a.doc_id: a for a in extract(load("lexicon"), chosen.documents)}
    report = evaluate(chosen, found, measures=parse(METRICS), samples=1)
    return world_of(report, name=split)


def scenarios(test: World, dev: World) -> Iterator[Scenario]:
    """Everything, what matters most first."""
    yield Scenario("equal", EQUAL, test, BASE, BASE)
    for drop in DROPS:
        yield Scenario(f"drop-{drop}", OTHER, test, BASE, worse(test, drop / 100))
    for kind in KINDS:
        fallen = worse(test, TYPE_DROP, kind=kind)
        yield Scenario(f"drop-{kind}", OTHER, test, BASE, fallen, kind=kind)
    yield from stress(test, dev)


def stress(test: World, dev: World) -> Iterator[Scenario]:
    """Equal systems that are harder to tell from unequal ones, or further from the assumptions."""
    yield Scenario("equal-close", OTHER, test, BASE, BASE, Kinship(item=0.95, document=0.005))
    yield Scenario("equal-lumpy", OTHER, test, BASE, BASE, Kinship(item=0.5, document=0.2))
    yield Scenario("equal-cautious", UNLIKE, test, BASE, cautious(test))
    yield Scenario("equal-bold", UNLIKE, test, cautious(test), BASE)
    yield Scenario("equal-dev", OTHER, dev, BASE, BASE)
