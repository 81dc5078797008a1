"""What a page has to draw of a document: every mark once, and the whole text in stretches."""

from __future__ import annotations

from hypothesis import given

from bench.diagnosis import Page, anchor, diagnose, pages
from bench.schema import Annotation, TimeExpression
from tests.diagnosis.test_causes import TEXT, drawn, gold_of, span
from tests.diagnosis.test_laws import gold_of as gold_with
from tests.properties.strategies import annotations


def page(gold: list[str], said: list[str], text: str | None = TEXT) -> Page:
    times = (
        TimeExpression(value="1982", **span("1982")),
        TimeExpression(value="2025-03-18", **span("Tuesday")),
    )
    predicted = Annotation(doc_id="story/one", events=drawn(*said), times=times)
    return pages(gold=gold_of(*gold, text=text), predicted={"story/one": predicted})[0]


def test_marks_say_what_became_of_them_why_and_what_answers_them():
    # gold  met(actual; Bo Ek), talks       said  met(future; police), peace talks
    found = page(
        ["CONSULT met | realis=actual date=2025-03-18 | actor: Bo Ek=bo", "CONSULT talks"],
        ["CONSULT peace talks", "CONSULT met | realis=future | actor: police"],
    )
    met, talks = found.gold.events
    assert (met.anchor, met.status, met.cause, met.answers) == ("g0", "matched", None, ("p1",))
    assert (talks.status, talks.cause, talks.answers) == ("missed", "event/boundary", ("p0",))
    assert met.realis is not None
    assert (met.realis.value, met.realis.cause) == ("actual", "realis/wrong")
    assert met.date is not None
    assert (met.date.status, met.date.cause, met.date.answers) == ("missed", "date/unresolved", ())
    assert talks.date is None
    (bo,) = met.arguments
    assert (bo.anchor, bo.cause, bo.answers) == ("g0.0", "argument/wrong-actor", ("p1.0",))
    assert (bo.words, bo.actors) == ("Bo Ek", "bo")
    police = found.predicted.events[1].arguments[0]
    assert (police.status, police.answers) == ("spurious", ("g0.0",))


def test_time_expressions_are_matched_by_span_and_value():
    found = page([], [])
    assert [(t.anchor, t.status, t.answers) for t in found.gold.times] == [
        ("gt0", "matched", ("pt0",))
    ]
    assert [(t.status, t.answers) for t in found.predicted.times] == [
        ("matched", ("gt0",)),
        ("spurious", ()),
    ]


def test_segments_are_the_text_cut_where_marks_and_zones_begin_and_end():
    found = page(["CONSULT talks", "AGREE talks offer"], ["ASSAULT attack"])
    segments = found.segments("gold")
    assert "".join(one.text for one in segments) == TEXT
    assert {one.text: one.anchors for one in segments if one.anchors} == {
        "talks": ("g1", "g0"),  # the longer mark is the outer one
        " offer": ("g1",),
        "1982": ("gt0",),
    }
    zone = [one for one in found.segments("predicted") if one.boilerplate]
    assert "".join(one.text for one in zone) == TEXT[TEXT.index("Weather") :]
    assert [one.anchors for one in zone if one.text == "attack"] == [("p0",)]


def test_without_text_there_are_marks_and_a_word_on_why():
    found = page(["CONSULT talks"], [], text=None)
    assert (found.text, found.segments("gold"), found.sentences) == (None, [], ())
    assert found.note is not None
    assert "gold attach" in found.note
    assert found.gold.events[0].words == "talks"


@given(gold=annotations(), predicted=annotations())
def test_pages_and_findings_tell_the_same(gold, predicted):
    everything = gold_with(gold)
    answers = {predicted.doc_id: predicted}
    (found,) = pages(gold=everything, predicted=answers)
    marked = {
        (mark.anchor, mark.cause)
        for marks in (found.gold, found.predicted)
        for mark in marks.all()
        if mark.status != "matched" and "t" not in mark.anchor
    }
    told = {
        (anchor(side, (thing.event, thing.argument)), finding.cause)
        for finding in diagnose(gold=everything, predicted=answers).findings
        if finding.layer in ("event", "argument")
        for side, things in (("gold", finding.missed), ("predicted", finding.spurious))
        for thing in things
    }
    assert marked == told
    assert "".join(one.text for one in found.segments("predicted")) == found.text
