"""Seeded random corpora with everything on which scorers part: nested, crossing and repeated
spans, several types on one span, empty documents, clusters, actors, words without offsets."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.protocols import Corpus, Paired
from bench.schema import Actor, Annotation, Argument, Event, Mark, Span

SEED, CORPORA = 20250318, 200
VOCABULARY = "the a The civil war crimes police and suspect Ana Bo he U.S. 📞 — old-bridge".split()
TYPES = ("Attack", "Die", "Life:Die", "life_die", "Attack / Die")
ROLES = ("agent", "place")
REALIS = (None, "actual", "generic", "future")
ACTORS = ("ana", "bo", "cy")
CLUSTERS = (None, "c1", "c1", "c2")


class Maker:
    """Makes one document's annotations; few words and few offsets, so that spans collide."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.text = " ".join(rng.choices(VOCABULARY, k=rng.randint(4, 10)))
        cuts = [0, *(n + 1 for n, sign in enumerate(self.text) if sign == " ")]
        ends = [*(n for n, sign in enumerate(self.text) if sign == " "), len(self.text)]
        self.words = list(zip(cuts, ends, strict=True))

    def span(self) -> tuple[int, int]:
        first = self.rng.randrange(len(self.words))
        last = min(len(self.words) - 1, first + self.rng.choice((0, 0, 0, 1, 2)))
        start, end = self.words[first][0], self.words[last][1]
        if self.rng.random() < 0.15 and end - start > 1:
            return (start, end - 1) if self.rng.random() < 0.5 else (start + 1, end)
        return start, end

    def marks(self, *, loose: bool) -> dict[str, object]:
        """Offsets, with or without the words; words alone where `loose`."""
        start, end = self.span()
        words = self.text[start:end]
        if loose and self.rng.random() < 0.15:
            return {"text": self.rng.choice([words, words, "nowhere", "Ana and he"])}
        found: dict[str, object] = {"start": start, "end": end}
        return {**found, "text": words} if self.rng.random() < 0.5 else found

    def argument(self, *, loose: bool) -> Argument:
        actor = self.rng.choice((None, None, *ACTORS))
        if loose and actor and self.rng.random() < 0.1:
            return Argument(role=self.rng.choice(ROLES), actor=actor)
        return Argument(**self.marks(loose=loose), role=self.rng.choice(ROLES), actor=actor)

    def event(self, *, loose: bool = False) -> Event:
        trigger = Mark(**self.marks(loose=loose))
        return Event(
            type=self.rng.choice(TYPES),
            trigger=None if loose and self.rng.random() < 0.05 else trigger,
            realis=self.rng.choice(REALIS),
            cluster=self.rng.choice(CLUSTERS),
            arguments=tuple(self.argument(loose=loose) for _ in range(self.rng.randint(0, 3))),
        )

    def actors(self) -> tuple[Actor, ...]:
        names = self.rng.sample(ACTORS, k=self.rng.randint(0, 3))
        spans = {name: {self.span() for _ in range(self.rng.randint(1, 2))} for name in names}
        return tuple(
            Actor(id=name, mentions=tuple(Span(start=a, end=b) for a, b in sorted(found)))
            for name, found in spans.items()
        )

    def gold(self) -> tuple[Event, ...]:
        events = [self.event() for _ in range(self.rng.choice((0, 1, 2, 3, 4, 4)))]
        if events and self.rng.random() < 0.3:  # a second type on a trigger, or the same again
            one = self.rng.choice(events)
            events.append(one.model_copy(update={"type": self.rng.choice(TYPES)}))
        return tuple(events)

    def predicted(self, gold: tuple[Event, ...]) -> tuple[Event, ...]:
        if self.rng.random() < 0.1:
            return ()
        kept = [self.disturbed(event) for event in gold if self.rng.random() < 0.75]
        new = [self.event(loose=True) for _ in range(self.rng.choice((0, 0, 1, 2)))]
        again = [event for event in kept if self.rng.random() < 0.15]
        found = [*kept, *new, *again][:5]
        self.rng.shuffle(found)
        return tuple(found)

    def disturbed(self, event: Event) -> Event:
        """The event with one thing or nothing changed."""
        other = self.event(loose=True)
        field = self.rng.choice(("nothing", "nothing", "type", "trigger", "realis", "cluster", "x"))
        if field == "x":
            kept = [a for a in event.arguments if self.rng.random() < 0.5]
            return event.model_copy(update={"arguments": (*kept, *other.arguments[:2])})
        return event.model_copy(
            update={field: getattr(other, field)} if field in vars(event) else {}
        )


def corpora(count: int = CORPORA, seed: int = SEED) -> Iterator[Corpus]:
    """The same corpora on every machine, of one to three documents each."""
    rng = random.Random(seed)
    for _ in range(count):
        yield tuple(_document(rng, f"d{n}") for n in range(rng.choice((1, 1, 2, 3))))


def _document(rng: random.Random, name: str) -> Paired:
    maker = Maker(rng)
    gold = maker.gold()
    actors = maker.actors()
    theirs = actors if rng.random() < 0.6 else maker.actors()
    return Paired(
        name,
        maker.text,
        Annotation(doc_id=name, events=gold, actors=actors),
        Annotation(doc_id=name, events=maker.predicted(gold), actors=theirs),
    )
