"""MAVEN: JSON Lines, token offsets of a sentence, half-open, mentions grouped by event.

Source: MAVEN (Wang et al. 2020). Two or more mentions of one event are a cluster. Predictions in
the shape of its leaderboard hold no tokens and are not read.
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
from bench.formats.tokens import Layout, TokenReader, cut, joined, tokens_of
from bench.schema import Event


class _Sentence(Shape):
    tokens: tuple[str, ...]


class _Mention(Shape):
    sent_id: int
    offset: tuple[int, int]


class _Event(Shape):
    type: str
    id: str | None = None
    mention: tuple[_Mention, ...] = ()


class _Document(Shape):
    id: str
    content: tuple[_Sentence, ...]
    events: tuple[_Event, ...] = ()
    negative_triggers: tuple[object, ...] = ()


def read(path: Path) -> Reading:
    """Read a file of documents; raises DatelineError where it cannot be opened."""
    return read_records(path, _Document, _take)


def _take(found: _Document, number: int, reading: Reading) -> None:
    layout = joined(sentence.tokens for sentence in found.content)
    page = TokenReader(found.id, layout, reading, number)
    for n, event in enumerate(found.events):
        shared = {"cluster": event.id} if event.id and len(event.mention) > 1 else {}
        for k, mention in enumerate(event.mention):
            path = ("events", n, "mention", k)
            size = len(found.content[mention.sent_id].tokens) if _has(found, mention) else 0
            if not _has(found, mention) or mention.offset[1] > size:
                page.missing(path, mention.offset, f"tokens within [0, {size})", "event")
                continue
            shift = layout.starts[mention.sent_id]
            tokens = (shift + mention.offset[0], shift + mention.offset[1])
            page.event(event.type, tokens, path, **shared)
    reading.unheld["negative trigger"] += len(found.negative_triggers)
    page.finish()


def _has(found: _Document, mention: _Mention) -> bool:
    return 0 <= mention.sent_id < len(found.content) and mention.offset[0] >= 0


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One document a line; raises DatelineError where a text is not known."""
    lines = (json.dumps(_raw(page, lost), ensure_ascii=False) for page in pages)
    return {"": "".join(f"{line}\n" for line in lines)}


def _raw(page: Page, lost: Counter[str]) -> dict[str, Any]:
    page, layout = cut(page, "maven", lost)
    doc_id = page.annotation.doc_id
    content = []
    for n in range(len(layout.starts)):
        words = layout.words[slice(*layout.sentence(n))]
        content.append({"sentence": " ".join(words), "tokens": words})
    events = []
    for n, group in enumerate(_groups(page, lost), 1):
        name = group[0].cluster if len(group) > 1 else None
        mentions = [found for one in group if (found := _mention(one, layout, lost))]
        events.append({"id": name or f"EVENT_{n}", "type": group[0].type, "mention": mentions})
    return {"id": doc_id, "title": doc_id, "content": content, "events": events}


def _groups(page: Page, lost: Counter[str]) -> list[list[Event]]:
    """Events of one cluster and type together, all others alone."""
    groups: dict[tuple[str, str], list[Event]] = {}
    alone = []
    for event in page.annotation.events:
        if event.cluster is None:
            alone.append([event])
        else:
            groups.setdefault((event.cluster, event.type), []).append(event)
    lost["cluster of one event"] += sum(len(group) == 1 for group in groups.values())
    return [*groups.values(), *alone]


def _mention(event: Event, layout: Layout, lost: Counter[str]) -> dict[str, Any] | None:
    assert event.trigger is not None
    first, end = tokens_of(event.trigger, layout)
    sentence = layout.sentence_of(first)
    if layout.sentence_of(end - 1) != sentence:
        lost["trigger across sentences"] += 1
        return None
    shift = layout.starts[sentence]
    offset = [first - shift, end - shift]
    return {"trigger_word": event.trigger.text, "sent_id": sentence, "offset": offset}


def _sniff(seen: Sample) -> bool:
    content = seen.first.get("content")
    first = content[0] if isinstance(content, list) and content else None
    return seen.has("id", "events") and isinstance(first, dict) and "tokens" in first


FORMATS.add(
    "maven",
    Format(
        "maven",
        "MAVEN documents, JSON Lines: triggers and their clusters",
        read,
        _sniff,
        holds=frozenset({"text", "triggers"}),
        partly=frozenset({"overlap", "clusters"}),
        write=write,
        traps="tokens of the sentence, not of the document; half-open; mentions grouped by event",
    ),
)
