"""Whatever bytes a reader is given, nothing but a DatelineError escapes, and soon."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.errors import DatelineError
from bench.formats import FORMATS
from bench.formats.base import recognise
from tests.formats import longline
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


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../run.jsonl", content)
    return file.getvalue()


BOMB = b" " * 50_000_000


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"doc_id": ' + b"9" * 1_000_000 + b"}",
        gzip.compress(BOMB, mtime=0),
        zipped(BOMB),
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


def test_a_line_of_a_gibibyte_is_refused_soon_and_in_little_memory(tmp_path):
    command = [sys.executable, "-m", "tests.formats.longline", str(tmp_path)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["reader"] for row in rows} == set(FORMATS)
    assert len(rows) == len(FORMATS) + sum(map(len, longline.FOLDERS.values()))
    for row in rows:
        assert "more than 67,108,864 bytes" in row["said"], row
        assert float(row["seconds"]) < 10, row
        assert row["peak"] < 200, row


NUMBER = b"9" * 1_000_000
NUMBERS = {
    "brat": {"d.txt": b"Bo met", "d.ann": b"T1\tMeet 0 " + NUMBER + b"\tBo\nE1\tMeet:T" + NUMBER},
    "tbf": {"": b"#BeginOfDocument d\ns\td\tE1\t0," + NUMBER + b"\tBo\tMeet\tActual\n"},
    "timeml": {
        "d.tml": b'<TimeML><TEXT><TIMEX3 value="' + NUMBER + b'">Bo</TIMEX3></TEXT></TimeML>'
    },
    "webanno": {
        "d.tsv": b"#FORMAT=WebAnno TSV 3.3\n#T_SP=a.B|value\n\n#Text=Bo\n1-1\t0-2\tBo\tX["
        + NUMBER
        + b"]\t\n1-2\t"
        + NUMBER
        + b"-3\tx\tX\t\n"
    },
    "conll": {"": b"Bo\tB-" + NUMBER + b"\n"},
    "answer": {"": b'[{"type": "Meet", "trigger": "Bo", "start": ' + NUMBER + b"}]"},
}
"""A number of a million digits where a format that is no JSON has its numbers."""


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_of_a_million_digits_is_named_or_let_be(name, tmp_path):
    read_through(name, written(tmp_path, NUMBERS[name]))
    reading = FORMATS[name].read(written(tmp_path, NUMBERS[name]))
    assert all(len(str(problem)) < 1000 for problem in reading.problems)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / (name or "file.data")).write_bytes(content)
    return folder / "file.data" if "" in files else folder


def with_value(name: str, value: str, tmp_path: Path) -> list[Path]:
    """The good file of a format with one value after another written in another way."""
    raw = first_object(SEEDS[name][""])
    found = []
    for n, at in enumerate(list(paths(raw))[1:]):
        copy = json.loads(json.dumps(raw))
        part = copy
        for step in at[:-1]:
            part = part[step]
        part[at[-1]] = "@@"
        path = tmp_path / f"{n}.data"
        path.write_text(json.dumps(copy).replace('"@@"', value), encoding="utf-8")
        found.append(path)
    return found


STRICT = [name for name in RECORDS if name != "answer"]
"""Formats that refuse a line that is not JSON; an answer is read as far as it is whole."""


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("name", STRICT)
def test_what_is_no_number_of_json_is_named(name, value, tmp_path):
    for path in with_value(name, value, tmp_path):
        problems = FORMATS[name].read(path).problems
        assert any(f"found {value}, wanted" in str(problem) for problem in problems)


@pytest.mark.parametrize("name", RECORDS)
def test_a_lone_surrogate_is_named_or_left_out(name, tmp_path):
    for path in with_value(name, '"x\\ud800"', tmp_path):
        with suppress(DatelineError):
            read_through(name, path)
        reading = FORMATS[name].read(path)
        kept = "".join(one.model_dump_json() for one in reading.annotations.values())
        (kept + "".join(reading.texts.values())).encode()  # raises where one is left


@pytest.mark.parametrize("name", STRICT)
def test_a_field_given_twice_is_named(name, tmp_path):
    text = json.dumps(first_object(SEEDS[name][""]))
    field = '"twice": 1, "twice": 2, "'
    path = tmp_path / "file.data"
    for content in (
        text.replace('{"', "{" + field, 1),
        text[::-1].replace('"{', field[::-1] + "{", 1)[::-1],
    ):
        path.write_text(content, encoding="utf-8")
        problems = FORMATS[name].read(path).problems
        assert "found the field 'twice' twice in one object" in str(problems[0])


FOLDERS = {"answer": ".txt", "brat": ".ann", "timeml": ".tml", "webanno": ".tsv", "hf": ".parquet"}


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_is_read_outside_a_folder(name, tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    files = {f"d{FOLDERS[name]}": SEEDS[name][""]} if "" in SEEDS[name] else SEEDS[name]
    for key, content in files.items():
        path = outside / Path(key).name
        path.write_bytes(content)
        (inside / Path(key).name).symlink_to(path)
    (inside / "folder").symlink_to(outside, target_is_directory=True)
    assert FORMATS[name].read(outside).annotations
    assert not FORMATS[name].read(inside).annotations
