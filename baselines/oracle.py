"""A bound, no system: the gold's triggers, with everything else read by the lexicon's rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from bench import gold
from bench.schema import Annotation, Document, Event

if TYPE_CHECKING:
    from baselines.lexicon.phrases import Phrase, Sentence
    from baselines.lexicon.triggers import Trigger

PARTS = {"VERB": "verb", "PART": "verb", "ADJ": "adjective"}


class OracleTriggers:
    """The gold's own triggers and types with the arguments of `lexicon`: a bound, no system."""

    def extract(self, document: Document) -> Annotation:
        """Events at the gold's triggers; the gold is looked up by the document's id."""
        from baselines.lexicon.reading import annotate  # dictionaries load with the first article

        given = _Given(_gold()[document.id])
        read = annotate(document, given.find)
        events = [
            _at(event, gold_event)
            for event, gold_event in zip(read.events, given.used, strict=True)
        ]
        unread = (event for event in given.events if event not in given.used)
        bare = [Event(type=event.type, trigger=event.trigger) for event in unread]
        return read.model_copy(update={"events": (*events, *bare)})


@cache
def _gold() -> Mapping[str, Annotation]:
    return gold.load().annotations


def _at(event: Event, gold_event: Event) -> Event:
    """A read event at the very span of the gold, which the lexicon's tokens may not share."""
    return event.model_copy(update={"trigger": gold_event.trigger})


class _Given:
    """Hands out the triggers of one document sentence by sentence, and remembers which."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.used: list[Event] = []

    @cached_property
    def events(self) -> list[Event]:
        return [event for event in self.annotation.events if event.trigger is not None]

    def find(self, sentence: Sentence, _: Callable[[Phrase], bool]) -> list[Trigger]:
        found: list[Trigger] = []
        for event in self.events:
            trigger = _trigger(sentence, event)
            if trigger is not None and event not in self.used:
                self.used.append(event)
                found.append(trigger)
        return found


def _trigger(sentence: Sentence, event: Event) -> Trigger | None:
    """The tokens under a gold trigger; None where it lies in another sentence."""
    from baselines.lexicon.triggers import Trigger

    start, end = (event.trigger.span if event.trigger else None) or (0, 0)
    under = [n for n, t in enumerate(sentence.tokens) if t.start < end and start < t.end]
    if not under:
        return None
    token = sentence.tokens[under[0]]
    return Trigger(event.type, under[0], under[-1], PARTS.get(token.tag, "noun"), token.lemma)
