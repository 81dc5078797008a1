"""Conventions of scoring as switches, and one plain scorer that obeys them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Literal

from bench.counts import Counts, total
from bench.matching import MATCHES, Filler, assign, similarities
from bench.protocols import Corpus, Paired
from bench.protocols.base import answers, place, share, words_of
from bench.protocols.kbp import UNANNOTATED, canonical
from bench.protocols.omnievent import NA, Projection
from bench.protocols.seqeval import words_of_document
from bench.protocols.tagging import Words
from bench.protocols.wikievents import without_article
from bench.schema import Annotation, Argument, Event

Unit = Literal["triggers", "arguments"]
Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Conventions:
    """What two scorers may disagree about; the order of the fields is the order of switching."""

    unit: Unit
    event_type: bool = True
    """Whether the event type must be equal."""
    role: bool = True
    """Whether the role must be equal."""
    realis: bool = False
    """Whether the realis must be equal, unless the gold has none."""
    attached: bool = False
    """Whether an argument must hang on the right trigger; else arguments of a type are pooled."""
    spelling: Literal["as written", "letters and digits"] = "as written"
    """How types and realis are compared."""
    articles: Literal["kept", "dropped from the gold"] = "kept"
    """What happens to a leading the, a, an of an argument."""
    tags: Literal["any span", "one label a word", "one label a candidate"] = "any span"
    """Whether triggers are whole words, one label each, as tags can hold them; or what tags say of
    the gold's triggers and of every other word."""
    strangers: Literal["are spurious", "are ignored"] = "are spurious"
    """What predicted triggers are whose type the gold never uses."""
    boundary: str = "exact"
    """Match mode of spans."""
    pairing: Literal["best total", "best pair first"] = "best total"
    """How several partly alike spans are paired."""
    repeats: Literal["each counts", "counted once"] = "each counts"
    """Multiset or set."""
    triggers: Literal["all", "the gold's"] = "all"
    """Whose arguments count."""
    gold_empty: Literal["count", "are skipped"] = "count"
    """What happens to documents without gold events."""
    average: Literal["micro", "macro over documents"] = "micro"
    """Whether counts are summed, or shares of documents averaged."""


