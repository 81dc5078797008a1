"""The yardstick: TextEE's six end-to-end scores as Python sets, a document at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bench.counts import Counts

Raw = Mapping[str, Any]
Key = tuple[object, ...]


def triggers(document: Raw) -> Iterator[Key]:
    """TC: span and type of each event; TI is the same without the type."""
    for event in document["events"]:
        yield event["trigger"]["start"], event["trigger"]["end"], event["type"]


def arguments(document: Raw) -> Iterator[Key]:
    """AC+: trigger, type, filler and role of each argument; the others leave something out."""
    for event in document["events"]:
        trigger = event["trigger"]["start"], event["trigger"]["end"]
        for one in event.get("arguments", ()):
            yield *trigger, event["type"], one["start"], one["end"], one["role"]


Items = Callable[[Raw], Iterator[Key]]
SCORES: dict[str, tuple[Items, Callable[[Key], Key]]] = {
    "TI": (triggers, lambda item: item[:2]),
    "TC": (triggers, lambda item: item),
    "AI": (arguments, lambda item: item[2:5]),
    "AC": (arguments, lambda item: item[2:]),
    "AI+": (arguments, lambda item: item[:5]),
    "AC+": (arguments, lambda item: item),
}


def score(pairs: Iterable[tuple[Raw, Raw]]) -> dict[str, Counts]:
    """Sums over documents of sizes of sets and of their intersections; everything has offsets."""
    sums = {name: [0, 0, 0] for name in SCORES}
    for pair in pairs:
        listed: dict[Items, list[list[Key]]] = {
            items: [list(items(side)) for side in pair] for items in (triggers, arguments)
        }
        for name, (items, key) in SCORES.items():
            gold, predicted = (set(map(key, found)) for found in listed[items])
            row = sums[name]
            row[0] += len(gold & predicted)
            row[1] += len(predicted)
            row[2] += len(gold)
    return {name: Counts.of(matched=m, predicted=p, gold=g) for name, (m, p, g) in sums.items()}
