"""What came out of a file: annotations, problems, and how much was left out, for every format.

Each reader turns its file into objects of the native shape and hands them to `accept`. Reading
never stops at the first problem. Each problem names line and path; the smallest part that holds it
(an argument, an event, a line) is left out of what is returned, and counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from bench.canary import FIELD as CANARY_FIELD
from bench.errors import Problem
from bench.schema import (
    MAX_OFFSET,
    Actor,
    Annotation,
    Argument,
    Event,
    Mark,
    Record,
    Span,
    TimeExpression,
)

PathKey = tuple[str | int, ...]
Place = tuple[str, int]
"""File and line."""
_SHAPES: Mapping[tuple[str, ...], type[Record]] = {
    (): Annotation,
    ("events",): Event,
    ("events", "trigger"): Mark,
    ("events", "arguments"): Argument,
    ("actors",): Actor,
    ("actors", "mentions"): Span,
    ("times",): TimeExpression,
}
_PARTS = (("events", "arguments"), ("events",), ("actors", "mentions"), ("actors",), ("times",))


@dataclass
class Line:
    """One annotation with the line it came from and what was left out of it."""

    number: int
    annotation: Annotation
    raw: dict[str, Any]
    gone: frozenset[PathKey] = frozenset()
    kept: dict[PathKey, list[int]] = field(default_factory=dict)
    places: Mapping[PathKey, Place] = field(default_factory=dict)
    """Where parts stand that are not on the line itself."""

    def place(self, path: PathKey, file: str) -> Place:
        """File and line of a path in the file: those of the smallest part whose place is known."""
        known = (path[:n] for n in range(len(path), -1, -1) if path[:n] in self.places)
        return self.places.get(next(known, ()), (file, self.number))

    def original(self, path: PathKey) -> PathKey:
        """A path in the annotation as the path in the file, where nothing was left out yet."""
        result: PathKey = ()
        for part in path:
            if isinstance(part, int) and result in self.kept:
                part = self.kept[result][part]
            result += (part,)
        return result


@dataclass
class Reading:
    """What came out of a file: annotations, problems, warnings, and how much was left out."""

    name: str
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """Texts that the file itself carries, by document."""
    unheld: Counter[str] = field(default_factory=Counter)
    """What the file says that an `Annotation` cannot hold."""
    notes: list[str] = field(default_factory=list)
    """What was done to the file's content on the way, to be said beside the results."""
    hints: list[str] = field(default_factory=list)
    """What would mend every wrong offset of the file."""

    def problem(self, line: int, path: PathKey, found: str, wanted: str, hint: str = "") -> None:
        """Note one problem."""
        self.problems.append(Problem(self.name, line, spell(path), found, wanted, hint))

    def problem_of(self, line: Line, path: PathKey, found: str, wanted: str, hint: str) -> None:
        """Note one problem of a part of an annotation."""
        file, number = line.place(path, self.name)
        self.problems.append(Problem(file, number, spell(path), found, wanted, hint))

    def drop(self, part: str) -> None:
        """Count one thing left out."""
        self.dropped[part] = self.dropped.get(part, 0) + 1

    @property
    def annotations(self) -> dict[str, Annotation]:
        """Annotations by document."""
        return {line.annotation.doc_id: line.annotation for line in self.lines}

    def losses(self) -> tuple[str, ...]:
        """What was left out, in words, the largest parts first."""
        first = [part for part in ("line", *_WORDS.values()) if part in self.dropped]
        rest = [part for part in self.dropped if part not in first]
        return tuple(amount(self.dropped[part], part) for part in (*first, *rest))


_REST = re.compile(r" (?:of|that|without|in|whose|with|as|at|for|given|beside|across|\()")


def amount(number: int, thing: str) -> str:
    """A number with its word.

    >>> amount(1, "event"), amount(2, "event"), amount(3, "date of an event")
    ('1 event', '2 events', '3 dates of an event')
    """
    match = _REST.search(thing)
    cut = match.start() if match else len(thing)
    plural = number > 1 and not thing[:cut].endswith("s")
    return f"{number} {thing[:cut]}{'s' * plural}{thing[cut:]}"


