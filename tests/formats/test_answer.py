"""Answers of language models: what can be read is kept, what cannot is counted and shown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.formats.tolerant import find_json
from tests.formats.samples import read

AID = {"type": "AID", "trigger": {"text": "gave"}, "arguments": [{"role": "actor", "text": "Ana"}]}
GOOD = json.dumps({"events": [AID]})


def answers(tmp_path, *texts: str):
    rows = [json.dumps({"doc_id": f"d{n}", "answer": text}) for n, text in enumerate(texts)]
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return read("answer", path)


def heard(reading) -> list[tuple]:
    return [
        (e.type, e.trigger and e.trigger.text, *((a.role, a.text) for a in e.arguments))
        for annotation in reading.annotations.values()
        for e in annotation.events
    ]


FULL = [("AID", "gave", ("actor", "Ana"))]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (GOOD, FULL),
        (f"Sure! Here you are:\n```json\n{GOOD}\n```\nAnything else?", FULL),
        (f"```\n{GOOD}", FULL),  # the fence never closes
        (f"I first thought of [this].\n{GOOD} Done.", FULL),
        (f"Draft: {json.dumps({'events': []})}\nFinal: {GOOD}", FULL),
        (json.dumps([AID]), FULL),
        (json.dumps(AID), FULL),
        (f"{json.dumps(AID)}\n{json.dumps(AID)}", FULL * 2),
        (GOOD.replace("}]", "},]").replace('"}', '",}'), FULL),
        (json.dumps({"result": {"events": [AID]}}), FULL),
        (
            '[{"event_type": "AID", "trigger": "gave", "arguments": {"actor": ["Ana"], "place": null}}]',
            FULL,
        ),
        ('[{"type": "AID", // as asked\n "trigger": "gave\nback", "score": .5}]', []),
        ('[{"type": "AID", "date": "2025-03", "trigger": "gave"}]', [("AID", "gave")]),
    ],
)
def test_readable_answers(tmp_path, answer, expected):
    reading = answers(tmp_path, answer)
    assert heard(reading)[: len(expected)] == expected
    assert not reading.problems
    if expected and answer is not None:
        assert not reading.dropped


@pytest.mark.parametrize("end", range(len('{"events": [{"type": "AID"'), len(GOOD)))
def test_an_answer_cut_off_keeps_what_was_whole_and_says_so(tmp_path, end):
    reading = answers(tmp_path, GOOD[:end])
    (event,) = heard(reading)
    assert event[0] == "AID"
    assert reading.dropped["rest of a broken answer"] == 1
    assert "left out:" in reading.warnings[0]


def test_what_cannot_be_read_is_counted_and_shown(tmp_path):
    reading = answers(
        tmp_path, "No events.", '{"events": [{"trigger": "x"}, 3]}', '{"events": []}', ""
    )
    assert list(reading.annotations) == ["d1", "d2"]
    assert reading.dropped == {"answer": 2, "event": 2}
    assert reading.warnings[0] == 'answers.jsonl: d0: left out: no JSON in "No events."'
    assert reading.warnings[1].endswith('no event with a type in {"trigger": "x"}')
    assert reading.losses() == ("2 events", "2 answers")


@pytest.mark.parametrize(
    "odd", ['"score": NaN', '"score": -Infinity', '"type": "REJECT"', '"trigger": "took"']
)
def test_what_no_json_says_ends_what_is_whole_and_is_counted(tmp_path, odd):
    answer = '[{"type": "AID", "trigger": "gave", ' + odd + '}, {"type": "CALL"}]'
    reading = answers(tmp_path, answer)
    assert heard(reading)[0] == ("AID", "gave")
    assert reading.dropped["rest of a broken answer"] == 1


def test_claimed_offsets_are_left_out_and_counted(tmp_path):
    claimed = {"type": "AID", "trigger": {"text": "gave", "start": 900, "end": 904}}
    reading = answers(tmp_path, json.dumps([claimed]))
    assert heard(reading) == [("AID", "gave")]
    assert +reading.unheld == {"offset of an answer (words are looked up)": 1}


def test_a_folder_and_a_file_of_one_answer(tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "one.md").write_text(f"```json\n{GOOD}\n```", encoding="utf-8")
    assert list(read("answer", tmp_path).annotations) == ["s/one"]
    assert list(read("answer", tmp_path / "s" / "one.md").annotations) == ["one"]


def test_lines_without_answer_are_problems(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps({"id": "a", "output": GOOD}) + "\n{}\n", encoding="utf-8")
    reading = read("answer", path)
    assert heard(reading) == FULL
    assert [problem.line for problem in reading.problems] == [2]


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 10**4,
        '{"a":' * 10**4,
        "{" * 10**4,
        "[[]" * 10**4,
        '["' + "\\" * 10**4,
        "```\n" * 10**4,
    ],
)
def test_hostile_answers_are_read_to_their_end_and_called_broken(hostile):
    assert all(rest is not None for _, rest in find_json(hostile))


@given(st.text(st.sampled_from('[]{}",:\\ab1 \n`/'), max_size=60))
def test_no_answer_breaks_the_reader(text):
    for found in find_json(text):
        assert json.loads(json.dumps(found.value)) == found.value


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(values) | st.dictionaries(st.text(max_size=3), values), st.booleans())
def test_whole_json_is_read_as_json(value, ascii_only):
    ((found, rest),) = find_json(json.dumps(value, ensure_ascii=ascii_only))
    assert (found, rest) == (value, None)
