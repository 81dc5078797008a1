"""What one WebAnno TSV file says: sentences, spans and what joins them, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from bench.errors import Problem
from bench.formats.reading import Reading, show
from bench.formats.webannohead import Layer

_ROW = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)\t(\d{1,9})-(\d{1,9})\t([^\t]*)(.*)")
_REFERENCE = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)(?:\[(\d{1,9})(?:_(\d{1,9}))?\])?")
_ELEMENT = re.compile(r"->(\d+-\d+)$")
_VALUE = re.compile(r"((?:\\.|[^\\])*?)(?:\[(\d{1,9})\])?", re.DOTALL)
_ESCAPED = re.compile(r"((?:\\u[0-9a-fA-F]{4})+)|\\(.)", re.DOTALL)
_SIGNS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}


@dataclass(eq=False)
class Span:
    """An annotation of a span layer; its place is counted in the units of the file."""

    layer: Layer
    line: int
    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)
    slots: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """By feature: role, reference and layer of each filler."""
    fillers: list[tuple[str, Span]] = field(default_factory=list)


@dataclass
class Sentence:
    """The lines of a sentence, and the places and words of its tokens."""

    lines: list[str]
    tokens: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass
class Relation:
    """Where a relation stands, its role, its source as the row says it, and its target."""

    line: int
    layer: Layer
    role: str
    source: str
    unit: str


@dataclass
class Sheet:
    """What one file says."""

    doc_id: str
    file: str
    reading: Reading
    layers: list[Layer] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    spans: dict[tuple[object, ...], Span] = field(default_factory=dict)
    numbered: dict[int, Span] = field(default_factory=dict)
    on_unit: dict[str, list[Span]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    elements: set[tuple[str, str]] = field(default_factory=set)
    """Members of chains."""

    def problem(self, line: int, found: str, wanted: str, part: str) -> None:
        """Note one problem, and one thing left out because of it."""
        self.reading.problems.append(Problem(self.file, line, "", found, wanted))
        self.reading.drop(part)

    def row(self, row: str, number: int) -> None:
        """Read the row of a token, or of a part of one."""
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
                    self.span(layer, values, (unit, n), Span(layer, number, start, end))
                elif layer.kind == "T_RL":
                    role = _value(_numbered(values[layer.label])[0]) if layer.label >= 0 else None
                    name = role or layer.short
                    self.relations.append(Relation(number, layer, name, values[-1], unit))

    def span(
        self, layer: Layer, values: Sequence[str], place: tuple[str, int], fresh: Span
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

    def target(self, unit: str, number: str | None, layer: str) -> Span | None:
        """The span that a reference means: by its number, else the one on the row it names."""
        if number is not None and int(number):
            return self.spans.get((layer, int(number))) or self.numbered.get(int(number))
        here = self.on_unit.get(unit, [])
        return next((span for span in here if span.layer.name == layer), here[0] if here else None)

    def join(self) -> set[Span]:
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

    def is_event(self) -> Callable[[Span], bool]:
        """What tells events from other spans, once relations and slots are joined."""
        led_to = self.join()
        bases = {layer.base for layer in self.layers if layer.kind == "T_RL"}
        spans = [layer for layer in self.layers if layer.kind == "T_SP" and not layer.is_grammar]
        linked = {layer.name for layer in spans if layer.slots or layer.name in bases}
        chosen = linked or {layer.name for layer in spans}
        return lambda span: (
            span.layer.name in chosen and (bool(span.layer.slots) or span not in led_to)
        )


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
    return None if value in ("*", "_", "") else unescaped(value)


def unescaped(text: str) -> str:
    r"""A text without its escapes.

    >>> unescaped(r"Ana\tfell \\o/ \uD83D\uDCDE")
    'Ana\tfell \\o/ 📞'
    """
    return _ESCAPED.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    if match[1] is None:
        return _SIGNS.get(match[2], match[2])
    # TSV 3.1 wrote units of UTF-16, an emoji as two of them.
    return bytes.fromhex(match[1].replace("\\u", "")).decode("utf-16-be", "surrogatepass")
