"""DyGIE++: JSON Lines, token offsets of the document, ends inclusive, triggers of one token.

Source: the data page of DyGIE++ (Wadden et al. 2019). Where a file holds `predicted_events` beside
`events`, the predictions are read. Triggers given as start, end, type are read too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.formats.base import FORMATS, Format, Page, Sample
from bench.formats.reading import PathKey, Reading
from bench.formats.records import Shape, read_records
from bench.formats.tokens import Layout, TokenReader, Tokens, cut, joined, tokens_of

_Item = tuple[object, ...]


class _Document(Shape):
    doc_key: str
    sentences: tuple[tuple[str, ...], ...]
    events: tuple[tuple[tuple[_Item, ...], ...], ...] = ()
    predicted_events: tuple[tuple[tuple[_Item, ...], ...], ...] | None = None
    ner: tuple[tuple[object, ...], ...] = ()
    relations: tuple[tuple[object, ...], ...] = ()
    clusters: tuple[object, ...] = ()


def read(path: Path) -> Reading:
    """Read a file of documents; raises DatelineError where it cannot be opened."""
    return read_records(path, _Document, _take)


def _take(found: _Document, number: int, reading: Reading) -> None:
    page = TokenReader(found.doc_key, joined(found.sentences), reading, number)
    name = "events" if found.predicted_events is None else "predicted_events"
    events = found.events if found.predicted_events is None else found.predicted_events
    for s, sentence in enumerate(events):
        for n, items in enumerate(sentence):
            _event(items, (name, s, n), page)
    reading.unheld["named entity"] += sum(map(len, found.ner))
    reading.unheld["relation"] += sum(map(len, found.relations))
    reading.unheld["cluster of entities"] += len(found.clusters)
    page.finish()


def _event(items: tuple[_Item, ...], path: PathKey, page: TokenReader) -> None:
    trigger = _labelled(items[0]) if items else None
    if trigger is None:
        page.missing((*path, 0), items[:1], "token and event type", "event")
        return
    event = page.event(trigger[1], trigger[0], (*path, 0))
    for n, item in enumerate(items[1:], 1):
        argument = _labelled(item)
        if argument is None:
            page.missing((*path, n), item, "first token, last token and role")
        else:
            page.argument(event, argument[1], argument[0], (*path, n))


def _labelled(item: _Item) -> tuple[Tokens, str] | None:
    """Tokens, half-open, and label of `[token, label, …]` or `[first, last, label, …]`.

    >>> _labelled((3, "AID", 0.9)), _labelled((3, 4, "actor")), _labelled(("x", 1))
    (((3, 4), 'AID'), ((3, 5), 'actor'), None)
    """
    match item:
        case (int(first), str(label), *_):
            return (first, first + 1), label
        case (int(first), int(last), str(label), *_):
            return (first, last + 1), label
        case _:
            return None


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One document a line; raises DatelineError where a text is not known."""
    lines = (json.dumps(_raw(page, lost), ensure_ascii=False) for page in pages)
    return {"": "".join(f"{line}\n" for line in lines)}


def _raw(page: Page, lost: Counter[str]) -> dict[str, Any]:
    page, layout = cut(page, "dygie", lost, whole=True)
    events: list[list[Any]] = [[] for _ in layout.starts]
    for event in page.annotation.events:
        assert event.trigger is not None
        first, end = tokens_of(event.trigger, layout)
        if end - first > 1:
            lost["event with a trigger of several tokens"] += 1
            continue
        fillers = [_item(tokens_of(one, layout), one.role) for one in event.arguments]
        events[layout.sentence_of(first)].append([[first, event.type], *fillers])
    return {
        "doc_key": page.annotation.doc_id,
        "dataset": "dateline",
        "sentences": _sentences(layout),
        "events": events,
    }


def _item(tokens: Tokens, label: str) -> list[Any]:
    return [tokens[0], tokens[1] - 1, label]


def _sentences(layout: Layout) -> list[list[str]]:
    return [layout.words[slice(*layout.sentence(n))] for n in range(len(layout.starts))]


def _sniff(seen: Sample) -> bool:
    return seen.has("doc_key", "sentences") and not seen.has("evt_triggers")


FORMATS.add(
    "dygie",
    Format(
        "dygie",
        "DyGIE++ documents, JSON Lines",
        read,
        _sniff,
        holds=frozenset({"text", "triggers", "arguments"}),
        partly=frozenset({"overlap"}),
        write=write,
        traps="tokens of the document, not of the sentence; ends inclusive; triggers of one"
        " token; predictions beside gold in one file",
    ),
)
