"""Date, realis and source by hand."""

from __future__ import annotations

import pytest

from bench.evaluate import evaluate
from bench.metrics import measure
from bench.schema import Actor, Annotation, Event, Span
from tests.conftest import event, mark, tiny_gold


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


@pytest.mark.parametrize("mode", ["date", "date:day", "date:overlap", "date:granularity"])
def test_accuracy_is_read_on_the_same_triggers_in_every_mode(mode):
    # gold  refused 18, phoned March   said  refused 18, phoned 2024, wanted 18: two triggers matched
    gold = [dated("refused", "2025-03-18"), dated("phoned", "2025-03")]
    said = [*gold[:1], dated("phoned", "2024"), dated("wanted", "2025-03-18")]
    assert score(mode, gold, said).accuracy == 1 / 2


@pytest.mark.parametrize(
    ("said", "matched"),
    [
        ("putin", 1),
        ("Vladimir Putin", 1),  # a name
        ("PUTIN’s", 1),  # case and possessive
        ("President Putin", 1),  # a title
        ("trump", 0),
        ("a diplomat", 0),
    ],
)
def test_a_source_is_resolved_like_an_actor(said, matched):
    found = score(
        "source",
        [event("REJECT", "refused", source="putin"), event("REJECT", "phoned")],
        [event("REJECT", "refused", source=said), event("REJECT", "wanted", source="kyiv")],
    )
    c = found.micro.counts
    assert (c.matched_gold, c.predicted, c.gold) == (matched, 2, 1)
    assert found.accuracy == matched


def test_a_source_of_the_systems_own_is_known_by_its_mentions():
    # the system calls Putin a7 and mentions him as "Putin" and "He": the words agree on one actor
    def run(*words: str) -> float:
        spans = tuple(Span(**mark(w).model_dump()) for w in words)
        one = Annotation(doc_id="story/one", events=(event("REJECT", "refused", source="putin"),))
        other = Annotation(
            doc_id="story/one",
            events=(event("REJECT", "refused", source="a7"),),
            actors=(Actor(id="a7", mentions=spans),),
        )
        report = evaluate(
            tiny_gold(one), {"story/one": other}, measures=[measure("source")], samples=2
        )
        return report.scores[0].micro.counts.matched_gold

    assert run("Putin", "He") == 1
    assert run("Putin", "Trump") == 0  # an actor that is everybody is nobody


def test_a_source_without_a_trigger_matches_nothing():
    bare = Event(type="REJECT", source="putin")
    c = score("source", [bare], [bare]).micro.counts
    assert (c.matched_gold, c.predicted, c.gold) == (0, 1, 1)
