"""JSON as language models write it: in talk and fences, with trailing commas, cut off."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

MOST_DEPTH = 50
MOST_VALUES = 1000
SHOWN = 80
_FENCE = re.compile(r"```[ \t]*\w*[ \t]*\r?\n(.*?)(?:```|\Z)", re.DOTALL)
_OPENING = re.compile(r"[\[{]")
_SPACE = re.compile(r"(?:\s|//[^\n]*(?:\n|\Z))*")
_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?:[eE][-+]?\d{1,3})?(?=[\s,\]}]|\Z)")
_WORDS = {"true": True, "false": False, "null": None, "True": True, "False": False, "None": None}
_WORD = re.compile(r"[A-Za-z]+")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}|(.|\Z))', re.DOTALL)
_NOTHING = object()


class _Cut(Exception):
    """Nothing more can be read; holds what was read of the value so far."""

    def __init__(self, so_far: object = _NOTHING) -> None:
        super().__init__()
        self.so_far = so_far


class Found(NamedTuple):
    """A list or an object of an answer, as far as it could be read."""

    value: Any
    rest: str | None
    """The beginning of what could not be read; None where the value is whole."""


def find_json(answer: str) -> list[Found]:
    r"""Lists and objects of an answer: those in fences, else those in the talk.

    >>> find_json('Sure! ```json\n{"events": [{"type": "AID",}, {"ty')
    [Found(value={'events': [{'type': 'AID'}, {}]}, rest='"ty')]
    >>> find_json("I found no events.")
    []
    """
    fenced = (found for text in _FENCE.findall(answer) for found in _values(text))
    return list(islice(fenced, MOST_VALUES)) or list(islice(_values(answer), MOST_VALUES))


def _values(text: str) -> Iterator[Found]:
    at = 0
    while (start := _opening(text, at)) >= 0:
        reader = _Reader(text, start)
        try:
            found = Found(reader.value(), None)
        except _Cut as cut:
            found = Found(cut.so_far, text[reader.at : reader.at + SHOWN])
        if found.value is not _NOTHING and (found.value or found.rest is None):
            yield found
        at = max(reader.at, start + 1)


def _opening(text: str, at: int) -> int:
    match = _OPENING.search(text, at)
    return match.start() if match else -1


class _Reader:
    """Reads one value from left to right, and keeps what was whole when it has to stop."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at, self.depth = text, at, 0

    def skip(self) -> str:
        """The next sign after white space and comments; empty at the end."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def value(self) -> Any:
        sign = self.skip()
        if sign == "{":
            return self.inside(self.object)
        if sign == "[":
            return self.inside(self.list)
        if sign == '"':
            return self.string()
        return self.scalar()

    def inside(self, read: Any) -> Any:
        if self.depth == MOST_DEPTH:
            raise _Cut
        self.depth += 1
        self.at += 1
        value = read()
        self.depth -= 1
        self.at += 1
        return value

    def list(self) -> list[Any]:
        items: list[Any] = []
        while self.skip() != "]":
            try:
                items.append(self.value())
                self.comma("]")
            except _Cut as cut:
                raise _Cut([*items, *([] if cut.so_far is _NOTHING else [cut.so_far])]) from None
        return items

    def object(self) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while self.skip() != "}":
            try:
                self.pair(pairs, self.name())
                self.comma("}")
            except _Cut:
                raise _Cut(pairs) from None
        return pairs

    def name(self) -> str:
        name = self.string()
        if self.skip() != ":":
            raise _Cut
        self.at += 1
        return name

    def pair(self, pairs: dict[str, Any], name: str) -> None:
        if name in pairs:  # Which of the two is meant cannot be told.
            raise _Cut
        try:
            pairs[name] = self.value()
        except _Cut as cut:
            if cut.so_far is not _NOTHING:
                pairs[name] = cut.so_far
            raise

    def comma(self, end: str) -> None:
        sign = self.skip()
        if sign == ",":
            self.at += 1
        elif sign != end:
            raise _Cut

    def string(self) -> str:
        match = _STRING.match(self.text, self.at)
        if match is None:
            raise _Cut
        # A lone backslash and a raw line end are not JSON, and what is meant is plain.
        body = _ESCAPE.sub(lambda m: m[0] if m[1] is None else "\\" + m[0], match[1])
        found = json.loads(f'"{body}"', strict=False)
        self.at = match.end()
        return str(found).encode("utf-8", "replace").decode()

    def scalar(self) -> Any:
        number = _NUMBER.match(self.text, self.at)
        word = _WORD.match(self.text, self.at)
        if number is not None:
            self.at = number.end()
            return int(number[0]) if number[0].lstrip("-").isdigit() else float(number[0])
        if word is not None and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]]
        raise _Cut
