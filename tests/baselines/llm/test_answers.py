"""What becomes of a model's answers."""

from __future__ import annotations

import json

import pytest

from baselines.llm import shots
from baselines.llm.reading import Answers
from bench import gold
from bench.checks import Rules, findings_of
from tests.baselines.llm.server import (
    BOTH,
    CALL,
    GOOD,
    NONE,
    TRUCE,
    completion,
    found,
)
from tests.conftest import document


def test_an_answer_becomes_grounded_events(serve, session):
    (call, truce) = session(serve(GOOD)).annotate(document()).events
    assert found(session(serve(GOOD)).annotate(document())) == BOTH
    assert (call.id, call.realis, call.date, call.cluster) == ("e1", "actual", "2025-03-18", "call")
    assert [(a.role, a.text, a.start, a.actor) for a in call.arguments] == [
        ("actor", "Putin", 0, "Vladimir Putin"),
        ("actor", "Trump", 13, "Donald Trump"),
    ]
    assert (truce.date, truce.source) == (None, None)


def test_stretches_are_asked_for_one_by_one_and_keep_their_places(serve, session):
    meeting = {**TRUCE, "trigger": "met", "type": "CONSULT"}
    stub = serve(completion({"events": [meeting]}))
    text = "They met. It rained. They met. It snowed."
    events = session(stub, sentences="2").annotate(document(text)).events
    assert [event.trigger.span for event in events] == [(5, 8), (26, 29)]
    assert [event.id for event in events] == ["e1", "e2"]
    shown = [body["messages"][-1]["content"].partition("Text:\n")[2] for body in stub.bodies]
    assert shown == ["They met. It rained.", "They met. It snowed."]


def test_a_whole_article_is_one_call_and_an_empty_one_none(serve, session):
    stub = serve(NONE)
    session(stub, sentences="0").annotate(document("One. Two. Three. " * 20))
    assert len(stub.bodies) == 1
    session(stub).annotate(document("\n"))
    assert len(stub.bodies) == 1


def test_names_outside_the_ontology_and_dates_that_are_none_are_left_out_and_counted(
    serve, session
):
    odd = {**CALL, "type": "consult", "date": "last Tuesday", "id": "mine", "happening": "x/y"}
    odd["arguments"] = [{"role": "Actor", "text": "Putin"}, {"role": "weapon", "text": "phone"}]
    one = session(serve(completion({"events": [odd, {**TRUCE, "type": "PARTY"}]})))
    annotation = one.annotate(document())
    (event,) = annotation.events
    assert (event.type, event.date, event.happening, event.id) == ("CONSULT", None, None, "e1")
    assert [a.role for a in event.arguments] == ["actor"]
    assert one.usage.counts["left_out"] == 3  # a type, a role, a date


@pytest.mark.parametrize(
    ("answer", "events", "doubt"),
    [
        (completion('{"events": [' + json.dumps(CALL) + ', {"trig', "length"), BOTH[:1], "cut_off"),
        (completion("Sure!\n```json\n" + json.dumps([CALL]) + "\n```"), BOTH[:1], ""),
        (completion("I would rather not."), [], "unreadable"),
        (completion(""), [], "unreadable"),
        (completion(None), [], "unreadable"),
        (completion("[" * 10_000), [], "unreadable"),
        (completion({"events": "none"}), [], ""),
        (completion({"events": [{"type": 7}, None, []]}), [], "left_out"),
    ],
)
def test_answers_that_are_no_good_give_what_was_whole(serve, session, answer, events, doubt):
    one = session(serve(answer))
    assert found(one.annotate(document())) == events
    assert not doubt or one.usage.counts[doubt] >= 1


def test_what_is_written_is_always_a_valid_run(serve, session):
    """A hostile answer must not make a file that `dateline score` refuses."""
    ontology = gold.ontology()
    hostile = [
        {**CALL, "date": "2025-13-45", "realis": "maybe"},
        {**CALL, "trigger": "nowhere", "start": 3, "end": 900, "id": "e1"},
        {**CALL, "trigger": {"text": "phoned", "start": -1, "end": "x"}, "cluster": "x" * 500},
        {"type": "AID"},
    ]
    one = session(serve(completion({"events": hostile})))
    annotation = one.annotate(document())
    rules = Rules({"story/one": document()}, ontology.types, ontology.roles)
    assert annotation.events
    assert list(findings_of(annotation, rules)) == []


def test_gold_written_as_answers_is_read_back():
    """What the examples teach is what the reader understands: nothing is lost on the way."""
    answers, train = Answers(gold.ontology()), gold.load("train")
    for shot in shots.candidates(8):
        content = shot.messages[1]["content"]
        read, counts = answers.read(content, text=shot.text, start=shot.start)
        end = shot.start + len(shot.text)
        events = train.annotations[shot.doc_id].events
        inside = [e for e in events if shot.start <= e.trigger.start < end]
        wanted = {(e.type, e.trigger.span, e.realis, e.date) for e in inside}
        assert {(e.type, e.trigger.span, e.realis, e.date) for e in read} == wanted
        assert not any(counts.values())
