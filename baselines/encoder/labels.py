"""What the network learns of a gold annotation: tags of words, realis, roles of mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baselines.encoder.classes import INSIDE, NO_ROLE, OUTSIDE, Inventory, Trigger
from baselines.encoder.passages import Article, Passage
from baselines.encoder.pieces import Window
from bench.schema import REALIS, Annotation, Argument, Event


@dataclass(frozen=True, slots=True)
class Labelled:
    """A gold event: its trigger, and the right classes of what stands around it.

    `roles` has a class for each mention of the passage.
    """

    trigger: Trigger
    realis: int
    roles: tuple[int, ...]


def label(article: Article, gold: Annotation, inventory: Inventory) -> list[Labelled]:
    """The events of an annotation whose triggers are words of the article's passages."""
    found = []
    for event in gold.events:
        if event.trigger is None or event.trigger.span is None:
            continue
        for number, passage in enumerate(article.passages):
            words = _covered(passage, *event.trigger.span)
            if words:
                found.append(_labelled(number, passage, words, event, inventory))
                break
    return found


def _covered(passage: Passage, start: int, end: int) -> list[int]:
    """Words of a passage that share a letter with a span."""
    return [i for i, (a, b) in enumerate(passage.words) if a < end and b > start]


def _labelled(
    number: int, passage: Passage, words: Sequence[int], event: Event, inventory: Inventory
) -> Labelled:
    return Labelled(
        trigger=Trigger(number, words[0], words[-1], inventory.types.index(event.type)),
        realis=REALIS.index(event.realis or "actual"),
        roles=_roles(passage, event.arguments, inventory),
    )


def _roles(
    passage: Passage, arguments: Sequence[Argument], inventory: Inventory
) -> tuple[int, ...]:
    """The role of each mention; an argument whose words are no mention goes to the most alike."""
    spans = [passage.span(mention.first, mention.last) for mention in passage.mentions]
    found = [NO_ROLE] * len(spans)
    for argument in arguments:
        best = _most_alike(spans, argument.span)
        if best is not None:
            found[best] = 1 + inventory.roles.index(argument.role)
    return tuple(found)


def _most_alike(spans: Sequence[tuple[int, int]], wanted: tuple[int, int] | None) -> int | None:
    """The span that shares most with another: at least half of the characters of both."""
    if wanted is None or not spans:
        return None
    shares = [_share(span, wanted) for span in spans]
    best = max(range(len(spans)), key=shares.__getitem__)
    return best if shares[best] >= 0.5 else None


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Characters that both spans have, of those that either has."""
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return both / (one[1] - one[0] + other[1] - other[0] - both)


def tags(events: Sequence[Labelled], window: Window) -> tuple[int, ...]:
    """The tag of each word of a window; of two triggers on one word the first one counts."""
    known: dict[tuple[int, int], int] = {}
    for trigger in (event.trigger for event in events):
        for index in range(trigger.first, trigger.last + 1):
            tag = 2 + trigger.type if index == trigger.first else INSIDE
            known.setdefault((trigger.passage, index), tag)
    return tuple(known.get((passage, index), OUTSIDE) for passage, index, _ in window.words)
