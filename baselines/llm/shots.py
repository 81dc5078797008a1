"""Worked examples for the prompt: stretches of articles of the split `train`, and of no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from baselines.llm import prompt
from baselines.llm.chunks import chunks
from bench import gold
from bench.gold import Gold
from bench.schema import Argument, Event

SPLIT = "train"
LONGEST = 8
"""Sentences of an example where calls are about whole articles."""


@dataclass(frozen=True)
class Shot:
    """A stretch of an article with the events in it."""

    doc_id: str
    start: int
    text: str
    published: str
    events: tuple[dict[str, Any], ...]

    @property
    def types(self) -> frozenset[str]:
        """Event types that it shows."""
        return frozenset(event["type"] for event in self.events)

    @property
    def messages(self) -> tuple[prompt.Message, prompt.Message]:
        """Question and answer."""
        return prompt.question(self.text, self.published), prompt.answer(list(self.events))


@cache
def choose(count: int, *, size: int, seed: int, besides: str) -> tuple[Shot, ...]:
    """Examples from stories other than `besides`, each the one that shows most types that those
    before do not; among equals the order is that of a hash, the same on every machine.

    Every fourth is a stretch without events: a model that never saw one finds events everywhere.
    """
    rest = [shot for shot in candidates(size) if _story(shot.doc_id) != besides]
    rest.sort(key=lambda shot: sha256(f"{seed} {shot.doc_id} {shot.start}".encode()).digest())
    chosen: list[Shot] = []
    seen: frozenset[str] = frozenset()
    while rest and len(chosen) < count:
        empty = len(chosen) % 4 == 3
        best = max(rest, key=lambda s: (empty != bool(s.events), len(s.types - seen)))
        rest.remove(best)
        chosen.append(best)
        seen |= best.types
    return tuple(chosen)


def _story(doc_id: str) -> str:
    return doc_id.partition("/")[0]


@cache
def candidates(size: int) -> tuple[Shot, ...]:
    """All stretches of the split `train`."""
    return tuple(_stretches(gold.load(SPLIT), size or LONGEST))


def _stretches(train: Gold, size: int) -> Iterator[Shot]:
    for document in train.documents:
        text = document.text or ""
        for start, end in chunks(text, size):
            inside = _within(train.annotations[document.id].events, start, end)
            events = tuple(_said(event, train) for event in inside)
            yield Shot(document.id, start, text[start:end], document.published, events)


def _within(events: Iterable[Event], start: int, end: int) -> list[Event]:
    found = [event for event in events if start <= _start(event) < end]
    return sorted(found, key=_start)


def _start(event: Event) -> int:
    return -1 if event.trigger is None or event.trigger.start is None else event.trigger.start


def _said(event: Event, train: Gold) -> dict[str, Any]:
    """An event as a model should write it."""
    name = (event.happening or event.cluster or "").rpartition("/")[2]
    return {
        "trigger": event.trigger.text if event.trigger else "",
        "type": event.type,
        "realis": event.realis or "actual",
        "date": event.date or "",
        "source": _name(event.source, train),
        "cluster": name.replace("-", " "),
        "arguments": [_argument(one, train) for one in event.arguments],
    }


def _argument(argument: Argument, train: Gold) -> dict[str, str]:
    return {
        "role": argument.role,
        "text": argument.text or "",
        "actor": _name(argument.actor, train),
    }


def _name(actor: str | None, train: Gold) -> str:
    """The name of an actor: ids are the gold's own, and a model cannot know them."""
    entry = train.actors.entries.get(actor or "")
    return entry.name if entry else actor or ""
