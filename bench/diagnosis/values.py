"""Why the realis and the dates of events are wrong. What counts is type, trigger and value, so a
value can only be wrong under an event that was found; else it was lost, or made up, with its event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bench.dates import Days, days, nesting, within_a_day
from bench.diagnosis.board import Board, Entry, paired, spot_of, together
from bench.diagnosis.causes import Group, alone, cause, in_pairs
from bench.diagnosis.events import is_old
from bench.diagnosis.view import PUBLISHED
from bench.metrics.base import Side

Fits = Callable[[Board, Entry, Entry], bool]
WEEK = 7


def _pairs(board: Board, fits: Fits) -> Iterator[Group]:
    """Two values of one event, by type and trigger, that go together so."""
    cells = together(board, _spot, _spot)
    return in_pairs(
        paired((n, m, 1.0) for n, m in cells if fits(board, board.gold[n], board.predicted[m]))
    )


def _spot(entry: Entry) -> object | None:
    return entry.spot if entry.spot[1] is not None else None


def _any(_: Board, __: Entry, ___: Entry) -> bool:
    return True


def _beside(entries: Sequence[Entry], free: Sequence[int], other: Side, field: str) -> list[int]:
    """Free values of events that the other side has too, but without a value."""
    spare = Counter(
        spot_of(event) for event in other.annotation.events if getattr(event, field) is None
    )
    found = []
    for n in free:
        if _spot(entries[n]) and spare[entries[n].spot] > 0:
            spare[entries[n].spot] -= 1
            found.append(n)
    return found


def _not_said(board: Board, field: str) -> list[int]:
    return _beside(board.gold, board.missed, board.view.pair.predicted, field)


def _not_known(board: Board, field: str) -> list[int]:
    return _beside(board.predicted, board.spurious, board.view.pair.gold, field)


@cause("realis/background", "generic, or over a year past and not actual, taken as actual")
def background(board: Board) -> Iterator[Group]:
    """What the guidelines call no occasion, or history, told as news."""

    def fits(board: Board, gold: Entry, predicted: Entry) -> bool:
        old = gold.event.date is not None and is_old(gold.event.date, board.view)
        return predicted.event.realis == "actual" and (gold.event.realis == "generic" or old)

    return _pairs(board, fits)


@cause("realis/wrong", "the right event, another realis")
def wrong_realis(board: Board) -> Iterator[Group]:
    """Two values of one event."""
    return _pairs(board, _any)


@cause("realis/not-given", "the right event, no realis")
def no_realis(board: Board) -> Iterator[Group]:
    """Missed values of events that the prediction has without a realis."""
    return alone(missed=_not_said(board, "realis"))


@cause("realis/not-in-gold", "the right event, for which the gold gives no realis")
def realis_not_in_gold(board: Board) -> Iterator[Group]:
    """Spurious values of events that the gold has without a realis."""
    return alone(spurious=_not_known(board, "realis"))


@cause("realis/event-missed", "its event was missed")
def realis_of_missed(board: Board) -> Iterator[Group]:
    """Whatever is left of the gold."""
    return alone(missed=board.missed)


@cause("realis/event-spurious", "its event is spurious")
def realis_of_spurious(board: Board) -> Iterator[Group]:
    """Whatever is left of the prediction."""
    return alone(spurious=board.spurious)


def _date(entry: Entry) -> str:
    assert entry.event.date is not None
    return entry.event.date


def _is_publication(board: Board, entry: Entry) -> bool:
    published = board.view.published
    return published is not None and days(_date(entry)) == days(published.isoformat())


@cause("date/publication", "the day of publication taken as the event's", needs=[PUBLISHED])
def publication(board: Board) -> Iterator[Group]:
    """The predicted date is that day, the gold's is another, or there is none."""
    taken = list(_pairs(board, lambda board, _, predicted: _is_publication(board, predicted)))
    yield from taken
    used = {m for _, group in taken for m in group}
    undated = [m for m in _not_known(board, "date") if m not in used]
    yield from alone(spurious=[m for m in undated if _is_publication(board, board.predicted[m])])


@cause("date/off-by-a-day", "no day of either date more than one day from the other")
def off_by_a_day(board: Board) -> Iterator[Group]:
    """What `date:day` forgives, but for other spellings of the same days."""
    return _pairs(
        board,
        lambda _, gold, predicted: (
            days(_date(gold)) != days(_date(predicted))
            and bool(within_a_day(_date(gold), _date(predicted)))
        ),
    )


@cause("date/wrong-week", "the same days, a week too early or too late")
def wrong_week(board: Board) -> Iterator[Group]:
    """Equal after a shift of seven days."""
    return _pairs(
        board, lambda _, gold, predicted: is_a_week_off(days(_date(gold)), days(_date(predicted)))
    )


def is_a_week_off(gold: Days, predicted: Days) -> bool:
    """Whether two values cover the same days but for a shift of seven.

    >>> is_a_week_off(days("2025-03-11"), days("2025-03-18"))
    True
    """
    moves = (tuple((a + shift, b + shift) for a, b in predicted) for shift in (-WEEK, WEEK))
    return bool(gold) and gold in moves


@cause("date/granularity", "one date inside the other, or the same days otherwise hedged")
def granularity(board: Board) -> Iterator[Group]:
    """What `date:granularity` gives credit for."""
    return _pairs(board, lambda _, gold, predicted: nesting(_date(gold), _date(predicted)) > 0)


@cause("date/wrong", "another date")
def wrong_date(board: Board) -> Iterator[Group]:
    """Two values of one event."""
    return _pairs(board, _any)


@cause("date/unresolved", "the right event, no date")
def unresolved(board: Board) -> Iterator[Group]:
    """Missed dates of events that the prediction has without a date."""
    return alone(missed=_not_said(board, "date"))


@cause("date/not-in-gold", "the right event, which the gold does not date")
def date_not_in_gold(board: Board) -> Iterator[Group]:
    """Spurious dates of events that the gold has without a date."""
    return alone(spurious=_not_known(board, "date"))


@cause("date/event-missed", "its event was missed")
def date_of_missed(board: Board) -> Iterator[Group]:
    """Whatever is left of the gold."""
    return alone(missed=board.missed)


@cause("date/event-spurious", "its event is spurious")
def date_of_spurious(board: Board) -> Iterator[Group]:
    """Whatever is left of the prediction."""
    return alone(spurious=board.spurious)
