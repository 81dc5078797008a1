"""Consistency over the articles of a story: is a happening found wherever it is told, and is it
told alike?

The gold says which of its mentions, in which articles, tell of one happening. Gold and predicted
events of an article are aligned one to one (`bench.align`). A happening is found in an article
where one of its mentions is matched there: same type, same trigger span. What the run says of it is
what its aligned events say, also those with another type or a touching trigger. Two articles
contradict each other in a value where both give it and nothing agrees: no common type, no common
actor, no day in common. What the gold's own articles contradict each other in is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bench.align import align_events
from bench.dates import days, shared_days
from bench.metrics.base import Pair, Side
from bench.report import Story
from bench.schema import Event

ACTOR = "actor"
"""The role whose fillers are compared, where the ontology has it."""
VALUES = ("type", "actor", "date")


@dataclass
class Telling:
    """A happening in one article: gold mentions, the predicted events aligned with them, whether
    one matched.
    """

    gold: list[Event] = field(default_factory=list)
    predicted: list[Event] = field(default_factory=list)
    found: bool = False


def read_stories(story_of: Mapping[str, str], pairs: Mapping[str, Pair]) -> Iterator[Story]:
    """Every story that has happenings told by two or more articles, in order of documents."""
    for story in dict.fromkeys(story_of.values()):
        inside = {doc_id: pair for doc_id, pair in pairs.items() if story_of[doc_id] == story}
        shared = _shared(inside)
        if shared:
            tellings = {doc_id: _tellings(inside[doc_id]) for doc_id in inside}
            yield _story(story, shared, tellings, inside)


def _shared(pairs: Mapping[str, Pair]) -> dict[str, list[str]]:
    """Articles that tell each happening, for those that two or more tell."""
    told: dict[str, dict[str, None]] = {}
    for doc_id, pair in pairs.items():
        for event in pair.gold.annotation.events:
            if event.happening is not None:
                told.setdefault(event.happening, {})[doc_id] = None
    return {happening: list(articles) for happening, articles in told.items() if len(articles) > 1}


def _tellings(pair: Pair) -> dict[str, Telling]:
    found: dict[str, Telling] = {}
    rows = align_events(gold=pair.gold.annotation, predicted=pair.predicted.annotation)
    for row in rows:
        if row.gold is None or row.gold.happening is None:
            continue
        telling = found.setdefault(row.gold.happening, Telling())
        telling.gold.append(row.gold)
        telling.predicted += [row.predicted] if row.predicted is not None else []
        telling.found |= row.verdict == "matched"
    return found


def _story(
    name: str,
    shared: Mapping[str, Sequence[str]],
    tellings: Mapping[str, Mapping[str, Telling]],
    pairs: Mapping[str, Pair],
) -> Story:
    everywhere, somewhere, consistent = 0, 0, 0
    contradicted = dict.fromkeys(VALUES, 0)
    for happening, articles in shared.items():
        found = [tellings[doc_id][happening].found for doc_id in articles]
        wrong = _contradicted([(pairs[d], tellings[d][happening]) for d in articles])
        everywhere += all(found)
        somewhere += any(found)
        consistent += all(found) and not wrong
        for value in wrong:
            contradicted[value] += 1
    return Story(
        story=name,
        told=len(shared),
        everywhere=everywhere,
        partly=somewhere - everywhere,
        nowhere=len(shared) - somewhere,
        contradicted=contradicted,
        consistent=consistent,
    )


def _contradicted(told: Sequence[tuple[Pair, Telling]]) -> list[str]:
    """Values in which articles of the run contradict each other, and those of the gold do not."""
    gold = _contradictions([_said(pair.gold, telling.gold) for pair, telling in told])
    predicted = _contradictions([_said(pair.predicted, t.predicted) for pair, t in told])
    return [value for value in VALUES if value in predicted - gold]


@dataclass(frozen=True)
class Said:
    """What the events of one article say of a happening."""

    types: frozenset[str]
    actors: frozenset[str]
    dates: frozenset[str]


def _said(side: Side, events: Iterable[Event]) -> Said:
    """Types, known actors and dates; who is unknown and what dates nothing contradicts nobody."""
    events = list(events)
    acting = [a for event in events for a in event.arguments if a.role == ACTOR]
    named = {name for argument in acting for name in side.participant(argument).actors}
    dates = {event.date for event in events if event.date is not None}
    return Said(
        types=frozenset(event.type for event in events),
        actors=frozenset(name for name in named if name in side.register),
        dates=frozenset(value for value in dates if days(value)),
    )


def _contradictions(tellings: Sequence[Said]) -> set[str]:
    pairs = list(combinations(tellings, 2))
    return {
        value
        for value, differ in (
            ("type", any(_apart(a.types, b.types) for a, b in pairs)),
            ("actor", any(_apart(a.actors, b.actors) for a, b in pairs)),
            ("date", any(_no_day(a.dates, b.dates) for a, b in pairs)),
        )
        if differ
    }


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _no_day(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not any(
        shared_days(days(a), days(b)) for a in one for b in other
    )
