"""What is read at once is what the strict reader reads; all else is left to it."""

from __future__ import annotations

import json
import re
import tracemalloc
from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import optimistic
from bench.checks import require_valid
from bench.columns import CHUNK
from bench.errors import DatelineError, InvalidFile
from bench.foreign import gold_of, gold_of_kept
from bench.formats import chosen, jsonl
from bench.formats.jsonl import to_json
from bench.gold import Gold
from bench.runs import check_against
from bench.schema import Annotation
from tests.formats import longline
from tests.properties.strategies import annotations

CASES = sorted((Path(__file__).parent / "invalid" / "cases").glob("*.jsonl"))


def strictly(path: Path) -> Gold:
    """The file as a gold of its own; raises InvalidFile, and AssertionError for a warning."""
    reading = chosen(path, None).read(path)
    found = gold_of(reading)
    require_valid(check_against(reading, found))
    assert not reading.warnings
    assert not reading.texts
    assert chosen(path, None).name == "jsonl"
    return found


def agree(path: Path) -> bool:
    """Whether the file was read at once; what was read is then what the strict reader reads."""
    kept = optimistic.read(path)
    if kept is None:
        return False
    gold = strictly(path)
    assert dict(kept) == dict(gold.annotations)
    assert list(kept) == list(gold.annotations)
    assert f"{kept.name}:{kept.digest}" == gold.release
    assert gold_of_kept(kept) == replace(gold, annotations=kept, actors=ANY)
    return True


def lines_of(found: list[Annotation], style: str) -> list[str]:
    """Lines of a file; the styles are those of writers one meets."""
    named = [a.model_copy(update={"doc_id": f"s/{n}"}) for n, a in enumerate(found)]
    if style == "ours":
        return [to_json(one) for one in named]
    if style == "pydantic":
        return [one.model_dump_json() for one in named]
    return [json.dumps(one.model_dump(exclude_none=style == "short")) for one in named]


files = st.builds(
    lines_of,
    st.lists(annotations(max_size=3), min_size=1, max_size=3),
    st.sampled_from(["ours", "pydantic", "short", "full"]),
)


