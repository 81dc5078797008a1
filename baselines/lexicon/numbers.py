"""Number words, and the words that hedge a number."""

from __future__ import annotations

from collections.abc import Sequence

from baselines.lexicon.tokens import Token

WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty "
    "sixty ninety hundred thousand million billion dozen dozens hundreds thousands".split()
)


_HEDGES = ("at least", "at most", "more than", "less than", "fewer than", "up to", "as many as")


def hedges(sentence: Sequence[Token], index: int) -> bool:
    """`at least 12`, `more than 40`: part of the number."""
    for hedge in _HEDGES:
        words = hedge.split()
        for start in range(index - len(words) + 1, index + 1):
            run = sentence[max(start, 0) : start + len(words)]
            if [token.lower for token in run] == words and follows(
                sentence, start + len(words) - 1
            ):
                return True
    return False


def follows(sentence: Sequence[Token], index: int) -> bool:
    """`about 40` is an adverb."""
    after = sentence[index + 1] if index + 1 < len(sentence) else None
    return after is not None and (after.text[0].isdigit() or after.lower in WORDS)
