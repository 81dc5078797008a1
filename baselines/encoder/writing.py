"""Writes down what was found; dates, sources and clusters come from the rules of the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from baselines.encoder.decoding import Found
from baselines.encoder.passages import Article
from baselines.lexicon import clusters, dating, sources
from baselines.lexicon.mentions import Mention
from baselines.lexicon.triggers import Trigger
from bench.schema import Actor, Annotation, Argument, Event, Mark, Span, TimeExpression

_Spans = dict[str, set[tuple[int, int]]]


def write(doc_id: str, article: Article, found: Sequence[Found]) -> Annotation:
    """The annotation of an article."""
    names = clusters.group([_happening(event) for event in found])
    days = clusters.shared_dates(
        names, [event.realis for event in found], [_date(event) for event in found]
    )
    rows = zip(found, names, days, strict=True)
    return Annotation(
        doc_id=doc_id,
        events=tuple(_event(article, f"e{i}", *row) for i, row in enumerate(rows, 1)),
        actors=_actors(article, found),
        times=tuple(
            TimeExpression(
                start=t.start, end=t.end, text=article.text[t.start : t.end], value=t.value
            )
            for t in article.times
        ),
    )


def _trigger(event: Found) -> Trigger:
    return event.passage.trigger(event.type, event.first, event.last)


def _date(event: Found) -> str | None:
    """The date from the expressions of the sentence."""
    passage = event.passage
    return dating.date(passage.parties.sentence, _trigger(event), event.realis, passage.times)


def _happening(event: Found) -> clusters.Happening:
    trigger = _trigger(event)
    actors = frozenset(mention.name for role, mention in event.roles if role == "actor")
    others = frozenset(mention.name for role, mention in event.roles if role != "actor")
    return clusters.Happening(
        event.type, trigger.lemma, event.realis, actors, others, _definite(event, trigger)
    )


def _definite(event: Found, trigger: Trigger) -> bool:
    """`the call`, `their meeting`: a noun that points back."""
    phrase = event.passage.parties.sentence.phrase_at(trigger.first)
    if phrase is None or trigger.part != "noun":
        return False
    first = event.passage.parties.sentence.tokens[phrase.first]
    return first.lower in ("the", "this", "that", "these", "those") or first.tag == "POSS"


def _event(
    article: Article, event_id: str, event: Found, cluster: str | None, day: str | None
) -> Event:
    start, end = event.passage.span(event.first, event.last)
    return Event.model_validate(
        {
            "id": event_id,
            "type": event.type,
            "trigger": Mark(start=start, end=end, text=article.text[start:end]),
            "realis": event.realis,
            "date": day,
            "source": sources.source(event.passage.parties, _trigger(event)),
            "cluster": cluster,
            "arguments": tuple(_argument(article, event, *row) for row in event.roles),
        }
    )


def _argument(article: Article, event: Found, role: str, mention: Mention) -> Argument:
    start, end = event.passage.span(mention.first, mention.last)
    return Argument(
        role=role, start=start, end=end, text=article.text[start:end], actor=_name(role, mention)
    )


def _name(role: str, mention: Mention) -> str | None:
    """A country or capital in the role of a place is the place, not its government."""
    return (mention.spot if role == "place" and mention.spot else mention.name) or None


def _actors(article: Article, found: Sequence[Found]) -> tuple[Actor, ...]:
    """Who fills a role, and every proper name."""
    spans: _Spans = {}
    for passage in article.passages:
        for mention in passage.mentions:
            if mention.proper:
                _note(spans, mention.name, passage.span(mention.first, mention.last))
    for event in found:
        for role, mention in event.roles:
            _note(
                spans, _name(role, mention) or "", event.passage.span(mention.first, mention.last)
            )
    return tuple(
        Actor(id=name, mentions=tuple(_span(article.text, *span) for span in sorted(spans[name])))
        for name in sorted(spans)
        if name
    )


def _note(spans: _Spans, name: str, span: tuple[int, int]) -> None:
    spans.setdefault(name, set()).add(span)


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=text[start:end])
