"""Trigger metrics by hand. Drawings: one letter a character, gold above predicted."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bench.counts import total
from bench.metrics import measure, pair
from bench.registers import ActorRegister
from bench.schema import Annotation, Event, Mark

TEXT = "civil war ended after the talks"


def annotation(*triggers: tuple[str, int, int] | tuple[str]) -> Annotation:
    events = tuple(
        Event(
            type=kind,
            trigger=Mark(start=span[0], end=span[1], text=TEXT[slice(*span)]) if span else None,
        )
        for kind, *span in triggers
    )
    return Annotation(doc_id="d", events=events)


def score(name: str, gold: Annotation, predicted: Annotation):
    sides = pair(gold=gold, predicted=predicted, text=TEXT, register=ActorRegister.empty())
    return total(measure(name).count(sides).values())


CASES = [
    # gold       ......www......   A on "war"
    # predicted  cccccc www.....   A on "civil war": 3 of 3 characters shared, 3 + 9 in all
    ("trigger", [("A", 6, 9)], [("A", 0, 9)], 0, 1, 1),
    ("trigger:overlap", [("A", 6, 9)], [("A", 0, 9)], Fraction(1, 2), 1, 1),
    ("trigger:head", [("A", 6, 9)], [("A", 0, 9)], 1, 1, 1),
    ("trigger:any", [("A", 6, 9)], [("A", 0, 9)], 1, 1, 1),
    # gold       eeeee   A        predicted  eeeee   B: right span, wrong type
    ("trigger", [("A", 10, 15)], [("B", 10, 15)], 0, 1, 1),
    ("trigger-id", [("A", 10, 15)], [("B", 10, 15)], 1, 1, 1),
    # gold       one A            predicted  the same A twenty times: each copy costs precision
    ("trigger", [("A", 10, 15)], [("A", 10, 15)] * 20, 1, 20, 1),
    # gold       A and B on one word          predicted  A alone
    ("trigger", [("A", 10, 15), ("B", 10, 15)], [("A", 10, 15)], 1, 1, 2),
    ("trigger-id", [("A", 10, 15), ("B", 10, 15)], [("A", 10, 15)], 1, 1, 2),
    # gold       [0,4) [4,8)      predicted  [2,6) [6,8): the greedy pair (2/4 with the first) and
    # 4/6 with the second sum to 7/6, the same either way round; optimal never does worse
    (
        "trigger:overlap",
        [("A", 0, 4), ("A", 4, 8)],
        [("A", 2, 6), ("A", 6, 8)],
        Fraction(7, 6),
        2,
        2,
    ),
    # gold       [0,6) [6,12)     predicted  [5,9): touches both, may answer one
    ("trigger:any", [("A", 0, 6), ("A", 6, 12)], [("A", 5, 9)], 1, 1, 2),
    # an event without a trigger is predicted all the same
    ("trigger", [("A", 6, 9)], [("A",)], 0, 1, 1),
    ("trigger-id", [("A", 6, 9)], [("A",), ("A", 6, 9)], 1, 2, 1),
    ("trigger", [], [("A", 6, 9)], 0, 1, 0),
]


@pytest.mark.parametrize(("name", "gold", "predicted", "matched", "answered", "wanted"), CASES)
def test_triggers_match_one_to_one(name, gold, predicted, matched, answered, wanted):
    counts = score(name, annotation(*gold), annotation(*predicted))
    found = (counts.matched_gold, counts.predicted, counts.gold)
    assert found == pytest.approx((float(matched), answered, wanted))
    assert counts.matched_predicted == counts.matched_gold


def test_the_best_pairing_beats_the_greedy_one():
    # gold       a [0,4)  b [4,10)
    # predicted  x [1,9): 6/12 with a, 10/14 with b;  y [7,9): only 4/8 with b
    # greedy takes x-b and leaves a and y alone: 10/14. Optimal takes x-a and y-b: 1/2 + 1/2.
    gold = annotation(("A", 0, 4), ("A", 4, 10))
    predicted = annotation(("A", 1, 9), ("A", 7, 9))
    assert score("trigger:overlap", gold, predicted).matched_gold == pytest.approx(1)
