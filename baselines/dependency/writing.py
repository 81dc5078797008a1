"""What has been found in an article, and how it is written down as an annotation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from baselines.dependency import clusters
from baselines.lexicon.clusters import shared_dates
from baselines.lexicon.mentions import Mention
from baselines.lexicon.parties import Parties
from baselines.lexicon.roles import Filler
from baselines.lexicon.times import Time
from baselines.lexicon.triggers import Trigger
from bench.schema import Actor, Annotation, Argument, Event, Mark, Span, TimeExpression


@dataclass(slots=True)
class Found:
    """What one event mention is before it is written down."""

    trigger: Trigger
    span: tuple[int, int]
    realis: str
    date: str | None
    source: str | None
    fillers: list[tuple[Filler, int, int]]
    definite: bool


@dataclass(slots=True)
class State:
    """What has been found so far in an article."""

    text: str
    published: dt.date | None
    city: str = ""
    reported: dt.date | None = None
    events: list[Found] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    mentions: dict[str, set[tuple[int, int]]] = field(default_factory=dict)

    def note(self, parties: Parties, mention: Mention) -> tuple[int, int]:
        """Keeps a mention for the list of actors; its span in the text."""
        tokens = parties.sentence.tokens
        span = (tokens[mention.first].start, tokens[mention.last].end)
        if mention.name:
            self.mentions.setdefault(mention.name, set()).add(span)
        return span


def annotation(doc_id: str, state: State) -> Annotation:
    """The annotation, with clusters and the dates that their members share."""
    names = clusters.group([_happening(found) for found in state.events])
    hows = [found.realis for found in state.events]
    days = shared_dates(names, hows, [found.date for found in state.events])
    rows = zip(state.events, names, days, strict=True)
    return Annotation(
        doc_id=doc_id,
        events=tuple(_event(state, f"e{i}", *row) for i, row in enumerate(rows, 1)),
        actors=_actors(state),
        times=_expressions(state),
    )


def _happening(found: Found) -> clusters.Happening:
    """What tells whether two mentions are of one happening."""
    actors = frozenset(
        f.mention.name for f, _, _ in found.fillers if f.role == "actor" and f.mention.name
    )
    others = frozenset(
        f.mention.name for f, _, _ in found.fillers if f.role != "actor" and f.mention.name
    )
    noun = found.trigger.part == "noun"
    return clusters.Happening(
        found.trigger.type,
        found.trigger.lemma,
        found.realis,
        actors,
        others,
        found.date,
        found.definite,
        noun,
    )


def _event(
    state: State, event_id: str, found: Found, cluster: str | None, day: str | None
) -> Event:
    start, end = found.span
    return Event.model_validate(
        {
            "id": event_id,
            "type": found.trigger.type,
            "trigger": Mark(start=start, end=end, text=state.text[start:end]),
            "realis": found.realis,
            "date": day,
            "source": found.source,
            "cluster": cluster,
            "arguments": tuple(
                Argument(
                    role=f.role, start=a, end=b, text=state.text[a:b], actor=f.mention.name or None
                )
                for f, a, b in found.fillers
            ),
        }
    )


def _actors(state: State) -> tuple[Actor, ...]:
    return tuple(
        Actor(
            id=name,
            mentions=tuple(Span(start=a, end=b, text=state.text[a:b]) for a, b in sorted(spans)),
        )
        for name, spans in sorted(state.mentions.items())
    )


def _expressions(state: State) -> tuple[TimeExpression, ...]:
    return tuple(
        TimeExpression(start=t.start, end=t.end, text=state.text[t.start : t.end], value=t.value)
        for t in state.times
    )
