"""How far two readers of the same articles agree, before anything was settled.

One reader is scored as if the other were the gold. The layers: trigger F1 (type and span), argument
F1 by actor, date accuracy and Cohen's kappa of realis on matched triggers, CoNLL F1 of clusters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from bench.counts import Counts, add_tables, ratio, total
from bench.dates import normalise
from bench.metrics import Pair, measure, pair
from bench.metrics.base import Table
from bench.metrics.coreference import CONLL, conll
from bench.metrics.mentions import partitions
from bench.registers import ActorRegister
from bench.schema import Annotation, Event, Record

LAYERS = ("trigger", "argument:actor")


class Agreement(Record):
    """Agreement on some articles or on one event type; undefined readings are null."""

    name: str
    """The article, the event type, or `all`."""
    events: tuple[int, int]
    """Events marked by the first and by the second reader."""
    trigger: float | None
    """F1 of triggers with their types."""
    argument: float | None
    """F1 of arguments by actor and role."""
    date: float | None
    """Share of equal dates on matched triggers that either reader dated."""
    realis: float | None
    """Cohen's kappa of realis on matched triggers."""
    coreference: float | None = None
    """CoNLL F1 of the clusters, for articles."""


class Readings(Record):
    """Agreement of two readers over all their articles."""

    first: str
    """One reader."""
    second: str
    """The other."""
    total: Agreement
    """All articles together."""
    articles: tuple[Agreement, ...]
    """One entry an article."""
    types: tuple[Agreement, ...]
    """One entry an event type that either reader used."""
    splits: tuple[Agreement, ...] = ()
    """One entry a split of which both have read articles, where splits are known."""

    @property
    def documents(self) -> int:
        """How many articles both have read."""
        return len(self.articles)


def compare(
    first: tuple[str, Mapping[str, Annotation]],
    second: tuple[str, Mapping[str, Annotation]],
    *,
    types: Sequence[str],
    register: ActorRegister,
    split_of: Mapping[str, str] | None = None,
) -> Readings:
    """Agreement of two named readers on the articles that both have read, in the first's order."""
    shared = [doc_id for doc_id in first[1] if doc_id in second[1]]
    both = [_Both(doc_id, first[1][doc_id], second[1][doc_id], register) for doc_id in shared]
    used = {event.type for one in both for event in (*one.first.events, *one.second.events)}
    return Readings(
        first=first[0],
        second=second[0],
        total=agreement("all", both),
        articles=tuple(agreement(one.name, [one]) for one in both),
        types=tuple(_of_type(name, both) for name in types if name in used),
        splits=tuple(agreement(name, part) for name, part in _by_split(both, split_of or {})),
    )


def _by_split(
    both: Sequence[_Both], split_of: Mapping[str, str]
) -> Iterator[tuple[str, list[_Both]]]:
    for split in dict.fromkeys(split_of.values()):
        part = [one for one in both if split_of.get(one.name) == split]
        if part:
            yield split, part


class _Both:
    """Two annotations of one article, counted once."""

    def __init__(
        self, name: str, first: Annotation, second: Annotation, register: ActorRegister
    ) -> None:
        self.name, self.first, self.second = name, first, second
        sides = pair(gold=first, predicted=second, text=None, register=register)
        self.tables: dict[str, Table] = {layer: measure(layer).count(sides) for layer in LAYERS}
        self.matched = list(matched_events(first, second))
        self.coreference = _coreference(sides)


def matched_events(first: Annotation, second: Annotation) -> Iterable[tuple[Event, Event]]:
    """Events that both marked with the same trigger and type, in reading order."""
    waiting: dict[Hashable, list[Event]] = {}
    for event in second.events:
        waiting.setdefault(_key(event), []).append(event)
    for event in first.events:
        if waiting.get(_key(event)):
            yield event, waiting[_key(event)].pop(0)


def _key(event: Event) -> Hashable:
    return event.type, event.trigger and event.trigger.span


def agreement(name: str, both: Sequence[_Both]) -> Agreement:
    """Agreement on some articles, all types together."""
    counts = {layer: total(total(one.tables[layer].values()) for one in both) for layer in LAYERS}
    matched = [events for one in both for events in one.matched]
    parts = add_tables(one.coreference for one in both)
    return Agreement(
        name=name,
        events=(sum(len(b.first.events) for b in both), sum(len(b.second.events) for b in both)),
        coreference=conll(parts) if parts else None,
        **_readings(counts, matched),
    )


def _of_type(name: str, both: Sequence[_Both]) -> Agreement:
    tables = {layer: add_tables(one.tables[layer] for one in both) for layer in LAYERS}
    counts = {layer: tables[layer].get(name, Counts()) for layer in LAYERS}
    matched = [events for one in both for events in one.matched if events[0].type == name]
    trigger = counts["trigger"]
    events = (int(trigger.gold), int(trigger.predicted))
    return Agreement(name=name, events=events, **_readings(counts, matched))


def _readings(
    counts: Mapping[str, Counts], matched: Sequence[tuple[Event, Event]]
) -> dict[str, float | None]:
    return {
        "trigger": counts["trigger"].f1,
        "argument": _both_marked(counts["argument:actor"]),
        "date": date_accuracy(matched),
        "realis": kappa([(one.realis, other.realis) for one, other in matched]),
    }


def _both_marked(counts: Counts) -> float | None:
    """F1, unless one of the readers marked nothing of the layer."""
    return counts.f1 if counts.gold and counts.predicted else None


def date_accuracy(matched: Iterable[tuple[Event, Event]]) -> float | None:
    """Share of equal values among the pairs of events that at least one reader dated; None where a
    reader dated nothing.
    """
    pairs = list(matched)
    if not all(any(events[side].date for events in pairs) for side in (0, 1)):
        return None
    dated = [(one.date, other.date) for one, other in pairs if one.date or other.date]
    equal = sum(1 for one, other in dated if one and other and normalise(one) == normalise(other))
    return ratio(equal, len(dated))


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa (1960): agreement beyond what the readers' own frequencies would give.

    >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "a")])
    0.0
    """
    if not pairs:
        return None
    observed = sum(one == other for one, other in pairs) / len(pairs)
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(ours[value] * theirs[value] for value in ours) / len(pairs) ** 2
    return ratio(observed - expected, 1 - expected)


def _coreference(sides: Pair) -> dict[str, Counts]:
    """Counts of the three CoNLL scores; none where a reader marked no clusters at all."""
    both = (sides.gold.annotation, sides.predicted.annotation)
    if not all(any(event.cluster for event in annotation.events) for annotation in both):
        return {}
    clusters = partitions(sides)._asdict()
    return {name: count(**clusters) for name, count in CONLL.items()}
