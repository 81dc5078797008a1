"""Reads an article sentence by sentence and writes its annotation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from baselines.lexicon import (
    arguments,
    boilerplate,
    clusters,
    dating,
    names,
    phrases,
    realis,
    sources,
    tagging,
    times,
    tokens,
    triggers,
)
from baselines.lexicon.mentions import Mention
from baselines.lexicon.parties import Parties
from baselines.lexicon.pronouns import Memory
from baselines.lexicon.roles import Filler
from baselines.lexicon.triggers import Trigger
from bench.schema import Actor, Annotation, Argument, Document, Event, Mark, Span, TimeExpression
from bench.text import sentences

Finder = Callable[[phrases.Sentence, Callable[[phrases.Phrase], bool]], list[Trigger]]


@dataclass(slots=True)
class _Found:
    """What one event mention is before it is written down."""

    trigger: Trigger
    span: tuple[int, int]
    realis: str
    date: str | None
    source: str | None
    fillers: list[tuple[Filler, int, int]]
    definite: bool


@dataclass(slots=True)
class _State:
    """What has been found so far in an article."""

    text: str
    published: dt.date | None
    events: list[_Found] = field(default_factory=list)
    times: list[times.Time] = field(default_factory=list)
    mentions: dict[str, set[tuple[int, int]]] = field(default_factory=dict)


def annotate(document: Document, find: Finder = triggers.find) -> Annotation:
    """The events, actors and time expressions of an article, from its text and date only, at the
    triggers that `find` gives for each sentence, in their order.
    """
    state = _State(document.text or "", _day(document.published))
    read = _tokenised(state)
    known = names.learn(read)
    memory = Memory()
    for sentence in read:
        _read(state, sentence, known, memory, find)
    return _annotation(document.id, state)


def _day(published: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(published)
    except ValueError:
        return None


def _tokenised(state: _State) -> list[list[tokens.Token]]:
    """Tokens of the sentences of the body, time expressions marked."""
    found = []
    for first, last in boilerplate.body(state.text):
        for start, end in sentences(state.text[first:last]):
            sentence = tokens.tokens(state.text, first + start, first + end)
            state.times += _times(state, sentence)
            found.append(sentence)
    return [sentence for sentence in found if sentence]


def _times(state: _State, sentence: Sequence[tokens.Token]) -> list[times.Time]:
    if state.published is None or not sentence:
        return []
    found = times.find(state.text, sentence[0].start, sentence[-1].end, state.published)
    for token in sentence:
        token.time = any(time.start <= token.start < time.end for time in found)
    return found


def _read(
    state: _State,
    sentence: Sequence[tokens.Token],
    known: names.Names,
    memory: Memory,
    find: Finder,
) -> None:
    tagging.tag(sentence, known.knows, headline=names.is_headline(sentence))
    parsed = phrases.parse(sentence)
    parties = Parties(parsed, known, memory)
    for trigger in find(parsed, parties.is_actor):
        state.events.append(_event(state, parties, trigger))
    for mention in parties.named():
        _note(state, parties, mention)
    memory.note(parties.antecedents())


def _event(state: _State, parties: Parties, trigger: Trigger) -> _Found:
    words = parties.sentence.tokens
    how = realis.realis(parties.sentence, trigger)
    within = [t for t in state.times if words[0].start <= t.start < words[-1].end]
    return _Found(
        trigger,
        (words[trigger.first].start, words[trigger.last].end),
        how,
        dating.date(parties.sentence, trigger, how, within),
        sources.source(parties, trigger),
        [
            (filler, *_note(state, parties, filler.mention))
            for filler in arguments.fillers(parties, trigger)
        ],
        _definite(parties, trigger),
    )


def _definite(parties: Parties, trigger: Trigger) -> bool:
    """`the call`, `this deal`, `their meeting`: a noun that points back."""
    phrase = parties.sentence.phrase_at(trigger.first)
    if phrase is None or trigger.part != "noun":
        return False
    first = parties.sentence.tokens[phrase.first]
    return first.lower in ("the", "this", "that", "these", "those") or first.tag == "POSS"


def _note(state: _State, parties: Parties, mention: Mention) -> tuple[int, int]:
    """Keeps a mention for the list of actors; its span in the text."""
    words = parties.sentence.tokens
    span = (words[mention.first].start, words[mention.last].end)
    state.mentions.setdefault(mention.name, set()).add(span)
    return span


def _annotation(doc_id: str, state: _State) -> Annotation:
    names_of = clusters.group([_happening(found) for found in state.events])
    hows = [found.realis for found in state.events]
    days = clusters.shared_dates(names_of, hows, [found.date for found in state.events])
    rows = zip(state.events, names_of, days, strict=True)
    return Annotation(
        doc_id=doc_id,
        events=tuple(_written(state, f"e{i}", *row) for i, row in enumerate(rows, 1)),
        actors=_actors(state),
        times=_expressions(state),
    )


def _happening(found: _Found) -> clusters.Happening:
    """What tells whether two mentions are of one happening."""
    actors = frozenset(f.mention.name for f, _, _ in found.fillers if f.role == "actor")
    others = frozenset(f.mention.name for f, _, _ in found.fillers if f.role != "actor")
    return clusters.Happening(
        found.trigger.type, found.trigger.lemma, found.realis, actors, others, found.definite
    )


def _written(
    state: _State, event_id: str, found: _Found, cluster: str | None, day: str | None
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
                Argument(role=f.role, start=a, end=b, text=state.text[a:b], actor=f.mention.name)
                for f, a, b in found.fillers
            ),
        }
    )


def _actors(state: _State) -> tuple[Actor, ...]:
    return tuple(
        Actor(
            id=name,
            mentions=tuple(Span(start=a, end=b, text=state.text[a:b]) for a, b in sorted(spans)),
        )
        for name, spans in sorted(state.mentions.items())
        if name
    )


def _expressions(state: _State) -> tuple[TimeExpression, ...]:
    return tuple(
        TimeExpression(start=t.start, end=t.end, text=state.text[t.start : t.end], value=t.value)
        for t in state.times
    )
