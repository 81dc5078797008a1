"""Sentences, words and heads of plain text, by rules that need no model."""

from __future__ import annotations

import re
from functools import lru_cache

# A sentence ends at a line end, or after .!?… with closing quotes. Scraped pages lose the space
# after the full stop, so a capitalised word glued to one counts as a new sentence too.
_END = re.compile(
    r"\n+"
    r"|(?<=[.!?…])[\"”’')\]]*(?:\s+)(?=[\"“‘'(\[]?[A-Z0-9])"
    r"|(?<=[.!?…])[\"”’')\]]*(?=[A-Z][a-z])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Maj|Capt|Adm|Cmdr|Rev|Prof|Sen|Rep|Gov|Messrs|No"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("‐‑‒–—―−", "-")
)
"""Signs that typography varies, by the plain one; each stands for exactly one."""
_HEAD_STOPS = frozenset(
    "about above across after against along among around at before behind below beneath beside "
    "between beyond by despite during except for from in inside into like near of off on onto out "
    "outside over past per regarding since through throughout to toward towards under until upon "
    "with within without that which who whom whose where when".split()
)


def occurrences(text: str, words: str, *, most: int) -> list[int]:
    """Where some words begin in a text, also inside one another, up to so many places.

    >>> occurrences("banana", "ana", most=10)
    [1, 3]
    """
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0 and len(found) < most:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of `text`, in order, without surrounding white space.

    >>> text = "Ran.Then he slept. On 3 May."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Ran.', 'Then he slept.', 'On 3 May.']
    >>> len(sentences("On Nov. 19 Gen. Clay met Messrs. Bevin and Schuman."))
    1
    """
    cuts = [0]
    for match in _END.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if "\n" in match.group() or not _ABBREVIATION.search(before):
            cuts.append(match.end())
    spans = zip(cuts, [*cuts[1:], len(text)], strict=True)
    return [trimmed for a, b in spans if (trimmed := _trim(text, a, b))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    stripped = part.strip()
    if not stripped:
        return None
    start += len(part) - len(part.lstrip())
    return start, start + len(stripped)


def words(text: str) -> list[tuple[int, int]]:
    """Spans of the words of `text`; hyphens and apostrophes join, other signs part.

    >>> [(m, "US-led: Kyiv's."[m[0]:m[1]]) for m in words("US-led: Kyiv's.")]
    [((0, 6), 'US-led'), ((8, 14), "Kyiv's")]
    """
    return [match.span() for match in _WORD.finditer(text)]


@lru_cache(maxsize=65536)
def head(phrase: str) -> tuple[int, int]:
    """Span of the head of a phrase: the last word before the first preposition, comma or
    relative pronoun. A stated rule, no model.

    >>> phrase = "old bridge over the river"
    >>> phrase[slice(*head(phrase))]
    'bridge'
    >>> head("of"), head("…")
    ((0, 2), (0, 1))
    """
    found: tuple[int, int] | None = None
    for start, end in words(phrase):
        stops = phrase[start:end].lower() in _HEAD_STOPS
        if found is not None and (stops or "," in phrase[found[1] : start]):
            break
        found = (start, end)
    return found or (0, len(phrase))
