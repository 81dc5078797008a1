"""Writes down what was found; dates, sources and clusters come from the rules of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from baselines.encoder.decoding import Found
from baselines.encoder.passages import Article
from baselines.lexicon import clusters, dating, roles, sources, writing
from baselines.lexicon.roles import Filler
from bench.schema import Annotation


def write(doc_id: str, article: Article, found: Sequence[Found]) -> Annotation:
    """The annotation of an article."""
    findings = writing.Findings(article.text, times=list(article.times))
    for passage in article.passages:
        for mention in passage.mentions:
            if mention.proper:
                findings.note(passage.parties.sentence, mention)
    findings.events += [_event(findings, event) for event in found]
    return findings.annotation(doc_id)


def _event(findings: writing.Findings, event: Found) -> writing.Found:
    parties = event.passage.parties
    trigger = event.passage.trigger(event.type, event.first, event.last)
    day = dating.date(parties.sentence, trigger, event.realis, event.passage.times)
    named = [Filler(role, mention) for role, mention in event.roles]
    marked = [Filler(role, roles.placed(role, mention)) for role, mention in event.roles]
    definite = clusters.points_back(parties.sentence, trigger)
    return writing.Found(
        clusters.happening(trigger, event.realis, day, named, definite=definite),
        event.passage.span(event.first, event.last),
        sources.source(parties, trigger),
        [findings.argument(parties.sentence, filler) for filler in marked],
    )
