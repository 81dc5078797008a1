"""Reads an article with a trained model and writes its annotation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from baselines.crf import features, linear, realis, roles, training, triggers, types
from baselines.crf.analysis import Passage, analyse
from baselines.crf.tagger import Tagger
from baselines.lexicon import clusters, dating, sources
from baselines.lexicon.clusters import Happening
from baselines.lexicon.roles import Filler
from baselines.lexicon.triggers import Trigger
from bench.schema import Actor, Annotation, Argument, Document, Event, Span, TimeExpression

TYPE_AT_LEAST = 0.35
"""A trigger whose likeliest type is less likely than this is none."""


@dataclass(frozen=True)
class Model:
    """A tagger of triggers and the classifiers of types, roles and realis."""

    tagger: Tagger
    types: linear.Linear
    roles: linear.Linear
    realis: linear.Linear


def load(folder: Path) -> Model:
    """The model of a folder that `training.train` wrote; raises DatelineError without the extra."""
    return Model(
        Tagger(folder / training.TAGGER),
        linear.read(folder / training.TYPES),
        linear.read(folder / training.ROLES),
        linear.read(folder / training.REALIS),
    )


@dataclass(slots=True)
class _Found:
    """What one event mention is before it is written down."""

    passage: Passage
    trigger: Trigger
    realis: str
    date: str | None
    source: str | None
    fillers: list[Filler]


def annotate(model: Model, document: Document) -> Annotation:
    """The events, actors and time expressions of an article, from its text and date only."""
    text = document.text or ""
    passages = analyse(text, document.published)
    found = [event for passage in passages for event in _events(model, passage)]
    return Annotation(
        doc_id=document.id,
        events=tuple(_written(text, found)),
        actors=_actors(text, passages, found),
        times=_times(text, passages),
    )


def _events(model: Model, passage: Passage) -> Iterable[_Found]:
    here = _triggers(model, passage)
    for trigger in here:
        how = model.realis.best(realis.features(passage, trigger, here))
        yield _Found(
            passage,
            trigger,
            how,
            dating.date(passage.sentence, trigger, how, passage.times),
            sources.source(passage.parties, trigger),
            roles.fillers(model.roles, roles.Scene.of(passage, trigger, here)),
        )


def _triggers(model: Model, passage: Passage) -> list[Trigger]:
    """What the tagger finds, with types; what no type fits is dropped."""
    stretches = model.tagger.stretches(features.of_passage(passage))
    found = []
    for trigger in triggers.from_stretches(passage.sentence, stretches):
        kind, chance = types.best(model.types, passage, trigger)
        if chance >= TYPE_AT_LEAST:
            found.append(replace(trigger, type=kind))
    return found


def _written(text: str, found: list[_Found]) -> Iterable[Event]:
    names = clusters.group([_happening(event) for event in found])
    days = clusters.shared_dates(names, [f.realis for f in found], [f.date for f in found])
    for number, (event, name, day) in enumerate(zip(found, names, days, strict=True), 1):
        yield Event.model_validate(
            {
                "id": f"e{number}",
                "type": event.trigger.type,
                "trigger": _span(
                    text, *event.passage.span(event.trigger.first, event.trigger.last)
                ),
                "realis": event.realis,
                "date": day,
                "source": event.source,
                "cluster": name,
                "arguments": tuple(_arguments(text, event)),
            }
        )


def _arguments(text: str, event: _Found) -> Iterable[Argument]:
    for filler in event.fillers:
        start, end = event.passage.span(filler.mention.first, filler.mention.last)
        yield Argument(
            role=filler.role, start=start, end=end, text=text[start:end], actor=filler.mention.name
        )


def _happening(event: _Found) -> Happening:
    """What tells whether two mentions are of one happening."""
    actors = frozenset(f.mention.name for f in event.fillers if f.role == "actor")
    others = frozenset(f.mention.name for f in event.fillers if f.role != "actor")
    return Happening(
        event.trigger.type, event.trigger.lemma, event.realis, actors, others, _definite(event)
    )


def _definite(event: _Found) -> bool:
    """`the call`, `this deal`, `their meeting`: a noun that points back."""
    phrase = event.passage.sentence.phrase_at(event.trigger.first)
    if phrase is None or event.trigger.part != "noun":
        return False
    first = event.passage.tokens[phrase.first]
    return first.lower in ("the", "this", "that", "these", "those") or first.tag == "POSS"


def _actors(text: str, passages: Iterable[Passage], found: Iterable[_Found]) -> tuple[Actor, ...]:
    """Actors of arguments and everybody named, with their mentions."""
    spans: dict[str, set[tuple[int, int]]] = {}
    for passage in passages:
        for mention in passage.parties.named():
            spans.setdefault(mention.name, set()).add(passage.span(mention.first, mention.last))
    for event in found:
        for filler in event.fillers:
            span = event.passage.span(filler.mention.first, filler.mention.last)
            spans.setdefault(filler.mention.name, set()).add(span)
    return tuple(
        Actor(id=name, mentions=tuple(_span(text, *span) for span in sorted(spans[name])))
        for name in sorted(spans)
        if name
    )


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=text[start:end])


def _times(text: str, passages: Iterable[Passage]) -> tuple[TimeExpression, ...]:
    return tuple(
        TimeExpression(start=t.start, end=t.end, text=text[t.start : t.end], value=t.value)
        for passage in passages
        for t in passage.times
    )
