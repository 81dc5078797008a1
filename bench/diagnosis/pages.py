"""Each article with the marks of both sides and what became of them: what a page has to draw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

from bench.diagnosis.board import Entry
from bench.diagnosis.cases import Case, Judged, cases_of
from bench.diagnosis.findings import value_of, words_of
from bench.diagnosis.records import SideName
from bench.gold import Gold
from bench.metrics.dates import timed
from bench.schema import Annotation, Event, Record, Zone

Status = Literal["matched", "missed", "spurious"]
Place = tuple[int, int | None]
UNMATCHED: Mapping[SideName, Status] = {"gold": "missed", "predicted": "spurious"}
NO_TEXT = (
    "The text is not on this machine: its publisher owns it, so it is not shipped. Whoever has the"
    " article can attach it with 'dateline gold attach FOLDER'."
)


class Verdict(Record):
    """What became of a thing: matched, or missed or spurious for one cause."""

    status: Status
    """Matched on either side, missed in the gold, spurious in the prediction."""
    cause: str | None = None
    """Name of the cause, as `layer/name`; null where it was matched."""
    answers: tuple[str, ...] = ()
    """Anchors of what it was matched or paired with on the other side."""


class Stated(Verdict):
    """What became of a value of an event, and the value."""

    value: str
    """A realis, or a date in EDTF."""


class Marked(Verdict):
    """What became of a stretch of text."""

    anchor: str
    """Name within the document, for links: `g3` and `p3` are the fourth event of the gold and of
    the prediction, `g3.0` is the former's first argument, `gt0` the gold's first time expression.
    """
    start: int | None = None
    """First character; null where it has no offsets."""
    end: int | None = None
    """One past the last."""
    words: str | None = None
    """The words, where they are known."""


class ArgumentMark(Marked):
    """An argument."""

    role: str
    """Its role."""
    actors: str | None = None
    """Whom it may stand for."""


class EventMark(Marked):
    """An event with all that is said of it."""

    id: str | None = None
    """Its own id."""
    type: str
    """Event type."""
    realis: Stated | None = None
    """Its realis, judged as such."""
    date: Stated | None = None
    """Its date, judged as such."""
    source: str | None = None
    """Who says so."""
    cluster: str | None = None
    """Shared by mentions of one happening."""
    happening: str | None = None
    """The same across articles."""
    arguments: tuple[ArgumentMark, ...] = ()
    """Its arguments."""


class TimeMark(Marked):
    """A time expression, matched by span and value."""

    value: str
    """Its value."""


class Marks(Record):
    """What one side marked in a document, in the order of its annotation."""

    events: tuple[EventMark, ...] = ()
    """Events."""
    times: tuple[TimeMark, ...] = ()
    """Time expressions."""

    def all(self) -> Iterator[Marked]:
        """Every mark that may have a place in the text."""
        for event in self.events:
            yield event
            yield from event.arguments
        yield from self.times


class Segment(Record):
    """A stretch of text throughout which the same marks hold."""

    text: str
    """The words."""
    anchors: tuple[str, ...] = ()
    """Marks that cover it, the longest first."""
    boilerplate: bool = False
    """Whether it is no part of the article."""


class Page(Record):
    """A document with both sides."""

    doc_id: str
    """The document."""
    story: str
    """Its story."""
    outlet: str
    """Who published it."""
    published: str | None = None
    """Day of publication; null where nobody says."""
    split: str
    """Its split."""
    tags: tuple[str, ...] = ()
    """What makes it hard."""
    text: str | None = None
    """The article; null where it is not on this machine."""
    note: str | None = None
    """Why there is no text, for the reader."""
    zones: tuple[Zone, ...] = ()
    """Stretches that are not article."""
    sentences: tuple[tuple[int, int], ...] = ()
    """Spans of its sentences."""
    gold: Marks
    """What should be found."""
    predicted: Marks
    """What was said."""

    def segments(self, side: SideName) -> list[Segment]:
        """The whole text in stretches, cut wherever a mark of that side or a zone begins or ends;
        none without text. Joined they are the text, so nested and crossing marks can be drawn.
        """
        if self.text is None:
            return []
        marks: Marks = getattr(self, side)
        spans = [
            (mark.start, mark.end, mark.anchor)
            for mark in marks.all()
            if mark.start is not None and mark.end is not None
        ]
        return list(_segments(self.text, spans, self.zones))


def pages(*, gold: Gold, predicted: Mapping[str, Annotation]) -> tuple[Page, ...]:
    """Every document of the gold, in its order, with what became of every mark of both sides."""
    return tuple(map(page_of, cases_of(gold=gold, predicted=predicted)))


def page_of(case: Case) -> Page:
    """A judged document as a page."""
    document, view = case.view.document, case.view
    return Page(
        doc_id=document.id,
        story=document.story,
        outlet=document.outlet,
        published=document.published if view.published else None,
        split=document.split,
        tags=document.tags,
        text=document.text,
        note=NO_TEXT if document.text is None else None,
        zones=document.zones,
        sentences=tuple(view.sentences),
        gold=_marks(case, "gold"),
        predicted=_marks(case, "predicted"),
    )


Layers = Mapping[str, Mapping[Place, tuple[Entry, Verdict]]]


def _marks(case: Case, side: SideName) -> Marks:
    said = getattr(case.view.pair, side).annotation.events
    judged = {layer: _judged(one, side) for layer, one in case.boards.items()}
    return Marks(
        events=tuple(_event(side, n, event, judged) for n, event in enumerate(said)),
        times=tuple(_times(case, side)),
    )


def _judged(judged: Judged, side: SideName) -> dict[Place, tuple[Entry, Verdict]]:
    """Everything that one side has in a layer, by its place, with what became of it."""
    board, mine = judged.board, side == "gold"
    ours, theirs = (board.gold, board.predicted) if mine else (board.predicted, board.gold)
    other: SideName = "predicted" if mine else "gold"
    found: dict[Place, tuple[Entry, Verdict]] = {}
    for pair in board.matched.items():
        one, answer = pair if mine else pair[::-1]
        answers = (anchor(other, theirs[answer].place),)
        found[ours[one].place] = ours[one], Verdict(status="matched", answers=answers)
    for cause, group in judged.groups:
        here, there = group if mine else group[::-1]
        anchors = tuple(anchor(other, theirs[n].place) for n in there)
        verdict = Verdict(status=UNMATCHED[side], cause=cause, answers=anchors)
        found |= {ours[n].place: (ours[n], verdict) for n in here}
    return found


def anchor(side: SideName, place: Place) -> str:
    """The name of an event or an argument within its document.

    >>> anchor("gold", (3, None)), anchor("predicted", (0, 1))
    ('g3', 'p0.1')
    """
    event, argument = place
    return f"{side[0]}{event}" + ("" if argument is None else f".{argument}")


def _event(side: SideName, n: int, event: Event, judged: Layers) -> EventMark:
    entry, verdict = judged["event"][n, None]
    return EventMark(
        **_place(side, entry),
        **dict(verdict),
        **event.model_dump(include={"id", "type", "source", "cluster", "happening"}),
        realis=_stated("realis", n, judged),
        date=_stated("date", n, judged),
        arguments=tuple(
            _argument(side, *judged["argument"][n, k]) for k, _ in enumerate(event.arguments)
        ),
    )


def _stated(layer: str, n: int, judged: Layers) -> Stated | None:
    if (n, None) not in judged[layer]:
        return None
    entry, verdict = judged[layer][n, None]
    return Stated(**dict(verdict), value=value_of(layer, entry) or "")


def _argument(side: SideName, entry: Entry, verdict: Verdict) -> ArgumentMark:
    assert entry.argument is not None
    return ArgumentMark(
        **_place(side, entry),
        **dict(verdict),
        role=entry.argument.role,
        actors=value_of("argument", entry),
    )


def _place(side: SideName, entry: Entry) -> dict[str, Any]:
    start, end = entry.span or (None, None)
    words = words_of(entry)
    return {"anchor": anchor(side, entry.place), "start": start, "end": end, "words": words}


def _times(case: Case, side: SideName) -> Iterator[TimeMark]:
    """Time expressions; equal ones of both sides are matched in order, as `time` counts them."""
    pair = case.view.pair
    free: dict[Hashable, list[int]] = defaultdict(list)
    other = pair.predicted if side == "gold" else pair.gold
    for m, item in enumerate(timed(other)):
        free[item.key, item.filler.span].append(m)
    mine = getattr(pair, side)
    for n, (time, item) in enumerate(zip(mine.annotation.times, timed(mine), strict=True)):
        equal = free[item.key, item.filler.span]
        answers = (f"{'p' if side == 'gold' else 'g'}t{equal.pop(0)}",) if equal else ()
        yield TimeMark(
            anchor=f"{side[0]}t{n}",
            start=time.start,
            end=time.end,
            words=mine.words(time),
            value=time.value,
            status="matched" if answers else UNMATCHED[side],
            answers=answers,
        )


def _segments(
    text: str, spans: Sequence[tuple[int, int, str]], zones: Iterable[Zone]
) -> Iterator[Segment]:
    marked = [(max(0, start), min(end, len(text)), name) for start, end, name in spans]
    added = [(zone.start, zone.end) for zone in zones]
    stretches = [*((start, end) for start, end, _ in marked), *added]
    cuts = {0, len(text), *(cut for stretch in stretches for cut in stretch)}
    for start, end in pairwise(sorted(cut for cut in cuts if cut <= len(text))):
        over = sorted((a - b, name) for a, b, name in marked if a <= start and end <= b)
        yield Segment(
            text=text[start:end],
            anchors=tuple(name for _, name in over),
            boilerplate=any(a <= start and end <= b for a, b in added),
        )
