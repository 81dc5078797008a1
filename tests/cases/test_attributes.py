"""Date and realis by hand."""

from __future__ import annotations

import pytest

from bench.evaluate import evaluate
from bench.metrics import measure
from bench.schema import Annotation, Event
from tests.conftest import event, tiny_gold


def score(name: str, gold: list[Event], predicted: list[Event]):
    one = Annotation(doc_id="story/one", events=tuple(gold))
    other = Annotation(doc_id="story/one", events=tuple(predicted))
    report = evaluate(tiny_gold(one), {"story/one": other}, measures=[measure(name)], samples=2)
    return report.scores[0]


def dated(trigger: str, date: str | None) -> Event:
    return event("REJECT", trigger, **({"date": date} if date else {}))


@pytest.mark.parametrize(
    ("gold", "predicted", "counts", "accuracy"),
    [
        # refused 18 | phoned 18     predicted: 18 right, 19 wrong
        (["2025-03-18"] * 2, ["2025-03-18", "2025-03-19"], (1, 2, 2), 1 / 2),
        # the gold gives no date: a predicted one is spurious, and no pair is read for accuracy
        ([None, None], ["2025-03-18", None], (0, 1, 0), None),
        # a missing date is missed
        (["2025-03-18", "2025-03"], [None, "2025-03"], (1, 1, 2), 1),
        # spelling of a set does not matter, granularity does
        (["[2025-01,2025-02]", "2025"], ["[2025-01, 2025-02]", "2025-01"], (1, 2, 2), 1 / 2),
    ],
)
def test_dates_are_items_of_type_trigger_and_value(gold, predicted, counts, accuracy):
    words = ("refused", "phoned")
    found = score(
        "date",
        [dated(w, d) for w, d in zip(words, gold, strict=True)],
        [dated(w, d) for w, d in zip(words, predicted, strict=True)],
    )
    c = found.micro.counts
    assert (c.matched_gold, c.predicted, c.gold) == counts
    assert found.accuracy == accuracy


def test_realis_is_right_only_on_the_right_trigger():
    # gold  phoned actual, refused negated, truce future
    # said  phoned actual, refused actual,  wanted future: one right of three, one of two matched
    gold = [
        event("REJECT", word, realis=value)
        for word, value in [("phoned", "actual"), ("refused", "negated"), ("truce", "future")]
    ]
    said = [
        event("REJECT", word, realis=value)
        for word, value in [("phoned", "actual"), ("refused", "actual"), ("wanted", "future")]
    ]
    found = score("realis", gold, said)
    c = found.micro.counts
    assert (c.matched_gold, c.predicted, c.gold) == (1, 3, 3)
    assert found.accuracy == 1 / 2
