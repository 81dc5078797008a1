"""What mending a cause would return: its things are put right and the real measure counts again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bench.counts import Counts, total
from bench.diagnosis.cases import Judged
from bench.diagnosis.causes import CAUSES, Group, causes_of
from bench.diagnosis.layers import LayerOf
from bench.diagnosis.records import CauseRow, Layer


def weigh(layer: LayerOf, documents: Sequence[Judged]) -> Layer:
    """A layer of some documents with the causes found in it, in the order they are tried."""
    counts = total(one.counts for one in documents)
    return Layer(
        layer=layer.name,
        measure=str(layer.measure),
        counts=counts,
        f1=counts.f1,
        ceiling=mended(layer, documents, set(CAUSES)).f1,
        causes=tuple(_rows(layer, documents, counts)),
    )


def _rows(layer: LayerOf, documents: Sequence[Judged], counts: Counts) -> Iterator[CauseRow]:
    for name, cause in causes_of(layer.name).items():
        groups = [group for one in documents for group in groups_of(one, {name})]
        if groups:
            f1 = mended(layer, documents, {name}).f1
            yield CauseRow(
                cause=name,
                summary=cause.summary,
                missed=sum(len(gold) for gold, _ in groups),
                spurious=sum(len(predicted) for _, predicted in groups),
                findings=len(groups),
                f1=f1,
                worth=(f1 or 0.0) - (counts.f1 or 0.0),
            )


def groups_of(judged: Judged, causes: Collection[str]) -> list[Group]:
    """What was found of some causes."""
    return [group for name, group in judged.groups if name in causes]


def mended(layer: LayerOf, documents: Sequence[Judged], causes: Collection[str]) -> Counts:
    """Counts of the layer's measure as if everything with one of the causes had been right."""
    return total(_recounted(layer, one, groups_of(one, causes)) for one in documents)


def _recounted(layer: LayerOf, judged: Judged, groups: Sequence[Group]) -> Counts:
    """What is spurious is gone, what was missed is answered with the gold's own words. A gold thing
    that nothing can match, itself included, stays without an answer.
    """
    if not groups:
        return judged.counts
    board, alike = judged.board, layer.measure.match.similarity
    gone = {m for _, predicted in groups for m in predicted}
    said = [entry for m, entry in enumerate(board.predicted) if m not in gone]
    answers = [board.gold[n] for gold, _ in groups for n in gold]
    said += [one for one in answers if alike(one.item.filler, one.item.filler)]
    return layer.counts(board.gold, said)
