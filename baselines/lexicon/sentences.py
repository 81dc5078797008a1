"""The sentences of an article's body, as tokens with the time expressions among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from baselines.lexicon import boilerplate, times, tokens
from baselines.lexicon.times import Time
from baselines.lexicon.tokens import Token
from bench.text import sentences


def read(text: str, published: str) -> Iterator[tuple[list[Token], list[Time]]]:
    """Sentences in text order, words of time expressions marked as such, and the expressions;
    none without a date of publication, against which to read them.

    >>> [(len(words), near[0].value) for words, near in read("It fell on Monday.", "1990-01-02")]
    [(5, '1990-01-01')]
    """
    day = date(published)
    for first, last in boilerplate.body(text):
        for start, end in sentences(text[first:last]):
            words = tokens.tokens(text, first + start, first + end)
            if words:
                near = times.find(text, words[0].start, words[-1].end, day) if day else []
                mark(words, near)
                yield words, near


def date(published: str) -> dt.date | None:
    """The day of publication; a bad one is none.

    >>> date("1990-02-30")
    """
    try:
        return dt.date.fromisoformat(published)
    except ValueError:
        return None


def mark(words: Sequence[Token], near: Sequence[Time]) -> None:
    """Marks the words that belong to a time expression."""
    for word in words:
        word.time = any(time.start <= word.start < time.end for time in near)
