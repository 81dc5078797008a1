"""WebAnno TSV 3: a `.tsv` as INCEpTION and WebAnno export it, or a folder of them.

Source: the appendix on WebAnno TSV 3 of WebAnno's user guide, and WebAnno's issues 1537 and 1544. A
row is a token or a part of one; its columns are features of the layers that the head declares.

- Events are the spans of the layers that hold slots or that relations join; where the head declares
  neither, of every layer but those of morphology, syntax and segmentation. A span that relations
  lead to and none leaves is no event. A span without width is an event without a trigger.
- The type is the feature whose name ends in type, label, category, class or value, else the first
  that is no name or attribute; the layer's short name where that has no value. Roles are labels of
  slots or of relations, else the slot's or the relation's own name.
- Features named id, realis, date, source, cluster and happening of an event, and actor of a filler,
  say what ours do where ours may have that value. Chains, other features and spans are counted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from bench.dates import is_edtf
from bench.errors import DatelineError, Problem
from bench.formats.base import (
    EVERYTHING,
    FORMATS,
    Format,
    Sample,
    content,
    doc_id_of,
    has_text,
    sample,
)
from bench.formats.reading import PathKey, Place, Reading, accept, show
from bench.formats.webannohead import ATTRIBUTES, Layer, declared
from bench.formats.webannowriter import HEAD, write
from bench.offsets import Move, Unit, reader_of, units
from bench.schema import REALIS

MOST_FILES = 100_000
MOST_PADDING = 1_000_000
"""White space between sentences that a file may ask for."""
_ROW = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)\t(\d{1,9})-(\d{1,9})\t([^\t]*)(.*)")
_REFERENCE = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)(?:\[(\d{1,9})(?:_(\d{1,9}))?\])?")
_ELEMENT = re.compile(r"->(\d+-\d+)$")
_VALUE = re.compile(r"((?:\\.|[^\\])*?)(?:\[(\d{1,9})\])?", re.DOTALL)
_ESCAPED = re.compile(r"((?:\\u[0-9a-fA-F]{4})+)|\\(.)", re.DOTALL)
_SIGNS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}


@dataclass(eq=False)
class _Span:
    """An annotation of a span layer; its place is counted in the units of the file."""

    layer: Layer
    line: int
    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)
    slots: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """By feature: role, reference and layer of each filler."""
    fillers: list[tuple[str, _Span]] = field(default_factory=list)


@dataclass
class _Sentence:
    """The lines of a sentence, and the places and words of its tokens."""

    lines: list[str]
    tokens: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass
class _Relation:
    """Where a relation stands, its role, its source as the row says it, and its target."""

    line: int
    layer: Layer
    role: str
    source: str
    unit: str


@dataclass
class _Sheet:
    """What one file says."""

    doc_id: str
    file: str
    reading: Reading
    layers: list[Layer] = field(default_factory=list)
    sentences: list[_Sentence] = field(default_factory=list)
    spans: dict[tuple[object, ...], _Span] = field(default_factory=dict)
    numbered: dict[int, _Span] = field(default_factory=dict)
    on_unit: dict[str, list[_Span]] = field(default_factory=dict)
    relations: list[_Relation] = field(default_factory=list)
    elements: set[tuple[str, str]] = field(default_factory=set)
    """Members of chains."""

    def problem(self, line: int, found: str, wanted: str, part: str) -> None:
        self.reading.problems.append(Problem(self.file, line, "", found, wanted))
        self.reading.drop(part)

    def row(self, row: str, number: int) -> None:
        match, width = _ROW.fullmatch(row), self.layers[-1].end if self.layers else 0
        columns = match[5].split("\t")[1:] if match else []
        if match is None or len(columns) < width or not self.sentences:
            wanted = f"'1-1⇥0-5⇥token' and {width} columns below a #Text= line"
            self.problem(number, show(row), wanted, "line")
            return
        unit, start, end = match[1], int(match[2]), int(match[3])
        if "." not in unit:
            self.sentences[-1].tokens.append((start, end, match[4]))
        for layer in self.layers:
            cells = [_split(cell, "|") for cell in columns[layer.first : layer.end]]
            if layer.kind == "T_CH":
                found = map(_ELEMENT.search, cells[-1])
                self.elements |= {(layer.name, one[1]) for one in found if one}
            for n, values in enumerate(zip_longest(*cells, fillvalue="_")):
                if layer.kind == "T_SP":
                    self.span(layer, values, (unit, n), _Span(layer, number, start, end))
                elif layer.kind == "T_RL":
                    role = _value(_numbered(values[layer.label])[0]) if layer.label >= 0 else None
                    name = role or layer.short
                    self.relations.append(_Relation(number, layer, name, values[-1], unit))

    def span(
        self, layer: Layer, values: Sequence[str], place: tuple[str, int], fresh: _Span
    ) -> None:
        """Make an annotation, or take a further row into one that its number names."""
        parts = [_numbered(value) for value in values]
        # What a slot refers to has numbers of its own.
        number = next((n for k, (_, n) in enumerate(parts) if n and not layer.is_target(k)), 0)
        span = self.spans.setdefault((layer.name, number or place), fresh)
        span.start, span.end = min(span.start, fresh.start), max(span.end, fresh.end)
        self.on_unit.setdefault(place[0], []).append(span)
        if number:
            self.numbered.setdefault(number, span)
        for k, name in enumerate(layer.features):
            if layer.is_slot(k) and k + 1 < len(values):
                fillers = _split(values[k + 1], ";")
                roles = [_value(role) for role in _split(parts[k][0], ";")]
                span.slots[name] = [
                    (role or layer.slot_name(k), filler, layer.features[k + 1])
                    for role, filler in zip_longest(roles, fillers, fillvalue="")
                    if filler not in ("", "*")
                ]
            elif not layer.is_target(k) and (said := _value(parts[k][0])) is not None:
                span.values[name] = said

    def target(self, unit: str, number: str | None, layer: str) -> _Span | None:
        """The span that a reference means: by its number, else the one on the row it names."""
        if number is not None and int(number):
            return self.spans.get((layer, int(number))) or self.numbered.get(int(number))
        here = self.on_unit.get(unit, [])
        return next((span for span in here if span.layer.name == layer), here[0] if here else None)

    def join(self) -> set[_Span]:
        """Give spans their fillers; returns those that relations lead to and none leaves."""
        sources, targets = set(), set()
        for one in self.relations:
            match = _REFERENCE.fullmatch(one.source)
            source = self.target(match[1], match[2], one.layer.base) if match else None
            filler = self.target(one.unit, match[3], one.layer.base) if match else None
            if source is None or filler is None:
                self.problem(one.line, show(one.source), "a relation of two spans", "argument")
            else:
                source.fillers.append((one.role, filler))
                sources.add(source)
                targets.add(filler)
        for span in list(self.spans.values()):
            for role, reference, layer in (link for slot in span.slots.values() for link in slot):
                match = _REFERENCE.fullmatch(reference)
                filler = self.target(match[1], match[2], layer) if match else None
                if filler is None:
                    self.problem(span.line, show(reference), "a span of the file", "argument")
                else:
                    span.fillers.append((role, filler))
        return targets - sources

    def is_event(self) -> Callable[[_Span], bool]:
        """What tells events from other spans, once relations and slots are joined."""
        led_to = self.join()
        bases = {layer.base for layer in self.layers if layer.kind == "T_RL"}
        spans = [layer for layer in self.layers if layer.kind == "T_SP" and not layer.is_grammar]
        linked = {layer.name for layer in spans if layer.slots or layer.name in bases}
        chosen = linked or {layer.name for layer in spans}
        return lambda span: (
            span.layer.name in chosen and (bool(span.layer.slots) or span not in led_to)
        )


def read(path: Path) -> Reading:
    """Read a file or a folder; raises DatelineError where they cannot be opened."""
    reading = Reading(path.name)
    for name, file in _files(path):
        sheet = _read_sheet(f"{name}.tsv", content(file), _Sheet(doc_id_of(name), name, reading))
        if sheet is not None:
            _accept(sheet, reading)
    return reading


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """The `.tsv` files with their names in the folder, in alphabetical order."""
    if not path.is_dir():
        yield path.stem, path
        return
    found = [
        Path(here, name)
        for here, _, names in os.walk(path, followlinks=False)
        for name in names
        if name.endswith(".tsv") and not Path(here, name).is_symlink()
    ]
    if len(found) > MOST_FILES:
        raise DatelineError(f"{path}: more than {MOST_FILES:,} .tsv files")
    for file in sorted(found):
        yield file.relative_to(path).with_suffix("").as_posix(), file


def _read_sheet(file: str, data: bytes, sheet: _Sheet) -> _Sheet | None:
    """What a file says, line by line; None where it is no WebAnno TSV."""
    sheet.file = file
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError as error:
        sheet.problem(1, f"bytes that are no UTF-8 at byte {error.start + 1}", "UTF-8", "document")
        return None
    if not lines[0].startswith(HEAD):
        sheet.problem(1, show(lines[0]), f"{HEAD}3", "document")
        return None
    heading = True
    for number, line in enumerate(lines[1:], 2):
        row = line.rstrip("\r")
        if row.startswith("#T_") and not sheet.sentences:
            sheet.layers.append(declared(row, sheet.layers[-1].end if sheet.layers else 0))
        elif row.startswith("#Text="):
            if heading:
                sheet.sentences.append(_Sentence([]))
            sheet.sentences[-1].lines.append(_unescaped(row[6:]))
        elif row and not row.startswith("#"):
            sheet.row(row, number)
        # Several lines of text in a row are one sentence.
        heading = not row.startswith("#Text=")
    return sheet


def _text(sentences: Iterable[_Sentence], unit: Unit) -> str | None:
    """The text, with white space where a sentence begins after the end of the one before; None
    where one begins sooner, or much later.
    """
    text, at, padding = [], 0, 0
    for sentence in sentences:
        words = "\n".join(sentence.lines)
        before = words[: len(words) - len(words.lstrip())]
        gap = sentence.tokens[0][0] - units(before, unit)[-1] - at
        padding += gap
        if gap < 0 or padding > MOST_PADDING:
            return None
        text.append(("\n" + " " * (gap - 1) if gap else "") + words)
        at += gap + units(words, unit)[-1]
    return "".join(text)


def _placed(sheet: _Sheet) -> tuple[str, Move] | None:
    """The text and how places in it are read: in UTF-16 units as Java counts, unless the words of
    the tokens are right in code points and wrong in UTF-16; None where there is no such text.
    """
    sentences = [sentence for sentence in sheet.sentences if sentence.tokens]
    tokens = [token for sentence in sentences for token in sentence.tokens]
    found = []
    for unit in (Unit.utf16, Unit.codepoint):
        text = _text(sentences, unit)
        if text is not None:
            move = reader_of(text, unit)
            wrong = sum(not _says(token, text, move) for token in tokens)
            found.append((wrong, text, move))
    if not found:
        return None
    # The first of equals.
    wrong, text, move = min(found, key=lambda one: one[0] > 0)
    if wrong:
        warning = f"{sheet.file}: {wrong} of {len(tokens)} tokens are not what stands in the text"
        sheet.reading.warnings.append(warning)
    return text, move


def _says(token: tuple[int, int, str], text: str, move: Move) -> bool:
    span = move(token[0], token[1])
    return span is not None and text[slice(*span)] == token[2]


def _accept(sheet: _Sheet, reading: Reading) -> None:
    placed = _placed(sheet)
    if placed is None:
        wanted = "sentences one after the other, with little white space between"
        sheet.problem(1, "tokens whose offsets are of another text", wanted, "document")
        return
    text, move = placed
    is_event = sheet.is_event()
    events: list[dict[str, Any]] = []
    places: dict[PathKey, Place] = {(): (sheet.file, 1)}
    for span in filter(is_event, sheet.spans.values()):
        mark = _mark(span, move)
        if mark is None:
            sheet.problem(span.line, f"[{span.start}, {span.end})", "offsets of signs", "event")
            continue
        places["events", len(events)] = (sheet.file, span.line)
        fillers = (_filler(role, one, move, sheet) for role, one in span.fillers)
        arguments = [filler for filler in fillers if filler is not None]
        trigger = {"trigger": mark} if mark else {}
        events.append({**_said(span), **trigger, "arguments": arguments})
    has_text(text, sheet.doc_id, reading)
    _count_unheld(sheet, is_event)
    accept({"doc_id": sheet.doc_id, "events": events}, reading, places=places)


def _mark(span: _Span, move: Move) -> dict[str, int] | None:
    """Offsets; none where the span has no width, None where it cuts a sign."""
    place = move(span.start, span.end)
    if place is None:
        return None
    return {"start": place[0], "end": place[1]} if place[0] < place[1] else {}


def _said(span: _Span) -> dict[str, str]:
    """The type of an event and what else is said of it."""
    layer = span.layer
    kind = span.values.get(layer.features[layer.label]) if layer.label >= 0 else None
    return {**_attributes(span), "type": kind or layer.short}


def _attributes(span: _Span) -> dict[str, str]:
    """What of its values ours may have; a date in words and realis of another kind are none."""
    said = {name: span.values[name] for name in ATTRIBUTES if name in span.values}
    if said.get("realis") not in REALIS:
        said.pop("realis", None)
    if not is_edtf(said.get("date", "")):
        said.pop("date", None)
    return said


def _filler(role: str, span: _Span, move: Move, sheet: _Sheet) -> dict[str, Any] | None:
    mark = _mark(span, move)
    actor = span.values.get("actor")
    if mark is None:
        sheet.problem(span.line, f"[{span.start}, {span.end})", "offsets of signs", "argument")
    elif not mark and actor is None:
        sheet.reading.unheld["filler without width"] += 1
    else:
        return {"role": role, **mark, **({} if actor is None else {"actor": actor})}
    return None


def _count_unheld(sheet: _Sheet, is_event: Callable[[_Span], bool]) -> None:
    unheld = sheet.reading.unheld
    unheld["member of a chain"] += len(sheet.elements)
    events = {span for span in sheet.spans.values() if is_event(span)}
    fillers = {filler for event in events for _, filler in event.fillers}
    unheld["event as an argument (read as its trigger)"] += len(events & fillers)
    for span in sheet.spans.values():
        label = span.layer.features[span.layer.label]
        if span in events:
            unheld["feature of an event"] += len(set(span.values) - {label, *_attributes(span)})
        elif span in fillers:
            unheld["feature of a filler"] += len(set(span.values) - {"actor"})
        elif span.layer.is_grammar:
            unheld["annotation of morphology or syntax"] += 1
        else:
            unheld["span beside the events"] += 1


def _split(value: str, sign: str) -> list[str]:
    r"""What an unescaped sign parts; nothing of `_`, which stands for no annotation.

    >>> _split(r"a\|b|c\\|d", "|"), _split("_", "|")
    (['a\\|b', 'c\\\\', 'd'], [])
    """
    return [] if value == "_" else re.findall(rf"(?:\\.|[^\\{sign}])+", value, re.DOTALL)


def _numbered(value: str) -> tuple[str, int]:
    r"""A value and the number of its annotation, 0 where it has none.

    >>> _numbered("Meet[3]"), _numbered(r"a\[3\]")
    (('Meet', 3), ('a\\[3\\]', 0))
    """
    match = _VALUE.fullmatch(value)
    return (match[1], int(match[2] or 0)) if match else (value, 0)


def _value(value: str) -> str | None:
    r"""A value without its escapes, None where there is none.

    >>> _value(r"a\_\->\t\\n"), _value("*"), _value(r"\*")
    ('a_->\t\\n', None, '*')
    """
    return None if value in ("*", "_", "") else _unescaped(value)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    if match[1] is None:
        return _SIGNS.get(match[2], match[2])
    # TSV 3.1 wrote units of UTF-16, an emoji as two of them.
    return bytes.fromhex(match[1].replace("\\u", "")).decode("utf-16-be", "surrogatepass")


def _sniff(seen: Sample) -> bool:
    if not any(name.endswith(".tsv") for name in seen.names):
        return seen.head.startswith(HEAD)
    first = next((path for path in seen.path.rglob("*.tsv") if path.is_file()), None)
    return first is not None and sample(first).head.startswith(HEAD)


FORMATS.add(
    "webanno",
    Format(
        "webanno",
        "WebAnno TSV 3 of INCEpTION and WebAnno, a .tsv or a folder of them",
        read,
        _sniff,
        holds=(EVERYTHING | {"text"}) - {"words", "mentions", "times"},
        write=write,
        suffixes=(),
        traps="UTF-16 units; parts of tokens; numbers that join the tokens of a span; stacked"
        " values; escapes; slots and relations; spans without width",
    ),
)
