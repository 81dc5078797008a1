"""The linear-chain CRF: trained by python-crfsuite, read from its own file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from baselines.crf.tags import OUTSIDE, Stretch, decode
from bench.extractors import require

EVENT = "EVENT"
"""The only label: which type a trigger has is decided afterwards."""
SETTINGS = {
    "c1": 0.05,
    "c2": 0.05,
    "max_iterations": 100,
    "feature.possible_transitions": True,
}
"""Penalties and iterations of L-BFGS, chosen by cross-validation within train."""
OUTSIDE_AT_MOST = 0.65
"""A token that is likelier than this no trigger stays outside."""


def train(sequences: Iterable[tuple[Sequence[Sequence[str]], Sequence[str]]], path: Path) -> None:
    """Fits features of tokens to their tags and writes the model; no randomness in it."""
    trainer = require("pycrfsuite", extra="crf").Trainer(verbose=False)
    for rows, labels in sequences:
        trainer.append(rows, labels)
    trainer.set_params(SETTINGS)
    trainer.train(str(path))


class Tagger:
    """A trained model that finds trigger words."""

    def __init__(self, path: Path) -> None:
        self._model: Any = require("pycrfsuite", extra="crf").Tagger()
        self._model.open(str(path))

    def stretches(self, rows: Sequence[Sequence[str]]) -> list[Stretch]:
        """The best sequence's stretches, and single tokens outside it that are likely enough."""
        tags = list(self._model.tag(rows))
        for index, tag in enumerate(tags):
            if tag == OUTSIDE and self._model.marginal(OUTSIDE, index) < OUTSIDE_AT_MOST:
                tags[index] = f"B-{EVENT}"
        return decode(tags)
