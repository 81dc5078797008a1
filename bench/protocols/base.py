"""What a protocol is: somebody else's scorer, number for number, over our annotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bench.counts import Counts
from bench.gold import Gold
from bench.registry import Registry
from bench.schema import Annotation, Event, Mark

Place = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One number of a protocol with its precision and recall, as shares.

    None where the published scorer gives no number: it prints NaN or stops, and `note` says which.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    counts: Counts | None = None
    """What was divided, where the published scorer divides counts."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paired:
    """A document of the gold with both annotations."""

    doc_id: str
    text: str | None
    gold: Annotation
    predicted: Annotation


Corpus = tuple[Paired, ...]
Readings = dict[str, Reading]


@dataclass(frozen=True)
class Protocol:
    """A published scorer, reproduced."""

    name: str
    summary: str
    source: str
    score: Callable[[Corpus], Readings]
    headline: str
    """The reading that papers quote."""
    adapted: tuple[str, ...]
    """How our annotations become what the scorer reads, a line each."""
    defects: tuple[str, ...]
    """Where the published definition is defective, a line each; reproduced all the same."""
    by_type: Callable[[Corpus], Mapping[str, Reading]] | None = None
    needs_text: bool = False

    @property
    def help(self) -> str:
        """Summary, source, adaptation and defects as lines of text."""
        lines = [f"{self.summary} [{self.source}]"]
        lines += [f"as read here: {line}" for line in self.adapted]
        lines += [f"defect, reproduced: {line}" for line in self.defects]
        return "\n".join(lines)


PROTOCOLS: Registry[Protocol] = Registry("protocol")


def corpus(*, gold: Gold, predicted: Mapping[str, Annotation]) -> Corpus:
    """The gold's documents, in its order, each with its prediction; an empty one where the run
    gave none. Predictions for other documents are left out.
    """
    return tuple(
        Paired(d.id, d.text, gold.annotations[d.id], _answer(d.id, predicted))
        for d in gold.documents
    )


def _answer(doc_id: str, predicted: Mapping[str, Annotation]) -> Annotation:
    return predicted.get(doc_id) or Annotation(doc_id=doc_id, events=())


def share(numerator: float, denominator: float) -> float:
    """A ratio that is 0 where there is nothing to divide by, as most scorers have it.

    >>> share(1, 4), share(1, 0)
    (0.25, 0.0)
    """
    return numerator / denominator if denominator else 0.0


def harmonic(precision: float, recall: float) -> float:
    """F1 of precision and recall, 0 where both are 0.

    >>> harmonic(1.0, 2.0) == 4 / 3
    True
    """
    return share(2 * precision * recall, precision + recall)


def reading(counts: Counts, note: str = "") -> Reading:
    """The reading of counts where 0/0 is 0.

    >>> reading(Counts.of(matched=1, predicted=2, gold=1)).f1 == 2 / 3
    True
    """
    precision = share(counts.matched_predicted, counts.predicted)
    recall = share(counts.matched_gold, counts.gold)
    return Reading(precision, recall, harmonic(precision, recall), counts, note)


def place(mark: Mark | None, side: str) -> Place:
    """Where a mark stands. What has no offsets stands nowhere that the other side could match, so
    that it stays a false alarm or a miss.

    >>> place(Mark(start=3, end=8), "gold"), place(Mark(text="He"), "predicted")
    ((3, 8), ('predicted', 'He'))
    """
    if mark is not None and mark.span is not None:
        return mark.span
    return (side, mark.text if mark is not None else None)


def words_of(mark: Mark, text: str | None) -> str | None:
    """The words of a mark: its own, else the article's, else unknown."""
    if mark.text is None and mark.span is not None and text is not None:
        return text[slice(*mark.span)]
    return mark.text


def answers(document: Paired) -> Iterator[tuple[Event, Event | None]]:
    """Each gold event with the predicted event that has its trigger span and type, if there is
    one. Among several of a kind the first goes with the first: what a scorer sees that is handed
    the gold triggers.
    """
    waiting: dict[Place, list[Event]] = {}
    for event in document.predicted.events:
        waiting.setdefault(_key(event, "predicted"), []).append(event)
    for event in document.gold.events:
        queue = waiting.get(_key(event, "gold"), [])
        yield event, queue.pop(0) if queue else None


def _key(event: Event, side: str) -> Place:
    return (*place(event.trigger, side), event.type)
