"""Cuts an article into stretches of whole sentences, small enough for one call."""

from __future__ import annotations

from collections.abc import Iterator

from bench.text import sentences


def chunks(text: str, size: int) -> Iterator[tuple[int, int]]:
    """Spans of at most `size` sentences, all about as long; the whole article where size is 0.

    >>> text = "One. Two. Three. Four. Five."
    >>> [text[start:end] for start, end in chunks(text, 4)]
    ['One. Two. Three.', 'Four. Five.']
    """
    spans = sentences(text)
    count = -(-len(spans) // size) if size else min(1, len(spans))
    if count == 0:
        return
    base, more = divmod(len(spans), count)
    at = 0
    for n in range(count):
        last = at + base + (n < more)
        yield spans[at][0], spans[last - 1][1]
        at = last
