"""The lexicon baseline: triggers from a word list, everything else from stated rules."""

from __future__ import annotations

from bench.schema import Annotation, Document


class Lexicon:
    """A trigger lexicon, a shallow parse and stated rules; learns nothing from the gold."""

    def extract(self, document: Document) -> Annotation:
        """Events, actors and time expressions; uses the id, the text and the publication date."""
        from baselines.lexicon.reading import annotate  # dictionaries load with the first article

        return annotate(document)
