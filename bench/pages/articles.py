"""Articles with the marks of both sides as a template draws them: stretches with classes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bench.diagnosis import Page
from bench.diagnosis.pages import ArgumentMark, EventMark, Marked, TimeMark
from bench.diagnosis.records import SideName

LETTERS = {"matched": "m", "missed": "x", "spurious": "s"}


class Stretch(NamedTuple):
    """A stretch of text that looks the same throughout."""

    text: str
    classes: str
    """Empty for plain text."""
    anchors: tuple[str, ...] = ()
    """Names of events whose triggers begin here."""
    types: str = ""
    """Numbers of the event types of its marks."""
    causes: str = ""
    """Numbers of the causes of its marks."""
    title: str = ""
    """What its marks say, for those who point at it."""


class Side(NamedTuple):
    """One side of an article."""

    name: SideName
    stretches: tuple[Stretch, ...]
    events: tuple[EventMark, ...]
    """For articles without text, and for events without offsets."""


class Article(NamedTuple):
    """An article with both sides."""

    page: Page
    sides: tuple[Side, ...]
    missed: int
    spurious: int


class Codes:
    """Short numbers for types and causes: a page holds tens of thousands of them."""

    def __init__(self, types: Sequence[str], causes: Sequence[str]) -> None:
        self.types = {name: n for n, name in enumerate(types)}
        self.causes = {name: n for n, name in enumerate(causes)}


def article(page: Page, codes: Codes) -> Article:
    """A judged document as a template draws it."""
    events = (*page.gold.events, *page.predicted.events)
    return Article(
        page=page,
        sides=tuple(_side(page, name, codes) for name in ("gold", "predicted")),
        missed=sum(event.status == "missed" for event in events),
        spurious=sum(event.status == "spurious" for event in events),
    )


def _side(page: Page, name: SideName, codes: Codes) -> Side:
    marks = getattr(page, name)
    known = {mark.anchor: (mark, event) for mark, event in _marks(marks.events, marks.times)}
    seen: set[str] = set()
    stretches = []
    for segment in page.segments(name):
        over = [known[anchor] for anchor in segment.anchors]
        events = [mark.anchor for mark, event in over if mark is event]
        first = tuple(anchor for anchor in events if anchor not in seen)
        seen.update(first)
        stretches.append(_stretch(segment.text, over, first, codes, zone=segment.boilerplate))
    lost = marks.events if page.text is None else [e for e in marks.events if e.start is None]
    return Side(name, tuple(stretches), tuple(lost))


Over = tuple[Marked, EventMark | None]


def _marks(events: Iterable[EventMark], times: Iterable[TimeMark]) -> Iterator[Over]:
    for event in events:
        yield event, event
        for argument in event.arguments:
            yield argument, event
    for time in times:
        yield time, None


def _stretch(
    text: str, over: Sequence[Over], first: tuple[str, ...], codes: Codes, *, zone: bool
) -> Stretch:
    if not over:
        return Stretch(text, "zone" if zone else "")
    kinds = {_class(mark) for mark, _ in over} | ({"zone"} if zone else set())
    events = [event for _, event in over if event is not None]
    types = {codes.types[event.type] for event in events if event.type in codes.types}
    named = [cause for mark, _ in over for cause in causes_of(mark)]
    causes = {codes.causes[cause] for cause in named if cause in codes.causes}
    titles = dict.fromkeys(title(mark, event) for mark, event in over)
    return Stretch(
        text=text,
        classes=" ".join(sorted(kinds)),
        anchors=first,
        types=" ".join(map(str, sorted(types))),
        causes=" ".join(map(str, sorted(causes))),
        title="\n".join(titles),
    )


def _class(mark: Marked) -> str:
    """Kind and fate: `em` a matched event, `ax` a missed argument, `ts` a spurious time."""
    kind = "e" if isinstance(mark, EventMark) else "a" if isinstance(mark, ArgumentMark) else "t"
    return kind + LETTERS[mark.status]


def causes_of(mark: Marked) -> list[str]:
    """Causes of a mark and, for an event, of its realis and date."""
    stated = [mark.realis, mark.date] if isinstance(mark, EventMark) else []
    found = [mark.cause, *(one.cause for one in stated if one is not None)]
    return [cause for cause in found if cause is not None]


def title(mark: Marked, event: EventMark | None) -> str:
    """A mark in a line.

    >>> title(TimeMark(anchor="gt0", status="matched", value="2025-03-18"), None)
    '2025-03-18'
    """
    if isinstance(mark, EventMark):
        said = [mark.type, *(one.value for one in (mark.realis, mark.date) if one is not None)]
        return ", ".join(said) + _why(causes_of(mark))
    if isinstance(mark, ArgumentMark) and event is not None:
        actors = f" ({mark.actors})" if mark.actors else ""
        return f"{mark.role} of {event.words or event.type}{actors}" + _why(causes_of(mark))
    return mark.value if isinstance(mark, TimeMark) else ""


def _why(causes: Sequence[str]) -> str:
    return f" ✗ {', '.join(causes)}" if causes else ""
