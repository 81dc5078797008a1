"""Which types are taken for which, on triggers whose spans are equal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bench.diagnosis.board import Board
from bench.diagnosis.causes import Group
from bench.diagnosis.records import Confusion

SAME_SPAN = "event/wrong-type"


def confusion_of(
    boards: Iterable[tuple[Board, Iterable[tuple[str, Group]]]],
    types: Sequence[str],
) -> Confusion:
    """The confusion of types over the judged events of some documents.

    A gold event is answered by the predicted one that matches it, else by the one of another type
    on its very words that was paired with it; the sums of a row and of a column, margins included,
    are the events of that type on either side.
    """
    cells: dict[str, Counter[str]] = defaultdict(Counter)
    missed: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    for board, groups in boards:
        pairs = list(board.matched.items())
        pairs += [(gold[0], said[0]) for name, (gold, said) in groups if name == SAME_SPAN]
        for n, m in pairs:
            cells[board.gold[n].event.type][board.predicted[m].event.type] += 1
        missed += Counter(e.event.type for n, e in enumerate(board.gold)) - Counter(
            board.gold[n].event.type for n, _ in pairs
        )
        spurious += Counter(e.event.type for e in board.predicted) - Counter(
            board.predicted[m].event.type for _, m in pairs
        )
    return Confusion(
        types=_in_order({*cells, *missed, *spurious, *_inner(cells)}, types),
        cells={gold: dict(row) for gold, row in sorted(cells.items())},
        missed=dict(sorted(missed.items())),
        spurious=dict(sorted(spurious.items())),
    )


def _inner(cells: Mapping[str, Counter[str]]) -> set[str]:
    return {name for row in cells.values() for name in row}


def _in_order(found: set[str], types: Sequence[str]) -> tuple[str, ...]:
    return (*(name for name in types if name in found), *sorted(found - set(types)))
