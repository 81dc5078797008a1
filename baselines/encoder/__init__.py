"""The encoder baseline: a small pre-trained transformer, fine-tuned on the split `train`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from baselines.encoder import settings
from bench.extractors import require
from bench.schema import Annotation, Document

if TYPE_CHECKING:
    from baselines.encoder.making import Plan
    from baselines.encoder.store import Model


class Encoder:
    """A small transformer fine-tuned for triggers, roles, realis and dates; trains on first use.

    `checkpoint` names a folder or a model of the Hugging Face hub instead of all-MiniLM-L6-v2,
    `device` is auto, cpu or cuda, `leave_out` a story of `train` that is not learned from; with
    `hints=no` the network is not told what the rules of the lexicon would answer. Raises
    ValueError for a value that an option cannot take.
    """

    def __init__(
        self,
        checkpoint: str = "",
        device: str = "auto",
        seed: str = "1",
        epochs: str = "",
        leave_out: str = "",
        hints: str = "yes",
        threads: str = "1",
    ) -> None:
        plain = settings.Settings()
        self._checkpoint = checkpoint
        self._device = settings.device(device)
        self._leave_out = settings.story(leave_out)
        self._settings = settings.Settings(
            hints=settings.switch("hints", hints),
            seed=settings.number("seed", seed, least=0, most=2**31),
            threads=settings.number("threads", threads, least=1, most=64),
            epochs=settings.number("epochs", epochs, least=1, most=1000)
            if epochs
            else plain.epochs,
        )
        self._model: Model | None = None

    def prepare(self) -> None:
        """Loads the network; trains it first unless one like it was trained before: minutes."""
        require("torch", extra="encoder")
        from baselines.encoder import answering

        self._model = answering.load(self._trained(afresh=False), self._device)

    def extract(self, document: Document) -> Annotation:
        """Events, actors and time expressions; uses the id, the text and the publication date."""
        if self._model is None:
            self.prepare()
        from baselines.encoder import answering

        assert self._model is not None
        return answering.annotate(self._model, document)

    def train(self) -> Path:
        """Trains afresh; the folder of the trained network."""
        self._model = None
        return self._trained(afresh=True)

    def identity(self) -> str:
        """What the answers depend on: data, settings, weights, device and versions, as one key."""
        return self._plan().key

    def _trained(self, *, afresh: bool) -> Path:
        from baselines.encoder import making

        return making.trained(self._plan(), afresh=afresh)

    def _plan(self) -> Plan:
        require("torch", extra="encoder")
        from baselines.encoder import making

        return making.plan(self._settings, self._checkpoint, self._device, self._leave_out)
