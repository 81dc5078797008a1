"""An extractor as somebody writes it who has only read docs/write-an-extractor.md."""

from __future__ import annotations

import re

from bench.schema import Annotation, Document, Event, Mark


class Outsider:
    """Takes some words for consultations."""

    def __init__(self, *, words: str = "phoned,met,talks,call") -> None:
        if not words.strip(","):
            raise ValueError("words: found none, wanted one or more with commas between")
        alternatives = "|".join(re.escape(word) for word in words.split(",") if word)
        self.pattern = re.compile(rf"\b({alternatives})\b")

    def extract(self, document: Document) -> Annotation:
        """Every such word as the trigger of an event."""
        found = self.pattern.finditer(document.text or "")
        events = [
            Event(type="CONSULT", trigger=Mark(start=hit.start(), end=hit.end())) for hit in found
        ]
        return Annotation(doc_id=document.id, events=events)