def spell(path: PathKey) -> str:
    """A path as one would write it in code.

    >>> spell(("events", 2, "arguments", 0, "start"))
    'events[2].arguments[0].start'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def show(value: Any, limit: int = 60) -> str:
    """A value as the user wrote it, cut short."""
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def unknown_fields(raw: Any, shape: tuple[str, ...] = (), path: PathKey = ()) -> Iterator[str]:
    """Paths of the fields that no record has."""
    if not isinstance(raw, dict):
        return
    for name, value in raw.items():
        below = (*shape, name)
        if name not in _SHAPES[shape].model_fields and not (name == CANARY_FIELD and not shape):
            yield spell((*path, name))
        elif below in _SHAPES:
            items = enumerate(value) if isinstance(value, list) else [(None, value)]
            for n, item in items:
                place = (*path, name) if n is None else (*path, name, n)
                yield from unknown_fields(item, below, place)


def accept(
    raw: dict[str, Any],
    reading: Reading,
    number: int = 1,
    places: Mapping[PathKey, Place] | None = None,
) -> None:
    """Add an object of the native shape to the reading, without the parts whose shape is wrong."""
    line = Line(number, Annotation(doc_id="?", events=()), raw, places=places or {})
    found = _validate(line, reading)
    if found is not None:
        reading.lines.append(found)


def _validate(line: Line, reading: Reading) -> Line | None:
    try:
        return replace(line, annotation=Annotation.model_validate(line.raw))
    except ValidationError as error:
        found = error.errors(include_url=False)
    for item in found:
        _note(line, item, reading)
    return prune(line, {part_of(tuple(item["loc"])) for item in found}, reading)


def _note(line: Line, item: Mapping[str, Any], reading: Reading) -> None:
    path, kind = tuple(item["loc"]), item["type"]
    if kind == "value_error":
        found, _, wanted = str(item["ctx"]["error"]).partition("|")
        reading.problem_of(line, path, found, wanted, "")
    elif kind == "missing":
        reading.problem_of(line, path, "nothing", f"the field {path[-1]}", "")
    else:
        wanted = _WANTED.get(kind) or _in_words(item)
        reading.problem_of(line, path, show(item["input"]), wanted, "")


_WANTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "a string",
    "string_unicode": "a string of Unicode text",
    "string_too_short": "a string that is not empty",
    "tuple_type": "a list",
    "model_type": "an object",
    "dict_type": "an object",
    "model_attributes_type": "an object",
    "greater_than_equal": "an offset of at least 0",
    "less_than_equal": f"an offset of at most {MAX_OFFSET:,}",
}


def _in_words(item: Mapping[str, Any]) -> str:
    return str(item["msg"]).removeprefix("Input should be ")


def part_of(path: PathKey) -> PathKey:
    """The smallest part of an annotation that can be left out with a problem; () is the line.

    >>> part_of(("events", 2, "arguments", 0, "start")), part_of(("doc_id",))
    (('events', 2, 'arguments', 0), ())
    """
    names = tuple(part for part in path if isinstance(part, str))
    for shape in _PARTS:
        length = 2 * len(shape)
        numbered = all(isinstance(part, int) for part in path[1:length:2])
        if names[: len(shape)] == shape and len(path) >= length and numbered:
            return path[:length]
    return ()


_WORDS = {"events": "event", "arguments": "argument", "actors": "actor"} | {
    "mentions": "actor mention",
    "times": "time expression",
}


def prune(line: Line, parts: Iterable[PathKey], reading: Reading) -> Line | None:
    """The line without some more parts, given as paths in the file, which are counted as dropped;
    None where the line itself is one. What is left is valid: what is not was left out.
    """
    new = set(parts) - line.gone
    if () in new:
        reading.drop("line")
        return None
    gone = line.gone | new
    for part in new:
        if not any(part != other and part[: len(other)] == other for other in gone):
            reading.drop(_WORDS[str(part[-2])])
    kept: dict[PathKey, list[int]] = {}
    rest = _without(line.raw, gone, kept, ())
    return replace(line, annotation=Annotation.model_validate(rest), gone=gone, kept=kept)


def _without(
    value: Any, gone: frozenset[PathKey], kept: dict[PathKey, list[int]], at: PathKey
) -> Any:
    if isinstance(value, dict):
        return {name: _without(item, gone, kept, (*at, name)) for name, item in value.items()}
    if isinstance(value, list):
        kept[at] = [n for n in range(len(value)) if (*at, n) not in gone]
        return [_without(value[n], gone, kept, (*at, n)) for n in kept[at]]
    return value


def marks(annotation: Annotation) -> Iterator[tuple[PathKey, Mark]]:
    """Every mark of an annotation with its path."""
    for n, event in enumerate(annotation.events):
        if event.trigger is not None:
            yield ("events", n, "trigger"), event.trigger
        for k, argument in enumerate(event.arguments):
            yield ("events", n, "arguments", k), argument
    for n, actor in enumerate(annotation.actors):
        for k, mention in enumerate(actor.mentions):
            yield ("actors", n, "mentions", k), mention
    for n, time in enumerate(annotation.times):
        yield ("times", n), time
