"""Reads an article with a trained model and writes its annotation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from baselines.crf import features, linear, realis, roles, training, triggers, types
from baselines.crf.analysis import Passage, analyse
from baselines.crf.tagger import Tagger
from baselines.lexicon import clusters, dating, sources
from baselines.lexicon.triggers import Trigger
from baselines.lexicon.writing import Findings, Found
from bench.schema import Annotation, Document

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


def annotate(model: Model, document: Document) -> Annotation:
    """The events, actors and time expressions of an article, from its text and date only."""
    findings = Findings(document.text or "")
    for passage in analyse(findings.text, document.published):
        findings.times += passage.times
        findings.events += _events(model, findings, passage)
        for mention in passage.parties.named():
            findings.note(passage.sentence, mention)
    return findings.annotation(document.id)


def _events(model: Model, findings: Findings, passage: Passage) -> Iterator[Found]:
    sentence = passage.sentence
    here = _triggers(model, passage)
    for trigger in here:
        how = model.realis.best(realis.features(passage, trigger, here))
        day = dating.date(sentence, trigger, how, passage.times)
        source = sources.source(passage.parties, trigger)
        filled = roles.fillers(model.roles, roles.Scene.of(passage, trigger, here))
        definite = clusters.points_back(sentence, trigger)
        yield Found(
            clusters.happening(trigger, how, day, filled, definite=definite),
            sentence.span(trigger.first, trigger.last),
            source,
            [findings.argument(sentence, filler) for filler in filled],
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