@given(files)
def test_valid_files_are_read_at_once(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("any") / "run.jsonl"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert agree(path)


PIECES = [
    *(b'null [] {} -1 1.5 1e2 true "" "A" 0 99999999999999 : , " \\ \t \r \n \0 \xff'.split(b" ")),
    *(
        b'"start":1, |"end":9,|"type":"A",|"text":"a:b",|"id":"e",|"p":1,|"date":"soon",'.split(
            b"|"
        )
    ),
    *(b'"\\u0073tart":1,|"\\u003a"|\\ud800|\xef\xbb\xbf| |<TimeML|"value":"P1D",'.split(b"|")),
]


@given(files, st.data())
def test_a_file_that_was_changed_somewhere_is_never_read_otherwise(tmp_path_factory, lines, data):
    content = "\n".join(lines).encode()
    for _ in range(data.draw(st.integers(1, 2))):
        edges = [m.start() for m in re.finditer(rb'[\[\]{}":,\n]|$', content)]
        at = data.draw(st.sampled_from(edges))
        at += data.draw(st.integers(0, 1))
        gone = data.draw(st.sampled_from([0, 0, 0, 1, 4]))
        content = content[:at] + data.draw(st.sampled_from(PIECES)) + content[at + gone :]
    path = tmp_path_factory.mktemp("any") / "run.jsonl"
    path.write_bytes(content)
    agree(path)


def test_a_digest_that_was_not_wanted_is_made_when_somebody_asks(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_text('{"events": [ ], "doc_id": "s/1"}\n{"doc_id": "s/2", "events": []}\n')
    found, undigested = optimistic.read(path), optimistic.read(path, digested=False)
    assert f"{path.name}:{found.digest}" == strictly(path).release
    assert undigested.digest == found.digest


def test_a_field_that_stands_twice_is_found_among_many_lines(tmp_path):
    path = tmp_path / "run.jsonl"
    lines = [f'{{"doc_id": "s/{n}", "events": []}}' for n in range(3 * CHUNK)]
    path.write_text("\n".join(lines))
    assert agree(path)
    lines[CHUNK + 7] = lines[CHUNK + 7].replace("}", ', "events": []}')
    path.write_text("\n".join(lines))
    assert not agree(path)


def test_nulls_written_out_are_read_at_once_on_some_lines_among_many(tmp_path):
    path = tmp_path / "run.jsonl"
    event = '{"type": "A", "date": null}'
    lines = [f'{{"doc_id": "s/{n}", "events": [{event}]}}' for n in range(2 * CHUNK)]
    lines[3] = '{"doc_id": "s/3", "events": []}'
    path.write_text("\n".join(lines))
    assert agree(path)


TWICE = [
    '{"doc_id": "s/1", "events": [], "events": []}',
    '{"doc_id": "s/1", "events": [{"type": "A", "type": "A"}]}',
    '{"doc_id": "s/1", "events": [{"type": "A", "date": null, "date": null}]}',
    '{"doc_id": "s/1", "events": [{"type": "null", "id": "a:b", "id": ":null"}]}',
    '{"doc_id": "s/1", "events": [{"type": "A", "\\u0074ype": "B\\u003a"}]}',
    '{"doc_id": "s/1", "events": [{"type": "A\\u003aB", "type": "A\\u003aB"}]}',
]
WRONG = [
    '{"doc_id": "s/1", "events": [{"type": "A", "trigger": {"start": 5, "end": 5}}]}',
    '{"doc_id": "s/1", "events": [{"type": "A", "trigger": {"start": 5}}]}',
    '{"doc_id": "s/1", "events": [{"type": "A", "trigger": {}}]}',
    '{"doc_id": "s/1", "events": [{"type": "A", "trigger": {"start": 0, "end": 1099511627777}}]}',
    '{"doc_id": "s/1", "events": [{"type": "A", "arguments": [{"role": "r"}]}]}',
    '{"doc_id": "s/1", "events": [{"type": "A", "date": "soon"}]}',
    '{"doc_id": "s/1", "events": [{"type": "A", "id": "e"}, {"type": "A", "id": "e"}]}',
    '{"doc_id": "s/1", "events": [{"type": "A", "realis": "never"}]}',
    '{"doc_id": "s/1", "events": [], "times": [{"start": 2, "end": 1, "value": "P1D"}]}',
    '{"doc_id": "s/1", "events": [], "times": [{"start": 1, "end": 2, "value": "PX"}]}',
    '{"doc_id": "s/1", "events": [], "actors": [{"id": "a", "mentions": [{"start": 2, "end": 1}]}]}',
    '{"doc_id": "s/1", "events": []}\n{"doc_id": "s/1", "events": []}',
    '{"doc_id": "s/1", "events": []}\r\n',
    '\ufeff{"doc_id": "s/1", "events": []}',
    '{"doc_id": "s/1", "events": []} {"doc_id": "s/2", "events": []}',
    '{"doc_id": "", "events": []}',
]


@pytest.mark.parametrize("content", [*TWICE, *WRONG])
def test_what_is_wrong_is_left_to_the_strict_reader(tmp_path, content):
    path = tmp_path / "run.jsonl"
    path.write_text(content, encoding="utf-8", newline="")
    assert optimistic.read(path) is None
    with pytest.raises(InvalidFile):
        strictly(path)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_broken_files_are_never_read_otherwise(path):
    agree(path)


def test_a_line_of_a_gibibyte_is_left_to_the_strict_reader_in_little_memory(tmp_path):
    path = longline.sparse(tmp_path / "run.jsonl", b'{"doc_id": "')
    tracemalloc.start()
    try:
        assert optimistic.read(path) is None
        assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    finally:
        tracemalloc.stop()


ONE = '{"doc_id": "s/1", "events": []}\n'


@pytest.mark.parametrize(
    "later",
    [
        "",
        ONE + ONE.replace("s/1", "s/2"),
        ONE.replace("s/1", "s/2"),
        ONE.replace("[]", "[7]"),
        ONE.replace("\n", "\r\n"),
        None,
    ],
)
def test_a_file_that_changes_before_its_annotations_are_made_is_not_scored(tmp_path, later):
    path = tmp_path / "run.jsonl"
    path.write_text(ONE, encoding="utf-8")
    kept = optimistic.read(path)
    path.unlink() if later is None else path.write_bytes(later.encode())
    with pytest.raises(DatelineError, match="was changed while it was read"):
        kept["s/1"]


def test_lines_are_as_long_as_the_strict_reader_takes_them():
    assert optimistic.MAX_LINE == jsonl.MAX_LINE


def test_other_formats_and_missing_files_are_left_to_their_readers(tmp_path):
    path = tmp_path / "run.jsonl"
    assert optimistic.read(path) is None
    path.write_text('{"doc_id": "s/1", "events": []}\n', encoding="utf-8")
    assert optimistic.read(path.rename(tmp_path / "run.ann")) is None


def event(kind: str, start: int, **fields: object) -> dict[str, object]:
    return {"type": kind, "trigger": {"start": start, "end": start + 3}, **fields}


RUNS = {
    "fine": [("s/1", [event("A", 0), event("B", 9)])],
    "new names": [("s/1", [event("C", 0, arguments=[{"role": "new", "text": "he"}])])],
    "new document": [("s/9", [event("A", 0)])],
    "wrong": [("s/1", [event("A", 0, date="soon")])],
    "more": [("s/1", [event("A", 0, score=1)])],
    "nothing": [],
}


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("options", [[], ["--json"], ["-m", "trigger:overlap,date,coref-b3"]])
def test_the_command_says_the_same_either_way(tmp_path, run_dateline, monkeypatch, name, options):
    gold = [("s/1", [event("A", 0, happening="h")]), ("s/2", [event("B", 5, happening="h")])]
    for file, documents in (("gold", gold), ("run", RUNS[name])):
        lines = [json.dumps({"doc_id": doc_id, "events": found}) for doc_id, found in documents]
        (tmp_path / f"{file}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = ("score", tmp_path / "run.jsonl", "--gold", tmp_path / "gold.jsonl", *options)
    at_once = run_dateline(*command)
    monkeypatch.setattr(optimistic, "read", lambda *_, **__: None)
    assert run_dateline(*command) == at_once
