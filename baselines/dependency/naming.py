"""Names of an article: what the lexicon learns from capitals, settled by the entity recogniser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from baselines.lexicon import countries
from baselines.lexicon.names import Key, Names
from baselines.lexicon.tokens import Token

_KINDS = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place",
}  # fmt: skip


def settle(names: Names, read: Iterable[tuple[Any, Sequence[Token]]]) -> None:
    """Adds names that only the recogniser saw, and corrects the kinds that it is surer of."""
    votes = _votes(read)
    for key, counts in votes.items():
        label, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        full = names.longest.get(key)
        if full is None:
            if count > 1 or len(key) > 1:
                names.longest[key], names.kinds[key] = key, label
        elif full == key and names.kinds[full] == "person" and label == "organisation":
            names.kinds[full] = label


def _votes(read: Iterable[tuple[Any, Sequence[Token]]]) -> dict[Key, Counter[str]]:
    """How often each run of words was recognised as what; countries need no learning."""
    votes: dict[Key, Counter[str]] = {}
    for doc, tokens in read:
        for entity in doc.ents:
            kind = _KINDS.get(entity.label_)
            key = tuple(token.text for token in tokens[entity.start : entity.end])
            key = key[1:] if key[:1] in (("the",), ("The",)) else key
            key = key[:-1] if key[-1:] in (("'s",), ("’s",)) else key
            proper = bool(key) and all(part[:1].isupper() for part in key)
            if kind and proper and countries.find(" ".join(key)) is None:
                votes.setdefault(key, Counter())[kind] += 1
    return votes
