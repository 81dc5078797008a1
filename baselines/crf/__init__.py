"""The crf baseline: a linear-chain CRF for triggers, linear classifiers for roles and realis."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bench.schema import Annotation, Document

if TYPE_CHECKING:
    from baselines.crf.reading import Model

SPLIT = "train"


class Crf:
    """A CRF tags triggers, linear classifiers choose roles and realis; trained on split train.

    `leave_out` names a story of that split from which nothing is learned, for cross-validation.
    Raises ValueError for another story. The model is trained when first used and then kept.
    """

    def __init__(self, *, leave_out: str = "") -> None:
        self._leave_out = leave_out
        if leave_out and leave_out not in _stories():
            raise ValueError(f"{leave_out!r} is no story of {SPLIT}: {', '.join(_stories())}")

    def prepare(self) -> None:
        """Loads the model, or trains it first. Raises CannotRun without the extra."""
        self._model  # noqa: B018 - made by asking for it

    def extract(self, document: Document) -> Annotation:
        """Events, actors and time expressions; uses the id, the text and the publication date."""
        from baselines.crf.reading import annotate

        return annotate(self._model, document)

    def train(self) -> Path:
        """Trains afresh; the folder of the model. Raises DatelineError without the extra."""
        self.__dict__.pop("_model", None)
        return self._folder(afresh=True)

    @cached_property
    def _model(self) -> Model:
        from baselines.crf.reading import load

        return load(self._folder(afresh=False))

    def _folder(self, *, afresh: bool) -> Path:
        from baselines.crf import shipped

        return shipped.model(SPLIT, self._leave_out, afresh=afresh)


def _stories() -> list[str]:
    from bench.gold import manifest

    return list(dict.fromkeys(d.story for d in manifest() if d.split == SPLIT))
