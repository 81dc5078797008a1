"""Compares two reports of the same documents, from the counts per document that they carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import get_args

import numpy as np

import bench
from bench import statistics
from bench.comparison import Comparison, ComparisonSignature, Contrast, Contrasts, Verdict
from bench.counts import Counts, Over
from bench.errors import Incomparable
from bench.report import PLURAL, Report, Row, Score, in_words
from bench.statistics import Floats

SAMPLES = 10_000
SHOWN_NAMES = 5
NOTHING = Row(counts=Counts())


def compare(
    a: Report,
    b: Report,
    *,
    metrics: Sequence[str] | None = None,
    samples: int = SAMPLES,
    seed: int = statistics.SEED,
    level: float = statistics.LEVEL,
) -> Comparison:
    """System B beside system A by the named measures, or by all where both reports have the same.

    Raises Incomparable where the reports are of another gold, other documents or other measures,
    and says what differs.
    """
    names = list(dict.fromkeys(metrics or (score.metric for score in a.scores)))
    differences = list(_differences(a, b, names if metrics else None))
    if differences:
        raise Incomparable(differences)
    comparers = {
        over: _Comparer(unit_of, samples, seed, level)
        for over, unit_of in _units_of(a, names).items()
    }
    unit, comparer = next(iter(comparers.items()))
    return Comparison(
        a=a.system,
        b=b.system,
        signature=ComparisonSignature(
            version=bench.__version__,
            gold=a.signature.gold,
            splits=a.signature.splits,
            unit=a.signature.unit if unit == "document" else unit,
            units=len(comparer.units),
            samples=samples,
            level=level,
            alpha=statistics.ALPHA,
            seed=seed,
        ),
        documents=len(comparer.unit_of) if unit == "document" else len(a.story_of),
        notes=(*_notes(a, b), *_small_notes(a, comparers), *_untested_note(a, names)),
        scores=tuple(
            comparers[a.score(name).over].contrasts(a.score(name), b.score(name)) for name in names
        ),
    )


def _differences(a: Report, b: Report, wanted: Sequence[str] | None) -> Iterator[str]:
    """What keeps two reports from being compared, one line each."""
    if a.signature.gold != b.signature.gold:
        yield f"gold: {a.signature.gold} in A, {b.signature.gold} in B"
    if (a.signature.unit, dict(a.unit_of)) != (b.signature.unit, dict(b.unit_of)):
        yield f"resampling units: {_units_in_words(a)} in A, {_units_in_words(b)} in B"
    named, others = _metrics_of(a), _metrics_of(b)
    needed = set(wanted) if wanted is not None else {*named, *others}
    if not needed:
        yield "measures: neither report has any"
    yield from _one_sided("measures", needed - set(named), needed - set(others))
    shared = sorted(needed & set(named) & set(others))
    for name in shared:
        over = a.score(name).over
        one, other = set(a.score(name).tables), set(b.score(name).tables)
        yield from _one_sided(f"{PLURAL[over]} of {name}", other - one, one - other)
        if not one | other:
            yield f"{PLURAL[over]} of {name}: neither report carries counts per {over}"
    if any(a.score(name).over == "story" for name in shared):
        ours, theirs = a.story_of.items(), b.story_of.items()
        missing = ({doc_id for doc_id, _ in found} for found in (theirs - ours, ours - theirs))
        yield from _one_sided("documents of stories", *missing)


def _metrics_of(report: Report) -> list[str]:
    return [score.metric for score in report.scores]


def _one_sided(what: str, not_in_a: set[str], not_in_b: set[str]) -> Iterator[str]:
    for names, side in ((not_in_a, "A"), (not_in_b, "B")):
        if names:
            more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
            yield f"{what}: not in {side}: {', '.join(sorted(names)[:SHOWN_NAMES])}{more}"


def _units_in_words(report: Report) -> str:
    units = len(set(report.unit_of.values())) or report.documents
    return f"{units} × {report.signature.unit}"


def _units_of(report: Report, names: Sequence[str]) -> dict[Over, dict[str, str]]:
    """The unit that is drawn with each document and, for measures over stories, each story."""
    found: dict[Over, dict[str, str]] = {}
    for over in get_args(Over):
        counted = [score for score in map(report.score, names) if score.over == over]
        tables = {name for score in counted for name in score.tables}
        if counted:
            found[over] = _unit_of(report, tables) if over == "document" else _own(tables)
    return found


def _own(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}


def _unit_of(report: Report, documents: AbstractSet[str]) -> dict[str, str]:
    """The resampling unit of every document; raises Incomparable where the report does not say."""
    if report.signature.unit == "document":
        return _own(documents)
    lost = sorted(documents - set(report.unit_of))
    if lost:
        raise Incomparable([f"the {report.signature.unit} of a document is not given: {lost[0]}"])
    return {doc_id: report.unit_of[doc_id] for doc_id in documents}


def _notes(a: Report, b: Report) -> Iterator[str]:
    if a.signature.version != b.signature.version:
        yield f"scored by versions {a.signature.version} (A) and {b.signature.version} (B)"
    for name, report in (("A", a), ("B", b)):
        if report.unanswered:
            yield f"{name} left {len(report.unanswered)} documents unanswered"
        if report.dropped:
            yield f"left out of {name} as invalid: {', '.join(report.dropped)}"


def _small_notes(report: Report, comparers: Mapping[Over, _Comparer]) -> Iterator[str]:
    for over, comparer in comparers.items():
        unit = report.signature.unit if over == "document" else over
        least = statistics.smallest_p(len(comparer.units))
        if least > statistics.ALPHA:
            yield (
                f"{in_words(len(comparer.units), unit)} cannot show any difference, however large:"
                f" p is never below {least:.2g}"
            )


def _untested_note(report: Report, names: Sequence[str]) -> Iterator[str]:
    means = [name for name in names if report.score(name).micro.parts]
    if means:
        yield f"means of several scores are not tested: {', '.join(means)}"


class _Comparer:
    """Turns the counts of documents of two systems into contrasts."""

    def __init__(self, unit_of: Mapping[str, str], samples: int, seed: int, level: float) -> None:
        self.unit_of, self.level = unit_of, level
        self.units = {name: n for n, name in enumerate(sorted(set(unit_of.values())))}
        self.weights = statistics.resample(len(self.units), samples=samples, seed=seed)
        self.swaps = statistics.swap(len(self.units), samples=samples, seed=seed)

    def contrasts(self, a: Score, b: Score) -> Contrasts:
        ours, theirs = self._tables(a), self._tables(b)
        types = {
            name: self._contrast(
                a.types.get(name, NOTHING),
                b.types.get(name, NOTHING),
                ours.get(name, self._empty()),
                theirs.get(name, self._empty()),
            )
            for name in dict.fromkeys([*a.types, *b.types])
        }
        return Contrasts(
            metric=a.metric,
            micro=self._micro(a, b, ours, theirs),
            types=_holm(types),
            over=a.over,
            units=len(self.units),
            readers=a.readers or b.readers,
        )

    def _tables(self, score: Score) -> dict[str, Floats]:
        """Counts of every unit by event type."""
        tables: dict[str, Floats] = {}
        for name, found in _by_type(score.tables).items():
            tables[name] = self._empty()
            rows = [self.units[self.unit_of[doc_id]] for doc_id in found]
            np.add.at(tables[name], rows, statistics.tabulate(list(found.values())))
        return tables

    def _empty(self) -> Floats:
        return np.zeros((len(self.units), 4))

    def _micro(
        self, a: Score, b: Score, ours: Mapping[str, Floats], theirs: Mapping[str, Floats]
    ) -> Contrast:
        if a.micro.parts or b.micro.parts:
            return _untested(a.micro, b.micro)
        one, other = sum(ours.values(), self._empty()), sum(theirs.values(), self._empty())
        apart = statistics.detectable_difference(one, other)
        found = self._contrast(a.micro, b.micro, one, other)
        return found.model_copy(update={"detectable": apart})

    def _contrast(self, a: Row, b: Row, ours: Floats, theirs: Floats) -> Contrast:
        difference = None if a.f1 is None or b.f1 is None else b.f1 - a.f1
        p = statistics.permutation_test(ours, theirs, self.swaps)
        return Contrast(
            gold=a.counts.gold,
            a=a.f1,
            b=b.f1,
            difference=difference,
            interval=statistics.bootstrap_difference(ours, theirs, self.weights, level=self.level),
            p=p,
            verdict=_verdict(difference, p),
        )


def _untested(a: Row, b: Row) -> Contrast:
    """Of a mean of several scores: both and their difference, without a test."""
    difference = None if a.f1 is None or b.f1 is None else b.f1 - a.f1
    return Contrast(
        gold=a.counts.gold,
        a=a.f1,
        b=b.f1,
        difference=difference,
        interval=None,
        p=None,
        verdict=_verdict(difference, None),
    )


def _by_type(tables: Mapping[str, Mapping[str, Counts]]) -> dict[str, dict[str, Counts]]:
    result: dict[str, dict[str, Counts]] = {}
    for unit, table in tables.items():
        for name, counts in table.items():
            result.setdefault(name, {})[unit] = counts
    return result


def _holm(types: Mapping[str, Contrast]) -> dict[str, Contrast]:
    """The contrasts of types with corrected p, and the verdicts that follow from it."""
    adjusted = statistics.holm({name: row.p for name, row in types.items()})
    return {
        name: row.model_copy(
            update={"adjusted": adjusted[name], "verdict": _verdict(row.difference, adjusted[name])}
        )
        for name, row in types.items()
    }


def _verdict(difference: float | None, p: float | None) -> Verdict:
    if difference is None or p is None or p > statistics.ALPHA:
        return "no difference shown"
    return "better" if difference > 0 else "worse"
