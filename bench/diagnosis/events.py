"""Why events were missed or made up. Within a layer the order of the functions is the order in
which causes are tried.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bench.dates import days
from bench.diagnosis.board import Board, Edge, Entry, paired, touching
from bench.diagnosis.causes import Group, alone, cause, in_pairs
from bench.diagnosis.view import PUBLISHED, TEXT, ZONES, Span, View
from bench.noise import in_boilerplate

LONG = 365
"""Days before publication from which on a happening is history."""


def _touching(board: Board) -> Iterator[Edge]:
    return touching(board, board.missed, board.spurious)


def _equal(board: Board, edge: Edge) -> tuple[bool, bool]:
    """Whether the spans, and whether the types of two events are equal."""
    gold, predicted = board.gold[edge[0]], board.predicted[edge[1]]
    return gold.span == predicted.span, gold.event.type == predicted.event.type


@cause("event/wrong-type", "the right words, another type")
def wrong_type(board: Board) -> Iterator[Group]:
    """Equal spans."""
    return in_pairs(paired(edge for edge in _touching(board) if _equal(board, edge)[0]))


@cause("event/split", "one gold trigger answered by several that touch it")
def split(board: Board) -> Iterator[Group]:
    """A gold event with the predicted ones that touch it, if these stand at several places."""
    cells = [(n, m) for n, m, _ in _touching(board)]
    yield from (([one], others) for one, others in _fans(cells, board.predicted))


@cause("event/merged", "several gold triggers answered by one that touches them")
def merged(board: Board) -> Iterator[Group]:
    """The mirror image of `split`."""
    cells = [(m, n) for n, m, _ in _touching(board)]
    yield from ((others, [one]) for one, others in _fans(cells, board.gold))


def _fans(
    cells: list[tuple[int, int]], entries: Sequence[Entry]
) -> Iterator[tuple[int, list[int]]]:
    """Each thing that touches several places of the other side, with one thing of each place;
    nothing is given twice.
    """
    beside: dict[int, dict[Span | None, int]] = defaultdict(dict)
    for one, other in cells:
        beside[one].setdefault(entries[other].span, other)
    used: set[int] = set()
    for one in sorted(beside):
        others = [other for other in beside[one].values() if other not in used]
        if len(others) > 1:
            used.update(others)
            yield one, others


@cause("event/boundary", "the right type, other words that touch the right ones")
def boundary(board: Board) -> Iterator[Group]:
    """Spans that touch under equal types."""
    return in_pairs(paired(edge for edge in _touching(board) if _equal(board, edge)[1]))


@cause("event/boundary-and-type", "another type, and words that touch the right ones")
def boundary_and_type(board: Board) -> Iterator[Group]:
    """Spans that touch."""
    return in_pairs(paired(_touching(board)))


@cause("event/duplicate", "touches an event that is already answered, or says another one again")
def duplicate(board: Board) -> Iterator[Group]:
    """Spurious events beside a gold event with an answer, and copies of other spurious events."""
    beside = {m for _, m, _ in touching(board, board.answered, board.spurious)}
    seen: set[tuple[str, Span | None]] = set()
    for m in list(board.spurious):
        entry = board.predicted[m]
        if m in beside or entry.spot in seen:
            yield [], [m]
        elif entry.span is not None:
            seen.add(entry.spot)


@cause("event/second-event", "a further event on words of which another event was found")
def second_event(board: Board) -> Iterator[Group]:
    """Missed events that touch a predicted one which answers another gold event."""
    beside = {n for n, _, _ in touching(board, board.missed, board.answering)}
    return alone(missed=sorted(beside))


@cause("event/boilerplate", "inside what the page adds to the article", needs=[ZONES])
def boilerplate(board: Board) -> Iterator[Group]:
    """Spurious events that share a character with a zone."""
    document = board.view.document
    entries = [(m, board.predicted[m].event) for m in board.spurious]
    return alone(spurious=[m for m, event in entries if in_boilerplate(event, document)])


@cause(
    "event/background",
    "history taken as news: said to be actual, in a sentence whose dates are all over a year old",
    needs=[TEXT, PUBLISHED],
)
def background(board: Board) -> Iterator[Group]:
    """Spurious events, actual or without realis, that the article or their own date puts more than
    a year before publication. The dates of a sentence are those of the gold's time expressions.
    """
    old = _old_sentences(board.view)
    for m in list(board.spurious):
        entry = board.predicted[m]
        dated = entry.event.date
        told = is_old(dated, board.view) if dated else board.view.sentence_of(entry.span) in old
        if told and entry.event.realis in ("actual", None):
            yield [], [m]


def _old_sentences(view: View) -> set[int | None]:
    """Sentences with dates, all of which are long past."""
    told: dict[int | None, list[bool]] = defaultdict(list)
    for time in view.pair.gold.annotation.times:
        if days(time.value):
            told[view.sentence_of(time.span)].append(is_old(time.value, view))
    return {sentence for sentence, old in told.items() if all(old)} - {None}


def is_old(value: str, view: View) -> bool:
    """Whether a date lies wholly more than a year before publication."""
    runs = days(value)
    if not runs or view.published is None:
        return False
    return runs[-1][1] < (view.published - dt.timedelta(days=LONG)).toordinal()


@cause("event/invented", "no place in the article, or a sentence in which the gold has no event")
def invented(board: Board) -> Iterator[Group]:
    """Spurious events without offsets; with text also those of sentences without gold events."""
    view = board.view
    told = {view.sentence_of(entry.span) for entry in board.gold}
    for m in list(board.spurious):
        span = board.predicted[m].span
        if span is None or (view.text is not None and view.sentence_of(span) not in told):
            yield [], [m]


@cause("event/quoted", "missed inside a quotation", needs=[TEXT])
def quoted(board: Board) -> Iterator[Group]:
    """Missed events between quotation marks, straight or curly."""
    return alone(missed=[n for n in board.missed if board.view.is_quoted(board.gold[n].span)])


@cause("event/missed", "nothing was said of it")
def missed(board: Board) -> Iterator[Group]:
    """Whatever is left of the gold."""
    return alone(missed=board.missed)


@cause("event/spurious", "no event, in a sentence that tells of others")
def spurious(board: Board) -> Iterator[Group]:
    """Whatever is left of the prediction."""
    return alone(spurious=board.spurious)
