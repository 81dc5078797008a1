"""doccano: JSON Lines of texts with labelled spans, and relations where the project has them.

Source: doccano's export of sequence labelling (`label`: lists of start, end, label) and of relation
extraction (`entities`, `relations`). Offsets are code points, half-open.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.formats.base import FORMATS, Format, Page, Sample
from bench.formats.reading import Reading
from bench.formats.records import Shape, read_records
from bench.formats.regions import Region, Relation, accept_regions, regions_of


class _Entity(Shape):
    id: int | str
    label: str
    start_offset: int
    end_offset: int


class _Relation(Shape):
    from_id: int | str
    to_id: int | str
    type: str


class _Document(Shape):
    id: int | str | None = None
    doc_id: str | None = None
    text: str
    label: tuple[tuple[int, int, str], ...] = ()
    entities: tuple[_Entity, ...] = ()
    relations: tuple[_Relation, ...] = ()


def read(path: Path) -> Reading:
    """Read an export; raises DatelineError where it cannot be opened."""
    return read_records(path, _Document, _take)


def _take(found: _Document, number: int, reading: Reading) -> None:
    doc_id = found.doc_id or (str(number) if found.id is None else str(found.id))
    regions = [
        Region(f"label {n}", label, start, end) for n, (start, end, label) in enumerate(found.label)
    ]
    regions += [Region(str(e.id), e.label, e.start_offset, e.end_offset) for e in found.entities]
    relations = [Relation(str(r.from_id), str(r.to_id), r.type) for r in found.relations]
    accept_regions(doc_id, found.text, regions, relations, reading, number)


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:  # noqa: ARG001
    """One document a line; raises DatelineError where a text is not known."""
    lines = (json.dumps(_raw(n, p), ensure_ascii=False) for n, p in enumerate(pages, 1))
    return {"": "".join(f"{line}\n" for line in lines)}


def _raw(number: int, page: Page) -> dict[str, Any]:
    regions, relations = regions_of(page)
    ids = {region.id: n for n, region in enumerate(regions, 1)}
    entities = [
        {"id": ids[r.id], "label": r.label, "start_offset": r.start, "end_offset": r.end}
        for r in regions
    ]
    links = [
        {"id": n, "from_id": ids[r.source], "to_id": ids[r.target], "type": r.label}
        for n, r in enumerate(relations, 1)
    ]
    text, doc_id = page.require_text("doccano"), page.annotation.doc_id
    head = {"id": number, "doc_id": doc_id, "text": text}
    return {**head, "entities": entities, "relations": links, "Comments": []}


def _sniff(seen: Sample) -> bool:
    labelled = isinstance(seen.first.get("label"), list)
    return seen.has("text") and (labelled or seen.has("entities", "relations"))


FORMATS.add(
    "doccano",
    Format(
        "doccano",
        "doccano exports, JSON Lines of spans and relations",
        read,
        _sniff,
        holds=frozenset({"text", "triggers", "arguments", "overlap"}),
        write=write,
        traps="two shapes of export; characters, half-open; a number for a name",
    ),
)
