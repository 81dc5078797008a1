"""The native format: JSON Lines, one `Annotation` a line.

Reading never stops at the first problem. Each problem names line and path; the smallest part that
holds it (an argument, an event, a line) is left out of what is returned, and counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from bench.errors import DatelineError, Problem
from bench.schema import Actor, Annotation, Argument, Event, Mark, Record, Span, TimeExpression

MAX_LINE = 8 * 2**20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
PathKey = tuple[str | int, ...]
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

    def problem(self, line: int, path: PathKey, found: str, wanted: str, hint: str = "") -> None:
        """Note one problem."""
        self.problems.append(Problem(self.name, line, spell(path), found, wanted, hint))

    def drop(self, part: str) -> None:
        """Count one thing left out."""
        self.dropped[part] = self.dropped.get(part, 0) + 1

    @property
    def annotations(self) -> dict[str, Annotation]:
        """Annotations by document."""
        return {line.annotation.doc_id: line.annotation for line in self.lines}

    def losses(self) -> tuple[str, ...]:
        """What was left out, in words, the largest parts first."""
        parts = [part for part in ("line", *_WORDS.values()) if part in self.dropped]
        return tuple(
            f"{self.dropped[part]} {part}{'s' * (self.dropped[part] > 1)}" for part in parts
        )


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


def read(path: Path) -> Reading:
    """Read a file of annotations; raises DatelineError where it cannot be opened."""
    reading = Reading(path.name)
    try:
        with path.open("rb") as file:
            _read_lines(file, reading)
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror or error}") from error
    return reading


def _read_lines(file: IO[bytes], reading: Reading) -> None:
    carriage_returns = 0
    for number, line in _numbered(file, reading):
        if number == 1 and line.startswith(b"\xef\xbb\xbf"):
            line = line[3:]
            hint = "save it as UTF-8 without BOM; nothing is lost by leaving the mark out"
            reading.problem(1, (), "a byte-order mark", "plain UTF-8", hint)
        if line.endswith(b"\r\n"):
            carriage_returns += 1
            if carriage_returns == 1:
                hint = "dos2unix, or tr -d '\\r'; nothing is lost by leaving them out"
                reading.problem(number, (), "CRLF at the line's end", "LF on every line", hint)
        if line.strip():
            _read_line(number, line.rstrip(b"\r\n"), reading)


def _numbered(file: IO[bytes], reading: Reading) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) <= MAX_LINE:
            yield number, line
            continue
        size = len(line)
        while not line.endswith(b"\n") and (line := file.readline(MAX_LINE)):
            size += len(line)
        hint = "one annotation a line; is the whole file on one?"
        reading.problem(number, (), f"a line of {size:,} bytes", f"at most {MAX_LINE:,}", hint)
        reading.drop("line")


def _read_line(number: int, line: bytes, reading: Reading) -> None:
    try:
        raw = _parse(line)
    except _Broken as error:
        reading.problem(number, (), error.found, error.wanted, error.hint)
        reading.drop("line")
        return
    for path in _unknown_fields(raw):
        reading.warnings.append(f"{reading.name}:{number}: {path}: unknown field, ignored")
    found = _validate(number, raw, reading)
    if found is not None:
        reading.lines.append(found)


class _Broken(Exception):
    def __init__(self, found: str, wanted: str, hint: str = "") -> None:
        super().__init__(found)
        self.found, self.wanted, self.hint = found, wanted, hint


def _parse(line: bytes) -> dict[str, Any]:
    if b"\0" in line:
        hint = "is the file UTF-16? save it as UTF-8" if line[:2] in _UTF16 else ""
        raise _Broken(f"a NUL byte at byte {line.index(0) + 1}", "text", hint)
    try:
        raw = json.loads(line.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _Broken(f"bytes that are no UTF-8 at byte {error.start + 1}", "UTF-8") from error
    except json.JSONDecodeError as error:
        raise _Broken(f"broken JSON at column {error.colno}: {error.msg}", "JSON") from error
    except RecursionError as error:
        raise _Broken("JSON nested too deeply", "an annotation") from error
    except ValueError as error:
        raise _Broken(f"broken JSON: {error}", "JSON") from error
    if not isinstance(raw, dict):
        raise _Broken(show(raw), "an object with doc_id and events")
    return raw


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Broken(f"the field {twice!r} twice in one object", "each field once")
    return result


def _no_number(name: str) -> None:
    raise _Broken(f"{name}", "a number that JSON knows")


def _unknown_fields(raw: Any, shape: tuple[str, ...] = (), path: PathKey = ()) -> Iterator[str]:
    if not isinstance(raw, dict):
        return
    for name, value in raw.items():
        below = (*shape, name)
        if name not in _SHAPES[shape].model_fields:
            yield spell((*path, name))
        elif below in _SHAPES:
            items = enumerate(value) if isinstance(value, list) else [(None, value)]
            for n, item in items:
                place = (*path, name) if n is None else (*path, name, n)
                yield from _unknown_fields(item, below, place)


def _validate(number: int, raw: dict[str, Any], reading: Reading) -> Line | None:
    try:
        return Line(number, Annotation.model_validate(raw), raw)
    except ValidationError as error:
        found = error.errors(include_url=False)
    for item in found:
        _note(number, item, reading)
    parts = {part_of(tuple(item["loc"])) for item in found}
    return prune(Line(number, Annotation(doc_id="?", events=()), raw), parts, reading)


def _note(number: int, item: Mapping[str, Any], reading: Reading) -> None:
    path, kind = tuple(item["loc"]), item["type"]
    if kind == "value_error":
        found, _, wanted = str(item["ctx"]["error"]).partition("|")
        reading.problem(number, path, found, wanted)
    elif kind == "missing":
        reading.problem(number, path, "nothing", f"the field {path[-1]}")
    else:
        reading.problem(number, path, show(item["input"]), _WANTED.get(kind) or _in_words(item))


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
    return Line(line.number, Annotation.model_validate(rest), line.raw, gone, kept)


def _without(
    value: Any, gone: frozenset[PathKey], kept: dict[PathKey, list[int]], at: PathKey
) -> Any:
    if isinstance(value, dict):
        return {name: _without(item, gone, kept, (*at, name)) for name, item in value.items()}
    if isinstance(value, list):
        kept[at] = [n for n in range(len(value)) if (*at, n) not in gone]
        return [_without(value[n], gone, kept, (*at, n)) for n in kept[at]]
    return value


def write(annotations: Iterable[Annotation]) -> Iterator[str]:
    """Lines of a file, each with its line end; empty and absent fields are left out."""
    for annotation in annotations:
        yield to_json(annotation) + "\n"


def to_json(annotation: Annotation) -> str:
    """One annotation on one line.

    >>> to_json(Annotation(doc_id="a/b", events=()))
    '{"doc_id": "a/b", "events": []}'
    """
    raw = annotation.model_dump(exclude_none=True)
    return json.dumps(_tidy(raw), ensure_ascii=False)


def _tidy(raw: dict[str, Any]) -> dict[str, Any]:
    for event in raw["events"]:
        if not event["arguments"]:
            del event["arguments"]
    return {name: value for name, value in raw.items() if value or name in ("doc_id", "events")}
