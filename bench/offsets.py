"""Offsets counted in another unit, or in another copy of a text, as code points of the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from enum import StrEnum
from itertools import accumulate
from typing import Any

from bench.schema import Annotation
from bench.text import PLAIN

Move = Callable[[int, int], tuple[int, int] | None]
"""Where a span goes, or None where it has no place."""


class Unit(StrEnum):
    """What offsets may count."""

    codepoint = "codepoint"
    utf16 = "utf-16"
    byte = "byte"


_WIDTH: dict[Unit, Callable[[str], int]] = {
    Unit.codepoint: lambda _: 1,
    Unit.utf16: lambda sign: 1 + (sign > "\uffff"),
    Unit.byte: lambda sign: len(sign.encode("utf-8", "surrogatepass")),
}


def units(text: str, unit: Unit) -> list[int]:
    """Where each code point of a text starts, and where the text ends, in another unit.

    >>> units("a📞b", Unit.utf16)
    [0, 1, 3, 4]
    """
    return [0, *accumulate(map(_WIDTH[unit], text))]


def reader_of(text: str, unit: Unit) -> Move:
    """How spans counted in `unit` are moved to code points; those that cut a sign have no place.

    >>> reader_of("a📞b", Unit.utf16)(3, 4)
    (2, 3)
    """
    at = {place: n for n, place in enumerate(units(text, unit))}

    def move(start: int, end: int) -> tuple[int, int] | None:
        return (at[start], at[end]) if start in at and end in at else None

    return move


def projection(source: str, target: str) -> Move:
    """How spans of one copy of a text are moved to another that differs in white space, in the
    shape of quotes and dashes, or holds more lines.

    >>> projection("Kyiv 's .", "Kyiv’s.")(5, 7)
    (4, 6)
    """
    signs, here = _signs(source)
    wanted, there = _signs(target)
    moved = _same(len(signs)) if signs == wanted else _by_line(source, wanted)

    def move(start: int, end: int) -> tuple[int, int] | None:
        first, last = bisect_left(here, start), bisect_left(here, end) - 1
        if last < first or moved[first] < 0 or moved[last] - moved[first] != last - first:
            return None
        return there[moved[first]], there[moved[last]] + 1

    return move


def _signs(text: str) -> tuple[str, list[int]]:
    """The signs of a text that are no white space, in plain form, and where they stand."""
    at = [n for n, sign in enumerate(text) if not sign.isspace()]
    return "".join(text[n] for n in at).translate(PLAIN), at


def _same(length: int) -> list[int]:
    return list(range(length))


def _by_line(source: str, wanted: str) -> list[int]:
    """For each sign of the source its number in the target, −1 where its line is not there."""
    moved: list[int] = []
    last = 0
    for line in source.split("\n"):
        signs, _ = _signs(line)
        at = wanted.find(signs, last) if signs else -1
        moved += range(at, at + len(signs)) if at >= 0 else [-1] * len(signs)
        last = at + len(signs) if at >= 0 else last
    return moved


def move_raw(value: Any, move: Move) -> Any:
    """An object of the native shape with every pair of offsets moved; those without a place stay
    as they are, for the check to name them.
    """
    if isinstance(value, list):
        return [move_raw(item, move) for item in value]
    if not isinstance(value, dict):
        return value
    moved = {name: move_raw(item, move) for name, item in value.items()}
    if type(value.get("start")) is int and type(value.get("end")) is int:
        span = move(value["start"], value["end"])
        moved |= {} if span is None else {"start": span[0], "end": span[1]}
    return moved


def carry_over(annotation: Annotation, source: str, target: str) -> Annotation:
    """An annotation of one copy of a text as one of another. A trigger or an argument without a
    place there keeps its words alone; a mention or a time expression without one is left out.
    """
    move = projection(source, target)

    def moved(mark: dict[str, Any]) -> bool:
        if "start" not in mark:
            return True
        start, end = mark.pop("start"), mark.pop("end")
        span = move(start, end)
        mark["text"] = target[slice(*span)] if span else source[start:end]
        mark |= {"start": span[0], "end": span[1]} if span else {}
        return span is not None

    raw = annotation.model_dump(exclude_none=True)
    for event in raw["events"]:
        for mark in [*event["arguments"], *([event["trigger"]] if "trigger" in event else [])]:
            moved(mark)
    for actor in raw["actors"]:
        actor["mentions"] = list(filter(moved, actor["mentions"]))
    raw["times"] = list(filter(moved, raw["times"]))
    return Annotation.model_validate(raw)
