"""Scores from counts: sums, rows of types, means, intervals.

Counts come as tables of documents, which every measure gives, or as a tally, which some give much
faster; the score is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from bench import statistics
from bench.counts import Counts, add_tables, mean, ratio, total
from bench.metrics.base import Measure, Pair, Table
from bench.report import Macro, Row, Score
from bench.tallies import Floats, Ints, Later, Tables, Tally

Interval = statistics.Interval
_TYPES = 256  # at once: their counts by cluster are a dense array


@dataclass(frozen=True)
class Scorer:
    """Turns the counts of documents into scores."""

    cluster_of: Mapping[str, str]
    weights: statistics.Draws | None
    level: float
    types: Sequence[str]
    """Types in the order in which rows are shown; others come after them."""

    def score(self, measure: Measure, pairs: Mapping[str, Pair]) -> Score:
        """The score of a measure, document by document or story by story."""
        tables = {name: measure.count(pair) for name, pair in pairs.items()}
        rows = self._rows(tables) if measure.metric.typed else {}
        return Score(
            metric=str(measure),
            micro=self._whole(tables, measure.metric.parts),
            macro=macro(rows.values()) if measure.metric.typed else None,
            accuracy=_accuracy(measure, tables, pairs),
            types=rows,
            over=measure.metric.over,
            documents=tables if measure.metric.over == "document" else {},
            stories=tables if measure.metric.over == "story" else {},
        )

    def score_tally(self, measure: Measure, tally: Tally) -> Score:
        """The same from a tally. The intervals of types, which take longest, wait until somebody
        looks at a row.
        """
        sums, whole = tally.sums(), tally.whole(self._clusters, self._size)
        names = self._ordered(sums)
        micro = Row(
            counts=total(sums.values()),
            interval=self._interval(whole),
            detectable=statistics.detectable(whole),
        )
        typed = measure.metric.typed
        return Score(
            metric=str(measure),
            micro=micro,
            macro=macro(Row(counts=sums[name]) for name in names) if typed else None,
            types=Later(names, partial(self._tallied_rows, tally, sums)) if typed else {},
            documents=Tables(tally),
        )

    def _tallied_rows(self, tally: Tally, sums: Mapping[str, Counts]) -> dict[str, Row]:
        intervals = dict(zip(tally.types, self._intervals(tally), strict=True))
        return {
            name: Row(counts=sums[name], interval=intervals[name]) for name in self._ordered(sums)
        }

    def _ordered(self, found: Iterable[str]) -> list[str]:
        """Types that were found, as they are shown."""
        found = set(found)
        ordered = [*self.types, *sorted(found - set(self.types))]
        return [name for name in ordered if name in found]

    @cached_property
    def _names(self) -> list[str]:
        return sorted(set(self.cluster_of.values()))

    @property
    def _size(self) -> int:
        return len(self._names)

    @cached_property
    def _clusters(self) -> Ints:
        """Number of the cluster of each document."""
        places = {name: n for n, name in enumerate(self._names)}
        numbers = (places[name] for name in self.cluster_of.values())
        return np.fromiter(numbers, np.int64, len(self.cluster_of))

    def _interval(self, whole: Floats) -> Interval | None:
        """That of all types together, given the counts of each cluster."""
        if self.weights is None:
            return None
        matched, predicted, _, gold = np.hsplit(whole, 4)
        parts = 2 * matched, predicted + gold
        return statistics.bootstrap_each(*parts, self.weights, level=self.level)[0]

    def _intervals(self, tally: Tally) -> list[Interval | None]:
        """An interval for each type."""
        found: list[Interval | None] = []
        for start in range(0, len(tally.types), _TYPES):
            types = range(start, min(start + _TYPES, len(tally.types)))
            if self.weights is None:
                found += [None] * len(types)
            else:
                parts = tally.by_cluster(self._clusters, self._size, types)
                found += statistics.bootstrap_each(*parts, self.weights, level=self.level)
        return found

    def _rows(self, tables: Mapping[str, Table]) -> dict[str, Row]:
        ordered = self._ordered(name for table in tables.values() for name in table)
        return {name: self._row(_column(tables, name)) for name in ordered}

    def _whole(self, tables: Mapping[str, Table], parts: Sequence[str]) -> Row:
        whole = {doc_id: total(table.values()) for doc_id, table in tables.items()}
        row = self._row(whole)
        if not parts:
            return row.model_copy(update={"detectable": self._detectable(whole)})
        columns = {name: self._clustered(_column(tables, name)) for name in parts}
        interval = None
        if self.weights is not None:
            interval = statistics.bootstrap_mean(
                list(columns.values()), self.weights, level=self.level
            )
        sums = {name: total(column) for name, column in columns.items()}
        return Row(counts=row.counts, parts=sums, interval=interval)

    def _clustered(self, per_document: Mapping[str, Counts]) -> list[Counts]:
        return list(statistics.cluster(per_document, self.cluster_of).values())

    def _detectable(self, per_document: Mapping[str, Counts]) -> float | None:
        return statistics.detectable(self._clustered(per_document))

    def _row(self, per_document: Mapping[str, Counts]) -> Row:
        clusters = self._clustered(per_document)
        interval = None
        if self.weights is not None:
            interval = statistics.bootstrap(clusters, self.weights, level=self.level)
        return Row(counts=total(clusters), interval=interval)


def _accuracy(
    measure: Measure, tables: Mapping[str, Table], pairs: Mapping[str, Pair]
) -> float | None:
    if measure.metric.anchored is None:
        return None
    anchored = (measure.metric.anchored(pair, measure.match) for pair in pairs.values())
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
