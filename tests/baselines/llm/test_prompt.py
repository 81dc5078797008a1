"""What is asked, and the examples in it."""

from __future__ import annotations

import json

import pytest

from baselines.llm import prompt, shots
from bench import gold
from tests.baselines.llm.server import (
    NONE,
)
from tests.conftest import TEXT, document


def test_the_prompt_names_every_type_and_role_with_its_definition():
    ontology, text = gold.ontology(), prompt.system(gold.ontology(), "full")
    for name, kind in ontology.types.items():
        assert f"- {name} [{kind.quad}]: an actor {kind.definition}" in text
    for name, meaning in ontology.roles.items():
        assert f"- {name}: {meaning}" in text


def test_the_prompt_quotes_the_guidelines_sections_whole_and_no_canary():
    guidelines = (gold.root() / "GUIDELINES.md").read_text(encoding="utf-8")
    text = prompt.system(gold.ontology(), "full")
    rules = text.partition("\nEvent mentions\n")[2]
    assert "The shortest contiguous phrase that evokes it" in rules
    lines = [line for line in rules.splitlines() if line and line not in prompt.SECTIONS["full"]]
    assert len(lines) > 50
    assert [line for line in lines if line not in guidelines.splitlines()] == []
    assert "Canary" not in text
    assert "| --- |" not in text


@pytest.mark.parametrize("level", ["full", "short"])
def test_every_section_that_the_prompt_wants_is_in_the_guidelines(level):
    assert set(prompt.SECTIONS[level]) <= set(prompt.rules())


def test_the_schema_admits_each_example_and_closes_types_and_roles():
    schema = prompt.schema(gold.ontology())
    event = schema["properties"]["events"]["items"]
    assert event["properties"]["type"]["enum"] == list(gold.ontology().types)
    filler = event["properties"]["arguments"]["items"]
    assert filler["properties"]["role"]["enum"] == ["actor", "recipient", "place"]
    for shot in shots.candidates(8):
        for one in shot.events:
            assert list(one) == event["required"] == list(event["properties"])
            assert one["type"] in event["properties"]["type"]["enum"]
            assert one["realis"] in event["properties"]["realis"]["enum"]
            assert all(set(a) == set(filler["required"]) for a in one["arguments"])


def test_requests_hold_what_makes_answers_repeatable(serve, session):
    stub = serve(NONE)
    session(stub, seed="7", max_tokens="55").annotate(document())
    (body,) = stub.bodies
    assert (body["temperature"], body["seed"], body["max_tokens"]) == (0, 7, 55)
    assert (body["model"], body["path"]) == ("tiny", "/v1/chat/completions")
    assert body["response_format"]["json_schema"]["strict"] is True
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert body["messages"][-1]["content"] == f"Published: 2025-03-19\nText:\n{TEXT}"


def test_examples_come_from_train_alone():
    split_of = {one.id: one.split for one in gold.manifest()}
    assert {split_of[shot.doc_id] for shot in shots.candidates(8)} == {"train"}
    texts = [one.text for one in gold.load().documents if one.split != "train" and one.text]
    assert texts
    for shot in shots.choose(32, size=8, seed=1, besides=""):
        assert not any(shot.text in text for text in texts)


def test_examples_are_the_same_each_time_and_leave_out_the_articles_own_story():
    one = shots.choose(6, size=8, seed=3, besides="suez")
    shots.choose.cache_clear()
    shots.candidates.cache_clear()
    assert shots.choose(6, size=8, seed=3, besides="suez") == one
    assert all(not shot.doc_id.startswith("suez/") for shot in one)
    assert any(s.doc_id.startswith("suez/") for s in shots.choose(6, size=8, seed=3, besides=""))
    assert [bool(shot.events) for shot in one] == [True, True, True, False, True, True]


def test_examples_are_turns_before_the_question(serve, session):
    stub = serve(NONE)
    session(stub, shots="2").annotate(document())
    messages = stub.bodies[0]["messages"]
    assert [m["role"] for m in messages] == ["system", *["user", "assistant"] * 2, "user"]
    assert json.loads(messages[2]["content"])["events"]
