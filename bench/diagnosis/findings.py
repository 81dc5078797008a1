"""What a finding says of the things that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from bench.diagnosis.board import Entry
from bench.diagnosis.cases import Case, Judged
from bench.diagnosis.records import Finding, Thing

LAST = (1 << 60, 0)
Found = tuple[str, list[Entry], list[Entry]]
"""A cause with the missed and the spurious things of one mistake."""


def findings_of(case: Case) -> Iterator[Finding]:
    """Every mistake of a document: layer by layer, in reading order, what has no place last."""
    for layer, judged in case.boards.items():
        for cause, missed, spurious in sorted(_found(judged), key=_position):
            spans = [entry.span for entry in (*missed, *spurious) if entry.span is not None]
            yield Finding(
                doc_id=case.view.document.id,
                layer=layer,
                cause=cause,
                missed=tuple(thing(layer, entry) for entry in missed),
                spurious=tuple(thing(layer, entry) for entry in spurious),
                line=case.view.line_of(min(spans, default=None)),
            )


def _found(judged: Judged) -> Iterator[Found]:
    board = judged.board
    for cause, (gold, predicted) in judged.groups:
        yield cause, [board.gold[n] for n in gold], [board.predicted[m] for m in predicted]


def _position(found: Found) -> tuple[int, int]:
    return min((entry.span or LAST for side in found[1:] for entry in side), default=LAST)


def thing(layer: str, entry: Entry) -> Thing:
    """An entry as a finding tells of it."""
    event, span = entry.event, entry.span
    return Thing(
        event=entry.place[0],
        argument=entry.place[1],
        id=event.id,
        type=event.type,
        trigger=event.trigger.text if event.trigger else None,
        start=span[0] if span else None,
        end=span[1] if span else None,
        words=words_of(entry),
        role=entry.argument.role if entry.argument else None,
        value=value_of(layer, entry),
    )


def words_of(entry: Entry) -> str | None:
    """The words of an argument, or of an event's trigger."""
    if entry.item.filler.text is not None:
        return entry.item.filler.text
    mark = entry.argument or entry.event.trigger
    return mark.text if mark else None


def value_of(layer: str, entry: Entry) -> str | None:
    """What the layer compares beside words and type: realis, date, or whom an argument names."""
    if layer == "argument":
        return ", ".join(sorted(entry.item.filler.actors)).replace("~", "") or None
    return getattr(entry.event, layer) if layer in ("realis", "date") else None
