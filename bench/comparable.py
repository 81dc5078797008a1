"""Which documents of two reports may be compared: those whose gold is the same in both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bench.counts import Counts, add_tables, total
from bench.errors import Incomparable
from bench.foreign import DERIVED
from bench.report import Report, Row, Score
from bench.soundness import CLOSE

_SHOWN = 5
_AGAIN = "make the baseline again with 'dateline baseline update'"
Tables = Mapping[str, Mapping[str, Counts]]


@dataclass(frozen=True)
class Comparable:
    """Two reports cut down to the documents on which they may be compared."""

    run: Report
    baseline: Report
    notes: tuple[str, ...]
    """What was left out, and what else a reader must know."""


def comparable(report: Report, baseline: Report, *, metrics: Sequence[str]) -> Comparable:
    """Both reports on the documents whose gold did not change between them.

    Documents are told apart by the fingerprints of their gold; reports without any must be of the
    same release. Raises Incomparable that says why where the baseline is foreign.
    """
    reasons = list(_foreign(report, baseline, metrics))
    if reasons:
        raise Incomparable(reasons)
    changes = _changes(report, baseline, metrics)
    if not changes.kept:
        raise Incomparable(["documents: the gold of none of them is that of the baseline"])
    broken = _broken(report, changes.kept) | _broken(baseline, changes.kept)
    run, base = (_keep(one, changes.kept, broken, metrics) for one in (report, baseline))
    run, base = _same_units(run, base)
    same = {"gold": run.signature.gold, "splits": run.signature.splits}  # what is left of it is
    base = base.model_copy(update={"signature": base.signature.model_copy(update=same)})
    tampered = list(_other_gold(run, base, metrics))
    if tampered:
        raise Incomparable(tampered)
    return Comparable(run, base, (*changes.notes(), *_notes(report, baseline)))


def _foreign(report: Report, baseline: Report, metrics: Sequence[str]) -> Iterator[str]:
    """Why two reports are of different things altogether."""
    ours, theirs = report.signature, baseline.signature
    derived = report.ontology == baseline.ontology == DERIVED  # its one split is named after a file
    if set(ours.splits) != set(theirs.splits) and not derived:
        yield f"splits: {' + '.join(theirs.splits)} in the baseline, {' + '.join(ours.splits)} now"
    for side, one in (("the baseline", baseline), ("the run", report)):
        missing = [name for name in metrics if name not in {score.metric for score in one.scores}]
        if missing:
            yield f"metrics: not in {side}: {', '.join(missing)}"
    if not metrics:
        yield "metrics: the baseline has none"
    before, now = baseline.ontology, report.ontology
    if before and now and before.rpartition(" ")[0] != now.rpartition(" ")[0]:
        yield f"ontology: {before} in the baseline, {now} now"
    if ours.gold != theirs.gold and not (report.fingerprints and baseline.fingerprints):
        yield (
            f"gold: {theirs.gold} in the baseline, {ours.gold} now, and without fingerprints"
            f" nothing says which documents stayed as they were: {_AGAIN}"
        )


@dataclass(frozen=True)
class _Changes:
    """What became of the documents between two reports."""

    kept: AbstractSet[str]
    changed: AbstractSet[str]
    added: AbstractSet[str]
    removed: AbstractSet[str]
    releases: tuple[str, str]

    def notes(self) -> Iterator[str]:
        """Which documents are compared and which are not; nothing where none is left out."""
        if not (self.changed or self.added or self.removed):
            return
        before, now = self.releases
        moved = f"the gold moved from {before} to {now}" if before != now else "not all are in both"
        yield f"{moved}: the {len(self.kept)} documents that stayed as they were are compared"
        for names, what in (
            (self.changed, "labelled otherwise since the baseline"),
            (self.added, "not in the baseline"),
            (self.removed, "only in the baseline"),
        ):
            if names:
                yield f"left out, {what}: {_list(names)}"


def _list(names: Iterable[str]) -> str:
    found = sorted(names)
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more


def _changes(report: Report, baseline: Report, metrics: Sequence[str]) -> _Changes:
    ours, theirs = (set(documents_of(one, metrics)) for one in (report, baseline))
    both = ours & theirs
    changed: set[str] = set()
    if report.fingerprints and baseline.fingerprints:
        now, before = report.fingerprints, baseline.fingerprints
        changed = {name for name in both if now.get(name) != before.get(name)}
    return _Changes(
        kept=both - changed,
        changed=changed,
        added=ours - theirs,
        removed=theirs - ours,
        releases=(baseline.signature.gold, report.signature.gold),
    )


def documents_of(report: Report, metrics: Sequence[str]) -> list[str]:
    """The documents that a report has counts of, those of stories included."""
    names = dict.fromkeys(report.story_of)
    for score in report.scores:
        if score.metric in metrics and score.over == "document":
            names |= dict.fromkeys(score.tables)
    return list(names)


def _broken(report: Report, documents: AbstractSet[str]) -> set[str]:
    """Stories of which a document is missing: they cannot be counted without it."""
    return {story for name, story in report.story_of.items() if name not in documents}


def _keep(
    report: Report,
    documents: AbstractSet[str],
    broken: AbstractSet[str],
    metrics: Sequence[str],
) -> Report:
    """The report on some of its documents: counts and scores, without intervals."""
    if set(documents_of(report, metrics)) == documents and not broken:
        return report
    return report.model_copy(
        update={
            "documents": len(documents),
            "unit_of": {n: u for n, u in report.unit_of.items() if n in documents},
            "story_of": {
                n: s for n, s in report.story_of.items() if n in documents and s not in broken
            },
            "unanswered": tuple(name for name in report.unanswered if name in documents),
            "scores": tuple(
                _kept(score, documents, broken)
                for score in report.scores
                if score.metric in metrics
            ),
        }
    )


def _kept(score: Score, documents: AbstractSet[str], broken: AbstractSet[str]) -> Score:
    if score.over == "story":
        tables = {name: t for name, t in score.tables.items() if name not in broken}
        return _score(score, tables).model_copy(update={"stories": tables})
    tables = {name: table for name, table in score.tables.items() if name in documents}
    return _score(score, tables).model_copy(update={"documents": tables})


def _score(score: Score, tables: Tables) -> Score:
    """The score with rows made anew from counts."""
    sums = add_tables(tables.values())
    rows = {name: Row(counts=sums[name]) for name in score.types if name in sums}
    parts = {name: sums.get(name, Counts()) for name in score.micro.parts}
    micro = Row(counts=total(sums.values()), parts=parts)
    return score.model_copy(
        update={"micro": micro, "types": rows, "macro": None, "accuracy": None, "readers": None}
    )


def _same_units(run: Report, baseline: Report) -> tuple[Report, Report]:
    """Both with the units of the one that draws stories, where only one of them does."""
    if run.signature.unit == baseline.signature.unit:
        return run, baseline.model_copy(update={"unit_of": run.unit_of})
    coarse = run if run.signature.unit == "story" else baseline
    both = (
        one.model_copy(
            update={
                "unit_of": coarse.unit_of,
                "signature": one.signature.model_copy(update={"unit": coarse.signature.unit}),
            }
        )
        for one in (run, baseline)
    )
    return tuple(both)  # type: ignore[return-value]


def _other_gold(run: Report, baseline: Report, metrics: Sequence[str]) -> Iterator[str]:
    """Where the gold is said to be the same, both must have counted as many gold items."""
    for name in metrics:
        before, now = baseline.score(name).tables, run.score(name).tables
        for key in before.keys() & now.keys():
            counted = [total(tables[key].values()).gold for tables in (before, now)]
            if not math.isclose(*counted, rel_tol=CLOSE, abs_tol=CLOSE):
                yield (
                    f"corrupt: {counted[0]:g} gold items of {name} in {key} in the baseline,"
                    f" {counted[1]:g} now, of the same gold"
                )


def _notes(report: Report, baseline: Report) -> Iterator[str]:
    """What else sets the two apart."""
    ours, theirs = report.signature.version, baseline.signature.version
    if ours != theirs:
        yield f"the baseline was scored by version {theirs}, the run by {ours}: see the changelog"
    if report.ontology and baseline.ontology and report.ontology != baseline.ontology:
        yield f"ontology: {baseline.ontology} in the baseline, {report.ontology} now"
    for side, one in (("the baseline", baseline), ("the run", report)):
        if one.unanswered:
            yield f"{side} left {len(one.unanswered)} documents unanswered: they count as empty"
        if one.dropped:
            yield f"left out of {side} as invalid: {', '.join(one.dropped)}"
