"""Pronouns by one stated rule: the first fitting party named in this sentence before it, else the
one named first in the nearest sentence that names any.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from baselines.lexicon.mentions import Mention

_WORDS = {
    "person": frozenset({"he", "she", "him", "her", "his", "himself", "herself"}),
    "thing": frozenset({"it", "its", "itself"}),
    "many": frozenset({"they", "them", "their", "themselves"}),
}


def kind(word: str) -> str:
    """person, thing or many; nothing for `we`, `you`, `this`.

    >>> kind("its"), kind("we")
    ('thing', '')
    """
    return next((name for name, words in _WORDS.items() if word in words), "")


@dataclass(slots=True)
class Memory:
    """Parties named so far, those of the latest sentence first, in their order there."""

    named: list[tuple[str, str, str]] = field(default_factory=list)

    def resolve(
        self, word: str, before: Sequence[Mention], excluded: frozenset[str] = frozenset()
    ) -> tuple[str, str] | None:
        """Name and kind of the antecedent of a pronoun."""
        wanted = kind(word)
        here = [(m.name, m.kind, _kind_of(m)) for m in before]
        for name, sort, stands_for in [*here, *self.named]:
            if stands_for == wanted != "" and name not in excluded:
                return name, sort
        return None

    def note(self, mentions: Sequence[Mention]) -> None:
        """Puts the parties of a sentence before all earlier ones."""
        latest = [(m.name, m.kind, _kind_of(m)) for m in mentions]
        self.named = [*latest, *self.named][:40]


def _kind_of(mention: Mention) -> str:
    """Which pronoun a mention can be taken up by."""
    plural = not mention.proper and mention.name.endswith("s")
    if mention.kind in ("population", "armed_force") or (plural and mention.side):
        return "many"
    if mention.kind == "person":
        return "person"
    return "thing" if mention.kind in ("government", "organisation") else ""
