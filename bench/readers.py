"""The gold's two first readings against each other, beside the scores of a run.

Reading `a` is scored as the gold, `b` as the predicted, by the measures and on the documents of a
report. That says how far the labelling can be repeated by readers of one kind, and no more.
Measures over stories have no such number where the readings join no articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from operator import attrgetter

from bench import gold as published
from bench.counts import Over, add_tables
from bench.gold import Gold
from bench.metrics import Measure, Pair, pair, parse
from bench.metrics.base import read as read_table
from bench.metrics.merge import by_story
from bench.report import Readers, Report
from bench.schema import Annotation

_known: dict[tuple[str, str, tuple[str, ...]], Readers] = {}
"""What was counted in this process, by release, measure and documents."""


def beside(report: Report, gold: Gold) -> Report:
    """The report with the readers' agreement on each score, if `gold` is the published one or part
    of it; else, or where no document has both readings, the report as it is.
    """
    if gold.release != published.release():
        return report
    first, second = (_reading(gold.release, name) for name in published.FULL_READERS)
    read = [d for d in gold.documents if d.id in first and d.id in second]
    if not read:
        return report
    pairs = {
        d.id: pair(gold=first[d.id], predicted=second[d.id], text=d.text, register=gold.actors)
        for d in read
    }
    sides: dict[Over, dict[str, Pair]] = {
        "document": pairs,
        "story": by_story(pairs, {d.id: d.story for d in read}) if _joined(pairs) else {},
    }
    measures = parse(score.metric for score in report.scores)
    scores = (
        score.model_copy(update={"readers": _agreed(gold.release, measure, sides)})
        for score, measure in zip(report.scores, measures, strict=True)
    )
    return report.model_copy(update={"scores": tuple(scores)})


def _joined(pairs: Mapping[str, Pair]) -> bool:
    """Whether both readings say which happenings of several articles are one; where they do not,
    they can neither agree nor disagree in that.
    """
    return all(
        any(event.happening for pair in pairs.values() for event in side(pair).annotation.events)
        for side in (attrgetter("gold"), attrgetter("predicted"))
    )


@cache
def _reading(release: str, name: str) -> dict[str, Annotation]:  # noqa: ARG001 - part of the key
    return published.first_pass(name)


def _agreed(
    release: str, measure: Measure, sides: Mapping[Over, Mapping[str, Pair]]
) -> Readers | None:
    doc_ids = tuple(sides["document"])
    key = release, str(measure), doc_ids
    if not sides[measure.metric.over]:
        return None
    if key not in _known:
        _known[key] = _count(measure, sides[measure.metric.over].values(), len(doc_ids))
    return _known[key]


def _count(measure: Measure, pairs: Iterable[Pair], documents: int) -> Readers:
    table = add_tables(measure.count(both) for both in pairs)
    first, second = published.FULL_READERS
    return Readers(
        first=first,
        second=second,
        documents=documents,
        f1=read_table(table, measure.metric)[2],
        types={name: row.f1 for name, row in table.items()} if measure.metric.typed else {},
    )
