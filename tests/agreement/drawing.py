"""Documents drawn from their words, for cases that a reader checks by hand."""

from __future__ import annotations

from bench.protocols import Paired
from bench.schema import Actor, Annotation, Argument, Event, Mark, Span

RIGHT, WRONG = (100, 100, 100), (0, 0, 0)
Cases = dict[str, tuple[list[Paired], dict[str, tuple]]]
"""By name: documents, and what each score of a protocol makes of them."""


def span(text: str, words: str, nth: int = 0) -> dict[str, object]:
    """Offsets of the n-th occurrence of some words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


class Story:
    """A document in the making: `event("Attack bombed", "Victim Ana", …)`."""

    def __init__(self, text: str, name: str = "d0") -> None:
        self.text, self.name = text, name
        self.gold: list[Event] = []
        self.predicted: list[Event] = []
        self.actors: dict[str, list[str]] = {}

    def event(self, what: str, *arguments: str, **fields: str) -> Event:
        kind, _, trigger = what.partition(" ")
        found = tuple(self.argument(one) for one in arguments)
        marks = span(self.text, *self.nth(trigger))
        return Event(
            type=kind.replace("_or_", " / "), trigger=Mark(**marks), arguments=found, **fields
        )

    def argument(self, what: str) -> Argument:
        """`Role words`, `Role=actor words`, `Role words#1` (second occurrence), `Role ?words`."""
        role, _, words = what.partition(" ")
        role, _, actor = role.partition("=")
        if words.startswith("?"):
            return Argument(role=role, text=words[1:])
        return Argument(role=role, actor=actor or None, **span(self.text, *self.nth(words)))

    @staticmethod
    def nth(words: str) -> tuple[str, int]:
        words, _, number = words.partition("#")
        return words, int(number or 0)

    def paired(self) -> Paired:
        actors = tuple(
            Actor(id=name, mentions=tuple(Span(**span(self.text, w)) for w in mentions))
            for name, mentions in self.actors.items()
        )
        gold = Annotation(doc_id=self.name, events=tuple(self.gold), actors=actors)
        predicted = Annotation(doc_id=self.name, events=tuple(self.predicted))
        return Paired(self.name, self.text, gold, predicted)


def trap(text: str, gold: list[tuple], predicted: list[tuple], **actors: list[str]) -> Paired:
    """A document from its words; an event is a tuple of strings and perhaps a dict of fields."""
    story = Story(text)
    story.actors = actors
    for side, events in ((story.gold, gold), (story.predicted, predicted)):
        for one in events:
            words = [part for part in one if isinstance(part, str)]
            fields = next((part for part in one if isinstance(part, dict)), {})
            side.append(story.event(*words, **fields))
    return story.paired()


def clusters(text: str, gold: str, predicted: str) -> Paired:
    """Mentions are the words of the text; `0 0 1` puts the first two into a cluster, `.` none."""
    words = text.split()

    def events(labels: str) -> list[tuple]:
        return [
            (f"Attack {word}", {"cluster": label})
            for word, label in zip(words, labels.split(), strict=True)
            if label != "."
        ]

    return trap(text, events(gold), events(predicted))
