"""IOB2 tags of a sentence's tokens: from trigger spans and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

OUTSIDE = "O"
Stretch = tuple[str, int, int]
"""A label with its first and last token, both included."""


def encode(length: int, stretches: Iterable[Stretch]) -> list[str]:
    """Tags of `length` tokens; of two stretches on one token the first given stays.

    >>> encode(4, [("AGREE", 1, 1), ("REJECT", 2, 3)])
    ['O', 'B-AGREE', 'B-REJECT', 'I-REJECT']
    """
    tags = [OUTSIDE] * length
    for label, first, last in stretches:
        if all(tag == OUTSIDE for tag in tags[first : last + 1]):
            tags[first : last + 1] = [f"B-{label}", *[f"I-{label}"] * (last - first)]
    return tags


def decode(tags: Sequence[str]) -> list[Stretch]:
    """Stretches of a sequence of tags; an I- tag that continues nothing begins a stretch.

    >>> decode(["O", "B-AGREE", "I-AGREE", "I-REJECT"])
    [('AGREE', 1, 2), ('REJECT', 3, 3)]
    """
    found: list[Stretch] = []
    for index, tag in enumerate(tags):
        label = tag[2:]
        if tag == OUTSIDE:
            continue
        if tag[0] == "I" and found and found[-1][0] == label and found[-1][2] == index - 1:
            found[-1] = (label, found[-1][1], index)
        else:
            found.append((label, index, index))
    return found
