"""From the network's scores to the events of an article: triggers, realis, roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import torch

from baselines.encoder import pieces
from baselines.encoder.classes import INSIDE, NO_ROLE, OUTSIDE, Inventory, Trigger
from baselines.encoder.network import Network
from baselines.encoder.passages import Article, Passage
from baselines.encoder.pieces import Cutter, Window
from baselines.encoder.queries import Asked, ask, hinted
from baselines.lexicon.mentions import Mention
from bench.schema import REALIS

SURE = 0.4
"""Share of belief that a type must have; chosen on `dev`."""
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Found:
    """An event that the network sees in a passage: words, type, realis, roles."""

    passage: Passage
    first: int
    last: int
    type: str
    realis: str
    roles: tuple[tuple[str, Mention], ...]


def decode(network: Network, cutter: Cutter, article: Article, inventory: Inventory) -> list[Found]:
    """All events of an article in text order."""
    windows = list(pieces.windows(cutter, article))
    found: list[Found] = []
    with torch.inference_mode():
        for start in range(0, len(windows), _AT_ONCE):
            found += _decoded(network, article, inventory, windows[start : start + _AT_ONCE])
    return found


def _decoded(
    network: Network, article: Article, inventory: Inventory, windows: Sequence[Window]
) -> Iterator[Found]:
    hidden = network.read([window.ids for window in windows])
    words = [hinted(window, article, inventory) for window in windows]
    tags = iter(_tags(network.tag(hidden, words).softmax(-1)))
    asked = [
        (row, trigger, ask(window, article.passages[trigger.passage], trigger, inventory))
        for row, window in enumerate(windows)
        for trigger in _triggers(window, list(islice(tags, len(window.words))))
    ]
    if asked:
        scores = network.judge(hidden, [(row, item.query) for row, _, item in asked])
        yield from _judged(article, inventory, [row[1:] for row in asked], *scores)


def _tags(shares: Any) -> list[int]:
    """The likeliest tag of each word; a type that the network is not sure of marks nothing."""
    best = shares.max(-1)
    sure = (best.values >= SURE) | (best.indices <= INSIDE)
    return torch.where(sure, best.indices, OUTSIDE).tolist()  # type: ignore[no-any-return]


def _triggers(window: Window, tags: Sequence[int]) -> Iterator[Trigger]:
    """Triggers of a window's tagged words; a continuation of nothing is no trigger."""
    for index, (passage, word, _) in enumerate(window.words):
        if tags[index] in (OUTSIDE, INSIDE):
            continue
        last = index
        while last + 1 < len(tags) and tags[last + 1] == INSIDE:
            last += 1
        of_passage = [w for p, w, _ in window.words[index : last + 1] if p == passage]
        yield Trigger(passage, word, of_passage[-1], tags[index] - 2)


def _judged(
    article: Article,
    inventory: Inventory,
    asked: Sequence[tuple[Trigger, Asked]],
    realis: Any,
    roles: Any,
) -> Iterator[Found]:
    """What the network's scores say about some triggers."""
    of_roles = iter(roles.softmax(-1).tolist())
    for (trigger, item), how in zip(asked, realis.argmax(-1).tolist(), strict=True):
        passage = article.passages[trigger.passage]
        yield Found(
            passage=passage,
            first=trigger.first,
            last=trigger.last,
            type=inventory.types[trigger.type],
            realis=REALIS[how],
            roles=_fillers(passage, item, [next(of_roles) for _ in item.mentions], inventory),
        )


def _fillers(
    passage: Passage, item: Asked, scores: Sequence[Sequence[float]], inventory: Inventory
) -> tuple[tuple[str, Mention], ...]:
    """Mentions with a role, in text order; of two that overlap the surer one."""
    chosen: list[tuple[float, int, Mention]] = []
    for number, row in zip(item.mentions, scores, strict=True):
        best = max(range(len(row)), key=row.__getitem__)
        if best != NO_ROLE:
            chosen.append((row[best], best, passage.mentions[number]))
    kept: list[tuple[int, Mention]] = []
    for _, best, mention in sorted(chosen, key=lambda row: (-row[0], row[2].first, row[2].last)):
        if not any(_overlap(mention, other) for _, other in kept):
            kept.append((best, mention))
    kept.sort(key=lambda row: row[1].first)
    return tuple((inventory.roles[best - 1], mention) for best, mention in kept)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.first <= other.last and other.first <= one.last
