"""The extractor that finds nothing: the floor of every metric."""

from __future__ import annotations

from bench.schema import Annotation, Document


class Null:
    """Finds nothing; the floor of every metric."""

    def extract(self, document: Document) -> Annotation:
        """An annotation without events."""
        return Annotation(doc_id=document.id, events=())
