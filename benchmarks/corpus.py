"""A made-up corpus of any size, MAVEN's by default: gold and run as native JSON Lines.

The same corpus comes out everywhere: all is drawn from one seeded stream of `random()`, which
Python never changes. Triggers are words that seldom coincide, types and roles are as uneven as in
life, and the run keeps three quarters of the gold, moves or renames a tenth, and adds some.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

DOCUMENTS, EVENTS, ARGUMENTS = 4_480, 118_700, 229_000
"""Of MAVEN with the arguments of MAVEN-ARG, in round numbers (Wang et al. 2020, 2024)."""
TYPES, ROLES = 168, 60
SEED = 20250318
SYLLABLES = "ka ri to ne su la mo de vi an or el".split()
Raw = dict[str, Any]


@dataclass(frozen=True)
class Size:
    """How much there is in the gold."""

    documents: int = DOCUMENTS
    events: int = EVENTS
    arguments: int = ARGUMENTS

    @classmethod
    def of(cls, events: int) -> Size:
        """So many events, in documents like MAVEN's.

        >>> Size.of(118_700) == Size()
        True
        """
        return cls(max(1, events * DOCUMENTS // EVENTS), events, events * ARGUMENTS // EVENTS)


class Corpus:
    """Gold and run of one size and seed; iterating is what costs time."""

    def __init__(self, size: Size | None = None, *, seed: int = SEED, flat: bool = False) -> None:
        self.size, self.seed, self.flat = size or Size(), seed, flat
        """`flat`: no two triggers of a side share a character, as tags of words require."""

    def __iter__(self) -> Iterator[tuple[Raw, Raw]]:
        """Gold and run of each document."""
        stream = random.Random(self.seed)
        events = _shares(stream, self.size.events, self.size.documents)
        arguments = iter(_shares(stream, self.size.arguments, self.size.events))
        for n, number in enumerate(events):
            maker = _Maker(stream, f"made-up/{n:06}", number, flat=self.flat)
            gold = [maker.event(next(arguments)) for _ in range(number)]
            yield maker.document(gold), maker.document(maker.guess(gold))

    def sides(self) -> tuple[list[Raw], list[Raw]]:
        """All gold documents, and all of the run."""
        gold, predicted = zip(*self, strict=True)
        return list(gold), list(predicted)

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write gold.jsonl and run.jsonl, and say where they are."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = folder / "gold.jsonl", folder / "run.jsonl"
        for path, side in zip(paths, self.sides(), strict=True):
            path.write_text("".join(lines(side)), encoding="utf-8")
        return paths


def lines(documents: Iterable[Raw]) -> Iterator[str]:
    """Lines of a file, each with its line end."""
    for document in documents:
        yield json.dumps(document, ensure_ascii=False) + "\n"


def _shares(stream: random.Random, whole: int, parts: int) -> list[int]:
    """A whole number cut into parts, none of which is the same as the next."""
    cuts = sorted(int(stream.random() * (whole + 1)) for _ in range(parts - 1))
    even = [0, *((2 * cut + whole * (n + 1) // parts) // 3 for n, cut in enumerate(cuts)), whole]
    return [end - start for start, end in pairwise(even)]


class _Names:
    """Names of which the first come most often (Zipf)."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.cuts = list(accumulate(1 / (n + 3) for n in range(len(names))))

    def draw(self, stream: random.Random) -> str:
        return stream.choices(self.names, cum_weights=self.cuts)[0]


_TYPES = _Names([f"Type_{n:03}" for n in range(TYPES)])
_ROLES = _Names([f"Role{n:02}" for n in range(ROLES)])


class _Maker:
    """Makes the events of one document: words one after another, and marks on them."""

    def __init__(self, stream: random.Random, name: str, events: int, *, flat: bool) -> None:
        self.stream, self.name, self.flat = stream, name, flat
        self.words = list(self._words(40 + 10 * events))
        self.taken: list[int] = []

    def _words(self, number: int) -> Iterator[tuple[int, str]]:
        at = 0
        for _ in range(number):
            word = "".join(self.stream.choices(SYLLABLES, k=1 + int(self.stream.random() * 4)))
            yield at, word
            at += len(word) + 1

    def chance(self, share: float) -> bool:
        return self.stream.random() < share

    def pick(self, number: int) -> int:
        return int(self.stream.random() * number)

    def mark(self, first: int, words: int) -> Raw:
        """So many words from the first on."""
        found = self.words[first : first + words]
        text = " ".join(word for _, word in found)
        return {"start": found[0][0], "end": found[0][0] + len(text), "text": text}

    def trigger(self) -> Raw:
        """A word that has no trigger yet; where that is allowed, now and then one that has."""
        if self.taken and not self.flat and self.chance(0.02):
            return self.mark(self.taken[self.pick(len(self.taken))], 1)
        place = self.pick(len(self.words))
        while place in self.taken:
            place = self.pick(len(self.words))
        self.taken.append(place)
        return self.mark(place, 1)

    def argument(self) -> Raw:
        words = 1 + self.pick(4)
        place = self.pick(len(self.words) - words)
        return {**self.mark(place, words), "role": _ROLES.draw(self.stream)}

    def event(self, arguments: int) -> Raw:
        kind, trigger = _TYPES.draw(self.stream), self.trigger()
        found = [self.argument() for _ in range(arguments)]
        return {"type": kind, "trigger": trigger} | ({"arguments": found} if found else {})

    def guess(self, gold: Sequence[Raw]) -> list[Raw]:
        """What a fair system would say of these events."""
        found = [self.guessed(event) for event in gold if not self.chance(0.15)]
        new = [self.event(self.pick(5)) for _ in gold if self.chance(0.15)]
        return found + new

    def guessed(self, event: Raw) -> Raw:
        other = self.event(0) if self.chance(0.1) else event
        if self.chance(0.1):
            other = {**other, "type": _TYPES.draw(self.stream)}
        found = [self.turned(one) for one in event.get("arguments", ()) if not self.chance(0.2)]
        found += [self.argument() for _ in range(self.chance(0.3))]
        bare = {"type": other["type"], "trigger": other["trigger"]}
        return bare | ({"arguments": found} if found else {})

    def turned(self, argument: Raw) -> Raw:
        if self.chance(0.15):
            return {**argument, "role": _ROLES.draw(self.stream)}
        return self.argument() if self.chance(0.15) else argument

    def document(self, events: Sequence[Raw]) -> Raw:
        named = [{"id": f"e{n}", **event} for n, event in enumerate(events)]
        return {"doc_id": self.name, "events": named}
