"""A dict that refuses duplicates and answers an unknown name with the nearest known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from bench.errors import UnknownName

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """Names of one kind and what they stand for, in the order they were added.

    >>> colours = Registry("colour")
    >>> colours.add("red", "#f00")
    '#f00'
    >>> colours["rad"]
    Traceback (most recent call last):
    bench.errors.UnknownName: unknown colour 'rad': did you mean red? Known: red
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def add(self, name: str, entry: T) -> T:
        """Register `entry` under `name`; raises ValueError if the name is taken."""
        if name in self._entries:
            raise ValueError(f"{self.kind} {name!r} is registered twice")
        self._entries[name] = entry
        return entry

    def check(self, names: Iterable[str]) -> None:
        """Raise one UnknownName that lists every name not known."""
        unknown = [name for name in names if name not in self._entries]
        if unknown:
            raise UnknownName(self.kind, unknown, self._entries)

    def __getitem__(self, name: str) -> T:
        self.check([name])
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
