"""What is diagnosed: events, their realis, their arguments, their dates, each by one measure.

The measures' own functions list the things, and what is matched here is as much as the measure
matches; of several pairings that match as much, the one is taken in which things belong together
otherwise too. Things are sorted by what they say, so that the order of a file plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.counts import Counts, total
from bench.diagnosis.board import Board, Edge, Entry, paired
from bench.diagnosis.view import View
from bench.matching import overlap
from bench.metrics import Measure, measure
from bench.metrics.arguments import classified
from bench.metrics.attributes import real
from bench.metrics.base import Item, Side, count_listed
from bench.metrics.dates import dated
from bench.metrics.triggers import typed
from bench.registry import Registry
from bench.schema import Event

Place = tuple[int, int | None]
Places = Callable[[Sequence[Event]], Iterator[Place]]


@dataclass(frozen=True)
class LayerOf:
    """What a layer counts: the things, where each stands, and the measure that matches them."""

    name: str
    measure: Measure
    items: Callable[[Side], Iterable[Item]]
    places: Places

    def board(self, view: View, partners: dict[int, int]) -> Board:
        """The layer's things of a document, matched; `partners` are events, by place."""
        gold, predicted = self.entries(view.pair.gold), self.entries(view.pair.predicted)
        edges = list(_edges(gold, predicted, self.measure, partners))
        weight = 1 / (2 + min(len(gold), len(predicted)))  # what breaks ties never adds up to 1
        cells = paired((n, m, 1 + weight * likeness) for n, m, likeness in edges)
        return Board(view, gold, predicted, dict(cells), partners)

    def entries(self, side: Side) -> list[Entry]:
        """The layer's things of one side, in an order of their own."""
        events = side.annotation.events
        names = [_says(event) for event in events]
        found = [
            Entry(
                item,
                events[place[0]],
                place,
                None if place[1] is None else events[place[0]].arguments[place[1]],
            )
            for item, place in zip(self.items(side), self.places(events), strict=True)
        ]
        return sorted(found, key=lambda one: (_at(one), names[one.place[0]], _argument(one)))

    def counts(self, gold: Iterable[Entry], predicted: Iterable[Entry]) -> Counts:
        """What the measure counts of some things."""
        return total(
            count_listed(
                gold=(entry.item for entry in gold),
                predicted=(entry.item for entry in predicted),
                match=self.measure.match,
            ).values()
        )


LAYERS: Registry[LayerOf] = Registry("layer")


def _at(entry: Entry) -> tuple[int, int]:
    return entry.span or (1 << 60, 0)


def _says(event: Event) -> str:
    """All that an event says, whatever the order of its arguments, without its names."""
    said = event.model_dump_json(exclude={"id", "arguments", "cluster", "happening"})
    return said + "".join(sorted(one.model_dump_json() for one in event.arguments))


def _argument(entry: Entry) -> str:
    return entry.argument.model_dump_json() if entry.argument else ""


def _edges(
    gold: Sequence[Entry], predicted: Sequence[Entry], by: Measure, partners: dict[int, int]
) -> Iterator[Edge]:
    """Things that the measure may match, and how much they belong together otherwise, up to 1."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    key = by.match.key or (lambda _: True)
    for m, other in enumerate(predicted):
        groups[other.item.key, key(other.item.filler)].append(m)
    for n, one in enumerate(gold):
        for m in groups.get((one.item.key, key(one.item.filler)), ()):
            if by.match.similarity(one.item.filler, predicted[m].item.filler):
                yield n, m, _likeness(one, predicted[m], partners)


def _likeness(gold: Entry, predicted: Entry, partners: dict[int, int]) -> float:
    if gold.argument is not None:
        mates = partners.get(gold.place[0]) == predicted.place[0]
        return 0.5 * mates + 0.5 * overlap(gold.item.filler, predicted.item.filler)
    one, other = gold.event, predicted.event
    alike = (one.realis == other.realis, one.date == other.date, one.source == other.source)
    shared = {a.span for a in one.arguments} & {a.span for a in other.arguments}
    return sum(alike) / 4 + bool(shared) / 4


def _every_event(events: Sequence[Event]) -> Iterator[Place]:
    return ((n, None) for n, _ in enumerate(events))


def _with(field: str) -> Places:
    def places(events: Sequence[Event]) -> Iterator[Place]:
        return ((n, None) for n, event in enumerate(events) if getattr(event, field) is not None)

    return places


def _every_argument(events: Sequence[Event]) -> Iterator[Place]:
    return ((n, k) for n, event in enumerate(events) for k, _ in enumerate(event.arguments))


def _add(name: str, by: str, items: Callable[[Side], Iterable[Item]], places: Places) -> None:
    LAYERS.add(name, LayerOf(name, measure(by), items, places))


_add("event", "trigger", typed, _every_event)
_add("realis", "realis", real, _with("realis"))
_add("argument", "argument:actor", classified, _every_argument)
_add("date", "date", dated, _with("date"))
