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

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.dates import is_edtf
from bench.formats.base import (
    EVERYTHING,
    FORMATS,
    Format,
    Sample,
    content,
    doc_id_of,
    has_text,
    named_files,
    sample,
)
from bench.formats.reading import PathKey, Place, Reading, accept, show
from bench.formats.webannohead import ATTRIBUTES, declared
from bench.formats.webannosheet import Sentence, Sheet, Span, unescaped
from bench.formats.webannowriter import HEAD, write
from bench.offsets import Move, Unit, reader_of, units
from bench.schema import REALIS

MOST_PADDING = 1_000_000
"""White space between sentences that a file may ask for."""


def read(path: Path) -> Reading:
    """Read a file or a folder; raises DatelineError where they cannot be opened."""
    reading = Reading(path.name)
    for name, file in named_files(path, ".tsv"):
        sheet = _read_sheet(f"{name}.tsv", content(file), Sheet(doc_id_of(name), name, reading))
        if sheet is not None:
            _accept(sheet, reading)
    return reading


def _read_sheet(file: str, data: bytes, sheet: Sheet) -> Sheet | None:
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
                sheet.sentences.append(Sentence([]))
            sheet.sentences[-1].lines.append(unescaped(row[6:]))
        elif row and not row.startswith("#"):
            sheet.row(row, number)
        # Several lines of text in a row are one sentence.
        heading = not row.startswith("#Text=")
    return sheet


def _text(sentences: Iterable[Sentence], unit: Unit) -> str | None:
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


def _placed(sheet: Sheet) -> tuple[str, Move] | None:
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


def _accept(sheet: Sheet, reading: Reading) -> None:
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


def _mark(span: Span, move: Move) -> dict[str, int] | None:
    """Offsets; none where the span has no width, None where it cuts a sign."""
    place = move(span.start, span.end)
    if place is None:
        return None
    return {"start": place[0], "end": place[1]} if place[0] < place[1] else {}


def _said(span: Span) -> dict[str, str]:
    """The type of an event and what else is said of it."""
    layer = span.layer
    kind = span.values.get(layer.features[layer.label]) if layer.label >= 0 else None
    return {**_attributes(span), "type": kind or layer.short}


def _attributes(span: Span) -> dict[str, str]:
    """What of its values ours may have; a date in words and realis of another kind are none."""
    said = {name: span.values[name] for name in ATTRIBUTES if name in span.values}
    if said.get("realis") not in REALIS:
        said.pop("realis", None)
    if not is_edtf(said.get("date", "")):
        said.pop("date", None)
    return said


def _filler(role: str, span: Span, move: Move, sheet: Sheet) -> dict[str, Any] | None:
    mark = _mark(span, move)
    actor = span.values.get("actor")
    if mark is None:
        sheet.problem(span.line, f"[{span.start}, {span.end})", "offsets of signs", "argument")
    elif not mark and actor is None:
        sheet.reading.unheld["filler without width"] += 1
    else:
        return {"role": role, **mark, **({} if actor is None else {"actor": actor})}
    return None


def _count_unheld(sheet: Sheet, is_event: Callable[[Span], bool]) -> None:
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
