"""Whatever bytes a reader is given, nothing but a DatelineError escapes, and soon."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.errors import DatelineError
from bench.formats import FORMATS
from bench.formats.base import recognise
from tests.formats.hostile import SEEDS, read_through

# Seventeen readers: a few examples of each here, sixty times as many in fuzz.
FEW = settings(max_examples=settings.default.max_examples // 2)
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
