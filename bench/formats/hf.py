"""Parquet files, and folders that `datasets` saved: a row a document, columns of the native shape.

A column `text` holds the article where it is known; other columns are let be. Rows are read in
small batches and counted, so that a small file cannot unfold into a large memory.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.errors import DatelineError
from bench.formats.base import (
    EVERYTHING,
    FORMATS,
    MAX_FILE,
    Format,
    Page,
    Sample,
    content,
    has_text,
)
from bench.formats.reading import Reading, accept, show
from bench.schema import Annotation

BATCH = 16
MOST_ROWS = 1_000_000
LARGEST = 16 * MAX_FILE
COLUMNS = ("events", "actors", "times")


def read(path: Path) -> Reading:
    """Read a file or a folder; raises DatelineError where they cannot be read or are too large."""
    reading = Reading(path.name)
    for number, row in enumerate(_rows(path), 1):
        _take(row, number, reading)
    return reading


def _take(row: dict[str, Any], number: int, reading: Reading) -> None:
    raw = {name: _bare(row[name]) for name in COLUMNS if row.get(name)}
    doc_id = row.get("doc_id")
    if not isinstance(doc_id, str) or not doc_id:
        reading.problem(number, ("doc_id",), show(doc_id), "the id of a document")
        reading.drop("document")
        return
    has_text(row.get("text"), doc_id, reading, number)
    accept({"doc_id": doc_id, "events": [], **raw}, reading, number)


def _bare(value: Any) -> Any:
    """A value without the nulls that a table needs where nothing was said."""
    if isinstance(value, dict):
        return {name: _bare(item) for name, item in value.items() if item is not None}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    import pyarrow

    size = count = 0
    try:
        for batch in (batch for file in _files(path) for batch in _batches(file)):
            size, count = size + batch.nbytes, count + batch.num_rows
            if size > LARGEST or count > MOST_ROWS:
                raise DatelineError(f"{path}: more than {LARGEST:,} bytes or {MOST_ROWS:,} rows")
            yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError, NotImplementedError) as error:
        # Arrow tells a broken file by any of these.
        raise DatelineError(f"{path}: no table that can be read: {error}") from error


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        Path(here, name)
        for here, _, names in os.walk(path, followlinks=False)
        for name in names
        if name.endswith((".parquet", ".arrow")) and not Path(here, name).is_symlink()
    )


def _batches(path: Path) -> Iterator[Any]:
    """Record batches of a file, a few rows each."""
    import pyarrow.ipc
    import pyarrow.parquet

    data = content(path)
    if path.suffix == ".arrow":
        if any(_is_compressed(message.body) for message in _messages(data)):
            raise DatelineError(f"{path}: a compressed stream of unknown size; save it as Parquet")
        with pyarrow.ipc.open_stream(data) as stream:
            yield from stream
        return
    file = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data))
    groups = (file.metadata.row_group(n) for n in range(file.metadata.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    if size > LARGEST:
        raise DatelineError(f"{path}: unfolds to {size:,} bytes; at most {LARGEST:,} are read")
    yield from file.iter_batches(batch_size=BATCH)


def _messages(data: bytes) -> Iterator[Any]:
    """Messages of a stream as they stand, before anything is unfolded."""
    import pyarrow.ipc

    reader = pyarrow.ipc.MessageReader.open_stream(data)
    with contextlib.suppress(StopIteration):
        while True:
            yield reader.read_next_message()


_FRAMES = (b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")
"""How frames of Zstandard and LZ4 begin: Arrow puts one behind the length of each buffer."""


def _is_compressed(body: Any) -> bool:
    """Whether the buffers of a message are compressed; they begin at multiples of 8 bytes."""
    found = bytes(body) if body is not None else b""
    return any(at % 8 == 0 for frame in _FRAMES for at in _places(found, frame))


def _places(data: bytes, words: bytes) -> Iterator[int]:
    at = data.find(words)
    while at >= 0:
        yield at
        at = data.find(words, at + 1)


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, bytes]:  # noqa: ARG001
    """One Parquet file."""
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.Table.from_pylist([_row(page) for page in pages], schema=_schema())
    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file)
    return {"": file.getvalue()}


def _row(page: Page) -> dict[str, Any]:
    return {**page.annotation.model_dump(), "text": page.text}


def _schema() -> Any:
    """The columns, from the records that they hold."""
    import pyarrow as pa

    text, number = pa.string(), pa.int64()
    mark = {"start": number, "end": number, "text": text}

    def many(fields: dict[str, Any]) -> Any:
        return pa.list_(pa.struct(list(fields.items())))

    argument = {**mark, "role": text, "actor": text}
    said = dict.fromkeys(("id", "type", "realis", "date", "source", "cluster", "happening"), text)
    event = {**said, "trigger": pa.struct(list(mark.items())), "arguments": many(argument)}
    columns = {
        "doc_id": text,
        "text": text,
        "events": many(event),
        "actors": many({"id": text, "mentions": many(mark)}),
        "times": many({**mark, "value": text}),
    }
    assert set(columns) == {*Annotation.model_fields, "text"}
    return pa.schema(list(columns.items()))


def _sniff(seen: Sample) -> bool:
    if seen.names:
        return any(name.endswith(".parquet") for name in seen.names) or (
            "dataset_info.json" in seen.names
        )
    return seen.head.startswith("PAR1")


FORMATS.add(
    "hf",
    Format(
        "hf",
        "Parquet, or a folder that datasets saved: a row a document",
        read,
        _sniff,
        holds=EVERYTHING | {"text"},
        write=write,
        suffixes=(".parquet",),
        traps="nulls where nothing was said; files that unfold to many times their size",
    ),
)
