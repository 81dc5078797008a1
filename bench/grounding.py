"""Finds triggers and arguments given as words in the article, by rules, without looking at gold.

Words are looked for exactly, then without regard to case and white space, then with quotes and
dashes made plain; a hit never begins or ends inside a word. A place is given once:

- A trigger goes to the hit nearest to its event's arguments where these have offsets, else to the
  next hit in reading order. Two events of one type never share a hit; events of different types
  share one only when no other is left.
- An argument goes to the hit in its trigger's sentence, then to the one nearest to the trigger;
  without a trigger, to the next in reading order. Two fillers of one role of an event share only
  when they name two actors: "both leaders" is one phrase.

What is not found stays as it was: it is counted as ungrounded and scored as spurious.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from bench.schema import Annotation, Argument, Event, Mark
from bench.text import PLAIN, occurrences, sentences

Hit = tuple[int, int]
Used = dict[tuple[str, str | None], set[Hit]]
MarkT = TypeVar("MarkT", bound=Mark)
MOST_HITS = 10_000


def ground(annotation: Annotation, text: str) -> Annotation:
    """The annotation with offsets for every trigger and argument whose words the text holds.

    >>> said = Argument(role="actor", text="the  KREMLIN")
    >>> event = Event(type="REJECT", trigger=Mark(text="refused"), arguments=(said,))
    >>> found = ground(Annotation(doc_id="a/b", events=(event,)), "And the Kremlin refused.")
    >>> found.events[0].trigger.span, found.events[0].arguments[0].span
    ((16, 23), (4, 15))
    """
    if not any(map(_wants_offsets, annotation.events)):
        return annotation
    return _Grounder(text).annotation(annotation)


def _wants_offsets(event: Event) -> bool:
    marks = [*event.arguments, *([event.trigger] if event.trigger else [])]
    return any(_is_words(mark) for mark in marks)


def _is_words(mark: Mark | None) -> bool:
    return mark is not None and mark.span is None and mark.text is not None


def count_words(annotations: Iterable[Annotation]) -> int:
    """Triggers and arguments that are given as words alone."""
    return sum(
        _is_words(event.trigger) + sum(map(_is_words, event.arguments))
        for annotation in annotations
        for event in annotation.events
    )


class Folded:
    """A text with some differences made away with, and where each of its signs came from."""

    def __init__(self, text: str, *, plain: bool) -> None:
        signs: list[str] = []
        self.at: list[int] = []
        for n, sign in enumerate(text):
            if sign.isspace() and signs and signs[-1] == " ":
                continue
            shown = " " if sign.isspace() else sign.translate(PLAIN) if plain else sign
            for part in shown.casefold():
                signs.append(part)
                self.at.append(n)
        self.text = "".join(signs)


class Finder:
    """Where some words stand in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[str, list[Hit]] = {}

    def hits(self, words: str) -> list[Hit]:
        """Hits of the strictest way of looking that finds any, in reading order.

        >>> Finder("“No”, they say – no one said 'no'.").hits("NO")
        [(1, 3), (17, 19), (30, 32)]
        """
        if words not in self._known:
            self._known[words] = self._exact(words.strip()) or self._folded(words)
        return self._known[words]

    def _exact(self, words: str) -> list[Hit]:
        found = ((at, at + len(words)) for at in occurrences(self.text, words, most=MOST_HITS))
        return [hit for hit in found if self._is_whole(hit)]

    def _folded(self, words: str) -> list[Hit]:
        for plain in (False, True):
            folded, wanted = self._texts[plain], Folded(words.strip(), plain=plain).text
            starts = occurrences(folded.text, wanted, most=MOST_HITS)
            found = [(folded.at[n], folded.at[n + len(wanted) - 1] + 1) for n in starts]
            whole = [hit for hit in dict.fromkeys(found) if self._is_whole(hit)]
            if whole:
                return whole
        return []

    @cached_property
    def _texts(self) -> tuple[Folded, Folded]:
        return Folded(self.text, plain=False), Folded(self.text, plain=True)

    def _is_whole(self, hit: Hit) -> bool:
        return not any(self._is_inside_a_word(cut) for cut in hit)

    def _is_inside_a_word(self, cut: int) -> bool:
        around = self.text[max(0, cut - 1) : cut + 1] if cut else ""
        return len(around) == 2 and all(_joins(sign) for sign in around)


