"""Word pieces of passages with their places in the text, and the windows they travel in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from baselines.encoder.passages import Article, Passage

MOST_PIECES = 128
"""Word pieces in a window: a few sentences; attention to more costs time and finds no more."""
_OF_A_WORD = 8
"""Pieces kept of one word: web addresses and letters without spaces break into hundreds."""
Cut = Callable[[str], tuple[list[int], list[tuple[int, int]]]]
"""From a text to ids of its pieces and their offsets."""


@dataclass(frozen=True, slots=True)
class Window:
    """A run of words of one passage or more, short enough for the network.

    `ids` are its word pieces; `words` says of each word which passage it is of, which word there,
    and its first piece.
    """

    ids: tuple[int, ...]
    words: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts texts into word pieces; room is the number of pieces a window may have."""

    cut: Cut
    first: int
    last: int
    unknown: int
    room: int = MOST_PIECES


def cutter(tokenizer: Any, positions: int) -> Cutter:
    """The cutter of a fast Hugging Face tokenizer, for a network with so many positions."""

    def cut(text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        return found["input_ids"], [(a, b) for a, b in found["offset_mapping"]]

    first = _special(tokenizer, "cls_token_id", "bos_token_id")
    last = _special(tokenizer, "sep_token_id", "eos_token_id")
    unknown = _special(tokenizer, "unk_token_id", "pad_token_id")
    return Cutter(cut, first, last, unknown, min(MOST_PIECES, positions - 4))


def _special(tokenizer: Any, *names: str) -> int:
    """The first of several special pieces that the tokenizer has."""
    found = [value for name in names if (value := getattr(tokenizer, name, None)) is not None]
    return int(found[0]) if found else 0


def of_words(cutter: Cutter, text: str, passage: Passage) -> list[list[int]]:
    """The pieces of each word of a passage; a word of signs that leave no piece is unknown."""
    start = passage.words[0][0]
    ids, offsets = cutter.cut(text[start : passage.words[-1][1]])
    found: list[list[int]] = [[] for _ in passage.words]
    index = 0
    for piece, (a, b) in zip(ids, offsets, strict=True):
        while index + 1 < len(found) and passage.words[index][1] <= start + a:
            index += 1
        if b > a and passage.words[index][0] < start + b:
            found[index].append(piece)
    return [pieces[:_OF_A_WORD] or [cutter.unknown] for pieces in found]


def windows(cutter: Cutter, article: Article) -> Iterator[Window]:
    """The article in windows of whole sentences; a longer sentence is cut between words."""
    rows = [
        (number, index, pieces)
        for number, passage in enumerate(article.passages)
        for index, pieces in enumerate(of_words(cutter, article.text, passage))
    ]
    yield from (_window(cutter, part) for part in _parts(rows, cutter.room - 2))


_Row = tuple[int, int, list[int]]


def _parts(rows: Sequence[_Row], room: int) -> Iterator[list[_Row]]:
    """Runs of at most `room` pieces that end with a sentence where one does."""
    start = 0
    while start < len(rows):
        stop, size, ends = start, 0, start
        while stop < len(rows) and size + len(rows[stop][2]) <= room:
            size += len(rows[stop][2])
            stop += 1
            if stop == len(rows) or rows[stop][0] != rows[stop - 1][0]:
                ends = stop
        stop = ends if ends > start else max(stop, start + 1)
        yield list(rows[start:stop])
        start = stop


def _window(cutter: Cutter, rows: Sequence[_Row]) -> Window:
    ids, words = [cutter.first], []
    for passage, index, pieces in rows:
        words.append((passage, index, len(ids)))
        ids += pieces
    return Window((*ids, cutter.last), tuple(words))
