"""Prodigy: JSON Lines of tasks with spans and relations; rejected and ignored tasks are left out.

Source: Prodigy's annotation interfaces `spans` and `relations`. Offsets are code points, half-open.
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
from bench.formats.regions import FILLER, Region, Relation, accept_regions, regions_of
from bench.schema import Event


class _Span(Shape):
    start: int
    end: int
    label: str = ""


class _Relation(Shape):
    head_span: _Span
    child_span: _Span
    label: str


class _Meta(Shape):
    doc_id: str | None = None
    id: str | int | None = None


class _Task(Shape):
    text: str
    spans: tuple[_Span, ...] = ()
    relations: tuple[_Relation, ...] = ()
    meta: _Meta = _Meta()
    answer: str = "accept"


def read(path: Path) -> Reading:
    """Read a file of tasks; raises DatelineError where it cannot be opened."""
    return read_records(path, _Task, _take)


def _take(task: _Task, number: int, reading: Reading) -> None:
    if task.answer != "accept":
        reading.unheld["rejected or ignored task"] += 1
        return
    doc_id = task.meta.doc_id or (str(number) if task.meta.id is None else str(task.meta.id))
    spans = {_name(span): span for span in task.spans}
    for relation in task.relations:
        for span in (relation.head_span, relation.child_span):
            spans.setdefault(_name(span), span)
    regions = [Region(name, span.label, span.start, span.end) for name, span in spans.items()]
    links = [Relation(_name(r.head_span), _name(r.child_span), r.label) for r in task.relations]
    accept_regions(doc_id, task.text, regions, links, reading, number)


def _name(span: _Span) -> str:
    """Prodigy's relations name spans by their place and label, not by an id."""
    return f"{span.start} {span.end} {span.label}"


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One task a line; raises DatelineError where a text is not known."""
    lines = (json.dumps(_raw(page, lost), ensure_ascii=False) for page in pages)
    return {"": "".join(f"{line}\n" for line in lines)}


def _raw(page: Page, lost: Counter[str]) -> dict[str, Any]:
    regions, relations = regions_of(_distinct(page, lost))
    spans = {r.id: {"start": r.start, "end": r.end, "label": r.label} for r in regions}
    links = [
        {"head_span": spans[r.source], "child_span": spans[r.target], "label": r.label}
        for r in relations
    ]
    unique = {json.dumps(span): span for span in spans.values()}
    return {
        "text": page.require_text("prodigy"),
        "spans": list(unique.values()),
        "relations": links,
        "meta": {"doc_id": page.annotation.doc_id},
        "answer": "accept",
    }


def _distinct(page: Page, lost: Counter[str]) -> Page:
    """The page without events that Prodigy cannot tell apart: of one type on one trigger, or of
    the type that names fillers.
    """
    events: dict[object, Event] = {}
    for event in page.annotation.events:
        assert event.trigger is not None
        if event.type != FILLER:
            events.setdefault((event.type, event.trigger.span), event)
    lost["indistinct event"] += len(page.annotation.events) - len(events)
    kept = page.annotation.model_copy(update={"events": tuple(events.values())})
    return Page(kept, page.text)


def _sniff(seen: Sample) -> bool:
    return seen.has("text", "spans") and (seen.has("answer") or seen.has("_input_hash"))


FORMATS.add(
    "prodigy",
    Format(
        "prodigy",
        "Prodigy tasks, JSON Lines of spans and relations",
        read,
        _sniff,
        holds=frozenset({"text", "triggers", "arguments"}),
        partly=frozenset({"overlap"}),
        write=write,
        traps="rejected tasks in the file; characters half-open beside tokens inclusive;"
        " relations that name spans by place",
    ),
)
