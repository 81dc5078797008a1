"""The encoder baseline: a small pre-trained transformer, fine-tuned on the split `train`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from baselines.encoder import settings
from bench.extractors import require
from bench.schema import Annotation, Document

if TYPE_CHECKING:
    from baselines.encoder.store import Model


class Encoder:
    """A small transformer fine-tuned for triggers, roles, realis and dates; trains on first use.

    `checkpoint` names a folder or a model of the Hugging Face hub instead of all-MiniLM-L6-v2,
    `device` is auto, cpu or cuda, `leave_out` a story of `train` that is not learned from. Raises
    ValueError for a value that an option cannot take.
    """

    def __init__(
        self,
        checkpoint: str = "",
        device: str = "auto",
        seed: str = "1",
        epochs: str = "",
        leave_out: str = "",
    ) -> None:
        plain = settings.Settings()
        self._checkpoint = checkpoint
        self._device = settings.device(device)
        self._leave_out = settings.story(leave_out)
        self._settings = settings.Settings(
            seed=settings.number("seed", seed, least=0, most=2**31),
            epochs=settings.number("epochs", epochs, least=1, most=1000)
            if epochs
            else plain.epochs,
        )
        self._model: Model | None = None

    def extract(self, document: Document) -> Annotation:
        """Events, actors and time expressions; uses the id, the text and the publication date.

        The first call trains the network unless it was trained before: minutes.
        """
        require("torch", extra="encoder")
        from baselines.encoder import answering

        if self._model is None:
            self._model = answering.load(self._trained(afresh=False), self._device)
        return answering.annotate(self._model, document, self._settings.threads)

    def train(self) -> Path:
        """Trains afresh; the folder of the trained network."""
        self._model = None
        return self._trained(afresh=True)

    def _trained(self, *, afresh: bool) -> Path:
        require("torch", extra="encoder")
        from baselines.encoder import making

        return making.trained(
            self._settings, self._checkpoint, self._device, self._leave_out, afresh=afresh
        )
