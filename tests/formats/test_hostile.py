"""Whatever bytes a reader is given, nothing but a DatelineError escapes, and soon."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.errors import DatelineError
from bench.foreign import gold_of
from bench.formats import FORMATS, Page, fit
from bench.formats.base import recognise
from bench.runs import check_against, settle
from bench.schema import Annotation, Argument, Event, Mark

# Seventeen readers: a few examples of each here, sixty times as many in fuzz.
FEW = settings(max_examples=settings.default.max_examples // 2)
TEXT = "📞 Ana met Bo. She agreed."
PAGE = Page(
    Annotation(
        doc_id="s/one",
        events=(
            Event(
                type="Meet",
                trigger=Mark(start=6, end=9, text="met"),
                date="2025-03-18",
                cluster="c",
                arguments=(
                    Argument(role="actor", start=2, end=5, text="Ana", actor="ana"),
                    Argument(role="recipient", start=10, end=12, text="Bo"),
                ),
            ),
            Event(type="Agree", trigger=Mark(start=18, end=24, text="agreed")),
        ),
    ),
    TEXT,
)
ANSWER = json.dumps({"doc_id": "s/one", "answer": json.dumps({"events": [{"type": "Meet"}]})})


def seed(name: str) -> dict[str, bytes]:
    """A small good file of a format, or the files of a folder."""
    form = FORMATS[name]
    if form.write is None:
        return {"": ANSWER.encode()}
    files = form.write([fit(PAGE, form)[0]], Counter())
    return {key: c if isinstance(c, bytes) else c.encode() for key, c in files.items()}


SEEDS = {name: seed(name) for name in FORMATS}
PUNCTUATION = [b'"', b"{", b"}", b"[", b"]", b",", b":", b"\t", b"\n", b"\r\n", b"#", b"<", b"&x;"]
VALUES = [b"-1", b"0", b"1e999", b"9" * 30, b"null", b'""', b"[]", b"{}", b"true", b"NaN"]
TOKENS = [*PUNCTUATION, *VALUES, b"\\ud800", b"\0", b"\xff", b"T1", b"E1"]
edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(TOKENS) | st.binary(max_size=3)),
    max_size=4,
)


def edited(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, new in changes:
        at = int(where * len(content))
        content = content[:at] + new + content[at + length :]
    return content


def read_through(name: str, path) -> None:
    """All that score, validate and convert do with a file; raises what they would show."""
    reading = FORMATS[name].read(path)
    gold = gold_of(reading)
    check_against(reading, gold)
    settle(reading, gold)
    for annotation in reading.annotations.values():
        page = Page(annotation, reading.texts.get(annotation.doc_id))
        assert Annotation.model_validate_json(annotation.model_dump_json()) == annotation
        fit(page, FORMATS["jsonl"])


@pytest.mark.parametrize("name", list(FORMATS))
@FEW
@given(changes=edits)
def test_an_edited_file_is_read_or_refused(name, changes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("edited")
    for key, content in SEEDS[name].items():
        path = folder / (key or "file.data")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(edited(content, changes))
    path = folder if "" not in SEEDS[name] else folder / "file.data"
    try:
        read_through(name, path)
        recognise(path)
    except DatelineError as error:
        assert str(error)  # noqa: PT017 - any other error fails the test
    shutil.rmtree(folder)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**19) | st.text(max_size=3) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)
RECORDS = [name for name, files in SEEDS.items() if files.get("", b"").lstrip()[:1] in (b"{", b"[")]


def first_object(content: bytes) -> object:
    """The first line of JSON Lines, else the one value of a file."""
    text = content.decode()
    return json.loads(text if text.startswith("[") else text.splitlines()[0])


def paths(value: object, at: tuple = ()):
    yield at
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, item in children:
        yield from paths(item, (*at, key))


@pytest.mark.parametrize("name", RECORDS)
@FEW
@given(data=st.data(), value=values)
def test_a_value_of_another_shape_is_read_or_refused(name, data, value, tmp_path_factory):
    raw = first_object(SEEDS[name][""])
    at = data.draw(st.sampled_from(list(paths(raw))[1:]))
    part = raw
    for step in at[:-1]:
        part = part[step]
    part[at[-1]] = value
    path = tmp_path_factory.mktemp("shape") / "file.data"
    path.write_text(json.dumps(raw), encoding="utf-8")
    try:
        read_through(name, path)
    except DatelineError as error:
        assert str(error)  # noqa: PT017 - any other error fails the test


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"doc_id": ' + b"9" * 1_000_000 + b"}",
        b"\x1f\x8b\x08" + b"\0" * 1000,
        b"PK\x03\x04" + b"\0" * 1000,
        b"\xff\xfe" + "{}".encode("utf-16-le"),
        b"\0" * 1000,
        b"",
    ],
    ids=["deep list", "deep object", "long number", "gzip", "zip", "utf-16", "zeros", "empty"],
)
@pytest.mark.parametrize("name", list(FORMATS))
def test_hostile_bytes_are_refused_or_empty(name, content, tmp_path):
    path = tmp_path / "file.data"
    path.write_bytes(content)
    try:
        recognise(path)
        reading = FORMATS[name].read(path)
    except DatelineError:
        return
    assert not any(annotation.events for annotation in reading.annotations.values())


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("jsonl", "brat")])
def test_a_file_without_end_is_refused(name, tmp_path, monkeypatch):
    monkeypatch.setattr("bench.formats.base.MAX_FILE", 100)
    path = tmp_path / "file.data"
    path.write_bytes(b"x" * 101)
    with pytest.raises(DatelineError, match="more than 100 bytes; split the file"):
        FORMATS[name].read(path)
