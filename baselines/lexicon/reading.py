"""Reads an article sentence by sentence and writes its annotation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from baselines.lexicon import (
    arguments,
    clusters,
    dating,
    names,
    phrases,
    realis,
    sentences,
    sources,
    tagging,
    triggers,
)
from baselines.lexicon.parties import Parties
from baselines.lexicon.pronouns import Memory
from baselines.lexicon.times import Time
from baselines.lexicon.triggers import Trigger
from baselines.lexicon.writing import Findings, Found
from bench.schema import Annotation, Document

Finder = Callable[[phrases.Sentence, Callable[[phrases.Phrase], bool]], list[Trigger]]


def annotate(document: Document, find: Finder = triggers.find) -> Annotation:
    """The events, actors and time expressions of an article, from its text and date only, at the
    triggers that `find` gives for each sentence, in their order.
    """
    findings = Findings(document.text or "")
    read = list(sentences.read(findings.text, document.published))
    known, memory = names.learn([words for words, _ in read]), Memory()
    for words, near in read:
        tagging.tag(words, known.knows, headline=names.is_headline(words))
        parties = Parties(phrases.parse(words), known, memory)
        _find(findings, parties, near, find)
        memory.note(parties.antecedents())
    return findings.annotation(document.id)


def _find(findings: Findings, parties: Parties, near: Sequence[Time], find: Finder) -> None:
    """What one sentence tells."""
    findings.times += near
    for trigger in find(parties.sentence, parties.is_actor):
        findings.events.append(_event(findings, parties, trigger, near))
    for mention in parties.named():
        findings.note(parties.sentence, mention)


def _event(findings: Findings, parties: Parties, trigger: Trigger, near: Sequence[Time]) -> Found:
    sentence = parties.sentence
    how = realis.realis(sentence, trigger)
    day = dating.date(sentence, trigger, how, near)
    # Before the arguments: the first who asks for a pronoun settles whom it stands for.
    source = sources.source(parties, trigger)
    filled = arguments.fillers(parties, trigger)
    definite = clusters.points_back(sentence, trigger)
    return Found(
        clusters.happening(trigger, how, day, filled, definite=definite),
        sentence.span(trigger.first, trigger.last),
        source,
        [findings.argument(sentence, filler) for filler in filled],
    )
