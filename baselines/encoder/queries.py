"""From a trigger in a window to the network's question about it, with what each row stands for."""

from __future__ import annotations

from dataclasses import dataclass

from baselines.encoder import hints
from baselines.encoder.classes import Inventory, Trigger
from baselines.encoder.network import Around, Query, distance
from baselines.encoder.passages import KINDS, Article, Passage
from baselines.encoder.pieces import Window


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the numbers of its passage's mentions that are in its window."""

    query: Query
    mentions: tuple[int, ...]


def hinted(window: Window, article: Article, inventory: Inventory) -> list[tuple[int, int]]:
    """The first piece of each word of a window, with the type that the lexicon would give it."""
    numbers = dict.fromkeys(number for number, _, _ in window.words)
    told = {number: hints.of_words(article.passages[number], inventory) for number in numbers}
    return [(piece, told[number][word]) for number, word, piece in window.words]


def ask(window: Window, passage: Passage, trigger: Trigger, inventory: Inventory) -> Asked:
    """The query about a trigger whose first word is in the window."""
    place = {word: piece for number, word, piece in window.words if number == trigger.passage}
    known = passage.trigger(inventory.types[trigger.type], trigger.first, trigger.last)
    roles = hints.of_mentions(passage, known, inventory)
    inside = [i for i, m in enumerate(passage.mentions) if m.first in place and m.last in place]
    query = Query(
        trigger=place[trigger.first],
        type=trigger.type,
        hint=hints.of_realis(passage, known, inventory),
        mentions=tuple(_around(passage, i, place, trigger.first, roles[i]) for i in inside),
    )
    return Asked(query, tuple(inside))


def _around(
    passage: Passage, number: int, place: dict[int, int], trigger: int, hint: int
) -> Around:
    mention = passage.mentions[number]
    near = mention.last if mention.last < trigger else max(mention.first, trigger)
    return Around(
        place[mention.first],
        place[mention.last],
        KINDS.index(mention.kind),
        distance(near - trigger),
        hint,
    )
