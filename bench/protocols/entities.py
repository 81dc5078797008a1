"""Arguments as entities of strings: how an annotation becomes role fillers and templates."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator

from bench.protocols.base import words_of
from bench.schema import Annotation, Argument, Event, Mark

Entity = tuple[str, ...]
Filler = tuple[str, Entity]
"""A role with the entity that fills it."""

_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise(words: str) -> str:
    """Lower case, without ASCII punctuation and a, an, the; single spaces. Source: GRIT eval.py.

    >>> normalise("The  U.S. suspect")
    'us suspect'
    """
    plain = words.lower().translate(_NO_PUNCTUATION)
    return " ".join(re.sub(r"\b(?:a|an|the)\b", " ", plain).split())


class Entities:
    """The entities of one annotation: each actor with all its mention strings of the document, in
    document order, each once. An argument without actor is an entity of its own words.
    """

    def __init__(self, annotation: Annotation, text: str | None) -> None:
        self.text = text
        self._at = {m.span: actor.id for actor in annotation.actors for m in actor.mentions}
        found: dict[str, list[tuple[float, str]]] = {}
        for actor, mark in self._mentions(annotation):
            found.setdefault(actor, []).append((_position(mark), words_of(mark, text) or actor))
        self._strings = {
            actor: tuple(dict.fromkeys(normalise(words) for _, words in sorted(mentions)))
            for actor, mentions in found.items()
        }

    def _mentions(self, annotation: Annotation) -> Iterator[tuple[str, Mark]]:
        for actor in annotation.actors:
            yield from ((actor.id, mention) for mention in actor.mentions)
        for event in annotation.events:
            for argument in event.arguments:
                actor_id = self._actor(argument)
                if actor_id is not None:
                    yield actor_id, argument

    def _actor(self, argument: Argument) -> str | None:
        return argument.actor or self._at.get(argument.span or (-1, -1))

    def of(self, argument: Argument) -> Entity:
        """The entity that an argument stands for."""
        actor = self._actor(argument)
        if actor is None:
            return (normalise(words_of(argument, self.text) or str(argument.span)),)
        return self._strings[actor]

    def fillers(self, events: Iterable[Event]) -> list[Filler]:
        """Role fillers of some events, pooled: an actor, or the same words, once a role."""
        found: dict[tuple[str, str], Filler] = {}
        for event in events:
            for argument in event.arguments:
                entity = self.of(argument)
                who = self._actor(argument) or f"~{entity[0]}"
                found.setdefault((argument.role, who), (argument.role, entity))
        return list(found.values())


def _position(mark: Mark) -> float:
    return float("inf") if mark.start is None else mark.start


ADAPTED = (
    "entities are actors with all their mention strings of the document; an argument without actor"
    " is an entity of its own words, and equal words in a role are one entity"
)
