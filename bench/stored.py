"""The stored baseline: a report cut down to its counts, one document a line, for a repository.

Everything else in a report follows from the counts, is of no use to a check, or says how intervals
were drawn. The sums stand beside them, so that a hand or a merge that changed a count is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from pydantic import ConfigDict, Field

from bench.counts import Counts, add_tables
from bench.metrics import Measure, parse
from bench.report import Report, Row, Score, Signature
from bench.schema import Record

KIND: Literal["baseline 1"] = "baseline 1"
Numbers = tuple[float, float, float] | tuple[float, float, float, float]
"""Matched, predicted, gold; four numbers where what is matched differs from both sides."""
ByMetric = Mapping[str, Mapping[str, Numbers]]


class _Strict(Record):
    model_config = ConfigDict(extra="forbid")


class _Document(_Strict):
    """One document of a stored baseline."""

    counts: ByMetric = Field(default_factory=dict)
    fingerprint: str | None = None
    story: str | None = None
    unit: str | None = None
    unanswered: bool = False


class _Stored(_Strict):
    """A stored baseline as it lies in its file."""

    dateline: Literal["baseline 1"]
    system: str
    signature: Signature
    ontology: str | None = None
    dropped: tuple[str, ...] = ()
    sums: Mapping[str, Numbers]
    documents: Mapping[str, _Document]
    stories: Mapping[str, ByMetric] = Field(default_factory=dict)


def store(report: Report) -> str:
    """The report as the text of a stored baseline; the same counts give the same text."""
    head = {
        "dateline": KIND,
        "dropped": list(report.dropped),
        "ontology": report.ontology,
        "signature": report.signature.model_dump(mode="json"),
        "system": report.system,
    }
    tables: dict[str, Mapping[str, object]] = {
        "documents": {name: _document(name, report) for name in _names(report)},
        "stories": {name: _counts(name, report, "story") for name in _tabled(report, "story")},
        "sums": {score.metric: _numbers(score.micro.counts) for score in report.scores},
    }
    fields = {
        **{name: _line(value) for name, value in head.items() if value},
        **{name: _block(lines) for name, lines in tables.items() if lines},
    }
    body = ",\n".join(f'"{name}": {text}' for name, text in sorted(fields.items()))
    return f"{{\n{body}\n}}\n"


def _line(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)


def _block(lines: Mapping[str, object]) -> str:
    rows = [f"{_line(name)}: {_line(value)}" for name, value in sorted(lines.items())]
    return "{\n" + ",\n".join(rows) + "\n}"


def _tabled(report: Report, over: str) -> list[str]:
    found = (score.tables for score in report.scores if score.over == over)
    return sorted({name for tables in found for name in tables})


def _names(report: Report) -> list[str]:
    return sorted({*_tabled(report, "document"), *report.story_of, *report.fingerprints})


def _document(name: str, report: Report) -> dict[str, object]:
    fields: dict[str, object] = {
        "counts": _counts(name, report, "document"),
        "fingerprint": report.fingerprints.get(name),
        "story": report.story_of.get(name),
        "unit": report.unit_of.get(name),
        "unanswered": name in report.unanswered,
    }
    return {name: value for name, value in fields.items() if value}


def _counts(name: str, report: Report, over: str) -> dict[str, dict[str, list[float]]]:
    """Counts of a document or story by measure and type; what is empty is left out."""
    found = {
        score.metric: {
            kind: _numbers(counts)
            for kind, counts in score.tables[name].items()
            if counts != Counts()
        }
        for score in report.scores
        if score.over == over and name in score.tables
    }
    return {metric: table for metric, table in found.items() if table}


def _numbers(counts: Counts) -> list[float]:
    """The counts, whole numbers without a point; three where matched is the same from both sides.

    >>> _numbers(Counts(1.0, 2.0, 1.0, 4.0)), _numbers(Counts(1, 2, 1.5, 4))
    ([1, 2, 4], [1, 2, 1.5, 4])
    """
    four = (counts.matched_predicted, counts.predicted, counts.matched_gold, counts.gold)
    numbers = [int(n) if float(n).is_integer() else n for n in four]
    if numbers[0] == numbers[2]:
        del numbers[2]
    return numbers


def is_stored(raw: object) -> bool:
    """Whether the JSON of a file means to be a stored baseline."""
    return isinstance(raw, dict) and "dateline" in raw


def restore(raw: Any) -> Report:
    """The report in the JSON of a stored baseline, without intervals, means and accuracies.

    Raises ValueError (pydantic's) where it is none, UnknownName for a metric that is not known.
    """
    stored = _Stored.model_validate(raw)
    documents = dict(stored.documents)
    return Report(
        system=stored.system,
        signature=stored.signature,
        documents=len(documents),
        unit_of=_given((name, one.unit) for name, one in documents.items()),
        story_of=_given((name, one.story) for name, one in documents.items()),
        ontology=stored.ontology,
        fingerprints=_given((name, one.fingerprint) for name, one in documents.items()),
        unanswered=tuple(name for name, one in documents.items() if one.unanswered),
        dropped=stored.dropped,
        scores=tuple(_scores(stored)),
    )


def _given(pairs: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    return {name: value for name, value in pairs if value is not None}


def _scores(stored: _Stored) -> Iterator[Score]:
    by_document = {name: one.counts for name, one in stored.documents.items()}
    ordered = [name for name in stored.signature.metrics if name in stored.sums]
    ordered += [name for name in stored.sums if name not in ordered]
    for measure in parse(ordered):
        found = by_document if measure.metric.over == "document" else stored.stories
        yield _score(measure, found, stored.sums[str(measure)])


def _score(measure: Measure, found: Mapping[str, ByMetric], said: Numbers) -> Score:
    name, over = str(measure), measure.metric.over
    tables = {
        key: {kind: _as_counts(numbers) for kind, numbers in counts.get(name, {}).items()}
        for key, counts in found.items()
    }
    sums = add_tables(tables.values())
    parts = {part: sums.get(part, Counts()) for part in measure.metric.parts}
    return Score(
        metric=name,
        micro=Row(counts=_as_counts(said), parts=parts),
        types={kind: Row(counts=sums[kind]) for kind in sorted(sums)}
        if measure.metric.typed
        else {},
        over=over,
        documents=tables if over == "document" else {},
        stories=tables if over == "story" else {},
    )


def _as_counts(numbers: Numbers) -> Counts:
    if len(numbers) == 3:
        matched, predicted, gold = numbers
        return Counts.of(matched=matched, predicted=predicted, gold=gold)
    return Counts(*numbers)
