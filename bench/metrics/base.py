"""What a metric is: items of two annotations, paired one to one, counted per event type."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bench.counts import Counts, Over, mean, total
from bench.errors import UnknownName
from bench.matching import MATCHES, Filler, Match, best_value
from bench.registers import ActorRegister, fold
from bench.registry import Registry
from bench.schema import Actor, Annotation, Argument, Event, Mark

SPAN_MATCHES = ("exact", "overlap", "head", "any")
FILLER_MATCHES = (*SPAN_MATCHES, "actor")
UNTYPED = ""
Table = dict[str, Counts]


@dataclass(frozen=True)
class Side:
    """One annotation of a pair, with what is needed to say whom its arguments stand for.

    An argument stands for the actor whose id, name or alias it gives; else for the actor mentioned
    at its span, in its own annotation or in the other; else for whom its words may name.
    """

    annotation: Annotation
    other: Annotation
    text: str | None
    register: ActorRegister
    _mentions: Mapping[tuple[int, int], frozenset[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        mentions = {**self._named_in(self.other), **self._named_in(self.annotation)}
        object.__setattr__(self, "_mentions", mentions)

    def _named_in(self, annotation: Annotation) -> dict[tuple[int, int], frozenset[str]]:
        found: dict[tuple[int, int], frozenset[str]] = {}
        for span, actor in _mentions_of(annotation.actors, annotation.events):
            found[span] = found.get(span, frozenset()) | self._known(actor)
        return {span: actors for span, actors in found.items() if actors}

    def _known(self, actor: str | None) -> frozenset[str]:
        if actor is None:
            return frozenset()
        if not self.register.entries:
            return frozenset({actor})
        return self.register.resolve(actor)

    def words(self, mark: Mark) -> str | None:
        """The words of a mark: its own, else the article's, else unknown."""
        if mark.text is None and mark.span is not None and self.text is not None:
            return self.text[slice(*mark.span)]
        return mark.text

    def filler(self, mark: Mark | None) -> Filler:
        """A trigger, as matching sees it."""
        return Filler(None) if mark is None else Filler(mark.span, self.words(mark))

    def participant(self, argument: Argument) -> Filler:
        """An argument, as matching sees it."""
        words = self.words(argument)
        return Filler(argument.span, words, self._actors(argument, words))

    def _actors(self, argument: Argument, words: str | None) -> frozenset[str]:
        known = self._known(argument.actor)
        if not known and argument.span is not None:
            known = self._mentions.get(argument.span, frozenset())
        name = words or argument.actor
        if known or name is None:
            return known
        return self.register.resolve(name) or frozenset({f"~{fold(name)}"})


def _mentions_of(
    actors: Iterable[Actor], events: Iterable[Event]
) -> Iterator[tuple[tuple[int, int], str]]:
    for actor in actors:
        for mention in actor.mentions:
            yield (mention.start, mention.end), actor.id
    for event in events:
        for argument in event.arguments:
            if argument.span is not None and argument.actor is not None:
                yield argument.span, argument.actor


@dataclass(frozen=True)
class Pair:
    """The gold and the predicted annotation of one document."""

    gold: Side
    predicted: Side


def pair(
    *, gold: Annotation, predicted: Annotation, text: str | None, register: ActorRegister
) -> Pair:
    """Both sides of a document, each knowing the other's actor mentions."""
    return Pair(
        gold=Side(gold, predicted, text, register), predicted=Side(predicted, gold, text, register)
    )


@dataclass(frozen=True, slots=True)
class Item:
    """One thing counted: items pair only where their keys are equal; the first part of the key is
    the event type, or `UNTYPED`.
    """

    key: tuple[Hashable, ...]
    filler: Filler
    anchor: tuple[Hashable, ...] | None = None


Items = Callable[[Side], Iterable[Item]]


