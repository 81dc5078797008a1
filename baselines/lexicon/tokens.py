"""Tokens of a sentence with their candidate lemmas."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from baselines.lexicon import data

_TOKEN = re.compile(
    r"[A-Za-z]\.(?:[A-Za-z]\.)+"  # U.S., p.m.
    r"|\d+(?:[.,:]\d+)*(?![^\W_])"
    r"|[^\W\d_]+\d+[^\W_]*"  # M23, F16
    r"|[^\W\d_]+(?:['’](?!s\b|S\b)[^\W\d_]+)?"  # wouldn't, O'Neill, but Kyiv + 's
    r"|['’]s\b"
    r"|\w+"
    r"|\S"
)
LETTERS = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*$")


@dataclass(slots=True)
class Token:
    """One word or sign; `tag`, `lemma` and `form` are filled in by the tagger."""

    start: int
    end: int
    text: str
    lower: str
    tag: str = ""
    lemma: str = ""
    form: str = ""
    name: bool = False
    time: bool = False
    lemmas: dict[str, str] = field(default_factory=dict)

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[:1].isupper()


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Tokens of a stretch of text; a possessive and each hyphen stand alone.

    >>> [token.text for token in tokens("Trump-Putin: Kyiv's U.S. aid won't")]
    ['Trump', '-', 'Putin', ':', 'Kyiv', "'s", 'U.S.', 'aid', "won't"]
    """
    stop = len(text) if end is None else end
    found = [_token(match) for match in _TOKEN.finditer(text, start, stop)]
    return _possessives(found)


def _token(match: re.Match[str]) -> Token:
    text = match.group()
    lower = text.lower().replace("’", "'")
    return Token(match.start(), match.end(), text, lower, lemmas=dict(lemmas(lower)))


def _possessives(found: list[Token]) -> list[Token]:
    """The bare apostrophe after a plural is a possessive when a word follows close behind."""
    for before, sign in pairwise(found):
        glued = before.end == sign.start and before.lower.endswith("s")
        if sign.text in ("'", "’") and glued:
            sign.lower = "'s"
    return found


@lru_cache(maxsize=65536)
def lemmas(lower: str) -> tuple[tuple[str, str], ...]:
    """Candidate lemmas by part of speech (NOUN, VERB, ADJ, ADV), from lemminflect's dictionary.

    >>> lemmas("struck")
    (('VERB', 'strike'),)
    """
    if not LETTERS.match(lower) or not unicodedata.is_normalized("NFC", lower):
        return ()
    from lemminflect import getAllLemmas

    found = getAllLemmas(lower)
    kept = {pos: forms[0] for pos, forms in found.items() if pos in ("NOUN", "VERB", "ADJ", "ADV")}
    return tuple(sorted(_mended(lower, kept).items()))


def _mended(lower: str, found: dict[str, str]) -> dict[str, str]:
    """What the dictionary lacks: regular endings of unknown words, spellings of the lexicon."""
    if found.get("VERB") == lower and lower.endswith(("ed", "ing")) and len(lower) > 6:
        found.pop("VERB")
    if found:
        return found
    for noun in (lower, lower.removesuffix("s")):
        if noun in known("nouns"):
            return {"NOUN": noun}
    return _guessed(lower)


def _guessed(lower: str) -> dict[str, str]:
    for ending, stems in (("ing", ("", "e")), ("ed", ("", "e")), ("s", ("",))):
        stem = lower.removesuffix(ending)
        for last in stems:
            if stem != lower and stem + last in known("verbs"):
                return {"VERB": stem + last}
    return {}


@lru_cache(maxsize=2)
def known(kind: str) -> frozenset[str]:
    """Single words of the trigger lexicon: `nouns` or `verbs` of all types."""
    types = data.load("triggers.yaml")["types"].values()
    return frozenset(word for entry in types for word in entry[kind])
