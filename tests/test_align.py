"""Which predicted event is put beside which gold event."""

from __future__ import annotations

from bench.align import align_events
from bench.schema import Annotation, Event, Mark
from tests.conftest import event


def align(gold: list[Event], predicted: list[Event]) -> list[tuple[str | None, str | None, str]]:
    rows = align_events(
        gold=Annotation(doc_id="d", events=tuple(gold)),
        predicted=Annotation(doc_id="d", events=tuple(predicted)),
    )
    return [(r.gold and r.gold.id, r.predicted and r.predicted.id, r.verdict) for r in rows]


def test_every_event_stands_in_one_row_in_reading_order():
    gold = [event("REJECT", "refused", id="g1"), event("CONSULT", "phoned", id="g2")]
    said = [event("REJECT", "refused", id="p1"), event("RETREAT", "truce", id="p2")]
    assert align(gold, said) == [
        ("g2", None, "missed"),
        ("g1", "p1", "matched"),
        (None, "p2", "spurious"),
    ]


def test_what_touches_is_put_side_by_side_with_the_difference_named():
    gold = [event("REJECT", "refused", id="g")]
    assert align(gold, [event("CONSULT", "refused", id="p")]) == [("g", "p", "wrong type")]
    assert align(gold, [event("REJECT", "He refused", id="p")]) == [("g", "p", "other span")]
    assert align(gold, [event("CONSULT", "He refused", id="p")]) == [("g", "p", "both differ")]


def test_of_two_that_touch_the_one_of_the_same_type_stands_beside():
    # gold "refused"; "refused" as another type shares more than "He refused the truce" of its own
    gold = [event("REJECT", "refused", id="g")]
    said = [
        event("CONSULT", "refused", id="other type"),
        event("REJECT", "He refused the truce", id="other span"),
    ]
    assert ("g", "other span", "other span") in align(gold, said)


def test_an_exact_match_goes_before_everything_that_touches():
    gold = [event("REJECT", "refused", id="g")]
    said = [event("REJECT", "He refused", id="near"), event("REJECT", "refused", id="exact")]
    assert ("g", "exact", "matched") in align(gold, said)


def test_events_without_offsets_come_last():
    bare = Event(id="bare", type="REJECT", trigger=Mark(text="refused"))
    assert align([event("REJECT", "refused", id="g")], [bare]) == [
        ("g", None, "missed"),
        (None, "bare", "spurious"),
    ]
