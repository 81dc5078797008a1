"""TimeML: a `.tml` file or a folder of them, events and times as tags in the text.

Source: TimeML 1.2.1 (Pustejovsky et al. 2003). Offsets are those of the text without its tags. A
document type, and with it every entity of one's own, is refused: no entity is ever expanded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from bench.dates import is_duration, is_edtf
from bench.errors import Problem
from bench.formats.base import (
    FORMATS,
    Format,
    Page,
    Sample,
    content,
    doc_id_of,
    file_name,
    named_files,
)
from bench.formats.base import has_text as keep_text
from bench.formats.reading import Reading, accept

MOST_DEPTH = 1000
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LINKS = ("TLINK", "SLINK", "ALINK")


class _Refused(Exception):
    """Why a file is not read any further."""


class _Parser:
    """Gathers the text, and the tags in it that mark events and times."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = self.depth = self.inside = 0
        self.doc_id = ""
        self.open: list[tuple[str, int, Mapping[str, str]]] = []
        self.events: list[dict[str, Any]] = []
        self.times: list[dict[str, Any]] = []
        self.counts: Counter[str] = Counter()

    def parse(self, data: bytes) -> None:
        """Parse a whole file; raises _Refused, or expat's error with its line."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.refuse
        parser.Parse(data, True)

    def refuse(self, *_: object) -> None:
        raise _Refused("a document type, which could hide entities that expand without end")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise _Refused(f"more than {MOST_DEPTH} tags inside one another")
        self.inside += name == "TEXT"
        self.open.append((name, self.length, attributes))

    def characters(self, signs: str) -> None:
        if self.inside:
            self.text.append(signs)
            self.length += len(signs)
        elif self.open and self.open[-1][0] == "DOCID":
            self.doc_id += signs

    def end(self, name: str) -> None:
        self.depth -= 1
        _, start, attributes = self.open.pop()
        if self.inside:
            self.mark(name, {"start": start, "end": self.length}, attributes)
        elif name == "TIMEX3":
            self.counts["time outside the text"] += 1
        self.counts["link"] += name in LINKS
        self.inside -= name == "TEXT"

    def mark(self, name: str, span: dict[str, int], attributes: Mapping[str, str]) -> None:
        value = attributes.get("value", "")
        if name == "EVENT":
            self.events.append({"type": attributes.get("class", "EVENT"), "trigger": span})
        elif name == "TIMEX3" and (is_edtf(value) or is_duration(value)):
            self.times.append({**span, "value": value})
        elif name == "TIMEX3":
            self.counts["time without an EDTF value"] += 1


def read(path: Path) -> Reading:
    """Read a file or a folder; raises DatelineError where they cannot be opened."""
    reading = Reading(path.name)
    for name, file in named_files(path, ".tml"):
        parser = _Parser()
        try:
            parser.parse(content(file))
        except (_Refused, expat.ExpatError, LookupError, ValueError) as error:
            # LookupError: an encoding that nobody knows.
            line = error.lineno if isinstance(error, expat.ExpatError) else 1
            reading.problems.append(Problem(f"{name}.tml", line, "", str(error), "plain XML"))
            reading.drop("document")
            continue
        reading.unheld.update(parser.counts)
        doc_id = parser.doc_id.strip() or doc_id_of(name)
        keep_text("".join(parser.text), doc_id, reading)
        raw = {"doc_id": doc_id, "events": parser.events, "times": parser.times}
        accept(raw, reading, places={(): (f"{name}.tml", 1)})
    return reading


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """A `.tml` for each page; raises DatelineError where a text is not known."""
    files: dict[str, str] = {}
    for page in pages:
        text = page.require_text("timeml")
        if _NO_XML.search(text + page.annotation.doc_id):
            lost["document with signs that XML cannot hold"] += 1
            continue
        files[f"{file_name(page.annotation.doc_id)}.tml"] = _document(page, text, lost)
    return files


def _document(page: Page, text: str, lost: Counter[str]) -> str:
    body, at = "", 0
    for start, end, opening, closing in _tags(page, lost):
        body += f"{_escaped(text[at:start])}{opening}{_escaped(text[start:end])}{closing}"
        at = end
    head = f"<DOCID>{_escaped(page.annotation.doc_id)}</DOCID>"
    body += _escaped(text[at:])
    return f'<?xml version="1.0" encoding="utf-8"?>\n<TimeML>{head}<TEXT>{body}</TEXT></TimeML>\n'


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def _tags(page: Page, lost: Counter[str]) -> list[tuple[int, int, str, str]]:
    """Events, then times, in the order of the text, without what touches one before it."""
    found: list[tuple[int, int, str, str]] = []
    for n, event in enumerate(page.annotation.events, 1):
        start, end = (event.trigger and event.trigger.span) or (0, 0)
        opening = f'<EVENT eid="e{n}" class={quoteattr(event.type)}>'
        _add(found, (start, end, opening, "</EVENT>"), "event", lost)
    for n, time in enumerate(page.annotation.times, 1):
        opening = f'<TIMEX3 tid="t{n}" type="DATE" value={quoteattr(time.value)}>'
        _add(found, (time.start, time.end, opening, "</TIMEX3>"), "time expression", lost)
    return sorted(found)


def _add(
    found: list[tuple[int, int, str, str]],
    tag: tuple[int, int, str, str],
    what: str,
    lost: Counter[str],
) -> None:
    if any(tag[0] < end and start < tag[1] for start, end, _, _ in found):
        lost[f"overlapping {what}"] += 1
    else:
        found.append(tag)


def _sniff(seen: Sample) -> bool:
    if seen.names:
        return any(name.endswith(".tml") for name in seen.names)
    return "<TimeML" in seen.head[:2000]


FORMATS.add(
    "timeml",
    Format(
        "timeml",
        "TimeML, .tml files: events and time expressions as tags in the text",
        read,
        _sniff,
        holds=frozenset({"text", "triggers", "times"}),
        write=write,
        suffixes=(),
        traps="tags are not counted; values that are no EDTF; times outside the text; entities"
        " that expand without end",
    ),
)