@dataclass(frozen=True)
class Tally:
    """What a setting gives: counts and shares."""

    counts: Counts
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean, 0 where both are 0."""
        return share(2 * self.precision * self.recall, self.precision + self.recall)


@dataclass(frozen=True)
class Item:
    """One thing compared: a span under a key; keys must be equal."""

    key: Key
    filler: Filler
    realis: str = UNANNOTATED


def tally(corpus: Corpus, conventions: Conventions) -> Tally:
    """The score of a corpus under a setting of the switches."""
    skipping = conventions.gold_empty == "are skipped"
    sides = [_items(d, conventions) for d in corpus if d.gold.events or not skipping]
    known = {item.key for gold, _ in sides for item in gold}
    counted = [_count(gold, predicted, conventions, known) for gold, predicted in sides]
    counts = total(counted)
    if conventions.average == "micro":
        precision = share(counts.matched_predicted, counts.predicted)
        return Tally(counts, precision, share(counts.matched_gold, counts.gold))
    return Tally(
        counts,
        share(sum(share(c.matched_predicted, c.predicted) for c in counted), len(counted)),
        share(sum(share(c.matched_gold, c.gold) for c in counted), len(counted)),
    )


def _items(document: Paired, conventions: Conventions) -> tuple[list[Item], list[Item]]:
    gold, predicted = _Side(document, conventions, gold=True), _Side(document, conventions)
    return gold.items(), predicted.items()


def _count(
    gold: list[Item], predicted: list[Item], conventions: Conventions, known: set[Key]
) -> Counts:
    if conventions.strangers == "are ignored":
        predicted = [item for item in predicted if item.key in known]
    matched = _matched(gold, predicted, conventions)
    return Counts.of(matched=matched, predicted=len(predicted), gold=len(gold))


class _Side:
    """Lists the items of one annotation of a document."""

    def __init__(self, document: Paired, conventions: Conventions, *, gold: bool = False) -> None:
        self.document, self.rules, self.gold = document, conventions, gold
        self.annotation: Annotation = document.gold if gold else document.predicted

    def items(self) -> list[Item]:
        """All items, each once where repeats are counted once."""
        found = list(self._triggers() if self.rules.unit == "triggers" else self._arguments())
        once = self.rules.repeats == "counted once"
        return list(dict.fromkeys(found)) if once else found

    def _triggers(self) -> Iterator[Item]:
        if self.rules.tags == "one label a word":
            yield from self._chunks()
            return
        if self.rules.tags == "one label a candidate":
            yield from self._candidates()
            return
        for event in self.annotation.events:
            span = event.trigger.span if event.trigger else None
            words = words_of(event.trigger, self.document.text) if event.trigger else None
            yield Item(self._type(event.type), Filler(span, words), self._realis(event))

    def _chunks(self) -> Iterator[Item]:
        """What is left of the triggers once they are tags. The label holds the type either way."""
        there = words_of_document(self.document)
        marks = [(e.trigger.span, e.type) for e in self.annotation.events if e.trigger]
        row = there.tags((span, kind) for span, kind in marks if span is not None)
        for n, tag in enumerate(row):
            if tag.startswith("B-"):
                last = n
                while row[last + 1 : last + 2] == [f"I-{tag[2:]}"]:
                    last += 1
                yield self._of_words(there, n, last, tag[2:])

    def _candidates(self) -> Iterator[Item]:
        """The candidates that have a label, each with the words that it is."""
        there = words_of_document(self.document)
        for candidate, _ in Projection(self.document, there).triggers():
            label = candidate.gold if self.gold else candidate.predicted
            if label != NA:
                first, end = candidate.words
                yield self._of_words(there, first, end - 1, label)

    def _of_words(self, there: Words, first: int, last: int, label: str) -> Item:
        span = (there.spans[first][0], there.spans[last][1])
        return Item(self._type(label), Filler(span, (self.document.text or "")[slice(*span)]))

    def _type(self, kind: str) -> Key:
        if not self.rules.event_type:
            return ()
        return (canonical(kind) if self.rules.spelling == "letters and digits" else kind,)

    def _realis(self, event: Event) -> str:
        if not self.rules.realis:
            return UNANNOTATED
        return canonical(event.realis) if event.realis else (UNANNOTATED if self.gold else "")

    def _arguments(self) -> Iterator[Item]:
        for n, event in self._events():
            trigger = place(event.trigger, "gold" if self.gold else "predicted")
            under = (n, trigger) if self.rules.attached else ()
            for argument in event.arguments:
                role = (argument.role,) if self.rules.role else ()
                yield Item((*self._type(event.type), *under, *role), self._filler(argument))

    def _events(self) -> Iterator[tuple[int, Event]]:
        """Events with the number of the gold event that they answer, where triggers are given."""
        if self.rules.triggers == "all":
            yield from ((0, event) for event in self.annotation.events)
            return
        for n, (ours, theirs) in enumerate(answers(self.document)):
            event = ours if self.gold else theirs
            if event is not None:
                yield n, event

    def _filler(self, argument: Argument) -> Filler:
        """The span with its words; what has no offsets keeps apart by words and actor."""
        words, span = words_of(argument, self.document.text), argument.span
        if span is None:
            return Filler(None, words, frozenset({argument.actor or ""}))
        if self.gold and self.rules.articles != "kept":
            kept = without_article(span, words or "")
            return Filler(kept, (words or "")[kept[0] - span[0] :] or None)
        return Filler(span, words)


def _matched(gold: list[Item], predicted: list[Item], rules: Conventions) -> float:
    keys = dict.fromkeys(item.key for item in gold)
    return sum(
        _value([i for i in gold if i.key == key], [i for i in predicted if i.key == key], rules)
        for key in keys
    )


def _value(gold: list[Item], predicted: list[Item], rules: Conventions) -> float:
    if not gold or not predicted:
        return 0.0
    if rules.boundary == "exact" and not rules.realis:
        both = Counter(i.filler.span for i in gold) & Counter(i.filler.span for i in predicted)
        return sum(count for span, count in both.items() if span is not None)
    weights = similarities(gold, predicted, _alike(rules))
    if rules.pairing == "best total":
        return float(sum(weights[cell] for cell in assign(weights)))
    return _best_first([[float(cell) for cell in row] for row in weights])


def _alike(rules: Conventions) -> Callable[[Item, Item], float]:
    similarity = MATCHES[rules.boundary].similarity

    def alike(gold: Item, predicted: Item) -> float:
        agree = gold.realis in (UNANNOTATED, predicted.realis)
        return similarity(gold.filler, predicted.filler) if agree else 0.0

    return alike


def _best_first(weights: list[list[float]]) -> float:
    """The best pair, then the best of what is left; ties go to the earlier prediction, then to
    the earlier gold item.
    """
    cells = [(-w, p, g) for g, row in enumerate(weights) for p, w in enumerate(row) if w > 0]
    predicted: set[int] = set()
    gold: set[int] = set()
    value = 0.0
    for weight, p, g in sorted(cells):
        if p not in predicted and g not in gold:
            predicted.add(p)
            gold.add(g)
            value -= weight
    return value
