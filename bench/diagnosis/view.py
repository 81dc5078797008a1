"""A document as causes see it: both annotations, and what the article and its page say."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from bench.metrics import Pair
from bench.schema import Document
from bench.text import sentences

Span = tuple[int, int]
TEXT, PUBLISHED, ZONES = "text", "published", "zones"
UNDATED = "0001-01-01"
"""Publication day of a document whose day nobody has given."""
# A quotation ends with its line: who quotes several paragraphs opens the marks again in each.
_QUOTATION = re.compile(
    r'"[^"\n]*(?:"|$)|“[^”\n]*(?:”|$)|«[^»\n]*(?:»|$)|(?<!\w)‘(?:[^’\n]|’(?=\w))*(?:’|$)',
    re.MULTILINE,
)


def quotations(text: str) -> list[Span]:
    """Stretches of a text in quotation marks, straight or curly; an open one ends with its line.

    >>> text = "He said “no” and ‘I can’t’."
    >>> [text[start:end] for start, end in quotations(text)]
    ['“no”', '‘I can’t’']
    """
    return [match.span() for match in _QUOTATION.finditer(text)]


@dataclass(frozen=True)
class View:
    """One document with both sides."""

    document: Document
    pair: Pair

    @property
    def text(self) -> str | None:
        """The article, where it is on this machine."""
        return self.document.text

    @cached_property
    def has(self) -> frozenset[str]:
        """What is known of the document, of all that a cause may need."""
        known = {TEXT: self.text is not None, PUBLISHED: self.published is not None}
        known[ZONES] = self.published is not None  # nobody's gold has a manifest, so no zones
        return frozenset(name for name, here in known.items() if here)

    @property
    def published(self) -> dt.date | None:
        """Day of publication; None where nobody has given it."""
        said = self.document.published
        return None if said == UNDATED else dt.date.fromisoformat(said)

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences of the article; none without text."""
        return sentences(self.text) if self.text is not None else []

    @cached_property
    def quotations(self) -> list[Span]:
        """Quotations of the article; none without text."""
        return quotations(self.text) if self.text is not None else []

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_of(self, span: Span | None) -> int | None:
        """Which sentence a phrase stands in, counted from 0; None without text or offsets."""
        if span is None or not self._starts:
            return None
        return max(0, bisect_right(self._starts, span[0]) - 1)

    def line_of(self, span: Span | None) -> int | None:
        """Which line a phrase stands in, counted from 1; None without text or offsets."""
        if span is None or self.text is None:
            return None
        return self.text.count("\n", 0, span[0]) + 1

    def is_quoted(self, span: Span | None) -> bool:
        """Whether a phrase stands inside quotation marks."""
        return span is not None and any(a <= span[0] and span[1] <= b for a, b in self.quotations)
