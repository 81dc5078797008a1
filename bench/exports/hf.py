"""The gold as a dataset for the Hugging Face Hub: Parquet by split, and the card."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from bench import gold as published
from bench.canary import CANARY, FIELD, FILE
from bench.dataset import as_rows
from bench.exports.card import parquet, refresh, with_shipped_texts
from bench.gold import Gold


def hf() -> Mapping[str, str | bytes]:
    """Files of a folder that `datasets.load_dataset` opens, offline too."""
    gold = with_shipped_texts(published.load())
    files: dict[str, str | bytes] = {parquet(s): _table(gold.select([s])) for s in gold.splits}
    root = published.root()
    files["README.md"] = refresh((root / "README.md").read_text(encoding="utf-8"))
    files["LICENSE"] = (root / "LICENSE").read_text(encoding="utf-8")
    files[FILE] = f"{CANARY}\n"
    return files


def _table(gold: Gold) -> bytes:
    """A Parquet file with a row a document; its metadata hold the features and the canary."""
    import pyarrow.parquet

    rows = as_rows((document, gold.annotations[document.id]) for document in gold.documents)
    table: Any = rows.data.table
    known = rows.features.arrow_schema.metadata
    table = table.replace_schema_metadata({**known, FIELD: CANARY})
    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file)
    return file.getvalue()