def _joins(sign: str) -> bool:
    """Whether a sign makes a word with the next; Chinese and Japanese put no space between."""
    return (sign.isalnum() or sign == "_") and unicodedata.east_asian_width(sign) not in "WF"


class _Grounder:
    """Gives out the hits of one article, each where it belongs and none twice."""

    def __init__(self, text: str) -> None:
        self.text, self.finder = text, Finder(text)
        self.taken: dict[str, set[Hit]] = defaultdict(set)
        self.filled: dict[tuple[str, str], set[Hit]] = defaultdict(set)

    @cached_property
    def starts(self) -> list[int]:
        return [start for start, _ in sentences(self.text)]

    def annotation(self, annotation: Annotation) -> Annotation:
        events = list(annotation.events)
        for event in events:
            if event.trigger is not None and event.trigger.span is not None:
                self.taken[event.type].add(event.trigger.span)
        # Those that know where they belong choose first; the rest come in the order of the file.
        for n in sorted(range(len(events)), key=lambda n: _anchor(events[n]) is None):
            events[n] = self.with_trigger(events[n])
        found = tuple(self.with_arguments(event) for event in events)
        return annotation.model_copy(update={"events": found})

    def with_trigger(self, event: Event) -> Event:
        if event.trigger is None or not _is_words(event.trigger):
            return event
        same = self.taken[event.type]
        others = set().union(*self.taken.values())
        hit = self.choose(event.trigger, _anchor(event), same, others)
        if hit is None:
            return event
        same.add(hit)
        return event.model_copy(update={"trigger": self.placed(event.trigger, hit)})

    def with_arguments(self, event: Event) -> Event:
        anchor = _anchor(event)
        used: Used = defaultdict(set)
        for argument in event.arguments:
            if argument.span is not None:
                used[argument.role, argument.actor].add(argument.span)
        arguments = tuple(self.argument(event, one, anchor, used) for one in event.arguments)
        return event.model_copy(update={"arguments": arguments})

    def argument(
        self, event: Event, argument: Argument, anchor: Hit | None, used: Used
    ) -> Argument:
        if not _is_words(argument):
            return argument
        key = (argument.role, argument.actor)
        others = set().union(*(hits for (role, _), hits in used.items() if role != key[0]))
        if anchor is None:
            others |= self.filled[event.type, argument.role]
        hit = self.choose(argument, anchor, used[key], others)
        if hit is None:
            return argument
        used[key].add(hit)
        self.filled[event.type, argument.role].add(hit)
        return self.placed(argument, hit)

    def choose(
        self, mark: Mark, anchor: Hit | None, same: Collection[Hit], others: Collection[Hit]
    ) -> Hit | None:
        """A hit that nothing of the same kind has, if possible one that nothing else has."""
        free = [hit for hit in self.finder.hits(mark.text or "") if hit not in same]
        fresh = [hit for hit in free if hit not in others]
        return self.nearest(fresh, free, anchor) if free else None

    def nearest(self, fresh: Sequence[Hit], free: Sequence[Hit], anchor: Hit | None) -> Hit:
        if anchor is None:
            return fresh[0] if fresh else free[-1]
        here = self.sentence(anchor)
        return min(
            fresh or free,
            key=lambda hit: (self.sentence(hit) != here, _distance(hit, anchor), hit),
        )

    def sentence(self, hit: Hit) -> int:
        return bisect_right(self.starts, hit[0])

    def placed(self, mark: MarkT, hit: Hit) -> MarkT:
        start, end = hit
        return mark.model_copy(update={"start": start, "end": end, "text": self.text[start:end]})


def _anchor(event: Event) -> Hit | None:
    """Where an event is known to be: at its trigger, else at the first argument with offsets."""
    if event.trigger is not None and event.trigger.span is not None:
        return event.trigger.span
    return next((one.span for one in event.arguments if one.span is not None), None)


def _distance(one: Hit, other: Hit) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
