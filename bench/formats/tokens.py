"""Texts as tokens: what several formats share that count tokens instead of characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, TypeVar

from bench.formats.base import Page, has_text
from bench.formats.reading import PathKey, Reading, accept, marks, show
from bench.schema import Event, Mark
from bench.text import sentences

MarkT = TypeVar("MarkT", bound=Mark)
_TOKEN = re.compile(r"\w+|[^\w\s]")
Tokens = tuple[int, int]
"""First token, and one past the last, counted over the whole document."""


@dataclass(frozen=True)
class Layout:
    """A text and the tokens it is made of."""

    text: str
    spans: Sequence[tuple[int, int]]
    """Characters of each token."""
    starts: Sequence[int] = (0,)
    """First token of each sentence."""

    @property
    def words(self) -> list[str]:
        """The tokens themselves."""
        return [self.text[start:end] for start, end in self.spans]

    def sentence(self, n: int) -> Tokens:
        """The tokens of a sentence."""
        return self.starts[n], [*self.starts, len(self.spans)][n + 1]

    def sentence_of(self, token: int) -> int:
        """Number of the sentence that holds a token."""
        return bisect_right(self.starts, token) - 1

    def characters(self, tokens: Tokens) -> tuple[int, int] | None:
        """Characters of some tokens, or None where there are no such tokens."""
        first, end = tokens
        if not 0 <= first < end <= len(self.spans):
            return None
        return self.spans[first][0], self.spans[end - 1][1]


def joined(parts: Iterable[Sequence[str]]) -> Layout:
    r"""The text of tokenised sentences: a space between tokens, a line end between sentences.

    >>> joined([["Kyiv", "agreed", "."], ["So"]]).text
    'Kyiv agreed .\nSo'
    """
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    lines, at = [], 0
    for part in parts:
        starts.append(len(spans))
        for word in part:
            spans.append((at, at + len(word)))
            at += len(word) + 1
        lines.append(" ".join(part))
        at += not part
    return Layout("\n".join(lines), spans, starts or (0,))


def cut(
    page: Page, format_name: str, lost: Counter[str], *, whole: bool = False
) -> tuple[Page, Layout]:
    """A page whose marks are made of tokens, and its text as words and signs, cut also where a mark
    begins or ends. With `whole`, triggers without white space are one token where no other mark
    cuts them. Marks lose white space at their edges; those that hold nothing else are left out.
    """
    text = page.require_text(format_name)
    events = tuple(_tidy_events(page.annotation.events, text, lost))
    page = replace(page, annotation=page.annotation.model_copy(update={"events": events}))
    edges = {edge for _, mark in marks(page.annotation) for edge in mark.span or ()}
    kept = _kept(page, edges) if whole else set()
    found = sorted({match.span() for match in _TOKEN.finditer(text)} - kept)
    inside = [span for span in found if any(a <= span[0] and span[1] <= b for a, b in kept)]
    pieces = sorted({*found, *kept} - set(inside))
    spans = sorted(piece for span in pieces for piece in _cut_at(span, edges, kept))
    ends = [span[0] for span in spans]
    firsts = [bisect_right(ends, start - 1) for start, _ in sentences(text)]
    return page, Layout(text, spans, sorted({0, *(n for n in firsts if n < len(spans))}))


def _tidy_events(events: Iterable[Event], text: str, lost: Counter[str]) -> Iterator[Event]:
    for event in events:
        trigger = event.trigger and _tidy(event.trigger, text, lost)
        if event.trigger is not None and trigger is None:
            lost["event with a trigger of white space"] += 1
            continue
        fillers = [_tidy(argument, text, lost) for argument in event.arguments]
        lost["argument of white space"] += fillers.count(None)
        kept = tuple(filler for filler in fillers if filler is not None)
        yield event.model_copy(update={"trigger": trigger, "arguments": kept})


def _tidy(mark: MarkT, text: str, lost: Counter[str]) -> MarkT | None:
    """A mark without white space at its edges; None where it holds nothing else."""
    start, end = mark.span or (0, 0)
    words = text[start:end]
    if words == words.strip():
        return mark
    if not words.strip():
        return None
    lost["white space at the edge of a mark"] += 1
    start += len(words) - len(words.lstrip())
    where = {"start": start, "end": start + len(words.strip()), "text": words.strip()}
    return mark.model_copy(update=where)


def _cut_at(span: Tokens, edges: set[int], kept: set[Tokens]) -> Iterable[Tokens]:
    """A token in pieces, without what of it a whole one next to it has."""
    inner = sorted(edge for edge in edges if span[0] < edge < span[1])
    parts = pairwise([span[0], *inner, span[1]])
    return [
        part
        for part in parts
        if part in kept or not any(a <= part[0] and part[1] <= b for a, b in kept)
    ]


def _kept(page: Page, edges: set[int]) -> set[Tokens]:
    """Triggers that are to be one token each."""
    spans = {event.trigger.span for event in page.annotation.events if event.trigger}
    return {
        span
        for span in spans
        if span is not None
        and not any(span[0] < edge < span[1] for edge in edges)
        and not any(sign.isspace() for sign in (page.text or "")[slice(*span)])
    }


def tokens_of(mark: Mark, layout: Layout) -> Tokens:
    """The tokens of a mark of a page that was cut; raises ValueError where it holds none."""
    start, end = mark.span or (0, 0)
    inside = [n for n, (a, b) in enumerate(layout.spans) if start <= a and b <= end]
    if not inside:
        raise ValueError(f"no token in {mark!r}")
    return inside[0], inside[-1] + 1


@dataclass
class TokenReader:
    """Builds one annotation from marks that are given in tokens."""

    doc_id: str
    layout: Layout
    reading: Reading
    number: int = 1
    events: list[dict[str, Any]] = field(default_factory=list)

    def mark(self, tokens: Tokens, path: PathKey, part: str) -> dict[str, Any] | None:
        """Offsets of some tokens; where there are no such tokens a problem, and one thing less."""
        found = self.layout.characters(tokens)
        if found is None:
            wanted = f"tokens within [0, {len(self.layout.spans)})"
            self.reading.problem(self.number, path, f"tokens [{tokens[0]}, {tokens[1]})", wanted)
            self.reading.drop(part)
            return None
        return {"start": found[0], "end": found[1]}

    def event(self, kind: str, tokens: Tokens | None, path: PathKey, **said: Any) -> dict[str, Any]:
        """A new event, kept unless its trigger is nowhere; arguments are added to what returns."""
        event = {"type": kind, "arguments": [], **said}
        trigger = None if tokens is None else self.mark(tokens, path, "event")
        if trigger is not None:
            event["trigger"] = trigger
        if trigger is not None or tokens is None:
            self.events.append(event)
        return event

    def argument(
        self, event: dict[str, Any], role: str, tokens: Tokens, path: PathKey, **said: Any
    ) -> None:
        """A new argument of an event."""
        found = self.mark(tokens, path, "argument")
        if found is not None:
            event["arguments"].append({"role": role, **found, **said})

    def missing(self, path: PathKey, found: object, wanted: str, part: str = "argument") -> None:
        """Note that something is left out because what it refers to is not there."""
        self.reading.problem(self.number, path, show(found), wanted)
        self.reading.drop(part)

    def finish(self) -> None:
        """Add the annotation to the reading."""
        has_text(self.layout.text, self.doc_id, self.reading, self.number)
        accept({"doc_id": self.doc_id, "events": self.events}, self.reading, self.number)
