"""Beside each broken file lies what it must produce: the problems, then what would be dropped.

To add a case, put two files into cases/: NAME.jsonl and NAME.txt. The command
`python -m tests.invalid.test_cases` writes the .txt files anew; read the difference first.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.checks import Rules, check
from bench.errors import list_problems
from bench.formats import jsonl
from tests.conftest import TEXT, tiny_gold

CASES = sorted((Path(__file__).parent / "cases").glob("*.jsonl"))


def reading_of(path: Path) -> jsonl.Reading:
    gold = tiny_gold()
    documents = {document.id: document for document in gold.documents}
    return check(jsonl.read(path), Rules(documents, gold.ontology.types, gold.ontology.roles))


def outcome(path: Path) -> str:
    reading = reading_of(path)
    kept = sum(len(annotation.events) for annotation in reading.annotations.values())
    return (
        f"{list_problems(reading.problems)}\n"
        f"dropped: {', '.join(reading.losses()) or 'nothing'}\n"
        f"kept: {len(reading.lines)} documents, {kept} events\n"
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_broken_file_says_where_what_and_how_to_mend(path):
    assert outcome(path) == path.with_suffix(".txt").read_text(encoding="utf-8")
    assert reading_of(path).problems


def test_ten_megabytes_on_one_line_are_refused_and_the_next_line_is_read(tmp_path):
    path = tmp_path / "run.jsonl"
    good = json.dumps({"doc_id": "story/one", "events": []})
    path.write_text('{"doc_id": "' + "x" * 10_000_000 + '"}\n' + good + "\n", encoding="utf-8")
    reading = reading_of(path)
    (problem,) = reading.problems
    assert str(problem).startswith("run.jsonl:1: found a line of 10,000,015 bytes, wanted at most")
    assert list(reading.annotations) == ["story/one"]
    assert reading.losses() == ("1 line",)


def test_twenty_problems_are_shown_and_the_rest_counted(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text("nonsense\n" * 25, encoding="utf-8")
    lines = list_problems(reading_of(path).problems).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "… and 5 more problems"


def test_unknown_fields_are_warned_of_and_ignored(tmp_path):
    path = tmp_path / "run.jsonl"
    event = {"type": "REJECT", "score": 0.5, "arguments": [{"role": "actor", "text": "He", "p": 1}]}
    path.write_text(
        json.dumps({"doc_id": "story/one", "model": "x", "events": [event]}), encoding="utf-8"
    )
    reading = reading_of(path)
    assert not reading.problems
    assert reading.warnings == [
        "run.jsonl:1: model: unknown field, ignored",
        "run.jsonl:1: events[0].score: unknown field, ignored",
        "run.jsonl:1: events[0].arguments[0].p: unknown field, ignored",
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["doc_id", "events", "type", "trigger", "start", "end", "text"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    lines=st.lists(
        st.binary(max_size=40)
        | json_values.map(lambda value: json.dumps(value).encode())
        | st.fixed_dictionaries(
            {"doc_id": st.just("story/one"), "events": st.lists(json_values, max_size=3)}
        ).map(lambda value: json.dumps(value).encode()),
        max_size=4,
    )
)
def test_no_file_breaks_the_reader_and_nothing_is_lost_unsaid(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("any") / "run.jsonl"
    path.write_bytes(b"\n".join(lines))
    reading = reading_of(path)
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    written = sum(1 for line in content.split(b"\n") if line.strip())
    assert len(reading.lines) + reading.dropped.get("line", 0) == written
    assert bool(reading.dropped) <= bool(reading.problems)
    for line in reading.lines:
        again = jsonl.Annotation.model_validate_json(jsonl.to_json(line.annotation))
        assert again == line.annotation
        assert all(e.trigger is None or (e.trigger.end or 0) <= len(TEXT) for e in again.events)


if __name__ == "__main__":
    for case in CASES:
        case.with_suffix(".txt").write_text(outcome(case), encoding="utf-8")
