"""What every oracle needs: numbers by schoolbook division, and all one-to-one maps, tried out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
Numbers = tuple[float | None, float | None, float | None]


def divide(top: float, bottom: float) -> float:
    if bottom == 0:
        return 0.0
    return top / bottom


def numbers(right_predicted, predicted, right_gold, gold) -> Numbers:
    p, r = divide(right_predicted, predicted), divide(right_gold, gold)
    return p, r, divide(2 * p * r, p + r)


def maps(rows: int, columns: int) -> Iterator[list[tuple[int, int]]]:
    """All ways to give every member of the smaller side a partner of its own."""
    if rows <= columns:
        for chosen in permutations(range(columns), rows):
            yield list(enumerate(chosen))
    else:
        for chosen in permutations(range(rows), columns):
            yield [(row, column) for column, row in enumerate(chosen)]


def best(ours: Sequence[A], theirs: Sequence[B], worth: Callable[[A, B], float]) -> float:
    table = [[worth(a, b) for b in theirs] for a in ours]
    return max(sum(table[i][j] for i, j in pairs) for pairs in maps(len(ours), len(theirs)))


def offsets(mark):
    return None if mark is None or mark.start is None else (mark.start, mark.end)


def characters(mark):
    return set() if offsets(mark) is None else set(range(mark.start, mark.end))
