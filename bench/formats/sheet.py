"""Labelling sheets: what an annotator writes by hand, with words instead of offsets.

A sheet is YAML. Sentences are numbered by `dateline gold sheet DOC`; a quote is looked up in its
sentence, `words#2` being its second occurrence there. A script computes every offset:

    doc: ceasefire-call/wire-report
    clusters:
      refusal: {date: 2025-03-18}
    events:
      - {s: 6, trigger: turned, type: REJECT, realis: actual, cluster: refusal,
         actor: [Putin = vladimir-putin], recipient: [draft = usa-government]}
    mentions:
      - {s: 1, text: Kremlin, actor: russia-government}
    times:
      - {s: 3, text: Tuesday, value: 2025-03-18}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from pydantic import ConfigDict, ValidationError

from bench.errors import InvalidFile, Problem
from bench.registers import read_yaml
from bench.schema import Actor, Annotation, Argument, Document, Event, Mark, Realis, Record, Span
from bench.schema import TimeExpression as Time
from bench.text import sentences


class _Entry(Record):
    model_config = ConfigDict(frozen=True, extra="forbid")

    s: int


class SheetEvent(_Entry):
    """One event mention; a quoted phrase and an actor id are joined by ` = `."""

    trigger: str
    type: str
    realis: Realis
    cluster: str | None = None
    source: str | None = None
    date: str | None = None
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    place: tuple[str, ...] = ()


class SheetMention(_Entry):
    """A proper name that is no argument of an event."""

    text: str
    actor: str


class SheetTime(_Entry):
    """A time expression with its value."""

    text: str
    value: str


class SheetCluster(Record):
    """What the mentions of one happening share."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: str | None = None
    happening: str | None = None


