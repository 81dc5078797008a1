"""`Tally`: the counts of many documents and types as arrays; `Tables`: the same, by name; `Later`:
what is made only if somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bench.counts import Counts, total

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
T = TypeVar("T")


@dataclass(frozen=True)
class Tally:
    """Whole numbers of one ordinary measure, a row for each document and type that has items, in
    order of documents and then of types.
    """

    doc_ids: tuple[str, ...]
    types: tuple[str, ...]
    document: Ints
    type: Ints
    matched: Ints
    predicted: Ints
    gold: Ints

    @property
    def f1(self) -> float | None:
        """F1 of all documents and types together."""
        return total(self.sums().values()).f1

    def by_cluster(self, cluster: Ints, clusters: int, types: range) -> tuple[Floats, Floats]:
        """Twice the matched and all items, of which F1 is the ratio: arrays of clusters by some
        types, given the number of each document's cluster.
        """
        used = (self.type >= types.start) & (self.type < types.stop)
        cell = cluster[self.document[used]] * len(types) + self.type[used] - types.start
        counted = (2 * self.matched[used], self.predicted[used] + self.gold[used])
        shape = clusters, len(types)
        doubled, items = (
            np.bincount(cell, numbers, clusters * len(types))
            .astype(float, copy=False)
            .reshape(shape)
            for numbers in counted
        )
        return doubled, items

    def whole(self, cluster: Ints, clusters: int) -> Floats:
        """The four counts of each cluster over all types."""
        columns = (self.matched, self.predicted, self.matched, self.gold)
        place = cluster[self.document]
        return np.column_stack([np.bincount(place, n, minlength=clusters) for n in columns])

    def sums(self) -> dict[str, Counts]:
        """Counts of each type that has items."""
        columns = (self.matched, self.predicted, self.gold)
        summed = zip(*(np.bincount(self.type, n, len(self.types)) for n in columns), strict=True)
        present = np.bincount(self.type, minlength=len(self.types)) > 0
        return {
            name: Counts.of(matched=float(m), predicted=float(p), gold=float(g))
            for name, here, (m, p, g) in zip(self.types, present, summed, strict=True)
            if here
        }


class Later(Mapping[str, T]):
    """A mapping whose names are known and whose values are made, all of them, when somebody looks
    at one.

    >>> squares = Later(["2", "3"], lambda: {"2": 4, "3": 9})
    >>> list(squares), squares["3"]
    (['2', '3'], 9)
    """

    def __init__(self, names: Sequence[str], make: Callable[[], Mapping[str, T]]) -> None:
        self._names, self._make = names, make

    @cached_property
    def _made(self) -> Mapping[str, T]:
        return self._make()

    def __getitem__(self, name: str) -> T:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return repr(self._made)


class Tables(Mapping[str, Mapping[str, Counts]]):
    """Counts by document and type, made from a tally when somebody looks."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally

    @cached_property
    def _tables(self) -> dict[str, dict[str, Counts]]:
        tally = self.tally
        tables: dict[str, dict[str, Counts]] = {doc_id: {} for doc_id in tally.doc_ids}
        columns = (tally.document, tally.type, tally.matched, tally.predicted, tally.gold)
        for document, kind, m, p, g in zip(*(c.tolist() for c in columns), strict=True):
            counts = Counts.of(matched=m, predicted=p, gold=g)
            tables[tally.doc_ids[document]][tally.types[kind]] = counts
        return tables

    def __getitem__(self, doc_id: str) -> Mapping[str, Counts]:
        return self._tables[doc_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tally.doc_ids)

    def __len__(self) -> int:
        return len(self.tally.doc_ids)

    def __repr__(self) -> str:
        return repr(self._tables)
