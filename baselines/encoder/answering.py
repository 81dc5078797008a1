"""A trained network reads an article and writes its annotation."""

from __future__ import annotations

from pathlib import Path

from baselines.encoder import decoding, making, passages, store, training, writing
from bench.schema import Annotation, Document


def load(folder: Path, device: str) -> store.Model:
    """The trained network of a folder on a device: auto, cpu or cuda."""
    return store.load(folder, making.place(device))


def annotate(model: store.Model, document: Document) -> Annotation:
    """Events, actors and time expressions of an article.

    One thread: articles are short, and whoever wants more speed reads several at once.
    """
    article = passages.read(document)
    with training.repeatable(0, 1, str(model.network.device)):
        found = decoding.decode(model.network, model.cutter, article, model.inventory)
    return writing.write(document.id, article, found)
