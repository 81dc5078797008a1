"""From a trigger in a window to the network's question about it, with what each row stands for."""

from __future__ import annotations

from dataclasses import dataclass

from baselines.encoder.network import Query, distance
from baselines.encoder.passages import KINDS, Passage
from baselines.encoder.pieces import Window


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words of a passage, from first to last, that stand for an event of a type."""

    passage: int
    first: int
    last: int
    type: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the numbers of its passage's mentions and times that are in its window."""

    query: Query
    mentions: tuple[int, ...]
    times: tuple[int, ...]


def ask(window: Window, passage: Passage, trigger: Trigger) -> Asked:
    """The query about a trigger whose first word is in the window."""
    place = {word: piece for number, word, piece in window.words if number == trigger.passage}
    mentions = [i for i, m in enumerate(passage.mentions) if m.first in place and m.last in place]
    times = [i for i, (a, b, _) in enumerate(passage.times) if a in place and b in place]
    query = Query(
        trigger=(place[trigger.first], place.get(trigger.last, place[trigger.first])),
        type=trigger.type,
        mentions=tuple(_row(passage, i, place, trigger.first) for i in mentions),
        times=tuple((place[a], place[b]) for a, b, _ in (passage.times[i] for i in times)),
    )
    return Asked(query, tuple(mentions), tuple(times))


def _row(
    passage: Passage, number: int, place: dict[int, int], trigger: int
) -> tuple[int, int, int, int]:
    """First and last piece of a mention, its kind, its distance from the trigger."""
    mention = passage.mentions[number]
    near = mention.last if mention.last < trigger else max(mention.first, trigger)
    kind = KINDS.index(mention.kind)
    return place[mention.first], place[mention.last], kind, distance(near - trigger)
