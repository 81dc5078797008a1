"""What the gold holds and how far its readers agreed: the numbers of its card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping

from pydantic import computed_field

from bench import gold as published
from bench.agreement import Readings, compare
from bench.gold import Gold
from bench.report import TOO_FEW
from bench.schema import REALIS, Annotation, Record
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
    mentions: Mapping[str, Mapping[str, Mapping[str, int]]]
    """Event mentions by type, split and realis."""
    tags: Mapping[str, Mapping[str, int]]
    """Documents by tag and split."""
    few: Mapping[str, tuple[str, ...]]
    """Types with fewer than 30 mentions, in the whole gold (`all`) and by split."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def types(self) -> dict[str, dict[str, int]]:
        """Event mentions by type and split."""
        return {
            name: {split: sum(cells.values()) for split, cells in row.items()}
            for name, row in self.mentions.items()
        }

    @computed_field  # type: ignore[prop-decorator]
    @property
    def realis(self) -> dict[str, dict[str, int]]:
        """Event mentions by type and realis."""
        return {
            name: {value: sum(cells[value] for cells in row.values()) for value in REALIS}
            for name, row in self.mentions.items()
        }


def statistics_of(gold: Gold) -> GoldStatistics:
    """Sizes by split, mentions by type, split and realis, documents by tag and split."""
    split_of = {document.id: document.split for document in gold.documents}
    events = [(split_of[a.doc_id], e) for a in gold.annotations.values() for e in a.events]
    cells = Counter((event.type, split, str(event.realis)) for split, event in events)
    tags = Counter((tag, document.split) for document in gold.documents for tag in document.tags)
    types = list(gold.ontology.types)
    return GoldStatistics(
        release=gold.release,
        splits={split: _sizes(gold.select([split])) for split in gold.splits},
        mentions={
            t: {split: {r: cells[t, split, r] for r in REALIS} for split in gold.splits}
            for t in types
        },
        tags={
            tag: {split: tags[tag, split] for split in gold.splits}
            for tag in dict.fromkeys([*published.tags(), *(tag for tag, _ in tags)])
        },
        few={
            "all": _few(Counter(event.type for _, event in events), types),
            **{s: _few(Counter(e.type for at, e in events if at == s), types) for s in gold.splits},
        },
    )


def _few(mentions: Mapping[str, int], types: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in types if mentions[name] < TOO_FEW)


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


def agreements(split: str | None = None) -> list[Readings]:
    """The two full first passes against each other, then each reading against what was settled, on
    the articles that both have read, of the whole gold or of one split; a reading of none of these
    is left out. Raises UnknownName for an unknown split.
    """
    gold = published.load(split)
    split_of = {document.id: document.split for document in gold.documents}
    first, second = (_reading(name, split_of) for name in published.FULL_READERS)
    others = [
        _reading(name, split_of)
        for name in published.readers()
        if name not in published.FULL_READERS
    ]
    settled = ("settled", gold.annotations)
    pairs = [(first, second), *((one, settled) for one in (first, second, *others) if one[1])]
    types = list(gold.ontology.types)
    return [
        compare(one, other, types=types, register=gold.actors, split_of=split_of)
        for one, other in pairs
    ]


def _reading(name: str, wanted: Container[str]) -> tuple[str, dict[str, Annotation]]:
    found = published.first_pass(name)
    return name, {doc_id: one for doc_id, one in found.items() if doc_id in wanted}
