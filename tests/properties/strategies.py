"""Annotations of a short text, with everything that makes scoring hard: duplicates, nesting,
several types on one span, events without triggers, arguments without offsets, copies of one mention
in several clusters."""

from __future__ import annotations

from hypothesis import strategies as st

from bench.registers import ActorEntry, ActorRegister
from bench.schema import REALIS, Annotation, Argument, Event, Mark, TimeExpression

TEXT = "The old bridge over the river, which Ana built, fell; Bo saw it fall with Ana."
TYPES = ("A", "B", "C")
ROLES = ("actor", "place")
DATES = ("2025-03-18", "2025-03-19", "2025-03", "[2025-01,2025-02]", "2024/2025", "XXXX", "2025/")
VALUES = (*DATES, "P30D", "PTXH")
REGISTER = ActorRegister(
    {
        "ana": ActorEntry(name="Ana Lima", kind="person", aliases=("Ana",)),
        "bo": ActorEntry(name="Bo", kind="person"),
    }
)
STARTS = [n for n, sign in enumerate(TEXT) if n == 0 or TEXT[n - 1] == " "]


@st.composite
def spans(draw: st.DrawFn) -> Mark:
    """A mark that starts at a word; few enough that marks collide often."""
    start = draw(st.sampled_from(STARTS))
    end = draw(st.integers(start + 1, min(start + 12, len(TEXT))))
    return Mark(start=start, end=end, text=TEXT[start:end])


@st.composite
def arguments(draw: st.DrawFn) -> Argument:
    """An argument with offsets, with words alone, or with an actor alone."""
    role = draw(st.sampled_from(ROLES))
    actor = draw(st.sampled_from([None, "ana", "bo", "nobody"]))
    kind = draw(st.sampled_from(["span", "span", "words", "actor"]))
    if kind == "span":
        return Argument(**draw(spans()).model_dump(), role=role, actor=actor)
    if kind == "words" or actor is None:
        return Argument(text=draw(st.sampled_from(["Ana", "bo", "it"])), role=role, actor=actor)
    return Argument(actor=actor, role=role)


@st.composite
def events(draw: st.DrawFn, grounded: bool = False) -> Event:
    """An event; grounded ones have a trigger and arguments with offsets."""
    fillers = st.lists(arguments(), max_size=3)
    if grounded:
        fillers = st.lists(arguments().filter(lambda a: a.span is not None), max_size=3)
    return Event(
        type=draw(st.sampled_from(TYPES)),
        trigger=draw(spans() if grounded else st.none() | spans()),
        realis=draw(st.sampled_from(REALIS)),
        date=draw(st.sampled_from([None, *DATES])),
        source=draw(st.sampled_from([None, "ana", "President Ana", "nobody"])),
        cluster=draw(st.sampled_from([None, "one", "two"])),
        happening=draw(st.sampled_from([None, None, "one", "fall"])),
        arguments=tuple(draw(fillers)),
    )


@st.composite
def times(draw: st.DrawFn) -> TimeExpression:
    """A time expression; what it says need not fit its value."""
    return TimeExpression(**draw(spans()).model_dump(), value=draw(st.sampled_from(VALUES)))


def annotations(grounded: bool = False, max_size: int = 6) -> st.SearchStrategy[Annotation]:
    """An annotation of TEXT."""
    return st.builds(
        lambda found, said: Annotation(doc_id="story/one", events=tuple(found), times=tuple(said)),
        st.lists(events(grounded), max_size=max_size),
        st.lists(times(), max_size=2),
    )
