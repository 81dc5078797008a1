"""What a baseline finds in a sentence that was made up for a test."""

from __future__ import annotations

from dataclasses import dataclass

from bench.extractors import Extractor
from bench.schema import Annotation, Document, Event

PUBLISHED = "2024-05-08"  # a Wednesday


def document(text: str, published: str = PUBLISHED) -> Document:
    """A document of that text, unchecked: not every text that is tried could be published."""
    return Document.model_construct(
        id="made-up/0001", story="made-up", outlet="none", published=published, split="test",
        licence="CC0-1.0", sha256="0" * 64, length=max(1, len(text)), text=text,
    )  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """An extractor, asked about one sentence at a time."""

    extractor: Extractor

    def read(self, text: str, published: str = PUBLISHED) -> Annotation:
        """The annotation of a text."""
        return self.extractor.extract(document(text, published))

    def found(self, text: str) -> set[tuple[str, str]]:
        """Types and words of the events."""
        events = self.read(text).events
        return {(event.type, str(event.trigger and event.trigger.text)) for event in events}

    def event(self, text: str, trigger: str, published: str = PUBLISHED) -> Event:
        """The first event at that word."""
        events = self.read(text, published).events
        hits = [event for event in events if event.trigger and event.trigger.text == trigger]
        assert hits, f"no {trigger} in {self.found(text)}"
        return hits[0]

    def roles(self, text: str, trigger: str) -> set[tuple[str, str]]:
        """Roles and words of an event's arguments."""
        return {(item.role, str(item.text)) for item in self.event(text, trigger).arguments}

    def names(self, text: str, trigger: str) -> set[tuple[str, str]]:
        """Roles of an event's arguments and whom they stand for."""
        return {(item.role, str(item.actor)) for item in self.event(text, trigger).arguments}
