"""What is left to explain of one layer of one document, and how its things are paired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bench.diagnosis.view import View
from bench.matching import assign, overlap, similarities
from bench.metrics.base import Item
from bench.schema import Argument, Event

Cell = tuple[int, int]
Spot = tuple[str, tuple[int, int] | None]
Edge = tuple[int, int, float]
"""A gold and a predicted thing by their numbers, and how much they belong together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a layer counts, and where it stands in its annotation."""

    item: Item
    event: Event
    place: tuple[int, int | None]
    """Positions of the event and, for an argument, of the argument."""
    argument: Argument | None = None

    @property
    def span(self) -> tuple[int, int] | None:
        """Where the trigger, or the argument, stands."""
        return self.item.filler.span

    @property
    def spot(self) -> Spot:
        """Type and trigger span of the event."""
        return spot_of(self.event)


def spot_of(event: Event) -> Spot:
    """Type and trigger span of an event: what the measures of its values go by."""
    return event.type, event.trigger.span if event.trigger else None


@dataclass
class Board:
    """The things of both sides of a layer, by number; which are matched, and which are free."""

    view: View
    gold: Sequence[Entry]
    predicted: Sequence[Entry]
    matched: dict[int, int]
    """Gold things and the predicted ones that answer them."""
    partners: dict[int, int] = field(default_factory=dict)
    """Gold events and the predicted ones with their type and trigger, by place; for arguments."""
    missed: list[int] = field(init=False)
    """Gold things that no cause has taken yet."""
    spurious: list[int] = field(init=False)
    """The same of the predicted ones."""

    def __post_init__(self) -> None:
        answers = set(self.matched.values())
        self.answered, self.answering = set(self.matched), set(answers)
        self.missed = [n for n in range(len(self.gold)) if n not in self.matched]
        self.spurious = [n for n in range(len(self.predicted)) if n not in answers]

    def take(self, gold: Sequence[int], predicted: Sequence[int]) -> None:
        """Settle that some free things belong together; raises ValueError if one is not free."""
        for n in gold:
            self.missed.remove(n)
        for n in predicted:
            self.spurious.remove(n)
        if gold and predicted:
            self.answered.update(gold)
            self.answering.update(predicted)


def paired(edges: Iterable[Edge]) -> list[Cell]:
    """Pairs of the one-to-one assignment with the greatest total weight.

    >>> paired([(0, 0, 0.5), (0, 1, 1.0), (1, 1, 0.75)])
    [(0, 0), (1, 1)]
    """
    return sorted(cell for part in _parts(edges) for cell in _assigned(part))


def _parts(edges: Iterable[Edge]) -> Iterator[dict[Cell, float]]:
    """Edges that hang together, each with its weight: assignments of others do not concern them."""
    beside: dict[tuple[str, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        beside["gold", edge[0]].append(edge)
        beside["predicted", edge[1]].append(edge)
    seen: set[tuple[str, int]] = set()
    for start in beside:
        todo, part = [start], {}
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                part.update({(gold, said): weight for gold, said, weight in beside[node]})
                for gold, said, _ in beside[node]:
                    todo += [("gold", gold), ("predicted", said)]
        if part:
            yield part


def _assigned(part: dict[Cell, float]) -> list[Cell]:
    if len(part) == 1:
        return list(part)
    rows, columns = sorted({row for row, _ in part}), sorted({column for _, column in part})
    weights = similarities(rows, columns, lambda row, column: part.get((row, column), 0.0))
    return [(rows[row], columns[column]) for row, column in assign(weights)]


def touching(board: Board, gold: Iterable[int], predicted: Iterable[int]) -> Iterator[Edge]:
    """Things whose spans share a character, with the share that they have in common."""
    ours, theirs = _by_span(board.gold, gold), _by_span(board.predicted, predicted)
    longest = max((end - start for (start, end), _ in theirs), default=0)
    first = 0
    for span, n in ours:
        while first < len(theirs) and theirs[first][0][0] + longest <= span[0]:
            first += 1
        for (start, _), m in theirs[first:]:
            if start >= span[1]:
                break
            share = overlap(board.gold[n].item.filler, board.predicted[m].item.filler)
            if share:
                yield n, m, share


def _by_span(entries: Sequence[Entry], numbers: Iterable[int]) -> list[tuple[tuple[int, int], int]]:
    return sorted((span, n) for n in numbers if (span := entries[n].span) is not None)


def together(
    board: Board, key: Callable[[Entry], Hashable | None], of_predicted: Callable[[Entry], Hashable]
) -> Iterator[Cell]:
    """Free things of both sides whose keys are equal; None is equal to nothing."""
    by: dict[Hashable, list[int]] = defaultdict(list)
    for m in board.spurious:
        by[of_predicted(board.predicted[m])].append(m)
    for n in board.missed:
        wanted = key(board.gold[n])
        yield from ((n, m) for m in by.get(wanted, ()) if wanted is not None)
