"""Labelled regions and labelled relations between them, as several annotation tools export them.

A region that a relation leads to is an argument, its role the relation's label; every other region
is the trigger of an event, its type the region's label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.formats.base import Page, has_text
from bench.formats.reading import Reading, accept, show
from bench.schema import Argument, Mark

FILLER = "Argument"
"""The label of regions that are no trigger, where we write them."""


@dataclass(frozen=True, slots=True)
class Region:
    """A labelled stretch of text."""

    id: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Relation:
    """A labelled link from the trigger of an event to a filler."""

    source: str
    target: str
    label: str


def accept_regions(
    doc_id: str,
    text: str,
    regions: Sequence[Region],
    relations: Sequence[Relation],
    reading: Reading,
    number: int,
) -> None:
    """Add the events that regions and relations describe to the reading."""
    known = {region.id: region for region in regions}
    fillers = {relation.target for relation in relations}
    sources = {relation.source for relation in relations}
    events: dict[str, dict[str, Any]] = {}
    for region in regions:
        if region.id not in fillers or region.id in sources:
            events[region.id] = {"type": region.label, "trigger": _mark(region), "arguments": []}
    for n, relation in enumerate(relations):
        event, target = events.get(relation.source), known.get(relation.target)
        if event is None or target is None:
            wanted = "a relation between regions of the document"
            found = show([relation.source, relation.target])
            reading.problem(number, ("relations", n), found, wanted)
            reading.drop("argument")
        else:
            event["arguments"].append({"role": relation.label, **_mark(target)})
    has_text(text, doc_id, reading, number)
    accept({"doc_id": doc_id, "events": list(events.values())}, reading, number)


def _mark(region: Region) -> dict[str, int]:
    return {"start": region.start, "end": region.end}


def regions_of(page: Page) -> tuple[list[Region], list[Relation]]:
    """A page as regions and relations, one region for each trigger and each argument."""
    regions: list[Region] = []
    relations: list[Relation] = []
    for n, event in enumerate(page.annotation.events, 1):
        assert event.trigger is not None
        trigger = _region(f"e{n}", event.type, event.trigger)
        regions.append(trigger)
        for region, role in _fillers(event.arguments, trigger.id):
            regions.append(region)
            relations.append(Relation(trigger.id, region.id, role))
    return regions, relations


def _fillers(arguments: Iterable[Argument], event_id: str) -> Iterator[tuple[Region, str]]:
    for n, argument in enumerate(arguments, 1):
        yield _region(f"{event_id}a{n}", FILLER, argument), argument.role


def _region(name: str, label: str, mark: Mark) -> Region:
    assert mark.start is not None
    assert mark.end is not None
    return Region(name, label, mark.start, mark.end)
