"""TextEE: distinct tuples of the whole corpus, intersected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench.counts import Counts
from bench.protocols.base import (
    PROTOCOLS,
    Corpus,
    Place,
    Protocol,
    Readings,
    answers,
    place,
    reading,
)
from bench.schema import Event

PREDICTED, GOLD = "predicted", "gold"


class Row(NamedTuple):
    """An event, or one argument of it, in its window."""

    window: object
    type: str
    trigger: Place
    filler: Place = ()
    role: str = ""


Key = Callable[[Row], tuple[object, ...]]
TRIGGERS: dict[str, Key] = {
    "TI": lambda row: (row.window, row.trigger),
    "TC": lambda row: (row.window, row.trigger, row.type),
}
ARGUMENTS: dict[str, Key] = {
    "AI": lambda row: (row.window, row.type, row.filler),
    "AC": lambda row: (row.window, row.type, row.filler, row.role),
    "AI+": lambda row: (row.window, row.type, row.trigger, row.filler),
    "AC+": lambda row: (row.window, row.type, row.trigger, row.filler, row.role),
}


def score(corpus: Corpus) -> Readings:
    """TI, TC, AI, AC, AI+, AC+ of the end-to-end task, then AI and AC with gold triggers given."""
    scores: Readings = {}
    for keys, arguments in ((TRIGGERS, False), (ARGUMENTS, True)):
        sides = [list(_rows(corpus, side, arguments=arguments)) for side in (GOLD, PREDICTED)]
        scores |= _intersect(keys, *sides)
    given = {f"EAE {name}": ARGUMENTS[name] for name in ("AI", "AC")}
    return scores | _intersect(given, *_windows(corpus))


def _intersect(keys: dict[str, Key], gold: list[Row], predicted: list[Row]) -> Readings:
    scores: Readings = {}
    for name, key in keys.items():
        ours, theirs = set(map(key, gold)), set(map(key, predicted))
        counts = Counts.of(matched=len(ours & theirs), predicted=len(theirs), gold=len(ours))
        scores[name] = reading(counts)
    return scores


def _rows(corpus: Corpus, side: str, *, arguments: bool) -> Iterator[Row]:
    for document in corpus:
        for event in (document.gold if side == GOLD else document.predicted).events:
            if arguments:
                yield from _fillers(document.doc_id, event, side)
            else:
                yield Row(document.doc_id, event.type, place(event.trigger, side))


def _fillers(window: object, event: Event, side: str) -> Iterator[Row]:
    trigger = place(event.trigger, side)
    for argument in event.arguments:
        where = (*place(argument, side), argument.span is None and argument.actor)
        yield Row(window, event.type, trigger, where, argument.role)


def _windows(corpus: Corpus) -> tuple[list[Row], list[Row]]:
    """Argument rows where every gold event is a window of its own."""
    gold: list[Row] = []
    predicted: list[Row] = []
    for document in corpus:
        for n, (ours, theirs) in enumerate(answers(document)):
            gold += _fillers((document.doc_id, n), ours, GOLD)
            if theirs is not None:
                predicted += _fillers((document.doc_id, n), theirs, PREDICTED)
    return gold, predicted


PROTOCOLS.add(
    "textee",
    Protocol(
        name="textee",
        summary="sets of trigger and argument tuples over the corpus; micro; 0/0 is 0",
        source="TextEE 25d5dca (2024-07), scorer.py",
        score=score,
        headline="AC",
        adapted=(
            "the window is the whole document, offsets are characters",
            "TI to AC+ are the task E2E; ED is its TI and TC",
            "EAE: every gold event is a window; predicted events that repeat no gold trigger and"
            " type are left out",
            "what has no offsets is an item that matches nothing",
        ),
        defects=(
            "repeated predictions are free, in triggers and in arguments",
            "AI and AC do not hold the trigger: arguments swapped between two events of a type are"
            " all right, and one shared by both counts once",
            "AI holds the event type: a wrong type loses the argument even for identification",
            "TI counts two events on one trigger once",
        ),
    ),
)
