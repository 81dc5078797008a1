"""OneIE windows, as TextEE and GENEVA use them: JSON Lines, token offsets of a window, half-open.

Source: OneIE (Lin et al. 2020), TextEE (Huang et al. 2024). Windows of one document are put one
after the other in the order of the file. Arguments refer to entity mentions by id.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.formats.base import FORMATS, Format, Page, Sample
from bench.formats.linked import Linked, Place, take_events
from bench.formats.reading import Reading
from bench.formats.records import read_records
from bench.formats.tokens import Layout, TokenReader, Tokens, cut, joined, tokens_of
from bench.schema import Event


class _Window(Linked):
    tokens: tuple[str, ...]
    sentence_starts: tuple[int, ...] = ()


def read(path: Path) -> Reading:
    """Read a file of windows; raises DatelineError where it cannot be opened."""
    windows: dict[str, list[tuple[_Window, int]]] = {}

    def take(window: _Window, number: int, _: Reading) -> None:
        windows.setdefault(window.doc_id, []).append((window, number))

    reading = read_records(path, _Window, take)
    for doc_id, found in windows.items():
        _document(doc_id, found, reading)
    return reading


def _document(doc_id: str, windows: list[tuple[_Window, int]], reading: Reading) -> None:
    layout = joined(part for window, _ in windows for part in _sentences(window))
    page = TokenReader(doc_id, layout, reading)
    shift = 0
    for window, number in windows:
        page.number = number
        _window(window, shift, page)
        shift += len(window.tokens)
    page.number = windows[0][1]
    page.finish()


def _sentences(window: _Window) -> list[tuple[str, ...]]:
    inner = {n for n in window.sentence_starts if 0 < n < len(window.tokens)}
    cuts = [0, *sorted(inner), len(window.tokens)]
    return [window.tokens[a:b] for a, b in pairwise(cuts)]


def _window(window: _Window, shift: int, page: TokenReader) -> None:
    def place(mark: Place) -> Tokens:
        # Outside its own window a mark is nowhere, even where another window begins.
        inside = 0 <= mark.start < mark.end <= len(window.tokens)
        return (shift + mark.start, shift + mark.end) if inside else (mark.start, mark.start)

    take_events(window, place, page)


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One window a document; raises DatelineError where a text is not known."""
    lines = (json.dumps(_raw(page, lost), ensure_ascii=False) for page in pages)
    return {"": "".join(f"{line}\n" for line in lines)}


def _raw(page: Page, lost: Counter[str]) -> dict[str, Any]:
    page, layout = cut(page, "oneie", lost)
    doc_id = page.annotation.doc_id
    entities: dict[Tokens, dict[str, Any]] = {}
    events = []
    for n, event in enumerate(page.annotation.events, 1):
        events.append({"id": f"{doc_id}-E{n}", **_event(event, layout, entities, doc_id)})
    return {
        "doc_id": doc_id,
        "wnd_id": f"{doc_id}-0",
        "tokens": layout.words,
        "sentence": layout.text,
        "sentence_starts": list(layout.starts),
        "entity_mentions": list(entities.values()),
        "event_mentions": events,
        "relation_mentions": [],
    }


def _event(
    event: Event, layout: Layout, entities: dict[Tokens, dict[str, Any]], doc_id: str
) -> dict[str, Any]:
    assert event.trigger is not None
    trigger = tokens_of(event.trigger, layout)
    arguments = []
    for argument in event.arguments:
        tokens = tokens_of(argument, layout)
        entity = {"id": f"{doc_id}-T{len(entities) + 1}", **_place(tokens, argument.text)}
        entity = entities.setdefault(tokens, {**entity, "entity_type": "UNK"})
        arguments.append({"entity_id": entity["id"], "role": argument.role, "text": argument.text})
    place = _place(trigger, event.trigger.text)
    return {"event_type": event.type, "trigger": place, "arguments": arguments}


def _place(tokens: Tokens, text: str | None) -> dict[str, Any]:
    return {"start": tokens[0], "end": tokens[1], "text": text}


def _sniff(seen: Sample) -> bool:
    return seen.has("doc_id", "tokens", "event_mentions") and not seen.has("sentences")


FORMATS.add(
    "oneie",
    Format(
        "oneie",
        "OneIE and TextEE windows, JSON Lines",
        read,
        _sniff,
        holds=frozenset({"text", "triggers", "arguments", "overlap"}),
        write=write,
        traps="tokens of the window, not of the document; half-open; a document in several"
        " windows; the sentence beside the tokens is spaced otherwise",
    ),
)
