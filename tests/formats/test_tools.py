"""Exports of annotation tools: Label Studio's UTF-16, doccano's two shapes, Prodigy's answers."""

from __future__ import annotations

import json

import pytest

from tests.formats.samples import marks, only, read

#       0         1
#       01234567890123456
TEXT = "📞 Bo met Eva 📞."
MEET = ("Meet", (5, 8), ("who", (2, 4)))


def sample(tmp_path, content: object):
    path = tmp_path / "sample.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def task(shift: int, words: bool = True) -> dict:
    def region(name: str, label: str, start: int, end: int) -> dict:
        value = {"start": start + shift, "end": end + shift, "labels": [label]}
        if words:
            value["text"] = TEXT[start:end]
        return {"id": name, "type": "labels", "value": value}

    return {
        "id": 7,
        "data": {"text": TEXT},
        "annotations": [
            {
                "result": [
                    region("a", "Person", 2, 4),
                    region("b", "Meet", 5, 8),
                    {"type": "relation", "from_id": "b", "to_id": "a", "labels": ["who"]},
                    {"type": "choices", "value": {"choices": ["good"]}, "id": "c"},
                ]
            },
            {"result": []},
        ],
    }


@pytest.mark.parametrize(
    ("shift", "words"),
    [(1, True), (1, False), (0, True)],  # the emoji is two units of UTF-16, one code point
)
def test_label_studio_counts_utf16_unless_its_words_say_otherwise(tmp_path, shift, words):
    reading = read("labelstudio", sample(tmp_path, [task(shift, words)]))
    assert marks(only(reading)) == [MEET]
    assert +reading.unheld == {
        "further annotation of a task": 1,
        "result without a span of text": 1,
    }
    assert list(reading.annotations) == ["7"]


def test_label_studio_predictions_are_read_where_nobody_annotated(tmp_path):
    raw = task(1)
    raw["predictions"], raw["annotations"] = raw["annotations"][:1], []
    assert marks(only(read("labelstudio", sample(tmp_path, [raw])))) == [MEET]


def test_label_studio_without_text_is_a_problem(tmp_path):
    reading = read("labelstudio", sample(tmp_path, [{**task(1), "data": {"image": "x.png"}}]))
    assert str(reading.problems[0]) == (
        "sample.json:1: data.text: found no text, wanted the text of the task"
    )


def test_doccano_spans_are_triggers_and_relations_make_arguments(tmp_path):
    spans = {"id": 3, "text": TEXT, "label": [[5, 8, "Meet"], [2, 4, "Person"]]}
    found = only(read("doccano", sample(tmp_path, spans)))
    assert marks(found) == [("Meet", (5, 8)), ("Person", (2, 4))]
    linked = {
        "id": 3,
        "text": TEXT,
        "entities": [
            {"id": 1, "label": "Person", "start_offset": 2, "end_offset": 4},
            {"id": 2, "label": "Meet", "start_offset": 5, "end_offset": 8},
        ],
        "relations": [{"id": 9, "from_id": 2, "to_id": 1, "type": "who"}],
    }
    assert marks(only(read("doccano", sample(tmp_path, linked)))) == [MEET]
    linked["relations"][0]["to_id"] = 8
    reading = read("doccano", sample(tmp_path, linked))
    assert 'relations[0]: found ["2", "8"], wanted a relation' in str(reading.problems[0])


def test_prodigy_reads_what_was_accepted(tmp_path):
    head = {"start": 5, "end": 8, "label": "Meet", "token_start": 2, "token_end": 2}
    child = {"start": 2, "end": 4, "label": "Person"}
    good = {
        "text": TEXT,
        "spans": [child, head],
        "relations": [
            {"head": 2, "child": 1, "label": "who", "head_span": head, "child_span": child}
        ],
        "meta": {"id": 12},
        "answer": "accept",
    }
    path = tmp_path / "tasks.jsonl"
    rows = [good, {**good, "answer": "reject"}, {**good, "answer": "ignore"}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    reading = read("prodigy", path)
    assert marks(only(reading)) == [MEET]
    assert list(reading.annotations) == ["12"]
    assert +reading.unheld == {"rejected or ignored task": 2}


def test_omnievent_counts_characters(tmp_path):
    raw = {
        "id": "d",
        "text": TEXT,
        "events": [
            {
                "type": "Meet",
                "triggers": [
                    {
                        "trigger_word": "met",
                        "position": [5, 8],
                        "arguments": [
                            {"role": "who", "mentions": [{"mention": "Bo", "position": [2, 4]}]}
                        ],
                    }
                ],
            }
        ],
        "negative_triggers": [{"trigger_word": "Eva", "position": [9, 12]}],
    }
    reading = read("omnievent", sample(tmp_path, raw))
    assert marks(only(reading)) == [MEET]
    assert +reading.unheld == {"negative trigger": 1}
    raw["events"][0]["triggers"][0]["position"] = [6, 9]
    assert 'found "met", wanted "et "' in str(read("omnievent", sample(tmp_path, raw)).problems[0])


@pytest.mark.parametrize("name", ["doccano", "labelstudio", "omnievent", "prodigy"])
def test_a_lone_surrogate_is_no_text(tmp_path, name):
    raw = {"id": "d", "data": {"text": "\ud800"}, "text": "\ud800", "label": [], "spans": []}
    path = tmp_path / "sample.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    reading = read(name, path)
    assert "a lone surrogate" in str(reading.problems[0]) or "Unicode" in str(reading.problems[0])
