"""Trains a network on the gold's split `train`, or finds the one that was trained like that."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
import transformers

from baselines import models
from baselines.encoder import checkpoint, pieces, store, training
from baselines.encoder.classes import Inventory
from baselines.encoder.settings import Settings
from bench import gold
from bench.errors import DatelineError
from bench.schema import Annotation, Document

_LOG = logging.getLogger(__name__)
_MADE = 1
"""Counts up when the code makes another network of the same data and settings."""
Pairs = Sequence[tuple[Document, Annotation]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a network is made of, and the key under which it is kept."""

    settings: Settings
    folder: Path
    device: str
    pairs: Pairs
    key: str


def plan(settings: Settings, name: str, device: str, leave_out: str) -> Plan:
    """What these choices make; raises DatelineError for a checkpoint or a device that is not."""
    pairs, where, folder = without(leave_out), place(device), checkpoint.find(name)
    parts = (_MADE, settings, where, checkpoint.fingerprint(folder), _hash(pairs))
    versions = (torch.__version__, transformers.__version__)
    return Plan(settings, folder, where, pairs, models.key_of((*parts, *versions)))


def trained(wanted: Plan, *, afresh: bool) -> Path:
    """The folder of the network of a plan, trained unless it is there."""
    return models.cached("encoder", wanted.key, partial(_build, wanted), afresh=afresh)


def _build(wanted: Plan, home: Path) -> None:
    _LOG.warning(
        "encoder: training on %d articles (%s), which takes minutes; kept for later runs",
        len(wanted.pairs),
        wanted.device,
    )
    start = time.monotonic()
    make(home, wanted.folder, wanted.pairs, wanted.settings, wanted.device)
    _LOG.warning("encoder: trained in %.0f seconds", time.monotonic() - start)


def place(device: str) -> str:
    """The device to use; raises DatelineError where cuda is wanted and there is none."""
    if device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cuda" and not torch.cuda.is_available():
        raise DatelineError("device=cuda: torch finds no GPU here; device=auto takes what there is")
    return device


def without(story: str) -> Pairs:
    """Articles of `train` with their annotations, those of one story left out."""
    chosen = gold.load("train")
    return [(d, chosen.annotations[d.id]) for d in chosen.documents if d.story != story]


def _hash(pairs: Pairs) -> str:
    digest = hashlib.sha256()
    for line in _lines(pairs):
        digest.update(line.encode())
    return digest.hexdigest()


def _lines(pairs: Pairs) -> Iterator[str]:
    for document, annotation in pairs:
        yield f"{document.id}\t{document.sha256}\t{document.published}\n"
        yield annotation.model_dump_json() + "\n"


def make(home: Path, folder: Path, pairs: Pairs, settings: Settings, device: str) -> None:
    """Fine-tunes a checkpoint on annotated articles and writes the network to an empty folder."""
    ontology = gold.ontology()
    inventory = Inventory(tuple(ontology.types), tuple(ontology.roles), settings.hints)
    tokenizer = checkpoint.tokenizer(folder)
    with training.repeatable(settings.seed, settings.threads, device):
        body = checkpoint.body(folder, weights=True)
        network = store.new(body, inventory, settings.dropout).to(device)
        cutter = pieces.cutter(tokenizer, checkpoint.positions(body))
        words = {name: kind.triggers for name, kind in ontology.types.items()}
        material = training.lessons(cutter, pairs, inventory)
        material += training.glossary(cutter, words, inventory.types)
        mask = tokenizer.mask_token_id
        training.train(
            network, material, settings,
            mask=cutter.unknown if mask is None else mask,
            special=frozenset({cutter.first, cutter.last}),
        )  # fmt: skip
    store.save(home, network, tokenizer, inventory)
