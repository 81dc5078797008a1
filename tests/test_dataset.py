"""The gold as a dataset: typed, complete, and written without the network."""

from __future__ import annotations

import os

import pytest

from bench import gold
from bench.schema import Annotation

os.environ["HF_HUB_OFFLINE"] = "1"
datasets = pytest.importorskip("datasets")


def test_the_dataset_is_the_gold_row_by_row():
    found = gold.as_dataset("dev")
    assert found["doc_id"][:] == [document.id for document in gold.load("dev").documents]
    for row in found:
        names = ("doc_id", "events", "actors", "times")
        again = Annotation.model_validate({name: row[name] for name in names})
        assert again == gold.load().annotations[row["doc_id"]]


def test_dates_stay_strings_and_absent_texts_are_null():
    from bench.dataset import features

    found = gold.as_dataset()
    assert found.features == features()
    documents = gold.load().documents
    assert found["published"][:] == [document.published for document in documents]
    assert found["text"][:] == [document.text for document in documents]
    assert None in found["text"][:]
