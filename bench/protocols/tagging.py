"""Spans as IOB2 tags over the words of a text: what a sequence labeller could have written."""

from __future__ import annotations

from collections.abc import Iterable

from bench.text import words

Labelled = tuple[tuple[int, int], str]
Span = tuple[int, int]
OUTSIDE = "O"


class Words:
    """The words of a text and which of them a span touches."""

    def __init__(self, text: str) -> None:
        self.spans = words(text)

    def __len__(self) -> int:
        return len(self.spans)

    def touched(self, span: Span) -> Span | None:
        """First and one past the last word that share a character with the span, or None.

        >>> Words("civil war crimes").touched((3, 9))
        (0, 2)
        """
        inside = [n for n, (a, b) in enumerate(self.spans) if a < span[1] and span[0] < b]
        return (inside[0], inside[-1] + 1) if inside else None

    def tags(self, labelled: Iterable[Labelled]) -> list[str]:
        """One tag a word. Spans grow to whole words; where two want a word, the one that starts
        earlier has it, then the longer, then the first label of the alphabet, and the other one
        is not written at all.

        >>> Words("civil war crimes").tags([((6, 9), "B"), ((0, 9), "A")])
        ['B-A', 'I-A', 'O']
        """
        row = [OUTSIDE] * len(self)
        found = [(self.touched(span), label) for span, label in labelled]
        spans = [(place, label) for place, label in found if place is not None]
        for (start, end), label in sorted(spans, key=lambda s: (s[0][0], -s[0][1], s[1])):
            if all(tag == OUTSIDE for tag in row[start:end]):
                row[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
        return row
