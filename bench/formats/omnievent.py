"""OmniEvent's unified format: JSON Lines, characters of the text, half-open.

Source: OmniEvent (Peng et al. 2023). Each event groups its triggers, each trigger its arguments,
each argument its mentions; a second mention of an argument is one more argument of the same role.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.formats.base import FORMATS, Format, Page, Sample, has_text
from bench.formats.reading import Reading, accept
from bench.formats.records import Shape, read_records
from bench.schema import Argument, Event


class _Mention(Shape):
    mention: str
    position: tuple[int, int]


class _Argument(Shape):
    role: str
    mentions: tuple[_Mention, ...] = ()


class _Trigger(Shape):
    trigger_word: str
    position: tuple[int, int]
    arguments: tuple[_Argument, ...] = ()


class _Event(Shape):
    type: str
    triggers: tuple[_Trigger, ...] = ()


class _Document(Shape):
    id: str
    text: str
    events: tuple[_Event, ...] = ()
    negative_triggers: tuple[object, ...] = ()


def read(path: Path) -> Reading:
    """Read a file of documents; raises DatelineError where it cannot be opened."""
    return read_records(path, _Document, _take)


def _take(found: _Document, number: int, reading: Reading) -> None:
    events = [
        {
            "type": event.type,
            "trigger": _mark(trigger.position, trigger.trigger_word),
            "arguments": [
                {"role": argument.role, **_mark(mention.position, mention.mention)}
                for argument in trigger.arguments
                for mention in argument.mentions
            ],
        }
        for event in found.events
        for trigger in event.triggers
    ]
    reading.unheld["negative trigger"] += len(found.negative_triggers)
    has_text(found.text, found.id, reading, number)
    accept({"doc_id": found.id, "events": events}, reading, number)


def _mark(position: tuple[int, int], words: str) -> dict[str, Any]:
    return {"start": position[0], "end": position[1], "text": words}


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:  # noqa: ARG001
    """One document a line; raises DatelineError where a text is not known."""
    lines = (json.dumps(_raw(page), ensure_ascii=False) for page in pages)
    return {"": "".join(f"{line}\n" for line in lines)}


def _raw(page: Page) -> dict[str, Any]:
    text = page.require_text("omnievent")
    events = [
        {"type": event.type, "triggers": [_trigger(event, f"{n}", text)]}
        for n, event in enumerate(page.annotation.events, 1)
    ]
    return {"id": page.annotation.doc_id, "text": text, "events": events, "negative_triggers": []}


def _trigger(event: Event, name: str, text: str) -> dict[str, Any]:
    assert event.trigger is not None
    start, end = event.trigger.span or (0, 0)
    arguments = [_argument(argument, text) for argument in event.arguments]
    head = {"id": name, "trigger_word": text[start:end], "position": [start, end]}
    return {**head, "arguments": arguments}


def _argument(argument: Argument, text: str) -> dict[str, Any]:
    start, end = argument.span or (0, 0)
    return {
        "role": argument.role,
        "mentions": [{"mention": text[start:end], "position": [start, end]}],
    }


def _sniff(seen: Sample) -> bool:
    return seen.has("id", "text", "events") and not seen.has("doc_id")


FORMATS.add(
    "omnievent",
    Format(
        "omnievent",
        "OmniEvent's unified documents, JSON Lines",
        read,
        _sniff,
        holds=frozenset({"text", "triggers", "arguments", "overlap"}),
        write=write,
        traps="characters of the text, though its corpora count tokens; mentions in mentions",
    ),
)
