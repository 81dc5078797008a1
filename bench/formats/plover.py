"""PLOVER records: JSON Lines, one event a line: event, mode, date, actor, recipient, place.

Source: the PLOVER manual (Open Event Data Alliance 2018) and the records of its coders, whose
fields differ in case and underscore. Records name actors by words, without offsets.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.dates import is_edtf
from bench.formats.base import FORMATS, Format, Page, Sample
from bench.formats.reading import PathKey, Place, Reading, accept, show
from bench.formats.records import Shape, read_records
from bench.schema import Argument, Event

DOCUMENT = ("doc_id", "story_id", "source_id", "document", "id")
TYPE = ("event", "event_type", "plover_event", "type")
DATE = ("date", "event_date")
MODE = ("mode", "event_mode")
ROLES = {
    "actor": ("actor", "actors", "actor_name", "source_actor"),
    "recipient": ("recipient", "recipients", "recipient_name", "target_actor"),
    "place": ("place", "location"),
}
_WORDS = ("text", "name", "mention", "words")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?")


def read(path: Path) -> Reading:
    """Read a file of records; raises DatelineError where it cannot be opened."""
    events: dict[str, list[tuple[dict[str, Any], int]]] = {}

    def take(record: _Loose, number: int, reading: Reading) -> None:
        fields = {_folded(name): value for name, value in (record.model_extra or {}).items()}
        doc_id, kind = _first(fields, DOCUMENT), _first(fields, TYPE)
        if not isinstance(doc_id, (str, int)) or not isinstance(kind, str) or not kind:
            found = show(record.model_extra)
            reading.problem(number, (), found, "a record with doc_id and event")
            reading.drop("event")
        else:
            event = _event(kind, fields, reading)
            events.setdefault(str(doc_id), []).append((event, number))

    reading = read_records(path, _Loose, take)
    for doc_id, found in events.items():
        places: dict[PathKey, Place] = {
            ("events", n): (reading.name, number) for n, (_, number) in enumerate(found)
        }
        raw = {"doc_id": doc_id, "events": [event for event, _ in found]}
        accept(raw, reading, found[0][1], places)
    return reading


class _Loose(Shape, extra="allow"):
    """Any object: which of its fields say what is looked up by name."""


def _folded(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _first(fields: Mapping[str, object], names: Iterable[str]) -> object:
    return next((fields[name] for name in names if fields.get(name) not in (None, "")), None)


def _event(kind: str, fields: Mapping[str, object], reading: Reading) -> dict[str, Any]:
    event: dict[str, Any] = {"type": kind, "arguments": list(_arguments(fields))}
    date = _first(fields, DATE)
    if isinstance(date, str) and (value := _edtf(date)):
        event["date"] = value
    elif date is not None:
        reading.unheld["date without an EDTF value"] += 1
    reading.unheld["mode"] += bool(_first(fields, MODE))
    return event


def _edtf(date: str) -> str | None:
    """A day as EDTF, whether it is written with hyphens, without, or with a time of day.

    >>> _edtf("20250318"), _edtf("2025-03-18T00:00:00Z"), _edtf("2025-03"), _edtf("soon")
    ('2025-03-18', '2025-03-18', '2025-03', None)
    """
    day = _DAY.fullmatch(date)
    value = "-".join(day.groups()) if day else date
    return value if is_edtf(value) else None


def _arguments(fields: Mapping[str, object]) -> Iterator[dict[str, Any]]:
    for role, names in ROLES.items():
        value = _first(fields, names)
        for one in value if isinstance(value, list) else [value]:
            entry = one if isinstance(one, dict) else {"text": one}
            said = {"text": _first(entry, _WORDS), "actor": entry.get("actor")}
            known = {
                name: words for name, words in said.items() if words and isinstance(words, str)
            }
            if known:
                yield {"role": role, **known}


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One event a line."""
    lines: list[str] = []
    for page in pages:
        lost["document without an event"] += not page.annotation.events
        for event in page.annotation.events:
            raw = {"doc_id": page.annotation.doc_id, **_raw(event, lost)}
            lines.append(json.dumps(raw, ensure_ascii=False) + "\n")
    return {"": "".join(lines)}


def _raw(event: Event, lost: Counter[str]) -> dict[str, Any]:
    raw: dict[str, Any] = {"event": event.type, "mode": None, "date": event.date}
    for argument in event.arguments:
        if argument.role not in ROLES:
            lost["argument of a role that PLOVER lacks"] += 1
            continue
        lost["place of an argument"] += argument.span is not None
        raw.setdefault(argument.role, []).append(_filler(argument))
    return raw


def _filler(argument: Argument) -> dict[str, str]:
    return {
        name: value
        for name, value in (("text", argument.text), ("actor", argument.actor))
        if value is not None
    }


def _sniff(seen: Sample) -> bool:
    names = {_folded(name) for name in seen.first}
    known = names & {"actor", "recipient", "actor_name", "recipient_name", "mode", "event_mode"}
    return isinstance(seen.first.get("event"), str) and bool(known) and "events" not in names


FORMATS.add(
    "plover",
    Format(
        "plover",
        "PLOVER records, JSON Lines: an event a line, actors by name",
        read,
        _sniff,
        holds=frozenset({"untriggered", "dates"}),
        partly=frozenset({"arguments", "words", "actor ids"}),
        write=write,
        traps="one line an event, not a document; no offsets; days without hyphens; modes",
    ),
)
