"""Blind checks of the gold as data: marks removed and put back, articles re-read.

`blank` removes a share of the settled events of some documents; a fresh reader, who sees the rest,
adds what is missing; `complete` counts how many came back. Which events are removed follows from
the seed and the events' names alone, whatever the machine.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import ConfigDict, Field, NonNegativeInt, model_validator

from bench.counts import total
from bench.formats.sheet import body_sentences
from bench.gold import Gold
from bench.metrics import measure, pair
from bench.registers import ActorRegister
from bench.schema import Annotation, Document, Event, Name, Record, Text


class _Strict(Record):
    model_config = ConfigDict(extra="forbid")


class Completion(_Strict):
    """How many of the removed marks a fresh reader put back."""

    documents: tuple[Name, ...]
    """Articles of which marks were removed."""
    seed: int
    """What the choice of the marks follows from."""
    share: float = Field(gt=0, lt=1)
    """Share of the events that were removed."""
    removed: NonNegativeInt
    """Event marks removed."""
    returned: NonNegativeInt
    """Those put back with the same words and the same type."""
    retyped: NonNegativeInt = 0
    """Those put back with words that touch, of another extent or type."""
    added: NonNegativeInt = 0
    """All events that the reader added."""
    note: Text | None = None
    """Who read, and how."""

    @model_validator(mode="after")
    def _check(self) -> Completion:
        if self.returned + self.retyped > self.removed:
            raise ValueError("more marks put back than were removed")
        return self


class Rereading(_Strict):
    """What a reader who had labelled none of them found wrong in settled articles."""

    documents: tuple[Name, ...]
    """Articles that were read again, whole."""
    seed: int | None = None
    """What the choice of the articles follows from."""
    marks: NonNegativeInt
    """Marks in them."""
    wrong: NonNegativeInt
    """Marks that should not be, or not so."""
    missing: NonNegativeInt
    """Marks that should be and are not."""
    doubtful: NonNegativeInt
    """Marks that the guidelines do not decide."""
    note: Text | None = None
    """Who read, and how."""


class Key(Record):
    """Which marks were removed, kept away from the reader until they have answered."""

    release: Text
    """Release of the gold that they were removed from."""
    seed: int
    """What the choice follows from."""
    share: float
    """Share of the events."""
    removed: tuple[Annotation, ...]
    """The removed events, by document; documents that lost none are listed too."""


def blank(gold: Gold, *, share: float, seed: int) -> tuple[dict[str, Annotation], Key]:
    """What is left of the events of all documents in `gold`, and the key to what was removed.

    At least one event is removed where there is any.
    """
    events = [(doc_id, n) for doc_id, a in gold.annotations.items() for n in range(len(a.events))]
    ranked = sorted(events, key=lambda event: _rank(seed, *event))
    gone = set(ranked[: max(1, round(share * len(events)))])
    parts = {
        doc_id: _split(annotation, {n for name, n in gone if name == doc_id})
        for doc_id, annotation in gold.annotations.items()
    }
    removed = tuple(taken for _, taken in parts.values())
    key = Key(release=gold.release, seed=seed, share=share, removed=removed)
    return {doc_id: left for doc_id, (left, _) in parts.items()}, key


def _rank(seed: int, doc_id: str, position: int) -> bytes:
    return hashlib.sha256(f"{seed}|{doc_id}|{position}".encode()).digest()


def _split(annotation: Annotation, gone: set[int]) -> tuple[Annotation, Annotation]:
    """The events that stay and those that go, nothing else."""
    stay = tuple(e for n, e in enumerate(annotation.events) if n not in gone)
    go = tuple(e for n, e in enumerate(annotation.events) if n in gone)
    doc_id = annotation.doc_id
    return Annotation(doc_id=doc_id, events=stay), Annotation(doc_id=doc_id, events=go)


def complete(key: Key, added: Mapping[str, Annotation]) -> Completion:
    """How many of the removed events are among those that a reader added.

    `returned` counts triggers of the same span and type; `retyped` those that only touch, one to
    one, beyond the returned.
    """
    removed = {annotation.doc_id: annotation for annotation in key.removed}
    found = {name: added.get(name, Annotation(doc_id=name, events=())) for name in removed}
    returned = _matched("trigger", removed, found)
    return Completion(
        documents=tuple(removed),
        seed=key.seed,
        share=key.share,
        removed=sum(len(annotation.events) for annotation in removed.values()),
        returned=returned,
        retyped=_matched("trigger-id:any", removed, found) - returned,
        added=sum(len(annotation.events) for annotation in found.values()),
    )


def _matched(name: str, removed: Mapping[str, Annotation], added: Mapping[str, Annotation]) -> int:
    count, nobody = measure(name).count, ActorRegister.empty()
    pairs = (
        pair(gold=removed[doc_id], predicted=added[doc_id], text=None, register=nobody)
        for doc_id in removed
    )
    return int(total(total(count(both).values()) for both in pairs).matched_gold)


def entries(events: Sequence[Event], document: Document) -> Iterator[str]:
    """Events as entries of a labelling sheet: sentence, trigger, type.

    Raises ValueError for a trigger outside the numbered sentences.
    """
    spans = body_sentences(document)
    for event in events:
        at = event.trigger.span if event.trigger else None
        inside = [(n, span) for n, span in enumerate(spans, 1) if at and span[0] <= at[0] < span[1]]
        if at is None or not inside:
            raise ValueError(f"{event.trigger!r} is in no sentence of {document.id}")
        (number, sentence), *_ = inside
        quote = json.dumps(_quote(document.text or "", at, sentence), ensure_ascii=False)
        yield f"  - {{s: {number}, trigger: {quote}, type: {event.type}}}"


def _quote(text: str, span: tuple[int, int], sentence: tuple[int, int]) -> str:
    """The words of a span, with `#2` at their second occurrence in the sentence."""
    words = text[slice(*span)]
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    count = len(pattern.findall(text, sentence[0], span[0])) + 1
    return words if count == 1 else f"{words}#{count}"
