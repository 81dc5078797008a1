"""Columns: a token on a line with its tag, IOB2 or BIOES, for triggers alone.

Source: the shared tasks of CoNLL 2000 and 2003. The token is in the first column, the tag in the
last. A blank line ends a sentence; `# doc_id = …`, `#begin document (…)` and `-DOCSTART-` begin a
document. An `I-` that continues nothing begins a mark. Tags without a prefix, as in LitBank's
files, mark each token by itself: what they join cannot be told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from bench.formats.base import FORMATS, Format, Page, Sample, content, without_space
from bench.formats.reading import Reading
from bench.formats.tokens import Layout, TokenReader, Tokens, cut, joined, tokens_of

_DOCUMENT = re.compile(r"# doc_id = (\S+)|#begin document \(?([^)]+)\)?.*|-DOCSTART-(?:\s.*)?")
_TAG = re.compile(r"([BIESLU])-(.+)")
OUTSIDE = "O"


@dataclass
class _Block:
    """The lines of one document."""

    doc_id: str
    number: int
    sentences: list[list[str]] = field(default_factory=lambda: [[]])
    tags: list[list[str]] = field(default_factory=lambda: [[]])


def read(path: Path) -> Reading:
    """Read a file of columns; raises DatelineError where it cannot be opened."""
    reading = Reading(path.name)
    try:
        text = content(path).decode()
    except UnicodeDecodeError as error:
        found = f"bytes that are no UTF-8 at byte {error.start + 1}"
        reading.problem(1, (), found, "UTF-8")
        reading.drop("document")
        return reading
    blocks = list(_blocks(text, path.stem, reading))
    tags = {tag for block in blocks for line in block.tags for tag in line if tag != OUTSIDE}
    prefixed = all(_TAG.fullmatch(tag) for tag in tags)
    if not prefixed:
        note = "tags without B- and I-: each tagged token is read as a mark of its own"
        reading.notes.append(note)
    for block in blocks:
        _accept(block, reading, prefixed=prefixed)
    return reading


def _blocks(text: str, stem: str, reading: Reading) -> Iterator[_Block]:
    block = _Block(stem, 1)
    for number, line in enumerate(text.split("\n"), 1):
        row = line.rstrip("\r")
        begins = None if "\t" in row else _DOCUMENT.fullmatch(row)
        if begins:
            yield from _full(block)
            name = unquote(begins[1]) if begins[1] else begins[2]
            block = _Block(name or f"{stem}-{number}", number)
        elif not row.strip():
            _next_sentence(block)
        elif "\t" in row or not row.startswith("#"):
            _read_row(row, number, block, reading)
    yield from _full(block)


def _full(block: _Block) -> Iterator[_Block]:
    if block.sentences != [[]] or block.number > 1:
        yield block


def _next_sentence(block: _Block) -> None:
    if block.sentences[-1]:
        block.sentences.append([])
        block.tags.append([])


def _read_row(row: str, number: int, block: _Block, reading: Reading) -> None:
    columns = row.split("\t") if "\t" in row else row.split()
    if len(columns) < 2 or not columns[0].strip() or not columns[-1]:
        reading.problem(number, (), repr(row)[:60], "a token and a tag")
        reading.drop("line")
        return
    block.sentences[-1].append(columns[0])
    block.tags[-1].append(columns[-1])


def _accept(block: _Block, reading: Reading, *, prefixed: bool) -> None:
    page = TokenReader(block.doc_id, joined(block.sentences), reading, block.number)
    first = 0
    for tags in block.tags:
        for kind, (start, end) in _marks(tags, prefixed=prefixed):
            page.event(unquote(kind), (first + start, first + end), ("events", len(page.events)))
        first += len(tags)
    page.finish()


def _marks(tags: list[str], *, prefixed: bool) -> Iterator[tuple[str, Tokens]]:
    """Types and tokens of the marks of a sentence.

    >>> list(_marks(["B-X", "I-X", "O", "I-Y", "S-X", "B-X"], prefixed=True))
    [('X', (0, 2)), ('Y', (3, 4)), ('X', (4, 5)), ('X', (5, 6))]
    """
    begun: tuple[str, int] | None = None
    for n, tag in enumerate([*tags, OUTSIDE]):
        prefix, kind = _parts(tag, prefixed=prefixed)
        if begun is not None and (prefix in "BSUO" or begun[0] != kind):
            yield begun[0], (begun[1], n)
            begun = None
        if prefix != OUTSIDE and begun is None:
            begun = (kind, n)
        if begun is not None and prefix in "ESLU":
            yield begun[0], (begun[1], n + 1)
            begun = None


def _parts(tag: str, *, prefixed: bool) -> tuple[str, str]:
    if tag == OUTSIDE:
        return OUTSIDE, ""
    match = _TAG.fullmatch(tag) if prefixed else None
    return (match[1], match[2]) if match else ("S", tag)


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One file of two columns in IOB2; raises DatelineError where a text is not known."""
    rows: list[str] = []
    for one in pages:
        page, layout = cut(one, "conll", lost)
        tags = _tags(page, layout, lost)
        rows.append(f"# doc_id = {without_space(page.annotation.doc_id)}")
        for n in range(len(layout.starts)):
            first, end = layout.sentence(n)
            rows += [f"{layout.words[k]}\t{tags[k]}" for k in range(first, end)]
            rows.append("")
    return {"": "\n".join([*rows, ""])}


def _tags(page: Page, layout: Layout, lost: Counter[str]) -> list[str]:
    tags = [OUTSIDE] * len(layout.spans)
    for event in page.annotation.events:
        assert event.trigger is not None
        first, end = tokens_of(event.trigger, layout)
        if any(tag != OUTSIDE for tag in tags[first:end]):
            lost["event on tokens that hold another"] += 1
            continue
        if layout.sentence_of(first) != layout.sentence_of(end - 1):
            lost["trigger across sentences"] += 1
            continue
        kind = without_space(event.type)
        tags[first:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - first - 1)]
    return tags


def _sniff(seen: Sample) -> bool:
    rows = [row for row in seen.lines[:-1] if row.strip() and ("\t" in row or row[:1] != "#")]
    rows = [row for row in rows if not row.startswith("-DOCSTART-")]
    columns = [row.split("\t") if "\t" in row else row.split() for row in rows]
    return bool(rows) and all(
        len(row) > 1 and (row[-1] == OUTSIDE or _TAG.fullmatch(row[-1])) for row in columns
    )


FORMATS.add(
    "conll",
    Format(
        "conll",
        "columns, a token and its tag (IOB2, BIOES) a line: triggers alone",
        read,
        _sniff,
        holds=frozenset({"text", "triggers"}),
        write=write,
        suffixes=(".conll", ".iob", ".bio"),
        traps="tokens, not characters; an I- that continues nothing; tags without prefix;"
        " the text's own spacing is lost",
    ),
)
