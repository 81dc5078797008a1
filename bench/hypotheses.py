"""What one mistake would explain all wrong offsets of a file; said only where it explains all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from bench.formats.reading import Line
from bench.offsets import Move, Unit, reader_of

Hypothesis = Callable[[str], Move]
_Quoted = tuple[str, int, int, str]


@lru_cache(maxsize=64)
def _crlf(text: str) -> Move:
    at = {}
    shift = 0
    for n, sign in enumerate(text + " "):
        at[n + shift] = n
        shift += sign == "\n"
    return lambda start, end: (at[start], at[end]) if start in at and end in at else None


@lru_cache(maxsize=64)
def _unit(text: str, unit: Unit) -> Move:
    return reader_of(text, unit)


HYPOTHESES: Mapping[str, Hypothesis] = {
    "offsets look like UTF-16 units: pass --offsets utf-16": lambda t: _unit(t, Unit.utf16),
    "these look like byte offsets: pass --offsets byte": lambda t: _unit(t, Unit.byte),
    "ends look inclusive: add 1 to each": lambda _: lambda start, end: (start, end + 1),
    "offsets look 1-based: take 1 from each": lambda _: lambda start, end: (start - 1, end - 1),
    "offsets look 1-based with inclusive ends: take 1 from each start": (
        lambda _: lambda start, end: (start - 1, end)
    ),
    "offsets look counted with CRLF line ends: count them with LF": _crlf,
}


def hints(lines: list[Line], texts: Mapping[str, str]) -> list[str]:
    """What would make every quoted offset of the file right, where some are wrong as they are."""
    quoted = [one for line in lines for one in _quoted(line, texts)]
    if all(_is_right(one, (one[1], one[2])) for one in quoted):
        return []
    return [
        f"{claim} (so read, all {len(quoted)} marks with words are right)"
        for claim, reading in HYPOTHESES.items()
        if all(_is_right(one, reading(one[0])(one[1], one[2])) for one in quoted)
    ]


def _is_right(one: _Quoted, span: tuple[int, int] | None) -> bool:
    text, _, _, words = one
    return span is not None and 0 <= span[0] <= span[1] and text[slice(*span)] == words


def _quoted(line: Line, texts: Mapping[str, str]) -> Iterator[_Quoted]:
    text = texts.get(line.annotation.doc_id)
    if text is not None:
        for mark in _marks(line.raw):
            yield text, mark["start"], mark["end"], mark["text"]


def _marks(value: Any) -> Iterator[dict[str, Any]]:
    """Marks of an object of the native shape that have both offsets and words."""
    if isinstance(value, dict):
        offsets = type(value.get("start")) is int and type(value.get("end")) is int
        if offsets and isinstance(value.get("text"), str):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _marks(item)