@dataclass(frozen=True)
class Metric:
    """A metric family: which items it compares and which match modes it takes."""

    name: str
    summary: str
    count: Callable[[Pair, Match], Table]
    matches: tuple[str, ...] = SPAN_MATCHES
    default: str = "exact"
    typed: bool = True
    modes: Mapping[str, Match] = field(default_factory=lambda: MATCHES)
    """What the names in `matches` mean: rules for phrases or, in `date`, rules for dates."""
    anchored: Callable[[Pair, Match], Table] | None = None
    """Counts of the same items with their value left out; accuracy is matched over matched."""
    parts: tuple[str, ...] = ()
    """Rows of the table whose readings are averaged, for a score that is a mean of others."""
    over: Over = "document"
    """What `count` takes as a pair: a document, or a story made one by `bench.metrics.merge`."""
    needs_text: bool = False
    """Whether counting takes the article's text."""
    exempt: Mapping[str, str] = field(default_factory=dict)
    """Laws of `tests/properties/test_laws.py` that the definition breaks, each with the reason:
    `spurious` (an event of a new type never helps), `takes` (nor takes away what others matched)
    and `copies` (a repeated answer costs as much again).
    """


METRICS: Registry[Metric] = Registry("metric")


def read(table: Table, metric: Metric) -> tuple[float | None, float | None, float | None]:
    """Precision, recall and F1 of a table: of its sum or, for a mean of scores, their means."""
    parts = [table.get(name, Counts()) for name in metric.parts] or [total(table.values())]
    return (
        mean(part.precision for part in parts),
        mean(part.recall for part in parts),
        mean(part.f1 for part in parts),
    )


def count_items(
    items: Items, by: Callable[[Item], tuple[Hashable, ...]] = lambda item: item.key
) -> Callable[[Pair, Match], Table]:
    """A counting function from a function that lists items."""

    def count(documents: Pair, match: Match) -> Table:
        return count_listed(
            gold=items(documents.gold), predicted=items(documents.predicted), match=match, by=by
        )

    return count


def count_listed(
    *,
    gold: Iterable[Item],
    predicted: Iterable[Item],
    match: Match,
    by: Callable[[Item], tuple[Hashable, ...]] = lambda item: item.key,
) -> Table:
    """Counts per event type of the items of both sides."""
    ours, theirs = _group(gold, by), _group(predicted, by)
    table: Table = {}
    for key in sorted({*ours, *theirs}, key=repr):
        here, there = ours.get(key, []), theirs.get(key, [])
        matched = best_value(gold=here, predicted=there, match=match)
        counts = Counts.of(matched=matched, predicted=len(there), gold=len(here))
        table[str(key[0])] = table.get(str(key[0]), Counts()) + counts
    return table


def _group(
    items: Iterable[Item], by: Callable[[Item], tuple[Hashable, ...]]
) -> dict[tuple[Hashable, ...], list[Filler]]:
    groups: dict[tuple[Hashable, ...], list[Filler]] = {}
    for item in items:
        groups.setdefault(by(item), []).append(item.filler)
    return groups


@dataclass(frozen=True)
class Measure:
    """A metric with its match mode: a value that prints as what one types to get it.

    >>> from bench.metrics import measure
    >>> str(measure("argument:overlap")), str(measure("trigger:exact"))
    ('argument:overlap', 'trigger')
    """

    metric: Metric
    match: Match

    def __str__(self) -> str:
        if self.match.name == self.metric.default:
            return self.metric.name
        return f"{self.metric.name}:{self.match.name}"

    def count(self, documents: Pair) -> Table:
        """Counts per event type of one document or, for a metric over stories, of one story."""
        return self.metric.count(documents, self.match)


def measure(name: str) -> Measure:
    """The measure that a printed name stands for; raises UnknownName."""
    family, _, mode = name.partition(":")
    metric = METRICS[family]
    mode = mode or metric.default
    if mode not in metric.matches:
        raise UnknownName(f"match mode of {family}", [mode], metric.matches)
    return Measure(metric, metric.modes[mode])


def parse(names: Iterable[str]) -> list[Measure]:
    """Measures of printed names, each once; raises one UnknownName for all that are unknown."""
    unique = list(dict.fromkeys(names))
    METRICS.check(name.partition(":")[0] for name in unique)
    return list({str(found): found for found in map(measure, unique)}.values())


def all_measures() -> list[Measure]:
    """Every metric in every match mode it takes."""
    return [measure(f"{name}:{mode}") for name, m in METRICS.items() for mode in m.matches]
