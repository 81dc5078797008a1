"""Pairs documents, counts, sums, attaches intervals; opens no file and prints nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import bench
from bench import statistics
from bench.counts import Counts, add_tables, mean, ratio, total
from bench.gold import Gold, require_texts
from bench.metrics import Measure, Pair, pair
from bench.metrics.base import Table
from bench.noise import find_noise
from bench.report import Macro, Report, Row, Score, Signature
from bench.schema import Annotation, Document
from bench.stories import read_stories

MIN_STORIES = 8
DEFAULT_METRICS = (
    "trigger",
    "trigger-id",
    "argument:actor",
    "argument",
    "argument-id",
    "argument-attached",
    "argument-attached-id",
    "date",
    "realis",
    "record",
)


def evaluate(
    gold: Gold,
    predicted: Mapping[str, Annotation],
    *,
    measures: Sequence[Measure],
    system: str = "run",
    samples: int = statistics.SAMPLES,
    seed: int = statistics.SEED,
    level: float = statistics.LEVEL,
    dropped: Sequence[str] = (),
) -> Report:
    """Score one run against the documents of `gold`, which are the domain of every measure.

    A document that the run did not answer counts as empty. Predictions for other documents raise
    ValueError: the caller has checked them. A measure that needs texts raises MissingText.
    """
    strangers = set(predicted) - {document.id for document in gold.documents}
    if strangers:
        raise ValueError(f"predictions for documents outside the gold: {sorted(strangers)}")
    if any(measure.metric.needs_text for measure in measures):
        require_texts(gold.documents)
    pairs = {d.id: _pair(gold, d, predicted) for d in gold.documents}
    unit, cluster_of = resampling_unit(gold.documents)
    units = len(set(cluster_of.values()))
    weights = statistics.resample(units, samples=samples, seed=seed) if units else None
    scorer = _Scorer(pairs, cluster_of, weights, level, tuple(gold.ontology.types))
    return Report(
        system=system,
        signature=Signature(
            version=bench.__version__,
            gold=gold.release,
            splits=gold.splits,
            metrics=tuple(map(str, measures)),
            unit=unit,
            units=units,
            samples=samples,
            level=level,
            seed=seed,
        ),
        documents=len(pairs),
        unit_of={} if unit == "document" else cluster_of,
        unanswered=tuple(doc_id for doc_id in pairs if doc_id not in predicted),
        ungrounded=sum(map(count_ungrounded, predicted.values())),
        dropped=tuple(dropped),
        noise=find_noise(gold.documents, gold=gold.annotations, predicted=predicted),
        stories=tuple(read_stories({d.id: d.story for d in gold.documents}, pairs)),
        scores=tuple(scorer.score(measure) for measure in measures),
    )


def _pair(gold: Gold, document: Document, predicted: Mapping[str, Annotation]) -> Pair:
    empty = Annotation(doc_id=document.id, events=())
    return pair(
        gold=gold.annotations[document.id],
        predicted=predicted.get(document.id, empty),
        text=document.text,
        register=gold.actors,
    )


def resampling_unit(documents: Iterable[Document]) -> tuple[str, dict[str, str]]:
    """What the bootstrap draws, and the unit of each document: stories where there are at least
    eight, else documents.
    """
    story_of = {document.id: document.story for document in documents}
    if len(set(story_of.values())) >= MIN_STORIES:
        return "story", story_of
    return "document", {doc_id: doc_id for doc_id in story_of}


def count_ungrounded(annotation: Annotation) -> int:
    """Events and arguments of an annotation that have no offsets."""
    events = sum(e.trigger is None or e.trigger.span is None for e in annotation.events)
    arguments = sum(a.span is None for e in annotation.events for a in e.arguments)
    return events + arguments


class _Scorer:
    """Turns the counts of documents into scores."""

    def __init__(
        self,
        pairs: Mapping[str, Pair],
        cluster_of: Mapping[str, str],
        weights: statistics.Draws | None,
        level: float,
        types: Sequence[str],
    ) -> None:
        self.pairs, self.cluster_of, self.weights = pairs, cluster_of, weights
        self.level, self.types = level, types

    def score(self, measure: Measure) -> Score:
        tables = {doc_id: measure.count(pair) for doc_id, pair in self.pairs.items()}
        rows = self._rows(tables) if measure.metric.typed else {}
        return Score(
            metric=str(measure),
            micro=self._whole(tables, measure.metric.parts),
            macro=macro(rows.values()) if measure.metric.typed else None,
            accuracy=self._accuracy(measure, tables),
            types=rows,
            documents=tables,
        )

    def _rows(self, tables: Mapping[str, Table]) -> dict[str, Row]:
        found = {name for table in tables.values() for name in table}
        ordered = [*self.types, *sorted(found - set(self.types))]
        return {name: self._row(_column(tables, name)) for name in ordered if name in found}

    def _whole(self, tables: Mapping[str, Table], parts: Sequence[str]) -> Row:
        whole = {doc_id: total(table.values()) for doc_id, table in tables.items()}
        row = self._row(whole)
        if not parts:
            return row.model_copy(update={"detectable": self._detectable(whole)})
        columns = {name: self._clusters(_column(tables, name)) for name in parts}
        interval = None
        if self.weights is not None:
            interval = statistics.bootstrap_mean(
                list(columns.values()), self.weights, level=self.level
            )
        sums = {name: total(column) for name, column in columns.items()}
        return Row(counts=row.counts, parts=sums, interval=interval)

    def _clusters(self, per_document: Mapping[str, Counts]) -> list[Counts]:
        return list(statistics.cluster(per_document, self.cluster_of).values())

    def _detectable(self, per_document: Mapping[str, Counts]) -> float | None:
        return statistics.detectable(self._clusters(per_document))

    def _row(self, per_document: Mapping[str, Counts]) -> Row:
        clusters = self._clusters(per_document)
        interval = None
        if self.weights is not None:
            interval = statistics.bootstrap(clusters, self.weights, level=self.level)
        return Row(counts=total(clusters), interval=interval)

    def _accuracy(self, measure: Measure, tables: Mapping[str, Table]) -> float | None:
        if measure.metric.anchored is None:
            return None
        anchored = (measure.metric.anchored(pair, measure.match) for pair in self.pairs.values())
        matched = total(add_tables(tables.values()).values()).matched_gold
        return ratio(matched, total(add_tables(anchored).values()).matched_gold)


def _column(tables: Mapping[str, Table], name: str) -> dict[str, Counts]:
    return {doc_id: table.get(name, Counts()) for doc_id, table in tables.items()}


def macro(rows: Iterable[Row]) -> Macro:
    """Means over the rows, undefined readings left out."""
    rows = list(rows)
    scores = [row.f1 for row in rows if row.f1 is not None]
    return Macro(
        precision=mean(row.precision for row in rows),
        recall=mean(row.recall for row in rows),
        f1=mean(scores),
        types=len(scores),
    )
