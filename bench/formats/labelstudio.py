"""Label Studio: a JSON list of tasks with regions and relations; offsets are UTF-16 units.

Source: Label Studio's export format. The browser counts UTF-16, so text with emoji shifts; exports
written by scripts count code points, which is believed where every region's text says so and no
reading in UTF-16 does. The first annotation of a task is read, predictions where there is none.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bench.formats.base import FORMATS, Format, Page, Sample
from bench.formats.reading import Reading
from bench.formats.records import Shape, read_records
from bench.formats.regions import Region, Relation, accept_regions, regions_of
from bench.offsets import Move, Unit, reader_of, units


class _Value(Shape):
    start: int
    end: int
    text: str | None = None
    labels: tuple[str, ...] = ()


class _Region(Shape):
    id: str
    value: _Value


class _Relation(Shape):
    from_id: str
    to_id: str
    labels: tuple[str, ...] = ()


class _Result(Shape):
    result: tuple[dict[str, object], ...] = ()


class _Task(Shape):
    id: int | str | None = None
    data: Mapping[str, object]
    annotations: tuple[_Result, ...] = ()
    predictions: tuple[_Result, ...] = ()


def read(path: Path) -> Reading:
    """Read an export; raises DatelineError where it cannot be opened."""
    return read_records(path, _Task, _take)


def _take(task: _Task, number: int, reading: Reading) -> None:
    text = task.data.get("text")
    if not isinstance(text, str):
        reading.problem(number, ("data", "text"), "no text", "the text of the task")
        reading.drop("document")
        return
    name = task.data.get("doc_id")
    doc_id = name if isinstance(name, str) and name else str(number if task.id is None else task.id)
    results = task.annotations or task.predictions
    reading.unheld["further annotation of a task"] += len(results[1:])
    items = results[0].result if results else ()
    regions = list(_parts(items, _Region, reading))
    relations = [
        Relation(link.from_id, link.to_id, link.labels[0] if link.labels else "related")
        for link in _parts(items, _Relation, reading)
    ]
    move = _unit(regions, text)
    found = [_moved(region, label, move) for region in regions for label in region.value.labels[:1]]
    accept_regions(doc_id, text, found, relations, reading, number)


def _parts(items: Iterable[Mapping[str, Any]], shape: Any, reading: Reading) -> Iterator[Any]:
    """Results of one shape; those of neither are choices, ratings and the like."""
    for item in items:
        is_link = item.get("type") == "relation"
        if is_link != (shape is _Relation):
            continue
        try:
            yield shape.model_validate(item)
        except ValidationError:
            reading.unheld["result without a span of text"] += 1


def _unit(regions: list[_Region], text: str) -> Move:
    """UTF-16, unless the words of the regions are right in code points and wrong in UTF-16."""
    readings = [reader_of(text, unit) for unit in (Unit.utf16, Unit.codepoint)]
    for move in readings:
        if all(_says(region.value, text, move) for region in regions):
            return move
    return readings[0]


def _says(value: _Value, text: str, move: Move) -> bool:
    span = move(value.start, value.end)
    return span is not None and value.text in (None, text[slice(*span)])


def _moved(region: _Region, label: str, move: Move) -> Region:
    start, end = move(region.value.start, region.value.end) or (
        region.value.start,
        region.value.end,
    )
    return Region(region.id, label, start, end)


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:  # noqa: ARG001
    """One list of tasks; raises DatelineError where a text is not known."""
    tasks = [_raw(number, page) for number, page in enumerate(pages, 1)]
    return {"": json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"}


def _raw(number: int, page: Page) -> dict[str, Any]:
    text = page.require_text("labelstudio")
    regions, relations = regions_of(page)
    at = units(text, Unit.utf16)
    result = [
        {
            "id": region.id,
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": at[region.start],
                "end": at[region.end],
                "text": text[region.start : region.end],
                "labels": [region.label],
            },
        }
        for region in regions
    ] + [
        {
            "from_id": link.source,
            "to_id": link.target,
            "type": "relation",
            "direction": "right",
            "labels": [link.label],
        }
        for link in relations
    ]
    data = {"text": text, "doc_id": page.annotation.doc_id}
    return {"id": number, "data": data, "annotations": [{"result": result}]}


def _sniff(seen: Sample) -> bool:
    return seen.has("data") and (seen.has("annotations") or seen.has("predictions"))


FORMATS.add(
    "labelstudio",
    Format(
        "labelstudio",
        "Label Studio exports, a JSON list of tasks",
        read,
        _sniff,
        holds=frozenset({"text", "triggers", "arguments", "overlap"}),
        write=write,
        traps="UTF-16 units; several annotations of a task; predictions beside annotations",
    ),
)
