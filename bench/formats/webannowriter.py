"""Writes WebAnno TSV 3.3: a layer of events with slots, and a layer of their fillers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count

from bench.formats.base import Page, file_name
from bench.formats.tokens import Layout, Tokens, cut, tokens_of
from bench.formats.webannohead import ATTRIBUTES
from bench.offsets import Unit, units
from bench.schema import Event, Mark

HEAD = "#FORMAT=WebAnno TSV 3."
EVENT, FILLER = "webanno.custom.Event", "webanno.custom.Argument"
_RESERVED = re.compile(r"->|[\\\[\]|_;*\t\n]")
_CONTROL = re.compile(r"[\\\x00-\x0a\x0c-\x1f]")
_SIGNS = {"\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", "\b": r"\b"}
Cells = list[list[str]]
"""What is stacked in each column of a row."""


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """A `.tsv` for each page; raises DatelineError where a text is not known."""
    files: dict[str, str] = {}
    for page in pages:
        page, layout = cut(page, "webanno", lost)
        name = f"{file_name(page.annotation.doc_id)}.tsv"
        files[name] = _Writer(page, layout, lost).file()
    return files


class _Writer:
    """Puts the annotations of a page into the rows of its tokens."""

    def __init__(self, page: Page, layout: Layout, lost: Counter[str]) -> None:
        self.layout, self.lost = layout, lost
        self.events = page.annotation.events if layout.spans else ()
        lost["event of a text without words"] += len(page.annotation.events) - len(self.events)
        self.attributes = [a for a in ATTRIBUTES if any(getattr(e, a) for e in self.events)]
        self.width = len(self.attributes) + 4
        self.rows: list[Cells] = [self.empty() for _ in layout.spans]
        self.bare = self.empty()
        """The row of what has no width, at the beginning of the first token."""
        self.numbers = count(1)
        for event in self.events:
            self.event(event)

    def empty(self) -> Cells:
        return [[] for _ in range(self.width)]

    def event(self, event: Event) -> None:
        number = next(self.numbers)
        links = [(_escaped(one.role), self.filler(one, one.actor)) for one in event.arguments]
        said = [event.type, *(getattr(event, name) for name in self.attributes)]
        cells = [_numbered(value, number) for value in said]
        cells.append(f"{';'.join(role for role, _ in links) or '_'}[{number}]")
        cells.append(";".join(reference for _, reference in links) or "*")
        self.put(event.trigger, 0, cells)

    def filler(self, mark: Mark, actor: str | None) -> str:
        """Write a filler; returns the reference to it."""
        number = next(self.numbers)
        unit = self.put(mark, self.width - 1, [_numbered(actor, number)])
        return f"{unit}[{number}]"

    def put(self, mark: Mark | None, first: int, cells: list[str]) -> str:
        """Stack cells on every row of a mark; returns the name of its first row."""
        tokens: Tokens | None = tokens_of(mark, self.layout) if mark and mark.span else None
        for row in [self.bare] if tokens is None else self.rows[slice(*tokens)]:
            for n, cell in enumerate(cells, first):
                row[n].append(cell)
        return f"{self.unit(0)}.1" if tokens is None else self.unit(tokens[0])

    def unit(self, token: int) -> str:
        sentence = self.layout.sentence_of(token)
        return f"{sentence + 1}-{token - self.layout.starts[sentence] + 1}"

    def file(self) -> str:
        head = ["type", *self.attributes, f"ROLE_{EVENT}:arguments_{EVENT}ArgumentsLink", FILLER]
        lines = [f"{HEAD}3", f"#T_SP={EVENT}|{'|'.join(head)}", f"#T_SP={FILLER}|actor", ""]
        return "\n".join([*lines, *self.lines(), ""])

    def lines(self) -> Iterator[str]:
        text, spans, at = self.layout.text, self.layout.spans, units(self.layout.text, Unit.utf16)
        begins = [spans[first][0] for first in self.layout.starts] if spans else []
        for n, begin in enumerate(begins):
            yield ""
            words = text[begin : [*begins, len(text)][n + 1]]
            yield from (f"#Text={_CONTROL.sub(_sign, line)}" for line in words.split("\n"))
            for token in range(*self.layout.sentence(n)):
                start, end = spans[token]
                word = text[start:end]
                yield _row(self.unit(token), at[start], at[end], word, self.rows[token])
                if not token and any(self.bare):
                    yield _row(f"{self.unit(0)}.1", at[start], at[start], "", self.bare)


def _row(unit: str, start: int, end: int, word: str, cells: Cells) -> str:
    return "\t".join([unit, f"{start}-{end}", word, *("|".join(c) or "_" for c in cells), ""])


def _numbered(value: str | None, number: int) -> str:
    return f"{'*' if value is None else _escaped(value)}[{number}]"


def _escaped(value: str) -> str:
    return _RESERVED.sub(_sign, value)


def _sign(match: re.Match[str]) -> str:
    return _SIGNS.get(match[0], f"\\{match[0]}")
