"""Pages with everything that a format may or may not hold, one strategy for each capability."""

from __future__ import annotations

from hypothesis import strategies as st

from bench.formats import HOLDS, Page
from bench.schema import REALIS, Actor, Annotation, Argument, Event, Mark, Span, TimeExpression

WORDS = [
    "Ana",
    "fell",
    "📞",
    "US-led",
    "“no”",
    "über",
    "don't",
    "3.5%",
    "B-X",
    "<b>",
    "T1",
    "##",
    "|",
]
GAPS = [" ", " ", " ", "  ", "\n", ". ", ", "]
TYPES = ["Attack", "Life:Die", "two words", "per%cent", "é|ü", "O", "B-X", "_[1];*->\\"]
ROLES = ["agent", "the place", "ARG2", "r:s", "*"]
IDS = ["story/one", "x", "../up", "a b/ü", "/rooted", "."]
VALUES = ["one", "two words", "per%cent|;,:é", "c-1"]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Words with white space and punctuation between them."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=12))
    return words[0] + "".join(draw(st.sampled_from(GAPS)) + word for word in words[1:])


def places(text: str) -> list[tuple[int, int]]:
    """Spans of what white space parts."""
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append((start, at))
    return found


class Maker:
    """Draws an annotation of one text that uses only some capabilities."""

    def __init__(self, draw: st.DrawFn, text: str, uses: frozenset[str]) -> None:
        self.draw, self.text, self.uses = draw, text, uses
        self.free = places(text)

    def mark(self) -> dict:
        """A place of its own, or any place where marks may overlap; None left: words alone."""
        if "overlap" in self.uses:
            first, last = sorted(self.draw(st.sampled_from(places(self.text))) for _ in range(2))
            start, end = first[0], last[1]
        else:
            start, end = self.free.pop(self.draw(st.integers(0, len(self.free) - 1)))
        return {"start": start, "end": end, "text": self.text[start:end]}

    def maybe(self, capability: str, *values: str) -> str | None:
        if capability not in self.uses:
            return None
        return self.draw(st.sampled_from([None, *values]))

    def argument(self) -> Argument:
        mark = self.mark()
        if "words" in self.uses and self.draw(st.booleans()):
            mark = {"text": "not in the text"}
        actor = self.maybe("actor ids", *VALUES)
        return Argument(**mark, role=self.draw(st.sampled_from(ROLES)), actor=actor)

    def event(self, n: int) -> Event:
        bare = "triggers" not in self.uses
        if not bare and "untriggered" in self.uses:
            bare = self.draw(st.booleans())
        trigger = None if bare else Mark(**self.mark())
        if not bare and "words" in self.uses and self.draw(st.booleans()):
            trigger = Mark(text="nowhere")
        most = 2 if "arguments" in self.uses else 0
        count = self.draw(st.integers(0, min(most, len(self.free))))
        return Event(
            id=self.maybe("ids", f"e {n}", f"é{n}"),
            type=self.draw(st.sampled_from(TYPES)),
            trigger=trigger,
            realis=self.maybe("realis", *REALIS),
            date=self.maybe("dates", "2025-03-18", "[2025-01,2025-02]", "2024/2025"),
            source=self.maybe("sources", *VALUES),
            cluster=self.maybe("clusters", *VALUES),
            happening=self.maybe("happenings", *VALUES),
            arguments=tuple(self.argument() for _ in range(count)),
        )

    def annotation(self, doc_id: str) -> Annotation:
        events = tuple(
            self.event(n) for n in range(self.draw(st.integers(0, 3))) if len(self.free) > 0
        )
        actors, times = (), ()
        if "mentions" in self.uses and self.free:
            actors = (
                Actor(id=self.draw(st.sampled_from(VALUES)), mentions=(Span(**self.mark()),)),
            )
        if "times" in self.uses and self.free:
            times = (TimeExpression(**self.mark(), value="2025-03"),)
        return Annotation(doc_id=doc_id, events=events, actors=actors, times=times)


@st.composite
def pages(draw: st.DrawFn, uses: frozenset[str]) -> Page:
    """A page that uses the named capabilities; every text is known."""
    text = draw(texts())
    maker = Maker(draw, text, uses)
    return Page(maker.annotation(draw(st.sampled_from(IDS))), text)


ANYTHING = st.sets(st.sampled_from(sorted(set(HOLDS) - {"text"}))).flatmap(
    lambda uses: pages(frozenset(uses))
)


def canonical(annotation: Annotation) -> dict:
    """An annotation without the order of its parts."""
    raw = annotation.model_dump()
    for event in raw["events"]:
        event["arguments"] = sorted(event["arguments"], key=repr)
    for actor in raw["actors"]:
        actor["mentions"] = sorted(actor["mentions"], key=repr)
    return {
        "doc_id": raw["doc_id"],
        **{name: sorted(raw[name], key=repr) for name in ("events", "actors", "times")},
    }
