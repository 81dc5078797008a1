"""Words of one root, roughly, and what the trigger lexicon says of them."""

from __future__ import annotations

from functools import cache

from baselines.lexicon import lexicon

_ENDINGS = (
    "ation", "ition", "ment", "ance", "ence", "ate", "ion", "ing", "al", "ed", "er", "e", "y",
)  # fmt: skip


def stem(lemma: str) -> str:
    """What words of one root share, roughly: a lemma without its last common endings.

    >>> stem("resistance"), stem("resist"), stem("negotiation"), stem("negotiate")
    ('resist', 'resist', 'negoti', 'negoti')
    """
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 4:
            return lemma.removesuffix(ending)
    return lemma


@cache
def types_by_stem() -> dict[str, tuple[str, ...]]:
    """Event types of the lexicon's words by their stem."""
    found: dict[str, set[str]] = {}
    for part in ("verbs", "nouns"):
        for lemma, types in lexicon.entries(part).items():
            found.setdefault(stem(lemma.split()[0]), set()).update(types)
    return {root: tuple(sorted(types)) for root, types in found.items()}
