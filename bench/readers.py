"""The gold's two first readings against each other, beside the scores of a run.

Reading `a` is scored as the gold, `b` as the predicted, by the measures and on the documents of a
report. That says how far the labelling can be repeated by readers of one kind, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bench import gold as published
from bench.counts import add_tables
from bench.gold import Gold
from bench.metrics import Measure, Pair, pair, parse
from bench.metrics.base import read
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
    pairs = [
        pair(gold=first[d.id], predicted=second[d.id], text=d.text, register=gold.actors)
        for d in gold.documents
        if d.id in first and d.id in second
    ]
    if not pairs:
        return report
    measures = parse(score.metric for score in report.scores)
    scores = (
        score.model_copy(update={"readers": _agreed(gold.release, measure, pairs)})
        for score, measure in zip(report.scores, measures, strict=True)
    )
    return report.model_copy(update={"scores": tuple(scores)})


@cache
def _reading(release: str, name: str) -> dict[str, Annotation]:  # noqa: ARG001 - part of the key
    return published.first_pass(name)


def _agreed(release: str, measure: Measure, pairs: Sequence[Pair]) -> Readers:
    key = release, str(measure), tuple(both.gold.annotation.doc_id for both in pairs)
    if key not in _known:
        _known[key] = _count(measure, pairs)
    return _known[key]


def _count(measure: Measure, pairs: Sequence[Pair]) -> Readers:
    table = add_tables(measure.count(both) for both in pairs)
    first, second = published.FULL_READERS
    return Readers(
        first=first,
        second=second,
        documents=len(pairs),
        f1=read(table, measure.metric)[2],
        types={name: row.f1 for name, row in table.items()} if measure.metric.typed else {},
    )
