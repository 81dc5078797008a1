"""From a model's answer about a stretch of an article to events of the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from bench.dates import is_edtf
from bench.formats.answer import read_answer
from bench.formats.reading import Reading
from bench.grounding import ground
from bench.registers import Ontology, fold
from bench.schema import Annotation, Event, Mark

MarkT = TypeVar("MarkT", bound=Mark)


class Answers:
    """Reads answers, and counts what could not be used."""

    def __init__(self, ontology: Ontology) -> None:
        self._types = {name.casefold(): name for name in ontology.types}
        self._roles = {name.casefold(): name for name in ontology.roles}

    def read(self, answer: str, *, text: str, start: int) -> tuple[list[Event], dict[str, int]]:
        """Events of an answer about the stretch `text` that starts at `start` of the article, and
        how many answers, events, arguments and dates were left out.
        """
        reading = Reading("answer")
        read_answer("a", answer, reading)
        if "a" not in reading.annotations:
            return [], {"unreadable": 1}
        said = reading.annotations["a"].events
        events = [event for one in said for event in self._known(one)]
        grounded = ground(Annotation(doc_id="a", events=tuple(events)), text).events
        lost = _parts(said) - _parts(events) + sum(reading.dropped.values())
        return [_shifted(event, start) for event in grounded], {"left_out": lost}

    def _known(self, event: Event) -> Iterator[Event]:
        """The event with names of the ontology and a date that is one, if it has such a type."""
        kind = self._types.get(event.type.casefold())
        if kind is None:
            return
        roles = ((self._roles.get(one.role.casefold()), one) for one in event.arguments)
        arguments = tuple(one.model_copy(update={"role": role}) for role, one in roles if role)
        date = event.date if event.date and is_edtf(event.date) else None
        said = {"type": kind, "arguments": arguments, "date": date, "cluster": _same(event)}
        # An id of the model's own may come again in the next stretch; happenings are the gold's.
        yield event.model_copy(update={**said, "id": None, "happening": None})


def _same(event: Event) -> str | None:
    """The name of the happening, alike in all stretches of an article."""
    return (fold(event.cluster) or None) if event.cluster else None


def _parts(events: list[Event] | tuple[Event, ...]) -> int:
    return sum(1 + len(event.arguments) + (event.date is not None) for event in events)


def _shifted(event: Event, by: int) -> Event:
    trigger = None if event.trigger is None else _moved(event.trigger, by)
    arguments = tuple(_moved(one, by) for one in event.arguments)
    return event.model_copy(update={"trigger": trigger, "arguments": arguments})


def _moved(mark: MarkT, by: int) -> MarkT:
    if mark.start is None or mark.end is None:
        return mark
    return mark.model_copy(update={"start": mark.start + by, "end": mark.end + by})
