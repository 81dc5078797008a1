"""MUC-4 templates as GTT and GRIT write them: JSON Lines, no triggers, entities by their mentions.

Source: GTT (Du, Rush and Cardie 2021). Each role lists entities, each entity its mentions, each
mention its words and perhaps its first character in `doctext`. The first mention stands for the
entity.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.formats.base import FORMATS, Format, Page, Sample, has_text
from bench.formats.reading import Reading, accept, show
from bench.formats.records import Shape, read_records
from bench.schema import Argument, Event

TYPE = "incident_type"


class _Document(Shape):
    docid: str
    doctext: str | None = None
    templates: tuple[dict[str, object], ...] = ()
    pred_templates: tuple[dict[str, object], ...] | None = None


def read(path: Path) -> Reading:
    """Read a file of documents; raises DatelineError where it cannot be opened."""
    return read_records(path, _Document, _take)


def _take(found: _Document, number: int, reading: Reading) -> None:
    templates = found.templates if found.pred_templates is None else found.pred_templates
    events = []
    for n, template in enumerate(templates):
        kind = template.get(TYPE)
        if not isinstance(kind, str) or not kind:
            reading.problem(number, ("templates", n, TYPE), show(kind), "a type of incident")
            reading.drop("event")
            continue
        fillers = [
            {"role": role, **mark}
            for role, entities in template.items()
            if role != TYPE
            for mark in _fillers(entities, number, ("templates", n, role), reading)
        ]
        events.append({"type": kind, "arguments": fillers})
    has_text(found.doctext, found.docid, reading, number)
    accept({"doc_id": found.docid, "events": events}, reading, number)


def _fillers(
    entities: object, number: int, path: tuple[str | int, ...], reading: Reading
) -> Iterator[dict[str, Any]]:
    """One mark for each entity: that of its first mention."""
    for n, entity in enumerate(entities if isinstance(entities, list) else []):
        mentions = entity if isinstance(entity, list) else [entity]
        # An entity of one mention may be written without the list around it: ["guerrillas", 17].
        if len(mentions) == 2 and isinstance(mentions[0], str) and type(mentions[1]) is int:
            mentions = [mentions]
        mark = _mark(mentions[0]) if mentions else None
        if mark is None:
            reading.problem(number, (*path, n), show(entity), "mentions of an entity")
            reading.drop("argument")
        else:
            reading.unheld["further mention of a filler"] += len(mentions) - 1
            yield mark


def _mark(mention: object) -> dict[str, Any] | None:
    match mention:
        case [str(words), int(start), *_] if words:
            return {"start": start, "end": start + len(words), "text": words}
        case str(words) | [str(words)] if words:
            return {"text": words}
        case _:
            return None


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One document a line, with its text where that is known."""
    lines = (json.dumps(_raw(page, lost), ensure_ascii=False) for page in pages)
    return {"": "".join(f"{line}\n" for line in lines)}


def _raw(page: Page, lost: Counter[str]) -> dict[str, Any]:
    templates = [_template(event, lost) for event in page.annotation.events]
    text = {} if page.text is None else {"doctext": page.text}
    return {"docid": page.annotation.doc_id, **text, "templates": templates}


def _template(event: Event, lost: Counter[str]) -> dict[str, Any]:
    template: dict[str, Any] = {TYPE: event.type}
    for argument in event.arguments:
        if argument.role == TYPE:
            lost["argument with the role incident_type"] += 1
        else:
            template.setdefault(argument.role, []).append([_mention(argument)])
    return template


def _mention(argument: Argument) -> list[Any]:
    return [argument.text, *([] if argument.start is None else [argument.start])]


def _sniff(seen: Sample) -> bool:
    return seen.has("docid") and (seen.has("templates") or seen.has("pred_templates"))


FORMATS.add(
    "muc4",
    Format(
        "muc4",
        "MUC-4 templates (GTT, GRIT), JSON Lines: records without triggers",
        read,
        _sniff,
        holds=frozenset({"text", "arguments", "untriggered", "words", "overlap"}),
        write=write,
        traps="text in lower case; entities as lists of mentions; a start without an end",
    ),
)
