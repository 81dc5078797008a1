"""Match modes (similarity 0..1 of two items) and the one optimal assignment routine.

To add a match mode, write a function of two fillers and register it here, among those that compare
phrases (`MATCHES`) or those that compare dates (`DATE_MATCHES`); the command line, the lists and
the property tests pick it up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bench.dates import day_share, nesting, within_a_day
from bench.registry import Registry
from bench.text import head as head_of

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Filler:
    """What is compared: a span with its words, whom it may stand for, and its EDTF value.

    >>> from fractions import Fraction
    >>> Filler((0, 4)) == Filler((0, 4), "Kyiv")
    False
    """

    span: tuple[int, int] | None
    text: str | None = None
    actors: frozenset[str] = frozenset()
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that says how alike two fillers are.

    `key` gives, for modes that are equalities, the value that must be equal (None never matches);
    it makes counting linear. `loosens` names the modes that this one never scores below.
    """

    name: str
    similarity: Callable[[Filler, Filler], float]
    summary: str
    key: Callable[[Filler], Hashable | None] | None = None
    loosens: tuple[str, ...] = ()
    local: bool = False
    """Whether only spans that share a character are alike at all; only such are then compared."""


MATCHES: Registry[Match] = Registry("match mode")
DATE_MATCHES: Registry[Match] = Registry("match mode of dates")


def _equal(key: Callable[[Filler], Hashable | None]) -> Callable[[Filler, Filler], float]:
    def similarity(gold: Filler, predicted: Filler) -> float:
        value = key(gold)
        return float(value is not None and value == key(predicted))

    return similarity


def shared(gold: Filler, predicted: Filler) -> int:
    """Characters that two spans have in common.

    >>> shared(Filler((0, 5)), Filler((3, 9)))
    2
    """
    if gold.span is None or predicted.span is None:
        return 0
    return max(0, min(gold.span[1], predicted.span[1]) - max(gold.span[0], predicted.span[0]))


def overlap(gold: Filler, predicted: Filler) -> float:
    """Dice coefficient of the characters: 2·shared / (gold + predicted). Source: the mapping of
    the TAC KBP nugget scorer (Liu, Mitamura and Hovy 2015).

    >>> overlap(Filler((0, 3)), Filler((0, 9)))
    0.5
    """
    common = shared(gold, predicted)
    if not common or gold.span is None or predicted.span is None:
        return 0.0
    return 2 * common / sum(end - start for start, end in (gold.span, predicted.span))


def touching(gold: Filler, predicted: Filler) -> float:
    """1 where the spans share a character.

    >>> touching(Filler((0, 3)), Filler((2, 9))), touching(Filler((0, 3)), Filler((3, 9)))
    (1.0, 0.0)
    """
    return float(shared(gold, predicted) > 0)


def head_key(filler: Filler) -> Hashable | None:
    """Where the head of a phrase stands: the last word before the first preposition, comma or
    relative pronoun. A phrase whose words are not known is its own head.

    >>> head_key(Filler((10, 15), "civil war")) == head_key(Filler((16, 19), "war"))
    True
    """
    if filler.span is None or filler.text is None:
        return filler.span
    start, end = head_of(filler.text)
    return filler.span[0] + start, filler.span[0] + end


def same_actor(gold: Filler, predicted: Filler) -> float:
    """1 where both may stand for the same actor, whatever words were chosen.

    >>> same_actor(Filler((0, 2), "He", frozenset({"x"})), Filler(None, "X", frozenset({"x"})))
    1.0
    """
    return float(not gold.actors.isdisjoint(predicted.actors))


def _span(filler: Filler) -> Hashable | None:
    return filler.span


MATCHES.add("exact", Match("exact", _equal(_span), "the same span", key=_span))
MATCHES.add(
    "overlap",
    Match(
        "overlap", overlap, "share of characters in common (Dice)", loosens=("exact",), local=True
    ),
)
MATCHES.add(
    "head",
    Match("head", _equal(head_key), "the same head word", key=head_key, loosens=("exact",)),
)
MATCHES.add(
    "any",
    Match(
        "any",
        touching,
        "at least one character in common",
        loosens=("exact", "overlap"),
        local=True,
    ),
)
MATCHES.add("actor", Match("actor", same_actor, "the same actor, by mention, id, name or alias"))


