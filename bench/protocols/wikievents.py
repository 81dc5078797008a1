"""gen-arg on WikiEvents: argument spans under given gold triggers; exact, head, coreference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.counts import Counts
from bench.errors import MissingText
from bench.matching import Filler, head_key
from bench.protocols.base import PROTOCOLS, Corpus, Paired, Protocol, Readings, answers, reading
from bench.schema import Annotation, Argument, Mark
from bench.text import words

Span = tuple[int, int]
Found = tuple[Span, str]
"""Where an argument stands, and its role."""

_ARTICLE = re.compile(r"(?:the|an|a)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Judged:
    """The arguments of one gold event: what is there, what was found, whose mention is where."""

    gold: frozenset[Found]
    predicted: frozenset[Found]
    entity: Callable[[Span], str | None]

    def exact(self, one: Found, *, role: bool) -> bool:
        """Whether a gold argument has the span, and the role where that is asked for."""
        return any(one[0] == span and (not role or one[1] == r) for span, r in self.gold)

    def coreferent(self, one: Found, *, role: bool) -> bool:
        """Exact, or of one entity with a gold argument."""
        mine = self.entity(one[0])
        return self.exact(one, role=role) or any(
            mine is not None and mine == self.entity(span) and (not role or one[1] == r)
            for span, r in self.gold
        )

    def counts(self, right: Callable[..., bool], *, role: bool) -> Counts:
        """How many predictions are right, out of how many, against how many gold arguments."""
        matched = sum(right(one, role=role) for one in self.predicted)
        return Counts.of(matched=matched, predicted=len(self.predicted), gold=len(self.gold))


def score(corpus: Corpus) -> Readings:
    """Arg-I and Arg-C with exact spans, with heads, and with coreference."""
    events = [judged for document in corpus for judged in _judge(document, head=False)]
    heads = [judged for document in corpus for judged in _judge(document, head=True)]
    modes = {
        "": [(one, one.exact) for one in events],
        " head": [(one, one.exact) for one in heads],
        " coref": [(one, one.coreferent) for one in events],
    }
    return {
        f"{name}{mode}": reading(sum((e.counts(right, role=role) for e, right in all_), Counts()))
        for mode, all_ in modes.items()
        for name, role in (("Arg-I", False), ("Arg-C", True))
    }


def _judge(document: Paired, *, head: bool) -> Iterator[Judged]:
    entity = _entities(document.gold).get
    for ours, theirs in answers(document):
        predicted = theirs.arguments if theirs is not None else ()
        trigger = ours.trigger.span if ours.trigger else None
        yield Judged(
            frozenset(_gold(ours.arguments, document.text, head=head)),
            frozenset(_predicted(predicted, document.text, trigger, head=head)),
            entity,
        )


def _gold(
    arguments: tuple[Argument, ...], text: str | None, *, head: bool
) -> Iterator[tuple[Span, str]]:
    for argument in arguments:
        if argument.span is not None:
            span = without_article(argument.span, _words(argument, argument.span, text))
            yield (_head(span, text, argument) if head else span), argument.role


def _predicted(
    arguments: tuple[Argument, ...], text: str | None, trigger: Span | None, *, head: bool
) -> Iterator[Found]:
    for argument in arguments:
        for span in [argument.span] if argument.span else _located(argument, text, trigger):
            yield (_head(span, text, argument) if head else span), argument.role


def _words(mark: Mark, span: Span, text: str | None) -> str:
    """The words at a span; of a mark that gives them if the article's text is not there."""
    if text is not None:
        return text[slice(*span)]
    return (mark.text or "")[len(mark.text or "") - (span[1] - span[0]) :]


def without_article(span: Span, phrase: str) -> Span:
    """A span without a leading the, a, an, unless nothing else is in it.

    >>> without_article((10, 21), "the suspect"), without_article((0, 1), "A")
    ((14, 21), (0, 1))
    """
    article = _ARTICLE.match(phrase)
    return (span[0] + article.end(), span[1]) if article else span


def _head(span: Span, text: str | None, mark: Mark) -> Span:
    key = head_key(Filler(span, _words(mark, span, text) or None))
    assert isinstance(key, tuple)
    return key


def _located(argument: Argument, text: str | None, trigger: Span | None) -> list[Span]:
    """Where bare words stand: nearest to the trigger; else their parts around `and`; what is not
    found is dropped. Raises MissingText where the article's text is not on this machine.
    """
    if argument.text is None:
        return []
    if text is None:
        raise MissingText(f"finding {argument.text!r} needs the text of the article")
    whole = nearest(argument.text, text, trigger)
    if whole is not None:
        return [whole]
    parts = (nearest(part, text, trigger) for part in re.split(r"\band\b", argument.text))
    return [part for part in parts if part is not None]


def nearest(phrase: str, text: str, trigger: Span | None) -> Span | None:
    """The occurrence of a phrase, word by word, with fewest words between it and the trigger; the
    earlier of two.

    >>> nearest("police", "police and the police ran", (22, 25))
    (15, 21)
    """
    there, sought = words(text), [phrase[a:b] for a, b in words(phrase)]
    at = _trigger_words(there, trigger)
    starts = [
        n
        for n in range(len(there) - len(sought) + 1)
        if sought and [text[a:b] for a, b in there[n : n + len(sought)]] == sought
    ]
    if not starts:
        return None
    best = min(starts, key=lambda n: _distance(n, len(sought), at))
    return there[best][0], there[best + len(sought) - 1][1]


def _trigger_words(there: list[Span], trigger: Span | None) -> Span:
    touched = [n for n, (a, b) in enumerate(there) if trigger and a < trigger[1] and trigger[0] < b]
    return (touched[0], touched[-1] + 1) if touched else (0, 0)


def _distance(start: int, length: int, trigger: Span) -> int:
    return abs(trigger[0] - start - length) if start < trigger[0] else abs(start - trigger[1])


def _entities(annotation: Annotation) -> dict[Span, str]:
    """Whose mention stands at a span: by arguments that name their actor, then by the actors."""
    arguments = (a for event in annotation.events for a in event.arguments)
    found = {a.span: a.actor for a in arguments if a.span is not None and a.actor is not None}
    mentions = {m.span: actor.id for actor in annotation.actors for m in actor.mentions}
    return {**found, **{span: name for span, name in mentions.items() if span is not None}}


PROTOCOLS.add(
    "wikievents",
    Protocol(
        name="wikievents",
        summary="arguments under given gold triggers by exact span, head or entity; micro;"
        " 0/0 is 0",
        source="gen-arg 253e088 (2023-03), scorer.py",
        score=score,
        headline="Arg-C",
        adapted=(
            "predicted events that repeat no gold trigger and type are left out",
            "offsets are believed where given; bare words are looked up in the article as gen-arg"
            " looks up all its output",
            "the head is Dateline's rule, not spaCy's parse",
        ),
        defects=(
            "gold spans lose a leading article and predicted ones keep theirs: repeating the gold"
            " exactly can be wrong",
            "words that are not in the article are dropped and cost no precision",
            "Arg-I counts each predicted role of a span, so recall may pass 100",
            "coreference credits every coreferent prediction, so recall may pass 100",
            "coreference looks a gold span up without its article and then may not find its entity",
        ),
    ),
)
