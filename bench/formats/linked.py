"""Events whose arguments name entity mentions by id, as OneIE and WikiEvents write them."""

from __future__ import annotations

from collections.abc import Callable

from bench.formats.reading import PathKey
from bench.formats.records import Shape
from bench.formats.tokens import TokenReader, Tokens


class Place(Shape):
    """Tokens from `start` to before `end`."""

    start: int
    end: int


class Mention(Place):
    """An entity mention that arguments refer to."""

    id: str


class _Argument(Shape):
    entity_id: str
    role: str


class _Event(Shape):
    event_type: str
    trigger: Place
    arguments: tuple[_Argument, ...] = ()


class Linked(Shape):
    """What both formats have beside their tokens."""

    doc_id: str
    entity_mentions: tuple[Mention, ...] = ()
    event_mentions: tuple[_Event, ...] = ()
    relation_mentions: tuple[object, ...] = ()


def take_events(found: Linked, place: Callable[[Place], Tokens], page: TokenReader) -> None:
    """Add the events to the page; `place` turns what they say into tokens of the document."""
    mentions = {mention.id: mention for mention in found.entity_mentions}
    used: set[str] = set()
    for n, one in enumerate(found.event_mentions):
        path: PathKey = ("event_mentions", n)
        event = page.event(one.event_type, place(one.trigger), (*path, "trigger"))
        for k, argument in enumerate(one.arguments):
            mention = mentions.get(argument.entity_id)
            if mention is None:
                page.missing((*path, "arguments", k), argument.entity_id, "id of an entity mention")
            else:
                used.add(mention.id)
                page.argument(event, argument.role, place(mention), (*path, "arguments", k))
    unheld = page.reading.unheld
    unheld["entity mention beside the events"] += len(set(mentions) - used)
    unheld["relation"] += len(found.relation_mentions)
