"""Event clusters of two annotations over the same numbered mentions.

Mentions of gold and prediction are the same where type and trigger span are equal, one to one; an
event without offsets is a mention of its own, and so is an event without a cluster a cluster of its
own. In a document an event's cluster is its `cluster`; over a story it is its `happening`, else the
`cluster` of its own document. Copies of one mention (two happenings on one word, or one answer
given twice) are told apart by their clusters: clusters are paired so that they share most mentions,
and copies are the same first where their clusters are a pair. What is left over is missed or
spurious.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from typing import NamedTuple

from bench.matching import assign, similarities
from bench.metrics.base import Pair, Side
from bench.schema import Event

Mention = tuple[str, int, int]
Places = Mapping[Mention, Sequence[int]]
Naming = Callable[[Event], Hashable | None]
"""Name of the cluster that an event belongs to, None where it stands alone; never a number."""


def in_document(event: Event) -> Hashable | None:
    """The cluster of an event among those of its document."""
    return event.cluster


def in_story(event: Event) -> Hashable | None:
    """The cluster of an event among those of its story (see `bench.metrics.merge`)."""
    return event.cluster if event.happening is None else ("happening", event.happening)


@dataclass
class Cluster:
    """Mentions with offsets, how often each is there, and how many mentions there are in all."""

    mentions: Counter[Mention] = field(default_factory=Counter)
    size: int = 0


class Partitions(NamedTuple):
    """Clusters of both sides as sets of mention numbers; a number on both sides is one mention."""

    gold: list[frozenset[int]]
    predicted: list[frozenset[int]]


def partitions(documents: Pair, named: Naming = in_document) -> Partitions:
    """The event clusters of both sides of a document, or of a story as one."""
    gold, predicted = (_clusters(side, named) for side in (documents.gold, documents.predicted))
    common = {m for c in gold for m in c.mentions} & {m for c in predicted for m in c.mentions}
    gold, predicted = _in_order(gold, common), _in_order(predicted, common)
    numbers = count()
    ours: list[set[int]] = [set() for _ in gold]
    theirs: list[set[int]] = [set() for _ in predicted]
    for number, (one, other) in zip(numbers, _same_mentions(gold, predicted, common), strict=False):
        ours[one].add(number)
        theirs[other].add(number)
    return Partitions(_filled(ours, gold, numbers), _filled(theirs, predicted, numbers))


def _filled(
    found: Sequence[set[int]], clusters: Sequence[Cluster], numbers: Iterator[int]
) -> list[frozenset[int]]:
    """The clusters with a new number for each mention that the other side does not have."""
    missing = [cluster.size - len(found[n]) for n, cluster in enumerate(clusters)]
    return [frozenset(found[n].union(islice(numbers, size))) for n, size in enumerate(missing)]


def _clusters(side: Side, named: Naming) -> list[Cluster]:
    found: dict[Hashable, Cluster] = defaultdict(Cluster)
    for n, event in enumerate(side.annotation.events):
        name = named(event)
        cluster = found[n if name is None else name]
        cluster.size += 1
        if event.trigger is not None and event.trigger.span is not None:
            cluster.mentions[event.type, *event.trigger.span] += 1
    return list(found.values())


def _in_order(clusters: list[Cluster], common: Collection[Mention]) -> list[Cluster]:
    """Clusters by what they hold, whatever they are called: by what the other side has too, then
    those with least beside it.
    """

    def rank(cluster: Cluster) -> tuple[object, ...]:
        shared = sorted(m for m in cluster.mentions.elements() if m in common)
        return shared, cluster.size, sorted(cluster.mentions.elements())

    return sorted(clusters, key=rank)


def _same_mentions(
    gold: Sequence[Cluster], predicted: Sequence[Cluster], common: Collection[Mention]
) -> Iterator[tuple[int, int]]:
    """Where each mention of both sides stands: positions of its clusters."""
    ours, theirs = _places(gold, common), _places(predicted, common)
    copied = {m for m in common if len(ours[m]) > 1 or len(theirs[m]) > 1}
    rows, columns = (sorted({n for m in copied for n in side[m]}) for side in (ours, theirs))
    partner = _partners(gold, predicted, rows, columns)
    for mention in sorted(common):
        yield from _paired(ours[mention], theirs[mention], partner)


def _places(clusters: Sequence[Cluster], common: Collection[Mention]) -> Places:
    """Where each common mention stands: cluster positions, one a copy."""
    found: dict[Mention, list[int]] = {mention: [] for mention in common}
    for n, cluster in enumerate(clusters):
        for mention in cluster.mentions.elements():
            if mention in common:
                found[mention].append(n)
    return found


def _partners(
    gold: Sequence[Cluster],
    predicted: Sequence[Cluster],
    rows: Sequence[int],
    columns: Sequence[int],
) -> dict[int, int]:
    """Which of some predicted clusters answers which of some gold clusters: so that they share most
    mentions and, of pairings that share as many, are most alike.
    """
    share = 1 / (1 + min(len(rows), len(columns)))  # all likeness weighs less than one mention

    def alike(one: int, other: int) -> float:
        shared = (gold[one].mentions & predicted[other].mentions).total()
        return shared + share * 2 * shared / (gold[one].size + predicted[other].size)

    cells = assign(similarities(rows, columns, alike)) if rows else []
    return {rows[row]: columns[column] for row, column in cells}


def _paired(
    gold: Sequence[int], predicted: Sequence[int], partner: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Copies of one mention, as cluster positions, paired: first within paired clusters."""
    free, paired, left = list(predicted), [], []
    for one in gold:
        other = partner.get(one)
        if other in free:
            free.remove(other)
            paired.append((one, other))
        else:
            left.append(one)
    return [*paired, *zip(left, free, strict=False)]
