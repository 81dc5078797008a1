"""How a submission is scored: always by the same measures, with the same resampling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bench import gold as published
from bench import readers
from bench.evaluate import DEFAULT_METRICS, evaluate
from bench.gold import Gold
from bench.metrics import parse
from bench.report import Report
from bench.schema import Annotation

METRICS = (*DEFAULT_METRICS, "date:day", "source", "time", "coref-conll")
SAMPLES, SEED = 1000, 20250318
MOST_WORDS = 8


def splits_of(gold: Gold, predicted: Mapping[str, Annotation]) -> tuple[str, ...]:
    """The splits in which a run answers at least one document."""
    return tuple(gold.split_of(predicted))


def rescore(name: str, predicted: Mapping[str, Annotation]) -> dict[str, Report]:
    """A report for each split that the run answers, from the published gold."""
    everything = published.load()
    return {
        split: _report(name, predicted, everything.select([split]))
        for split in splits_of(everything, predicted)
    }


def _report(name: str, predicted: Mapping[str, Annotation], gold: Gold) -> Report:
    inside = {d.id: predicted[d.id] for d in gold.documents if d.id in predicted}
    report = evaluate(
        gold, inside, measures=parse(METRICS), system=name, samples=SAMPLES, seed=SEED
    )
    return readers.beside(report, gold)


def slim(annotation: Annotation) -> Annotation:
    """The annotation without words that stand in an article of the gold at the offsets beside them;
    reading adds them again.
    """
    documents = {document.id: document for document in published.load().documents}
    document = documents.get(annotation.doc_id)
    if document is None or published.shipped_text(document) is None:
        return annotation
    return Annotation.model_validate(_bare(annotation.model_dump(exclude_none=True)))


def _bare(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_bare(item) for item in value]
    if not isinstance(value, dict):
        return value
    spare = {"text"} if "start" in value else set()
    return {name: _bare(item) for name, item in value.items() if name not in spare}


def shortened(annotation: Annotation) -> Annotation:
    """The annotation with no more than `MOST_WORDS` words of the article at a time: texts that may
    not be shipped must not come back through somebody's marks. No name is that long.
    """
    return Annotation.model_validate(_short(annotation.model_dump(exclude_none=True)))


def _short(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_short(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {name: _short(item) for name, item in value.items()}
    words = str(found.get("text", "")).split()
    if len(words) > MOST_WORDS and "start" in found:
        del found["text"]
    elif len(words) > MOST_WORDS:
        found["text"] = " ".join(words[:MOST_WORDS])
    return found
