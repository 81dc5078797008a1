"""Parquet and saved datasets: nulls, rows that are nothing, tables that unfold."""

from __future__ import annotations

import pytest

from bench.errors import DatelineError
from bench.formats import FORMATS
from bench.formats.base import recognise
from tests.formats.samples import marks, only, read

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

ROW = {
    "doc_id": "d",
    "text": "Bo met Eva.",
    "events": [
        {
            "type": "Meet",
            "trigger": {"start": 3, "end": 6, "text": None},
            "date": None,
            "arguments": [{"role": "who", "start": 0, "end": 2, "text": "Bo", "actor": None}],
        },
        {"type": "Meet", "trigger": None, "date": "2025-03", "arguments": None},
    ],
    "label": 7,
}


def table(path, rows):
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


def test_rows_are_read_without_their_nulls(tmp_path):
    reading = read("hf", table(tmp_path / "a.parquet", [ROW]))
    assert marks(only(reading)) == [("Meet", (3, 6), ("who", (0, 2))), ("Meet", None)]
    assert only(reading).events[1].date == "2025-03"


def test_a_row_without_a_document_is_named(tmp_path):
    reading = read("hf", table(tmp_path / "a.parquet", [{"events": []}, {"events": []}]))
    assert [str(problem) for problem in reading.problems] == [
        f"a.parquet:{n}: doc_id: found null, wanted the id of a document" for n in (1, 2)
    ]


def test_a_dataset_that_was_saved_is_a_folder(tmp_path):
    datasets = pytest.importorskip("datasets")
    datasets.Dataset.from_list([ROW]).save_to_disk(tmp_path / "saved")
    assert recognise(tmp_path / "saved").name == "hf"
    assert marks(only(read("hf", tmp_path / "saved")))[0] == ("Meet", (3, 6), ("who", (0, 2)))


def test_a_table_that_unfolds_is_refused(tmp_path, monkeypatch):
    path = table(tmp_path / "bomb.parquet", [{"doc_id": "x" * 1_000_000}] * 500)
    assert path.stat().st_size < 10_000_000
    monkeypatch.setattr("bench.formats.hf.LARGEST", 100_000_000)
    with pytest.raises(DatelineError, match="more than 100,000,000 bytes"):
        FORMATS["hf"].read(path)


def test_a_table_that_says_it_unfolds_is_refused_before_it_does(tmp_path, monkeypatch):
    path = tmp_path / "bomb.parquet"
    rows = pyarrow.Table.from_pylist([{"doc_id": "x" * 10_000_000}])
    parquet.write_table(rows, path, compression="zstd", use_dictionary=False)
    assert path.stat().st_size < 100_000
    monkeypatch.setattr("bench.formats.hf.LARGEST", 1_000_000)
    with pytest.raises(DatelineError, match=r"unfolds to 10,\d\d\d,\d\d\d bytes"):
        FORMATS["hf"].read(path)


@pytest.mark.parametrize("codec", ["zstd", "lz4"])
def test_a_compressed_stream_is_refused_before_it_unfolds(tmp_path, codec):
    rows = pyarrow.Table.from_pylist([{"doc_id": "x" * 10_000_000}])
    path = tmp_path / "bomb.arrow"
    options = pyarrow.ipc.IpcWriteOptions(compression=codec)
    with pyarrow.ipc.new_stream(str(path), rows.schema, options=options) as stream:
        stream.write_table(rows)
    assert path.stat().st_size < 100_000
    before = pyarrow.total_allocated_bytes()
    with pytest.raises(DatelineError, match="a compressed stream of unknown size"):
        FORMATS["hf"].read(path)
    assert pyarrow.total_allocated_bytes() - before < 1_000_000


def test_what_is_no_table_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 100)
    assert recognise(path).name == "hf"
    with pytest.raises(DatelineError, match="no table that can be read"):
        FORMATS["hf"].read(path)
