"""Formats that count tokens: of a window, a sentence or the document, ends in or out."""

from __future__ import annotations

import json

import pytest

from tests.formats.samples import DATA, marks, only, read, real_data

# One document for all: two sentences of four and three tokens.
#   0   1   2   3    4   5   6
#   Bo  met Eva .    She agreed .
# text "Bo met Eva .\nShe agreed ."
#       0  3   7   11  13  17     24
FIRST, SECOND = ["Bo", "met", "Eva", "."], ["She", "agreed", "."]
MEET = ("Meet", (3, 6), ("who", (0, 2)), ("whom", (7, 10)))
AGREE = ("Agree", (17, 23), ("who", (13, 16)))


def sample(tmp_path, *objects: dict):
    path = tmp_path / "sample.json"
    path.write_text("\n".join(map(json.dumps, objects)), encoding="utf-8")
    return path


ONEIE = [
    {
        "doc_id": "d",
        "wnd_id": "d-0",
        "tokens": FIRST,
        "entity_mentions": [{"id": "a", "start": 0, "end": 1}, {"id": "b", "start": 2, "end": 3}],
        "event_mentions": [
            {
                "event_type": "Meet",
                "trigger": {"start": 1, "end": 2, "text": "met"},
                "arguments": [
                    {"entity_id": "a", "role": "who"},
                    {"entity_id": "b", "role": "whom"},
                ],
            }
        ],
    },
    {  # offsets begin anew in each window
        "doc_id": "d",
        "wnd_id": "d-1",
        "tokens": SECOND,
        "entity_mentions": [{"id": "c", "start": 0, "end": 1}, {"id": "x", "start": 2, "end": 3}],
        "event_mentions": [
            {
                "event_type": "Agree",
                "trigger": {"start": 1, "end": 2},
                "arguments": [{"entity_id": "c", "role": "who"}],
            }
        ],
    },
]
DYGIE = {
    "doc_key": "d",
    "sentences": [FIRST, SECOND],
    "events": [[[[1, "Meet"], [0, 0, "who"], [2, 2, "whom"]]], [[[5, "Agree"], [4, 4, "who"]]]],
    "ner": [[[0, 0, "PER"]], []],
}
RAMS = {
    "doc_key": "d",
    "sentences": [FIRST, SECOND],
    "evt_triggers": [[1, 1, [["Meet", 1.0]]], [5, 5, [["Agree", 1.0]]]],
    "ent_spans": [[0, 0, [["x", 1.0]]], [2, 2, [["x", 1.0]]], [4, 4, []], [6, 6, []]],
    "gold_evt_links": [
        [[1, 1], [0, 0], "evt089arg01who"],
        [[1, 1], [2, 2], "evt089arg02whom"],
        [[5, 5], [4, 4], "evt012arg01who"],
    ],
}
WIKIEVENTS = {
    "doc_id": "d",
    "text": "Bo met Eva.\nShe agreed.",
    "sentences": [
        [[["Bo", 0, 2], ["met", 3, 6], ["Eva", 7, 10], [".", 10, 11]], "Bo met Eva."],
        [[["She", 12, 15], ["agreed", 16, 22], [".", 22, 23]], "She agreed."],
    ],
    "entity_mentions": [{"id": "a", "start": 0, "end": 1}, {"id": "c", "start": 4, "end": 5}],
    "event_mentions": [
        {
            "event_type": "Agree",
            "trigger": {"start": 5, "end": 6, "sent_idx": 1},
            "arguments": [{"entity_id": "c", "role": "who"}],
        }
    ],
}
MAVEN = {
    "id": "d",
    "title": "t",
    "content": [{"sentence": "…", "tokens": FIRST}, {"sentence": "…", "tokens": SECOND}],
    "events": [
        {
            "id": "E1",
            "type": "Meet",
            "type_id": 7,
            "mention": [
                {"trigger_word": "met", "sent_id": 0, "offset": [1, 2]},
                {"trigger_word": "agreed", "sent_id": 1, "offset": [1, 2]},
            ],
        },
        {"id": "E2", "type": "Agree", "mention": [{"sent_id": 1, "offset": [0, 2]}]},
    ],
    "negative_triggers": [{"trigger_word": "Bo", "sent_id": 0, "offset": [0, 1]}],
}


def test_oneie_counts_the_tokens_of_a_window(tmp_path):
    reading = read("oneie", sample(tmp_path, *ONEIE))
    assert marks(only(reading)) == [MEET, AGREE]
    assert +reading.unheld == {"entity mention beside the events": 1}


def test_dygie_ends_are_inclusive(tmp_path):
    reading = read("dygie", sample(tmp_path, DYGIE))
    assert marks(only(reading)) == [MEET, AGREE]
    assert +reading.unheld == {"named entity": 1}


def test_dygie_predictions_are_read_where_there_are_any(tmp_path):
    predicted = [[[[1, "Meet", 9.1, 0.99], [0, 0, "who", 3.2, 0.8], [2, 2, "whom", 1, 1]]], []]
    reading = read("dygie", sample(tmp_path, {**DYGIE, "predicted_events": predicted}))
    assert marks(only(reading)) == [MEET]


def test_rams_ends_are_inclusive_and_roles_lose_their_numbers(tmp_path):
    reading = read("rams", sample(tmp_path, RAMS))
    assert marks(only(reading)) == [MEET, AGREE]
    assert +reading.unheld == {"span beside the events": 1}


