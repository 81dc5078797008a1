"""What the gold holds and how far its readers agreed: the numbers of its card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bench import gold as published
from bench.agreement import Readings, compare
from bench.gold import Gold
from bench.schema import REALIS, Record
from bench.text import words


class SplitCounts(Record):
    """Sizes of one split."""

    documents: int
    """Articles."""
    words: int | None
    """Words of the articles; null where a text is not on this machine."""
    events: int
    """Event mentions."""
    arguments: int
    """Arguments."""
    dated: int
    """Event mentions with a date."""
    times: int
    """Time expressions."""
    clusters: int
    """Happenings, counted in each article."""


class GoldStatistics(Record):
    """What the gold holds."""

    release: str
    """Version and hash."""
    splits: Mapping[str, SplitCounts]
    """Sizes by split."""
    types: Mapping[str, Mapping[str, int]]
    """Event mentions by type and split."""
    realis: Mapping[str, Mapping[str, int]]
    """Event mentions by type and realis."""


def statistics_of(gold: Gold) -> GoldStatistics:
    """Sizes by split, and mentions by type, split and realis."""
    split_of = {document.id: document.split for document in gold.documents}
    events = [(split_of[a.doc_id], e) for a in gold.annotations.values() for e in a.events]
    by_split = Counter((event.type, split) for split, event in events)
    by_realis = Counter((event.type, str(event.realis)) for _, event in events)
    types = list(gold.ontology.types)
    return GoldStatistics(
        release=gold.release,
        splits={split: _sizes(gold.select([split])) for split in gold.splits},
        types={t: {split: by_split[t, split] for split in gold.splits} for t in types},
        realis={t: {value: by_realis[t, value] for value in REALIS} for t in types},
    )


def _sizes(gold: Gold) -> SplitCounts:
    annotations = list(gold.annotations.values())
    events = [event for annotation in annotations for event in annotation.events]
    return SplitCounts(
        documents=len(gold.documents),
        words=_words(document.text for document in gold.documents),
        events=len(events),
        arguments=sum(len(event.arguments) for event in events),
        dated=sum(event.date is not None for event in events),
        times=sum(len(annotation.times) for annotation in annotations),
        clusters=sum(len({e.cluster for e in a.events if e.cluster}) for a in annotations),
    )


def _words(texts: Iterable[str | None]) -> int | None:
    found = list(texts)
    known = [text for text in found if text is not None]
    return sum(len(words(text)) for text in known) if len(known) == len(found) else None


def agreements() -> list[Readings]:
    """The two full first passes against each other, then each reading against what was settled."""
    gold = published.load()
    passes = [(name, published.first_pass(name)) for name in published.readers()]
    settled = ("settled", gold.annotations)
    pairs = [(passes[0], passes[1]), *((reading, settled) for reading in passes)]
    return [
        compare(one, other, types=list(gold.ontology.types), register=gold.actors)
        for one, other in pairs
    ]