def _value(filler: Filler) -> Hashable | None:
    return filler.value


def _dated(similarity: Callable[[str, str], float]) -> Callable[[Filler, Filler], float]:
    def compare(gold: Filler, predicted: Filler) -> float:
        if gold.value is None or predicted.value is None:
            return 0.0
        return similarity(gold.value, predicted.value)

    return compare


DATE_MATCHES.add("exact", Match("exact", _equal(_value), "the same EDTF value", key=_value))
for _name, _similarity, _summary in (
    ("day", within_a_day, "no day of either more than one day from the other"),
    ("overlap", day_share, "share of days in common (Dice)"),
    ("granularity", nesting, "one inside the other, half for each step of size between them"),
):
    DATE_MATCHES.add(_name, Match(_name, _dated(_similarity), _summary, loosens=("exact",)))


def assign(weights: np.ndarray) -> list[tuple[int, int]]:
    """Pairs (row, column) of the one-to-one assignment with the greatest total weight.

    Pairs of weight 0 are left out. Solved exactly by scipy's `linear_sum_assignment`
    (Crouse 2016).
    """
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weights, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(row, column) for row, column in pairs if weights[row, column] > 0]


def best_total(weights: np.ndarray) -> float:
    """Total weight of that assignment. Most are so small that they need no solver, whose import
    would take longer than they do.
    """
    if weights.shape == (2, 2):
        return float(max(weights[0, 0] + weights[1, 1], weights[0, 1] + weights[1, 0]))
    if 1 in weights.shape:
        return float(weights.max())
    return float(sum(weights[pair] for pair in assign(weights)))


def similarities(
    gold: Sequence[T], predicted: Sequence[T], similarity: Callable[[T, T], float]
) -> np.ndarray:
    """Matrix of similarities, gold items by predicted items."""
    import numpy as np

    cells = [[similarity(one, other) for other in predicted] for one in gold]
    return np.array(cells, dtype=float).reshape(len(gold), len(predicted))


def best_value(*, gold: Sequence[Filler], predicted: Sequence[Filler], match: Match) -> float:
    """Value of the best one-to-one assignment of gold to predicted fillers.

    >>> best_value(gold=[Filler((0, 1))], predicted=[Filler((0, 1))] * 20, match=MATCHES["exact"])
    1
    """
    if match.key is not None:
        return _common(map(match.key, gold), map(match.key, predicted))
    if not gold or not predicted:
        return 0
    if match.local:
        return sum(
            best_total(similarities(*both, match.similarity)) for both in clumps(gold, predicted)
        )
    return best_total(similarities(gold, predicted, match.similarity))


def clumps(
    gold: Iterable[Filler], predicted: Iterable[Filler]
) -> Iterator[tuple[list[Filler], list[Filler]]]:
    """Fillers of both sides cut where no span goes on, without the stretches of one side alone.

    >>> [(gold, predicted)] = clumps([Filler((0, 3)), Filler((9, 12))], [Filler((2, 5))])
    >>> gold == [Filler((0, 3))], predicted == [Filler((2, 5))]
    (True, True)
    """
    found: tuple[list[Filler], list[Filler]] = ([], [])
    reached = 0
    for start, end, side, filler in _in_order(gold, predicted):
        if start >= reached and any(found):
            if all(found):
                yield found
            found = ([], [])
        found[side].append(filler)
        reached = max(reached, end)
    if all(found):
        yield found


def _in_order(*sides: Iterable[Filler]) -> list[tuple[int, int, int, Filler]]:
    rows = [(*f.span, side, f) for side, fillers in enumerate(sides) for f in fillers if f.span]
    return sorted(rows, key=lambda row: row[:3])


def _common(gold: object, predicted: object) -> int:
    """Size of the multiset intersection: for equalities it is the value of the assignment."""
    both = Counter(gold) & Counter(predicted)  # type: ignore[call-overload]
    return sum(count for key, count in both.items() if key is not None)
