"""WikiEvents: JSON Lines, token offsets of the document, half-open, the text beside the tokens.

Source: WikiEvents (Li, Ji and Han 2021). Each sentence lists its tokens with their characters in
the text; where these do not hold the tokens, the text is rebuilt from the tokens.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.formats.base import FORMATS, Format, Page, Sample
from bench.formats.linked import Linked, take_events
from bench.formats.reading import Reading
from bench.formats.records import read_records
from bench.formats.tokens import Layout, TokenReader, Tokens, cut, joined, tokens_of
from bench.schema import Mark

_Token = tuple[str, int, int]


class _Document(Linked):
    text: str = ""
    sentences: tuple[tuple[tuple[_Token, ...], str], ...]


def read(path: Path) -> Reading:
    """Read a file of documents; raises DatelineError where it cannot be opened."""
    return read_records(path, _Document, _take)


def _take(found: _Document, number: int, reading: Reading) -> None:
    page = TokenReader(found.doc_id, _layout(found), reading, number)
    take_events(found, lambda mark: (mark.start, mark.end), page)
    page.finish()


def _layout(found: _Document) -> Layout:
    tokens = [token for sentence, _ in found.sentences for token in sentence]
    if all(0 <= a < b and found.text[a:b] == word for word, a, b in tokens):
        starts = [0]
        for sentence, _ in found.sentences[:-1]:
            starts.append(starts[-1] + len(sentence))
        return Layout(found.text, [(a, b) for _, a, b in tokens], starts)
    return joined([word for word, _, _ in sentence] for sentence, _ in found.sentences)


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One document a line; raises DatelineError where a text is not known."""
    lines = (json.dumps(_raw(page, lost), ensure_ascii=False) for page in pages)
    return {"": "".join(f"{line}\n" for line in lines)}


def _raw(page: Page, lost: Counter[str]) -> dict[str, Any]:
    page, layout = cut(page, "wikievents", lost)
    doc_id = page.annotation.doc_id
    mentions: dict[Tokens, dict[str, Any]] = {}
    events = []
    for n, event in enumerate(page.annotation.events, 1):
        arguments = []
        for one in event.arguments:
            place = _place(one, layout)
            fresh = {"id": f"{doc_id}-T{len(mentions) + 1}", **place, "entity_type": "UNK"}
            mention = mentions.setdefault((place["start"], place["end"]), fresh)
            arguments.append({"entity_id": mention["id"], "role": one.role, "text": one.text})
        assert event.trigger is not None
        trigger = _place(event.trigger, layout)
        head = {"id": f"{doc_id}-E{n}", "event_type": event.type, "trigger": trigger}
        events.append({**head, "arguments": arguments})
    return {
        "doc_id": doc_id,
        "tokens": layout.words,
        "text": layout.text,
        "sentences": [_sentence(layout, n) for n in range(len(layout.starts))],
        "entity_mentions": list(mentions.values()),
        "relation_mentions": [],
        "event_mentions": events,
    }


def _place(mark: Mark, layout: Layout) -> dict[str, Any]:
    first, end = tokens_of(mark, layout)
    sentence = layout.sentence_of(first)
    return {"start": first, "end": end, "text": mark.text, "sent_idx": sentence}


def _sentence(layout: Layout, n: int) -> list[Any]:
    spans = layout.spans[slice(*layout.sentence(n))]
    tokens = [[layout.text[start:end], start, end] for start, end in spans]
    text = layout.text[spans[0][0] : spans[-1][1]] if spans else ""
    return [tokens, text]


def _sniff(seen: Sample) -> bool:
    return seen.has("doc_id", "sentences", "event_mentions")


FORMATS.add(
    "wikievents",
    Format(
        "wikievents",
        "WikiEvents documents, JSON Lines",
        read,
        _sniff,
        holds=frozenset({"text", "triggers", "arguments", "overlap"}),
        write=write,
        traps="tokens of the document; half-open; characters and tokens side by side",
    ),
)
