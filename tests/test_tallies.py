"""Counts as arrays are the counts that they stand for."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from bench.counts import Counts
from bench.tallies import Later, Tables, Tally

# document   d1    d1    d2    d4    d4         d3 has no items, and nothing is of type B
# type       A     C     C     A     D
# matched    1     0     2     3     1
# predicted  2     1     2     4     1
# gold       3     0     4     3     5
TALLY = Tally(
    doc_ids=("d1", "d2", "d3", "d4"),
    types=("A", "B", "C", "D"),
    document=np.array([0, 0, 1, 3, 3]),
    type=np.array([0, 2, 2, 0, 3]),
    matched=np.array([1, 0, 2, 3, 1]),
    predicted=np.array([2, 1, 2, 4, 1]),
    gold=np.array([3, 0, 4, 3, 5]),
)
STORY = np.array([1, 0, 0, 1])
"""The first and the last document are of one cluster, the others of another."""


def of(matched: int, predicted: int, gold: int) -> Counts:
    return Counts.of(matched=matched, predicted=predicted, gold=gold)


def test_types_that_have_items_are_summed():
    assert TALLY.sums() == {"A": of(4, 6, 6), "C": of(2, 3, 4), "D": of(1, 1, 5)}


def test_f1_is_that_of_all_documents_and_types_together():
    assert TALLY.f1 == 2 * 7 / (10 + 15)


def test_clusters_hold_the_four_counts_of_their_documents():
    assert TALLY.whole(STORY, 3).tolist() == [[2, 2, 2, 4], [5, 8, 5, 11], [0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("types", "doubled", "items"),
    [
        (range(4), [[0, 0, 4, 0], [8, 0, 0, 2]], [[0, 0, 6, 0], [12, 0, 1, 6]]),
        (range(2, 4), [[4, 0], [0, 2]], [[6, 0], [1, 6]]),
        (range(1), [[0], [8]], [[0], [12]]),
        (range(1, 2), [[0], [0]], [[0], [0]]),
    ],
    ids=["all", "the last two", "the first", "one without items"],
)
def test_clusters_by_some_types_hold_twice_the_matched_and_all_items(types, doubled, items):
    found = TALLY.by_cluster(STORY, 2, types)
    assert [part.tolist() for part in found] == [doubled, items]
    assert {part.dtype for part in found} == {np.dtype(float)}
    more = TALLY.by_cluster(STORY, 3, types)
    assert [part.tolist() for part in more] == [
        [*rows, [0] * len(types)] for rows in (doubled, items)
    ]


def test_tables_hold_every_document_and_the_types_it_has():
    wanted = {
        "d1": {"A": of(1, 2, 3), "C": of(0, 1, 0)},
        "d2": {"C": of(2, 2, 4)},
        "d3": {},
        "d4": {"A": of(3, 4, 3), "D": of(1, 1, 5)},
    }
    found = Tables(TALLY)
    assert dict(found) == wanted
    assert list(found) == ["d1", "d2", "d3", "d4"]
    assert len(found) == 4
    assert repr(found) == repr(wanted)


def test_tables_are_made_once():
    found = Tables(TALLY)
    assert found["d1"] is found["d1"]


def test_what_is_made_later_is_made_once_and_only_where_a_value_is_asked_for():
    made = []

    def make() -> dict[str, int]:
        made.append("now")
        return {"a": 1, "b": 2}

    found = Later(["b", "a"], make)
    assert (list(found), len(found), "a" in found, "c" in found) == (["b", "a"], 2, True, False)
    assert made == []
    assert (found["a"], found["b"], repr(found)) == (1, 2, repr({"a": 1, "b": 2}))
    assert made == ["now"]


def test_a_tally_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        TALLY.types = ()
