"""The floor of what is learned: words that mostly are triggers, with their commonest type."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bench import gold
from bench.schema import Annotation, Document, Event, Mark, Realis
from bench.text import words

LEARN_FROM = "train"

T = TypeVar("T", bound=str)


@dataclass(frozen=True)
class Model:
    """What is learned: a type for each word that triggers, and one realis for all."""

    types: dict[str, str]
    realis: Realis


class Majority:
    """Words that are triggers at least every other time in `train`, with their commonest type."""

    def prepare(self) -> None:
        """Learn from `train`, which takes a moment."""
        _ = self.model

    @cached_property
    def model(self) -> Model:
        """Learned in memory, on first use."""
        chosen = gold.load(LEARN_FROM)
        return learn((document, chosen.annotations[document.id]) for document in chosen.documents)

    def extract(self, document: Document) -> Annotation:
        """Known words as events of the day of publication, all of one realis, without arguments."""
        text = document.text or ""
        events = (
            Event(
                type=self.model.types[word],
                trigger=Mark(start=start, end=end, text=text[start:end]),
                realis=self.model.realis,
                date=document.published,
            )
            for start, end, word in _words(text)
            if word in self.model.types
        )
        return Annotation(doc_id=document.id, events=tuple(events))


def learn(pairs: Iterable[tuple[Document, Annotation]]) -> Model:
    """Counts words and the types that they trigger."""
    seen: Counter[str] = Counter()
    types: dict[str, Counter[str]] = defaultdict(Counter)
    realis: Counter[Realis] = Counter()
    for document, annotation in pairs:
        found = list(_words(document.text or ""))
        seen.update(word for *_, word in found)
        at = {(start, end): word for start, end, word in found}
        for event in annotation.events:
            realis.update([event.realis] if event.realis else [])
            word = at.get(event.trigger.span or (0, 0)) if event.trigger else None
            types[word or ""].update([event.type])
    triggers = {w: kinds for w, kinds in types.items() if w and 2 * kinds.total() >= seen[w]}
    return Model({w: commonest(kinds) for w, kinds in triggers.items()}, commonest(realis))


def commonest(counts: Counter[T]) -> T:
    """The most frequent name, the first by alphabet of equals.

    >>> commonest(Counter({"b": 2, "a": 2, "c": 1}))
    'a'
    """
    return min(counts, key=lambda name: (-counts[name], name))


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end in words(text):
        yield start, end, text[start:end].casefold()
