"""Writes brat stand-off: numbers the lines of an `.ann` and splits spans at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bench.formats.base import Page, file_name, without_space
from bench.schema import Annotation, Event, Mark

ATTRIBUTES = ("id", "realis", "date", "source", "cluster", "happening")
_ROW = re.compile(r"[^\n]+")


def unnumbered(role: str, roles: set[str]) -> str:
    """The role without the number that brat gives its second and later fillers.

    >>> unnumbered("Theme2", {"Theme", "Theme2"}), unnumbered("ARG1", {"ARG1"})
    ('Theme', 'ARG1')
    """
    number = len(role) - len(role.rstrip("0123456789"))
    shorter = (role[:-cut] for cut in range(1, number + 1))
    return next((name for name in shorter if name in roles), role)


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """A `.txt` and an `.ann` for each page; raises DatelineError where a text is not known."""
    files: dict[str, str] = {}
    for page in pages:
        name = file_name(page.annotation.doc_id)
        text = page.require_text("brat")
        files[f"{name}.txt"] = text
        files[f"{name}.ann"] = _Writer(text, lost).lines(page.annotation)
    return files


class _Writer:
    """Numbers and writes the lines of one `.ann`."""

    def __init__(self, text: str, lost: Counter[str]) -> None:
        self.text, self.lost, self.rows = text, lost, []  # type: tuple[str, Counter[str], list[str]]
        self.counts: Counter[str] = Counter()

    def lines(self, annotation: Annotation) -> str:
        for event in annotation.events:
            self.event(event)
        for actor in annotation.actors:
            self.lost["actor without a mention"] += not actor.mentions
            for mention in actor.mentions:
                self.span("Mention", mention, ("actor", actor.id))
        for time in annotation.times:
            self.span("Time", time, ("value", time.value))
        return "".join(f"{row}\n" for row in self.rows)

    def add(self, kind: str, content: str) -> str:
        self.counts[kind] += 1
        name = f"{kind}{self.counts[kind]}"
        self.rows.append(f"{name}\t{content}")
        return name

    def span(self, kind: str, mark: Mark, reference: tuple[str, str | None]) -> str | None:
        """The name of a new span, or None where no line can hold it."""
        assert mark.span is not None
        words = self.text[slice(*mark.span)]
        if words != words.strip("\n"):
            self.lost["mark with a line break at its edge"] += 1
            return None
        pieces = [(m.start() + mark.span[0], m.end() + mark.span[0]) for m in _ROW.finditer(words)]
        where = ";".join(f"{start} {end}" for start, end in pieces)
        name = self.add("T", f"{without_space(kind)} {where}\t{words.replace(chr(10), ' ')}")
        base, value = reference
        if value is not None:
            self.add("N", f"Reference {name} {base}:{without_space(value)}\t{without_space(value)}")
        return name

    def event(self, event: Event) -> None:
        assert event.trigger is not None
        trigger = self.span(event.type, event.trigger, ("", None))
        if trigger is None:
            return
        fillers = "".join(f" {filler}" for filler in self.fillers(event))
        name = self.add("E", f"{without_space(event.type)}:{trigger}{fillers}")
        for field_name in ATTRIBUTES:
            value = getattr(event, field_name)
            if value is not None:
                self.add("A", f"{field_name.capitalize()} {name} {without_space(value)}")

    def fillers(self, event: Event) -> Iterator[str]:
        roles = {argument.role for argument in event.arguments}
        count: Counter[str] = Counter()
        for argument in event.arguments:
            if unnumbered(argument.role, roles) != argument.role:
                self.lost["argument with a numbered role"] += 1
                continue
            span = self.span("Argument", argument, ("actor", argument.actor))
            if span is not None:
                count[argument.role] += 1
                number = count[argument.role]
                yield f"{without_space(argument.role)}{number if number > 1 else ''}:{span}"
