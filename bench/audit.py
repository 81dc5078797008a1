"""Proves the published gold: offsets, words, zones, names, dates, registers, tags, checksums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import as_file
from importlib.resources.abc import Traversable

from pydantic import ValidationError

from bench import gold
from bench.checks import Finding, Rules, check
from bench.dates import is_edtf
from bench.errors import Problem
from bench.formats import jsonl
from bench.formats.reading import PathKey, Reading, marks, spell
from bench.inventory import inventory, tagged
from bench.schema import Annotation, Document, Event
from bench.text import sentences

SETTLED = "gold.jsonl"


@dataclass
class Audit:
    """What was proved, and every problem found on the way."""

    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    annotations: int = 0
    events: int = 0
    without_text: list[str] = field(default_factory=list)

    def problem(self, file: str, line: int, path: PathKey, *words: str) -> None:
        """Note one problem: found, wanted, hint."""
        found, wanted, *hint = words
        self.problems.append(Problem(file, line, spell(path), found, wanted, "".join(hint)))


def audit() -> Audit:
    """Check the whole gold of this installation; never stops at the first problem."""
    result = Audit()
    documents = {d.id: d for d in gold.with_texts(gold.manifest())}
    result.without_text = [d.id for d in documents.values() if d.text is None]
    for n, document in enumerate(documents.values(), 1):
        for finding in _document(document):
            result.problem("manifest.jsonl", n, *finding)
    for story in dict.fromkeys(d.story for d in documents.values()):
        _story(story, documents, result)
    result.problems += inventory(documents)
    return result


def _document(document: Document) -> Iterator[Finding]:
    story, _, stem = document.id.partition("/")
    if story != document.story or not stem:
        yield ("id",), repr(document.id), f"{document.story}/…", ""
    if document.text is not None:
        yield from _checksums(document, document.text)
    ends = [0, *(zone.end for zone in document.zones)]
    for n, zone in enumerate(document.zones):
        if not ends[n] <= zone.start < zone.end <= document.length:
            yield ("zones", n), f"[{zone.start}, {zone.end})", "zones in order, in the text", ""


def _checksums(document: Document, text: str) -> Iterator[Finding]:
    if gold.checksum(text.encode()) != document.sha256:
        yield ("sha256",), gold.checksum(text.encode()), document.sha256, ""
    if len(text) != document.length:
        yield ("length",), str(len(text)), str(document.length), ""


def _story(story: str, documents: Mapping[str, Document], result: Audit) -> None:
    folder = gold.root() / "stories" / story
    known = _happenings(story, result)
    mine = {name: d for name, d in documents.items() if d.story == story}
    types, roles = gold.ontology().types, gold.ontology().roles
    settled = check(_read(folder / SETTLED), Rules(mine, types, roles))
    _file(f"{story}/{SETTLED}", settled, mine, known, result)
    _complete(f"{story}/{SETTLED}", settled, mine, result)
    passes = gold.passes(story)
    for reader, path in passes.items():
        reading = check(_read(path), Rules(mine, types, roles, values=False))
        _file(f"{story}/passes/{path.name}", reading, mine, None, result)
        if reader in gold.FULL_READERS:
            _complete(f"{story}/passes/{path.name}", reading, mine, result)
    for reader in gold.FULL_READERS:
        if reader not in passes:
            result.problem(f"{story}/passes", 0, (), f"no pass of reader {reader}", "two readings")


def _file(
    name: str,
    reading: Reading,
    documents: Mapping[str, Document],
    happenings: set[str] | None,
    result: Audit,
) -> None:
    """Add one file to the audit; only what was settled has `happenings` to answer to."""
    result.files += 1
    result.problems += reading.problems
    result.problems += [Problem(name, 0, "", text, "known fields") for text in reading.warnings]
    for line in reading.lines:
        result.annotations += 1
        result.events += len(line.annotation.events)
        for finding in _annotation(line.annotation, documents, happenings):
            result.problem(name, line.number, *finding)


def _complete(
    name: str, reading: Reading, documents: Mapping[str, Document], result: Audit
) -> None:
    """What was settled and the two full readings hold every document of the story."""
    absent = sorted(set(documents) - set(reading.annotations))
    if absent:
        result.problem(name, 0, (), f"no annotation of {', '.join(absent)}", "all documents")


def _read(path: Traversable) -> Reading:
    with as_file(path) as file:
        return jsonl.read(file)


def _happenings(story: str, result: Audit) -> set[str]:
    name = f"{story}/happenings.yaml"
    try:
        entries = gold.happenings(story)
    except ValidationError as error:
        for item in error.errors():
            result.problem(name, 1, tuple(item["loc"]), repr(item["input"]), item["msg"])
        return set()
    for key, entry in entries.items():
        if entry.type not in gold.ontology().types:
            result.problem(name, 1, (key, "type"), entry.type, "a type of the ontology")
        if entry.date is not None and not is_edtf(entry.date):
            result.problem(name, 1, (key, "date"), entry.date, "an EDTF date")
        for actor in _strangers(entry.actors):
            result.problem(name, 1, (key, "actors"), actor, "an id of actors.yaml")
    return set(entries)


def _strangers(actors: Iterable[str | None]) -> list[str]:
    return [actor for actor in actors if actor is not None and actor not in gold.actors()]


def _annotation(
    annotation: Annotation, documents: Mapping[str, Document], happenings: set[str] | None
) -> Iterator[Finding]:
    """First passes are held to their offsets and zones, the settled gold to everything."""
    document = documents[annotation.doc_id]
    yield from _zones(annotation, document)
    if happenings is None:
        return
    for found, wanted in tagged(document, annotation):
        yield (), found, wanted, ""
    for n, event in enumerate(annotation.events):
        for path, *words in _event(event, document, happenings):
            yield (("events", n, *path), words[0], words[1], words[2])
    yield from _mentions(annotation)
    yield from _clusters(annotation)


def _zones(annotation: Annotation, document: Document) -> Iterator[Finding]:
    for path, mark in marks(annotation):
        for zone in document.zones:
            if mark.span and mark.span[0] < zone.end and zone.start < mark.span[1]:
                yield path, "a mark inside boilerplate", "marks in the article's body", ""


def _event(event: Event, document: Document, happenings: set[str]) -> Iterator[Finding]:
    for name in ("id", "trigger", "realis"):
        if getattr(event, name) is None:
            yield (name,), "nothing", f"a {name} on every gold event", ""
    if event.trigger is not None and (event.trigger.span is None or event.trigger.text is None):
        yield ("trigger",), "half a trigger", "offsets and words", ""
    for stranger in _strangers([event.source, *(a.actor for a in event.arguments)]):
        yield (), repr(stranger), "an id of actors.yaml", ""
    if event.realis == "generic" and event.cluster is not None:
        yield ("cluster",), event.cluster, "no cluster on a generic mention", ""
    if (event.cluster is None) != (event.happening is None):
        yield ("happening",), repr(event.happening), "a happening for every cluster", ""
    if event.happening and event.happening not in happenings:
        yield ("happening",), event.happening, "an id of happenings.yaml", ""
    yield from _same_sentence(event, document)


def _same_sentence(event: Event, document: Document) -> Iterator[Finding]:
    if document.text is None or event.trigger is None or event.trigger.span is None:
        return
    at = event.trigger.span[0]
    start, end = next((a, b) for a, b in sentences(document.text) if a <= at < b)
    for n, argument in enumerate(event.arguments):
        if argument.span is None or not start <= argument.span[0] < argument.span[1] <= end:
            yield ("arguments", n), repr(argument.text), "words of the trigger's sentence", ""


def _mentions(annotation: Annotation) -> Iterator[Finding]:
    listed = {(a.id, m.start, m.end) for a in annotation.actors for m in a.mentions}
    for stranger in _strangers(actor.id for actor in annotation.actors):
        yield ("actors",), repr(stranger), "an id of actors.yaml", ""
    for n, event in enumerate(annotation.events):
        for k, argument in enumerate(event.arguments):
            if (argument.actor, argument.start, argument.end) not in listed:
                path: PathKey = ("events", n, "arguments", k)
                yield path, f"{argument.text!r} is no mention of its actor", "one in actors", ""


def _clusters(annotation: Annotation) -> Iterator[Finding]:
    """One happening and one date for all mentions of a cluster that happened or will happen."""
    first: dict[str, Event] = {}
    for n, event in enumerate(annotation.events):
        if event.cluster is None:
            continue
        if (
            other := first.get(f"happening {event.cluster}")
        ) and other.happening != event.happening:
            wanted = f"{other.happening}, as the rest of {event.cluster}"
            yield ("events", n, "happening"), repr(event.happening), wanted, ""
        first.setdefault(f"happening {event.cluster}", event)
        if event.realis not in ("actual", "future"):
            continue
        dated = first.setdefault(f"date {event.cluster}", event)
        if dated.date != event.date:
            wanted = f"{dated.date}, as the rest of {event.cluster}"
            yield ("events", n, "date"), repr(event.date), wanted, ""
