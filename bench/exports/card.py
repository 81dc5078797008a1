"""What code writes into the dataset card: its YAML header and its tables of sizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bench import gold as published
from bench.dataset import features
from bench.gold import Gold
from bench.goldstats import GoldStatistics, statistics_of
from bench.schema import REALIS

START = "<!-- sizes: written by 'dateline gold stamp' -->"
END = "<!-- end of sizes -->"
_SIZES = {
    "documents": "articles",
    "words": "words",
    "events": "event mentions",
    "arguments": "arguments",
    "dated": "dated mentions",
    "times": "time expressions",
    "clusters": "happenings by article",
}


def parquet(split: str) -> str:
    """Where a split lies in the exported folder."""
    return f"data/{split}.parquet"


def refresh(card: str) -> str:
    """A card with its header as the exported folder needs it, and with the sizes of the gold.

    What the header says beyond splits and features stays, and so does all text outside the marks
    of the sizes.
    """
    from datasets.info import DatasetInfo, DatasetInfosDict
    from huggingface_hub import DatasetCard

    page: Any = DatasetCard(card, ignore_metadata_errors=True)
    splits = dict.fromkeys(document.split for document in published.manifest())
    files = [{"split": split, "path": parquet(split)} for split in splits]
    page.data["configs"] = [{"config_name": "default", "data_files": files}]
    infos = DatasetInfosDict({"default": DatasetInfo(features=features())})
    infos.to_dataset_card_data(page.data)
    page.text = _with_sizes(page.text, statistics_of(with_shipped_texts(published.load())))
    return str(page)


def with_shipped_texts(gold: Gold) -> Gold:
    """The same documents without the texts that only this machine has."""
    documents = (
        document.model_copy(update={"text": published.shipped_text(document)})
        for document in gold.documents
    )
    return replace(gold, documents=tuple(documents))


def _with_sizes(text: str, found: GoldStatistics) -> str:
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        return text
    return f"{before}{START}\n\n{sizes(found)}\n{END}{after}"


def sizes(found: GoldStatistics) -> str:
    """Markdown tables: sizes by split, mentions by type, split and realis, articles by tag."""
    splits = list(found.splits)
    by_split = [
        [words, *(_size(getattr(found.splits[split], name)) for split in splits)]
        for name, words in _SIZES.items()
    ]
    by_type = [
        [name, *row.values(), sum(row.values()), *found.realis[name].values()]
        for name, row in found.types.items()
    ]
    tags = [[name, *row.values()] for name, row in found.tags.items() if any(row.values())]
    tables = (
        _table(["", *splits], by_split),
        _table(["event type", *splits, "all", *REALIS], by_type),
        _table(["tag", *splits], tags),
    )
    return "\n".join(tables)


def _size(value: int | None) -> str:
    return "not shipped" if value is None else f"{value}"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    return "".join(f"{line}\n" for line in _lines(columns, rows))


def _lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"| --- |{' ---: |' * (len(columns) - 1)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
