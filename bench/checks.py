"""What must be true of an annotation beyond its shape: its document, its offsets, its names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bench.dates import is_duration, parse
from bench.errors import InvalidFile, nearest
from bench.formats.reading import Line, PathKey, Reading, marks, part_of, prune, show
from bench.schema import Annotation, Document, Mark
from bench.text import occurrences

Finding = tuple[PathKey, str, str, str]
MOST_PLACES = 1000


@dataclass(frozen=True)
class Rules:
    """What annotations are checked against."""

    documents: Mapping[str, Document]
    types: Collection[str]
    roles: Collection[str]
    values: bool = True
    """Whether dates must be EDTF; first passes are kept as they were written."""


def check(reading: Reading, rules: Rules) -> Reading:
    """Add the problems of meaning to those of shape, and leave out the parts that hold them."""
    seen: dict[str, int] = {}
    lines: list[Line] = []
    for line in reading.lines:
        kept = _check_line(line, rules, seen, reading)
        if kept is not None:
            lines.append(kept)
    reading.lines = lines
    reading.problems.sort(key=lambda problem: problem.line)
    return reading


def require_valid(reading: Reading) -> Reading:
    """The reading itself; raises InvalidFile with every problem there is."""
    if reading.problems:
        raise InvalidFile(reading.problems)
    return reading


def _check_line(line: Line, rules: Rules, seen: dict[str, int], reading: Reading) -> Line | None:
    doc_id = line.annotation.doc_id
    findings = list(findings_of(line.annotation, rules))
    if doc_id in seen:
        found = f"{show(doc_id)} a second time"
        findings.append((("doc_id",), found, "each document once", f"first on line {seen[doc_id]}"))
    seen.setdefault(doc_id, line.number)
    if not findings:
        return line
    parts = set()
    for path, found, wanted, hint in findings:
        place = line.original(path)
        reading.problem_of(line, place, found, wanted, hint)
        parts.add(part_of(place))
    return prune(line, parts, reading)


def findings_of(annotation: Annotation, rules: Rules) -> Iterator[Finding]:
    """Everything wrong with one annotation: path, found, wanted, hint."""
    document = rules.documents.get(annotation.doc_id)
    if document is None:
        hint = _nearest(annotation.doc_id, rules.documents)
        yield ("doc_id",), show(annotation.doc_id), "a document of the gold", hint
    yield from _names(annotation, rules)
    if rules.values:
        yield from _values(annotation)
    if document is not None:
        yield from misplaced(annotation, document)


def misplaced(annotation: Annotation, document: Document) -> Iterator[Finding]:
    """Marks outside the article, and marks whose words stand elsewhere or nowhere in it."""
    for path, mark in marks(annotation):
        yield from _offsets(path, mark, document)


def _names(annotation: Annotation, rules: Rules) -> Iterator[Finding]:
    ids: dict[str, int] = {}
    for n, event in enumerate(annotation.events):
        if event.type not in rules.types:
            hint = _nearest(event.type, rules.types)
            yield ("events", n, "type"), show(event.type), _one_of(rules.types), hint
        if event.id is not None and event.id in ids:
            found = f"{show(event.id)} a second time"
            yield ("events", n, "id"), found, "each id once", f"first on events[{ids[event.id]}]"
        ids.setdefault(event.id or "", n)
        for k, argument in enumerate(event.arguments):
            if argument.role not in rules.roles:
                path: PathKey = ("events", n, "arguments", k, "role")
                yield path, show(argument.role), _one_of(rules.roles), ""


def _nearest(name: str, known: Collection[str]) -> str:
    near = nearest(name, known)
    return f"did you mean {near}?" if near else ""


def _one_of(names: Collection[str]) -> str:
    return "one of " + ", ".join(names)


def _values(annotation: Annotation) -> Iterator[Finding]:
    for n, event in enumerate(annotation.events):
        if event.date is not None and (problem := _date_problem(event.date)):
            yield ("events", n, "date"), show(event.date), "an EDTF date", problem
    for n, time in enumerate(annotation.times):
        if not is_duration(time.value) and (problem := _date_problem(time.value)):
            wanted = "an EDTF date or an ISO 8601 duration"
            yield ("times", n, "value"), show(time.value), wanted, problem


def _date_problem(value: str) -> str:
    try:
        parse(value)
    except ValueError as error:
        return str(error)
    return ""


def _offsets(path: PathKey, mark: Mark, document: Document) -> Iterator[Finding]:
    if mark.start is None or mark.end is None:
        return
    if mark.end > document.length:
        found = f"{mark.end}"
        wanted = f"at most {document.length}, the length of the article in code points"
        yield (*path, "end"), found, wanted, ""
    elif document.text is not None and mark.text is not None:
        words = document.text[mark.start : mark.end]
        if words != mark.text:
            hint = _shift_hint(mark, document.text)
            wanted = f"{show(words)}, the article's [{mark.start}, {mark.end})"
            yield (*path, "text"), show(mark.text), wanted, hint


def _shift_hint(mark: Mark, text: str) -> str:
    """What would explain this one wrong offset; said only where it does."""
    assert mark.start is not None
    assert mark.text is not None
    if text.encode("utf-16-le")[2 * mark.start :].startswith(mark.text.encode("utf-16-le")):
        return "it is right in UTF-16 units; Dateline counts code points"
    if text.encode()[mark.start :].startswith(mark.text.encode()):
        return "it is right in UTF-8 bytes; Dateline counts code points"
    where = occurrences(text, mark.text, most=MOST_PLACES)
    if not where:
        return "these words are nowhere in the article"
    nearest = min(where, key=lambda start: abs(start - (mark.start or 0)))
    return f"the nearest such words start at {nearest}"
