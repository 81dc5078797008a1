"""Documents with their annotations as a typed `datasets.Dataset`, for those who train or browse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bench.schema import Annotation, Document

if TYPE_CHECKING:
    from datasets import Dataset, Features


def features() -> Features:
    """The columns: a document's own, then its annotation.

    Everything is declared: left to guess, a column of dates becomes time stamps, and one that is
    null in the first file cannot hold text in the second.
    """
    from datasets import Features, List, Value

    text, offset = Value("string"), Value("int32")
    mark = {"start": offset, "end": offset, "text": text}
    event = {
        **dict.fromkeys(("id", "type", "realis", "date", "source"), text),
        **dict.fromkeys(("cluster", "happening"), text),
        "trigger": mark,
        "arguments": List({"role": text, **mark, "actor": text}),
    }
    return Features(
        {
            **dict.fromkeys(("doc_id", "story", "outlet", "published", "language"), text),
            **dict.fromkeys(("split", "licence", "sha256", "text"), text),
            "zones": List({"start": offset, "end": offset, "kind": text}),
            "tags": List(text),
            "events": List(event),
            "actors": List({"id": text, "mentions": List(mark)}),
            "times": List({**mark, "value": text}),
        }
    )


def as_rows(pairs: Iterable[tuple[Document, Annotation]]) -> Dataset:
    """One row a document; `text` is null where it is not on this machine."""
    from datasets import Dataset

    return Dataset.from_list([row(*pair) for pair in pairs], features=features())


def row(document: Document, annotation: Annotation) -> dict[str, Any]:
    """A document and its annotation as one flat record."""
    about = document.model_dump(exclude={"id", "length"})
    return {"doc_id": document.id, **about, **annotation.model_dump(exclude={"doc_id"})}