def test_wikievents_keeps_the_text_where_it_holds_the_tokens(tmp_path):
    reading = read("wikievents", sample(tmp_path, WIKIEVENTS))
    assert marks(only(reading)) == [("Agree", (16, 22), ("who", (12, 15)))]
    assert reading.texts == {"d": "Bo met Eva.\nShe agreed."}
    shifted = {**WIKIEVENTS, "text": "another text"}
    reading = read("wikievents", sample(tmp_path, shifted))
    assert marks(only(reading)) == [AGREE]
    assert reading.texts == {"d": "Bo met Eva .\nShe agreed ."}


def test_maven_counts_the_tokens_of_a_sentence_and_groups_mentions(tmp_path):
    reading = read("maven", sample(tmp_path, MAVEN))
    annotation = only(reading)
    assert marks(annotation) == [("Meet", (3, 6)), ("Meet", (17, 23)), ("Agree", (13, 23))]
    assert [event.cluster for event in annotation.events] == ["E1", "E1", None]
    assert +reading.unheld == {"negative trigger": 1}


def changed(raw: dict, *path: object, to: object) -> dict:
    copy = json.loads(json.dumps(raw))
    part = copy
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return copy


@pytest.mark.parametrize(
    ("name", "raw", "message", "lost"),
    [
        (
            "oneie",
            changed(ONEIE[0], "event_mentions", 0, "trigger", "end", to=5),
            "event_mentions[0].trigger: found tokens [1, 1), wanted tokens within [0, 4)",
            "event",
        ),
        (
            "oneie",
            changed(ONEIE[0], "event_mentions", 0, "arguments", 1, "entity_id", to="zz"),
            'event_mentions[0].arguments[1]: found "zz", wanted id of an entity mention',
            "argument",
        ),
        (
            "dygie",
            changed(DYGIE, "events", 1, 0, 0, to=[7, "Agree"]),
            "events[1][0][0]: found tokens [7, 8), wanted tokens within [0, 7)",
            "event",
        ),
        (
            "dygie",
            changed(DYGIE, "events", 1, 0, 1, to=["x"]),
            'events[1][0][1]: found ["x"], wanted first token, last token and role',
            "argument",
        ),
        (
            "rams",
            changed(RAMS, "gold_evt_links", 0, 0, to=[3, 3]),
            "gold_evt_links[0]: found [3, 3], wanted a trigger of evt_triggers",
            "argument",
        ),
        (
            "maven",
            changed(MAVEN, "events", 1, "mention", 0, "offset", to=[0, 9]),
            "events[1].mention[0]: found [0, 9], wanted tokens within [0, 3)",
            "event",
        ),
        (
            "maven",
            changed(MAVEN, "content", 0, "tokens", to="Bo met"),
            'content[0].tokens: found "Bo met", wanted a valid tuple',
            "document",
        ),
        (
            "wikievents",
            changed(WIKIEVENTS, "event_mentions", 0, "trigger", "start", to="x"),
            'event_mentions[0].trigger.start: found "x", wanted a valid integer',
            "document",
        ),
    ],
)
def test_what_is_out_of_place_is_named_and_left_out(tmp_path, name, raw, message, lost):
    reading = read(name, sample(tmp_path, raw))
    assert str(reading.problems[0]).startswith(f"sample.json:1: {message}")
    assert reading.dropped == {lost: 1}


def test_a_list_of_documents_and_one_written_over_many_lines(tmp_path):
    path = tmp_path / "sample.json"
    path.write_text(json.dumps([RAMS, {**RAMS, "doc_key": "e"}], indent=1), encoding="utf-8")
    assert list(read("rams", path).annotations) == ["d", "e"]
    path.write_text(json.dumps(RAMS, indent=1), encoding="utf-8")
    assert list(read("rams", path).annotations) == ["d"]
    path.write_text('{"doc_key": \n\n nonsense', encoding="utf-8")
    assert str(read("rams", path).problems[0]).startswith("sample.json:3: found broken JSON")


def test_tokens_are_carried_over_to_the_text_of_another_gold(run_dateline, tmp_path):
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "d.txt").write_text("Bo met Eva. She agreed.", encoding="utf-8")
    (gold / "d.ann").write_text("T1\tAgree 16 22\tagreed\nE1\tAgree:T1\n", encoding="utf-8")
    options = ("--gold", gold, "--json", "-m", "trigger")
    code, out, _ = run_dateline("score", sample(tmp_path, DYGIE), *options)
    assert code == 0
    counts = json.loads(out)["scores"][0]["micro"]["counts"]
    assert counts == {"matched_predicted": 1, "predicted": 2, "matched_gold": 1, "gold": 1}


@real_data
def test_geneva_is_read_whole():
    reading = read("oneie", DATA / "geneva" / "dev.json")
    assert not reading.problems
    lines = (DATA / "geneva" / "dev.json").read_text(encoding="utf-8").splitlines()
    raw = [json.loads(line) for line in lines]
    wanted = [
        (event["event_type"], event["trigger"]["text"], len(event["arguments"]))
        for window in raw
        for event in window["event_mentions"]
    ]
    found = [
        (event.type, (event.trigger.text or "").replace("\n", " "), len(event.arguments))
        for annotation in reading.annotations.values()
        for event in annotation.events
        if event.trigger
    ]
    assert sorted(found) == sorted(wanted)
