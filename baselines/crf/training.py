"""From annotated articles to the files of a model: a tagger and three classifiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from baselines.crf import features, linear, realis, roles, tagger, tags, triggers, types
from baselines.crf.analysis import Passage, analyse
from baselines.crf.tags import Stretch
from baselines.lexicon.triggers import Trigger
from bench.schema import Annotation, Document, Event

TAGGER, TYPES, ROLES, REALIS = "triggers.crfsuite", "types.json", "roles.json", "realis.json"
C_TYPES, C_ROLES, C_REALIS = 2.0, 0.2, 0.2
"""Inverse strength of the penalties, chosen by cross-validation within train."""


Span = tuple[int, int]
Example = tuple[list[str], str]
"""Features and their label."""


@dataclass(slots=True)
class Examples:
    """What the four models learn from, in the order of the articles."""

    sequences: list[tuple[list[list[str]], list[str]]] = field(default_factory=list)
    types: list[Example] = field(default_factory=list)
    pairs: list[Example] = field(default_factory=list)
    events: list[Example] = field(default_factory=list)


def train(
    documents: Sequence[Document], annotations: Mapping[str, Annotation], folder: Path
) -> None:
    """Writes a model's files into a folder: the same bytes for the same articles.

    Raises DatelineError where an extra is missing, ValueError where the articles hold no event.
    """
    examples = collect(documents, annotations)
    if not examples.events:
        raise ValueError("nothing to learn from: these articles have no events")
    tagger.train(examples.sequences, folder / TAGGER)
    for name, rows, c in (
        (TYPES, examples.types, C_TYPES),
        (ROLES, examples.pairs, C_ROLES),
        (REALIS, examples.events, C_REALIS),
    ):
        model = linear.fit([row for row, _ in rows], [label for _, label in rows], c=c)
        model.save(folder / name)


def collect(documents: Sequence[Document], annotations: Mapping[str, Annotation]) -> Examples:
    """Training examples of annotated articles."""
    found = Examples()
    for document in documents:
        annotation = annotations[document.id]
        names = _names(annotation)
        for passage in analyse(document.text or "", document.published):
            events = [(e, s) for e in annotation.events if (s := _stretch(passage, e))]
            _add(found, passage, events, names)
    return found


def _stretch(passage: Passage, event: Event) -> Stretch | None:
    """Tokens that the trigger touches; None where it is in another sentence."""
    span = event.trigger.span if event.trigger is not None else None
    if span is None:
        return None
    inside = [
        index
        for index, token in enumerate(passage.tokens)
        if token.start < span[1] and span[0] < token.end
    ]
    return (event.type, inside[0], inside[-1]) if inside else None


def _add(
    found: Examples,
    passage: Passage,
    marked: Sequence[tuple[Event, Stretch]],
    names: Mapping[Span, str],
) -> None:
    stretches = [stretch for _, stretch in marked]
    spans = [(tagger.EVENT, first, last) for _, first, last in stretches]
    found.sequences.append((features.of_passage(passage), tags.encode(len(passage.tokens), spans)))
    here = triggers.from_stretches(passage.sentence, stretches)
    for (event, _), trigger in zip(marked, here, strict=True):
        found.types += _types(passage, trigger)
        found.events.append((realis.features(passage, trigger, here), event.realis or "actual"))
        found.pairs += _pairs(roles.Scene.of(passage, trigger, here), event, names)


def _types(passage: Passage, trigger: Trigger) -> Iterator[Example]:
    """The trigger with each type, right or wrong."""
    own = types.facts(passage, trigger)
    for kind in types.names():
        answer = types.YES if kind == trigger.type else types.NO
        yield types.features(own, passage, trigger, kind), answer


def _pairs(scene: roles.Scene, event: Event, names: Mapping[Span, str]) -> Iterator[Example]:
    """Candidates with their roles: that of the argument with the same span, else none.

    Other mentions of an argument's actor are neither right nor wrong, and teach nothing.
    """
    wanted = {argument.span: argument.role for argument in event.arguments}
    actors = {argument.actor for argument in event.arguments}
    for mention in scene.passage.candidates:
        span = scene.passage.sentence.span(mention.first, mention.last)
        if span in wanted or (span not in names or names[span] not in actors):
            yield roles.features(scene, mention), wanted.get(span, roles.NONE)


def _names(annotation: Annotation) -> dict[Span, str]:
    """Ids of actors by the spans of their mentions."""
    found = ((actor.id, mention.span) for actor in annotation.actors for mention in actor.mentions)
    return {span: name for name, span in found if span is not None}
