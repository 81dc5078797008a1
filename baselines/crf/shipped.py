"""The model of the shipped gold: which articles, and what makes it another model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from baselines.crf import training, types
from baselines.models import cached, key_of
from bench import gold
from bench.extractors import require
from bench.schema import Annotation, Document

_PACKAGES = ("python-crfsuite", "scikit-learn", "scipy", "numpy", "lemminflect", "dateparser")
_CODE = (("baselines.crf", ""), ("baselines.lexicon", ""), ("bench", "text.py"))


def model(split: str, leave_out: str, *, afresh: bool) -> Path:
    """The folder of the model learned from a split without one story, trained unless it is there.

    Raises DatelineError where the extra is not installed.
    """
    for module in ("pycrfsuite", "sklearn"):
        require(module, extra="crf")
    chosen = articles(split, leave_out)
    build = partial(_build, chosen)
    return cached(
        "crf", key_of([*_made_by(), leave_out, *_made_from(chosen)]), build, afresh=afresh
    )


def articles(split: str, leave_out: str) -> list[tuple[Document, Annotation]]:
    """Articles of a split with their annotations, those of one story left out."""
    chosen = gold.load(split)
    return [(d, chosen.annotations[d.id]) for d in chosen.documents if d.story != leave_out]


def _build(chosen: list[tuple[Document, Annotation]], folder: Path) -> None:
    training.train([d for d, _ in chosen], {d.id: annotation for d, annotation in chosen}, folder)


def _made_from(chosen: list[tuple[Document, Annotation]]) -> Iterator[str]:
    for document, annotation in chosen:
        yield f"{document.id} {document.published} {document.sha256}"
        yield annotation.model_dump_json()


def _made_by() -> Iterator[str]:
    """Event types, versions of the packages, and the code and word lists that make features."""
    yield " ".join(types.names())
    for package in _PACKAGES:
        yield f"{package} {version(package)}"
    for package, only in _CODE:
        for path in sorted(files(package).iterdir(), key=lambda path: path.name):
            if path.name.endswith(("py", "yaml")) and (not only or path.name == only):
                yield f"{package}/{path.name}"
                yield path.read_text(encoding="utf-8")
