"""Reports of the baselines on every split that can be extracted from, and what tells them apart."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from time import perf_counter

from bench import gold, grounding, statistics
from bench.compare import compare
from bench.counts import Counts
from bench.errors import DatelineError
from bench.evaluate import evaluate
from bench.extraction import Plan, outcomes
from bench.extractors import load, prepare, train
from bench.gold import Gold
from bench.metrics import parse
from bench.report import Report
from bench.schema import Annotation

NAMES = ("null", "majority", "lexicon", "dependency", "crf", "encoder", "llm", "oracle-triggers")
BOUNDS = ("null", "oracle-triggers")
"""Not tested against anything: the one finds nothing, the other reads the gold."""
SPLITS = ("dev", "test", "sources")
METRICS = ("trigger", "argument:actor", "date", "record", "coref-conll", "coref-story-conll")
TESTED = METRICS[:4]
"""Means of several scores are not tested."""


@dataclass(frozen=True)
class Result:
    """What came of one baseline."""

    name: str
    reports: Mapping[str, Report] = field(default_factory=dict)
    """By split."""
    failed: Mapping[str, str] = field(default_factory=dict)
    speed: float | None = None
    """Documents per second, one at a time, after the first."""
    why_not: str = ""
    """Why it could not be run."""


@dataclass(frozen=True)
class Results:
    """All baselines, the splits that they were run on, and the differences that are shown."""

    found: Sequence[Result]
    splits: Mapping[str, Gold]
    unread: Mapping[str, str]
    """Why splits were left out."""
    better: Mapping[tuple[str, str, str], Sequence[str]]
    """Split, metric and baseline: the baselines that it is shown to be better than."""


def everything(names: Iterable[str]) -> Results:
    """Train, run and score the named baselines."""
    splits, unread = _splits()
    found = [measure(name, splits) for name in names]
    return Results(found, splits, unread, shown(found, list(splits)))


def _splits() -> tuple[dict[str, Gold], dict[str, str]]:
    splits: dict[str, Gold] = {}
    unread: dict[str, str] = {}
    for name in SPLITS:
        chosen = gold.load(name)
        if any(document.text is None for document in chosen.documents):
            unread[name] = "its articles have no text on the machine that wrote this page"
        else:
            splits[name] = chosen
    return splits, unread


def measure(name: str, splits: Mapping[str, Gold]) -> Result:
    """One baseline, trained afresh where it can be."""
    try:
        made = load(name)
        if hasattr(made, "train"):
            _say(f"{name}: training")
            train(name, made)
        return _run(name, splits)
    except DatelineError as error:
        return Result(name, why_not=str(error).splitlines()[0])


def _run(name: str, splits: Mapping[str, Gold]) -> Result:
    extractor = load(name)
    prepare(extractor)
    warm = gold.load("train").documents[:1]
    list(outcomes(extractor, Plan(name), warm))
    reports: dict[str, Report] = {}
    failed: dict[str, str] = {}
    seconds = 0.0
    for split, chosen in splits.items():
        _say(f"{name}: {split}")
        start = perf_counter()
        found = list(outcomes(extractor, Plan(name), chosen.documents))
        seconds += perf_counter() - start
        failed |= {one.doc_id: one.reason for one in found if one.reason}
        lines = {one.doc_id: one.line for one in found if one.line}
        reports[split] = score(name, chosen, lines)
    documents = sum(len(chosen.documents) for chosen in splits.values())
    if len(failed) == documents:
        raise DatelineError(f"no document was answered; the first: {next(iter(failed.values()))}")
    return Result(name, reports, failed, documents / seconds)


def score(name: str, chosen: Gold, lines: Mapping[str, str]) -> Report:
    """The report that `dateline evaluate` makes."""
    texts = {document.id: document.text or "" for document in chosen.documents}
    predicted = {
        doc_id: grounding.ground(Annotation.model_validate_json(line), texts[doc_id])
        for doc_id, line in lines.items()
    }
    return evaluate(chosen, predicted, measures=parse(METRICS), system=name)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def consistency(report: Report) -> tuple[float | None, statistics.Interval | None]:
    """Share of the happenings told by several articles that were found in all of them and are not
    contradicted, and its interval over stories.
    """
    counts = [_told(story.consistent, story.told) for story in report.stories]
    if not counts:
        return None, None
    weights = statistics.resample(len(counts), samples=statistics.SAMPLES, seed=statistics.SEED)
    whole = sum(counts[1:], counts[0])
    return whole.f1, statistics.bootstrap(counts, weights, level=statistics.LEVEL)


def _told(consistent: int, told: int) -> Counts:
    return Counts(consistent, told, consistent, told)


def shown(found: Sequence[Result], splits: Iterable[str]) -> dict[tuple[str, str, str], list[str]]:
    """Who is better than whom: permutation tests of all pairs of a split and a measure, Holm."""
    better: dict[tuple[str, str, str], list[str]] = {}
    for split in splits:
        tested = [r.reports[split] for r in found if r.name not in BOUNDS and split in r.reports]
        for metric, pairs in _pairs(tested).items():
            adjusted = statistics.holm({key: p for key, (p, _) in pairs.items()})
            for key, p in adjusted.items():
                if p is not None and p <= statistics.ALPHA:
                    winner, loser = _ordered(key, pairs[key][1])
                    better.setdefault((split, metric, winner), []).append(loser)
    return better


def _pairs(reports: Sequence[Report]) -> dict[str, dict[str, tuple[float | None, float]]]:
    """By measure and pair of names: p and the difference, second less first."""
    found: dict[str, dict[str, tuple[float | None, float]]] = {metric: {} for metric in TESTED}
    for a, b in combinations(reports, 2):
        compared = compare(a, b, metrics=TESTED)
        for metric in TESTED:
            row = compared.score(metric).micro
            if row.difference is not None:
                found[metric][f"{a.system} {b.system}"] = (row.p, row.difference)
    return found


def _ordered(pair: str, difference: float) -> tuple[str, str]:
    first, second = pair.split()
    return (second, first) if difference > 0 else (first, second)
