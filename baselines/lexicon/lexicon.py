"""The trigger lexicon as tables: types by lemma, context rules, compounds."""

from __future__ import annotations

from functools import cache
from typing import Any

from baselines.lexicon import data
from baselines.lexicon.tokens import Token

Rule = dict[str, Any]


@cache
def entries(part: str) -> dict[str, list[str]]:
    """Types by lemma, for `verbs` or `nouns`."""
    found: dict[str, list[str]] = {}
    for kind, lists in data.load("triggers.yaml")["types"].items():
        for lemma in lists[part]:
            found.setdefault(lemma, []).append(kind)
    return found


@cache
def contexts() -> dict[str, list[Rule]]:
    """Rules of the lemmas whose type depends on their neighbours."""
    found: dict[str, list[Rule]] = data.load("triggers.yaml")["contexts"]
    return found


@cache
def compounds() -> tuple[tuple[str, ...], ...]:
    """Noun entries of several words, longest first."""
    several = [tuple(lemma.replace("-", " - ").split()) for lemma in entries("nouns")]
    return tuple(sorted((words for words in several if len(words) > 1), key=len, reverse=True))


def is_event_noun(token: Token) -> bool:
    """Whether a noun can be an event, whatever its neighbours say."""
    return token.lemma in entries("nouns") or f"{token.lemma} noun" in contexts()
