"""Small corpora made by hand, and what a scorer is asked to do with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bench.schema import Annotation, Argument, Event, Mark


@dataclass(frozen=True)
class Reading:
    """Precision, recall and F1 as shares, None where the scorer says that they are undefined."""

    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True)
class Corpus:
    """Texts by document and their gold, in one order."""

    texts: Mapping[str, str]
    gold: tuple[Annotation, ...]

    def with_gold(self, gold: Sequence[Annotation]) -> Corpus:
        """The same texts under another gold."""
        return replace(self, gold=tuple(gold))


Scorer = Callable[[Corpus, Sequence[Annotation]], Mapping[str, Reading]]
"""From a corpus and predictions to readings by metric: `trigger` (type and span) always, and
`argument` or `argument-attached` (event type, role, span) where the scorer has them."""

TEXTS = {
    "kit/one": "Rebels shelled Aden and Oslo condemned the attack while Rome backed Oslo .",
    "kit/two": "Oslo 📞 phoned Rome and later Rome phoned Aden about the truce .",
    "kit/three": "Nothing of note happened in Oslo , Rome or Aden all day long .",
}


def mark(doc: str, words: str, nth: int = 0) -> Mark:
    """The nth occurrence of some words in a text of the kit."""
    text, start = TEXTS[doc], -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Mark(start=start, end=start + len(words), text=words)


def event(kind: str, trigger: Mark, **roles: Mark) -> Event:
    """An event with one filler a role."""
    fillers = (Argument(role=role, **where.model_dump()) for role, where in roles.items())
    return Event(type=kind, trigger=trigger, arguments=tuple(fillers))


def _one() -> Annotation:
    at = "kit/one"
    rebels, aden, oslo = (mark(at, name) for name in ("Rebels", "Aden", "Oslo"))
    rome, oslo_again = mark(at, "Rome"), mark(at, "Oslo", 1)
    events = (
        event("ASSAULT", mark(at, "shelled"), actor=rebels, recipient=aden),
        event("ACCUSE", mark(at, "condemned"), actor=oslo),
        event("ASSAULT", mark(at, "attack")),
        event("SUPPORT", mark(at, "backed"), actor=rome, recipient=oslo_again),
    )
    return Annotation(doc_id=at, events=events)


def _two() -> Annotation:
    at = "kit/two"
    oslo, rome, rome_again, aden = (
        mark(at, "Oslo"),
        mark(at, "Rome"),
        mark(at, "Rome", 1),
        mark(at, "Aden"),
    )
    events = (
        event("CONSULT", mark(at, "phoned"), actor=oslo, recipient=rome),
        event("CONSULT", mark(at, "phoned", 1), actor=rome_again, recipient=aden),
        event("RETREAT", mark(at, "truce")),
    )
    return Annotation(doc_id=at, events=events)


KIT = Corpus(TEXTS, (_one(), _two(), Annotation(doc_id="kit/three", events=())))
