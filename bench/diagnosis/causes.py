"""The registry of causes: what each means, what it needs to know, how its things are found.

Causes of a layer are tried in the order in which they are registered; each takes what is its own
from what is left, and the last ones of each side take everything. To add a cause, register it where
it belongs in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bench.diagnosis.board import Board
from bench.diagnosis.view import View
from bench.registry import Registry

Group = tuple[list[int], list[int]]
"""Missed and spurious things, by number, that one mistake explains."""
Find = Callable[[Board], Iterable[Group]]


@dataclass(frozen=True)
class Cause:
    """One way for things to go wrong."""

    layer: str
    summary: str
    find: Find
    needs: frozenset[str] = field(default_factory=frozenset)
    """What must be known of a document (`view.TEXT` …) for the cause to be looked for in it."""

    def can_judge(self, view: View) -> bool:
        """Whether the document says enough to look for it."""
        return self.needs <= view.has


CAUSES: Registry[Cause] = Registry("cause")


def cause(name: str, summary: str, *, needs: Iterable[str] = ()) -> Callable[[Find], Find]:
    """Register a function that finds the groups of a cause, under `layer/name`."""

    def register(find: Find) -> Find:
        layer = name.partition("/")[0]
        CAUSES.add(name, Cause(layer, summary, find, frozenset(needs)))
        return find

    return register


def causes_of(layer: str) -> dict[str, Cause]:
    """The causes of a layer, in the order in which they are tried."""
    return {name: one for name, one in CAUSES.items() if one.layer == layer}


def judge(board: Board, layer: str) -> Iterator[tuple[str, Group]]:
    """Every free thing of a board with its one cause. What a document does not say enough about is
    left to the causes that come later.
    """
    for name, one in causes_of(layer).items():
        if one.can_judge(board.view):
            for group in list(one.find(board)):
                board.take(*group)
                yield name, group


def alone(missed: Iterable[int] = (), spurious: Iterable[int] = ()) -> Iterator[Group]:
    """Each thing as a group of its own."""
    yield from (([n], []) for n in list(missed))
    yield from (([], [n]) for n in list(spurious))


def in_pairs(cells: Iterable[tuple[int, int]]) -> Iterator[Group]:
    """Each gold thing with its predicted one as a group."""
    return (([gold], [predicted]) for gold, predicted in cells)
