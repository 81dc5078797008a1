"""From one score to another, one convention at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from bench.counts import add_tables, total
from bench.explain.conventions import Conventions, Tally, tally
from bench.explain.profiles import PROFILES, UNREACHED
from bench.gold import Gold
from bench.metrics import measure, pair
from bench.protocols import PROTOCOLS, Corpus, corpus
from bench.report import Row
from bench.schema import Annotation

LABELS = {
    "event_type": "the event type must be equal",
    "role": "the role must be equal",
    "realis": "the realis must be equal",
    "attached": "an argument must hang on the right trigger",
    "spelling": "types are compared",
    "articles": "a leading article of an argument is",
    "tags": "triggers are",
    "strangers": "predicted triggers of a type that the gold never uses",
    "boundary": "spans match by",
    "pairing": "alike spans are paired by",
    "repeats": "of repeated items",
    "triggers": "arguments count under",
    "gold_empty": "documents without gold events",
    "average": "the average is",
}


@dataclass(frozen=True)
class Step:
    """One switch turned, and what the score is before and after."""

    convention: str
    before: str
    after: str
    start: Tally
    end: Tally

    @property
    def moved(self) -> dict[str, float]:
        """How many more items are matched, predicted and in the gold."""
        one, other = self.start.counts, self.end.counts
        return {
            "matched": other.matched_gold - one.matched_gold,
            "predicted": other.predicted - one.predicted,
            "gold": other.gold - one.gold,
        }

    @property
    def items(self) -> float:
        """How many items it moves, in all."""
        return sum(map(abs, self.moved.values()))


@dataclass(frozen=True)
class Explanation:
    """Two scores of a run and what lies between them."""

    first: str
    second: str
    f1: tuple[float, float]
    """F1 of both, as the scorers themselves give it; 0 where they give none."""
    steps: tuple[Step, ...]
    rest: tuple[tuple[str, float], ...]
    """What no switch says: the score, why, and how much F1 it makes."""


@dataclass(frozen=True)
class Aside:
    """A score that no switch reaches beside its nearest."""

    first: str
    second: str
    f1: tuple[float, float]
    why: str
    differs: tuple[str, ...]


def set_beside(gold: Gold, predicted: Mapping[str, Annotation], name: str) -> Aside:
    """A score of `UNREACHED` beside the one that is nearest to it; raises KeyError."""
    documents, one = corpus(gold=gold, predicted=predicted), UNREACHED[name]
    f1 = (actual(gold, documents, one.beside), actual(gold, documents, name))
    return Aside(one.beside, name, f1, one.why, one.differs)


def explain(
    gold: Gold, predicted: Mapping[str, Annotation], *, first: str, second: str
) -> Explanation:
    """What separates two scores on a run; raises UnknownName.

    The switches are turned in a fixed order, each on top of those before it, so that the changes
    of F1 and the rest add up to the whole difference.
    """
    documents = corpus(gold=gold, predicted=predicted)
    start, end = PROFILES[first].conventions, PROFILES[second].conventions
    steps = tuple(_steps(documents, start, end))
    ends = (tally(documents, start).f1, tally(documents, end).f1)
    f1 = (actual(gold, documents, first), actual(gold, documents, second))
    rest = [
        (f"{name}: {PROFILES[name].rest}", round(actual - plain, 12))
        for name, actual, plain in zip((first, second), f1, ends, strict=True)
    ]
    return Explanation(first, second, f1, steps, tuple(r for r in rest if r[1]))


def _steps(documents: Corpus, start: Conventions, end: Conventions) -> Iterator[Step]:
    setting, before = start, tally(documents, start)
    for one in fields(Conventions):
        old, new = getattr(setting, one.name), getattr(end, one.name)
        if old != new:
            setting = replace(setting, **{one.name: new})
            after = tally(documents, setting)
            yield Step(one.name, _word(old), _word(new), before, after)
            before = after


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def actual(gold: Gold, documents: Corpus, name: str) -> float:
    """F1 as the protocol or the metric itself gives it."""
    protocol, _, score = name.partition(" ")
    if protocol in PROTOCOLS:
        return PROTOCOLS[protocol].score(documents)[score].f1 or 0.0
    sides = (
        pair(gold=d.gold, predicted=d.predicted, text=d.text, register=gold.actors)
        for d in documents
    )
    tables = [measure(name).count(one) for one in sides]
    parts = add_tables(tables) if measure(name).metric.parts else {}
    return Row(counts=total(add_tables(tables).values()), parts=parts).f1 or 0.0