class Sheet(Record):
    """A whole sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc: str
    clusters: Mapping[str, SheetCluster] = {}
    events: tuple[SheetEvent, ...] = ()
    mentions: tuple[SheetMention, ...] = ()
    times: tuple[SheetTime, ...] = ()


ROLES = ("actor", "recipient", "place")


def body_sentences(document: Document) -> list[tuple[int, int]]:
    """Spans of the numbered sentences: those that no boilerplate zone touches."""
    if document.text is None:
        raise ValueError(f"{document.id} has no text")
    return [
        (start, end)
        for start, end in sentences(document.text)
        if not any(start < zone.end and zone.start < end for zone in document.zones)
    ]


def number_sentences(document: Document) -> str:
    """The sentences of an article with their numbers, for an annotator to read."""
    text = document.text or ""
    rows = (f"[{n}] {text[a:b]}" for n, (a, b) in enumerate(body_sentences(document), 1))
    return f"{document.id}\npublished {document.published}\n\n" + "\n".join(rows) + "\n"


def doc_id_of(name: str, content: str) -> str:
    """The document that a sheet labels; raises InvalidFile where it names none."""
    try:
        raw = read_yaml(content)
    except yaml.YAMLError:
        raw = None
    if not isinstance(raw, dict) or not isinstance(raw.get("doc"), str):
        raise InvalidFile([Problem(name, 1, "doc", "no document id", "doc: story/name")])
    return str(raw["doc"])


def read_sheet(name: str, content: str, document: Document) -> Annotation:
    """The annotation that a sheet describes; raises InvalidFile with every problem in it."""
    try:
        raw = read_yaml(content)
        sheet = Sheet.model_validate(raw or {})
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise InvalidFile([Problem(name, line, "", "broken YAML", "YAML", str(error))]) from error
    except ValidationError as error:
        raise InvalidFile(list(_schema_problems(name, content, error))) from error
    return _Compiler(name, content, document).annotation(sheet)


def _schema_problems(name: str, content: str, error: ValidationError) -> Iterator[Problem]:
    lines = _Lines(content)
    for item in error.errors():
        path = ".".join(str(part) for part in item["loc"])
        yield Problem(name, lines.at(*item["loc"]), path, repr(item["input"])[:60], item["msg"])


class _Lines:
    """Line numbers of the entries of a YAML file."""

    def __init__(self, content: str) -> None:
        self._root = yaml.compose(content, Loader=yaml.SafeLoader)

    def at(self, *path: Any) -> int:
        node = self._root
        for part in path:
            child = self._child(node, part)
            if child is None:
                break
            node = child
        return node.start_mark.line + 1 if node is not None else 1

    @staticmethod
    def _child(node: Any, part: Any) -> Any:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            return node.value[part] if part < len(node.value) else None
        if isinstance(node, yaml.MappingNode):
            return next((value for key, value in node.value if key.value == str(part)), None)
        return None


class _Compiler:
    """Looks quotes up in their sentences and gathers what could not be found."""

    def __init__(self, name: str, content: str, document: Document) -> None:
        self.name, self.document = name, document
        self.lines = _Lines(content)
        self.sentences = body_sentences(document)
        self.problems: list[Problem] = []

    def annotation(self, sheet: Sheet) -> Annotation:
        events = [self.event(sheet, n, entry) for n, entry in enumerate(sheet.events)]
        times = [
            Time(**self.mark("times", n, entry.s, entry.text), value=entry.value)
            for n, entry in enumerate(sheet.times)
        ]
        named = [
            (entry.actor, Span(**self.mark("mentions", n, entry.s, entry.text)))
            for n, entry in enumerate(sheet.mentions)
        ]
        if sheet.doc != self.document.id:
            self.problem(("doc",), repr(sheet.doc), repr(self.document.id))
        if self.problems:
            raise InvalidFile(self.problems)
        return build(self.document.id, events, named, times)

    def event(self, sheet: Sheet, n: int, entry: SheetEvent) -> Event:
        cluster = sheet.clusters.get(entry.cluster or "", SheetCluster())
        if entry.cluster and entry.cluster not in sheet.clusters:
            self.problem(("events", n, "cluster"), repr(entry.cluster), "a name under clusters")
        return Event(
            type=entry.type,
            trigger=Mark(**self.mark("events", n, entry.s, entry.trigger)),
            realis=entry.realis,
            date=self.date(entry, cluster),
            source=entry.source,
            cluster=entry.cluster,
            happening=cluster.happening,
            arguments=tuple(self.arguments(n, entry)),
        )

    @staticmethod
    def date(entry: SheetEvent, cluster: SheetCluster) -> str | None:
        """Only what happened or will happen inherits the date of its happening."""
        if "date" in entry.model_fields_set:
            return entry.date
        return cluster.date if entry.realis in ("actual", "future") else None

    def arguments(self, n: int, entry: SheetEvent) -> Iterator[Argument]:
        for role in ROLES:
            for filler in getattr(entry, role):
                phrase, _, actor = (part.strip() for part in filler.rpartition(" = "))
                if not phrase:
                    self.problem(("events", n, role), repr(filler), "'words = actor-id'")
                    continue
                yield Argument(**self.mark("events", n, entry.s, phrase), role=role, actor=actor)

    def mark(self, key: str, n: int, s: int, phrase: str) -> dict[str, Any]:
        """Offsets and words of a quote; a stand-in where it is not in its sentence."""
        found = self.find(s, phrase)
        if found is None:
            self.problem((key, n), f"{phrase!r} not in sentence {s}", "words of that sentence")
            return {"start": 0, "end": 1, "text": "?"}
        start, end = found
        return {"start": start, "end": end, "text": (self.document.text or "")[start:end]}

    def find(self, s: int, phrase: str) -> tuple[int, int] | None:
        if not 1 <= s <= len(self.sentences):
            return None
        start, end = self.sentences[s - 1]
        words, _, count = (
            phrase.rpartition("#") if re.search(r"#\d+$", phrase) else (phrase, "", "1")
        )
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        hits = list(pattern.finditer(self.document.text or "", start, end))
        return hits[int(count) - 1].span() if 0 < int(count) <= len(hits) else None

    def problem(self, path: tuple[Any, ...], found: str, wanted: str) -> None:
        place = ".".join(str(part) for part in path)
        self.problems.append(Problem(self.name, self.lines.at(*path), place, found, wanted))


def build(
    doc_id: str, events: list[Event], named: list[tuple[str, Span]], times: list[Time]
) -> Annotation:
    """An annotation in reading order, with numbered events and one entry for each actor."""
    events = sorted(events, key=lambda event: (event.trigger and event.trigger.span, event.type))
    numbered = [event.model_copy(update={"id": f"e{n}"}) for n, event in enumerate(events, 1)]
    marks = [(argument.actor, argument) for event in events for argument in event.arguments]
    mentions: dict[str, set[Span]] = {}
    for actor, mark in [*marks, *named]:
        if actor and mark.start is not None and mark.end is not None:
            span = Span(start=mark.start, end=mark.end, text=mark.text)
            mentions.setdefault(actor, set()).add(span)
    return Annotation(
        doc_id=doc_id,
        events=tuple(numbered),
        actors=tuple(
            Actor(id=actor, mentions=tuple(sorted(spans, key=lambda span: (span.start, span.end))))
            for actor, spans in sorted(mentions.items())
        ),
        times=tuple(sorted(times, key=lambda time: (time.start, time.end))),
    )
