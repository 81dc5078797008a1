"""The sequence metric: triggers as IOB2 tags over the words of the article, chunk by chunk.

Equal to seqeval in strict mode (Nakayama 2018) on tags made so: words are those of
`bench.text.words`; a trigger covers the words that it shares a character with; triggers are laid in
order of first word, longest first, then by name of type, and one that meets a word already taken is
left out, for tags hold no overlap. Without offsets there is nothing to tag.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter

from bench.counts import Counts
from bench.errors import MissingText
from bench.matching import Match
from bench.metrics.base import METRICS, Metric, Pair, Side, Table
from bench.text import words

Chunk = tuple[int, int, str]


def chunks(side: Side) -> list[Chunk]:
    """Chunks as first word, word after the last, and event type; raises MissingText."""
    if side.text is None:
        raise MissingText(f"sequence needs the text of {side.annotation.doc_id}")
    found: list[Chunk] = []
    for start, length, kind in sorted(_laid(side)):
        if not found or found[-1][1] <= start:
            found.append((start, start - length, kind))
    return found


def _laid(side: Side) -> set[Chunk]:
    """First word, length with its sign turned, and type of every trigger that covers a word."""
    spans = words(side.text or "")
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    found: set[Chunk] = set()
    for event in side.annotation.events:
        if event.trigger is not None and event.trigger.span is not None:
            first = bisect_right(ends, event.trigger.span[0])
            after = bisect_left(starts, event.trigger.span[1])
            if first < after:
                found.add((first, first - after, event.type))
    return found


def tags(side: Side) -> list[str]:
    """The IOB2 tags of the article's words."""
    row = ["O"] * len(words(side.text or ""))
    for start, end, kind in chunks(side):
        row[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return row


def _count(documents: Pair, _: Match) -> Table:
    gold, predicted = chunks(documents.gold), chunks(documents.predicted)
    sizes = [Counter(kind for *_, kind in found) for found in (gold, predicted)]
    matched = Counter(kind for *_, kind in set(gold) & set(predicted))
    return {
        kind: Counts.of(matched=matched[kind], predicted=sizes[1][kind], gold=sizes[0][kind])
        for kind in sorted({*sizes[0], *sizes[1]})
    }


_ONE_TAG = "a word has one tag: copies and overlaps cannot be written"

METRICS.add(
    "sequence",
    Metric(
        "sequence",
        "triggers as IOB2 tags over words (seqeval, strict)",
        _count,
        matches=("exact",),
        needs_text=True,
        exempt={"spurious": _ONE_TAG, "takes": _ONE_TAG, "copies": _ONE_TAG},
    ),
)
