"""Reads a run in any format: recognised, recounted, checked, carried over to the gold's texts,
grounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.checks import Rules, check
from bench.errors import nearest
from bench.foreign import is_derived
from bench.formats import chosen
from bench.formats.reading import Reading, amount, marks, prune
from bench.gold import Gold
from bench.grounding import count_words, ground
from bench.hypotheses import hints
from bench.offsets import Unit, carry_over, move_raw, reader_of
from bench.schema import Annotation, Document


def read(path: Path, format_name: str | None, unit: Unit, texts: Mapping[str, str]) -> Reading:
    """A file in the named format, or the one recognised, with offsets in code points, not checked.

    Raises DatelineError where the file cannot be opened or its format cannot be told.
    """
    reading = chosen(path, format_name).read(path)
    known = {**texts, **reading.texts}
    recount(reading, unit, known)
    reading.hints += hints(reading.lines, known)
    return reading


def recount(reading: Reading, unit: Unit, texts: Mapping[str, str]) -> None:
    """Turn offsets counted in another unit into code points, where the text is known."""
    if unit is Unit.codepoint:
        return
    for line in reading.lines:
        text = texts.get(line.annotation.doc_id)
        if text is None:
            name = line.annotation.doc_id
            reading.warnings.append(f"{name}: the text is not here, offsets stay as they are")
            continue
        moved = prune(replace(line, raw=move_raw(line.raw, reader_of(text, unit))), (), reading)
        assert moved is not None
        line.raw, line.annotation = moved.raw, moved.annotation


def check_against(reading: Reading, gold: Gold) -> Reading:
    """Add the problems of meaning. Offsets are held against the text that the file itself carries,
    else against the gold's; names that a derived ontology lacks are warned of.
    """
    documents = {d.id: _with_own_text(d, reading) for d in gold.documents}
    types, roles = _names(reading.annotations.values())
    if is_derived(gold):
        reading.warnings += strangers(types, roles, gold)
        return check(reading, Rules(documents, types, roles))
    return check(reading, Rules(documents, gold.ontology.types, gold.ontology.roles))


def _with_own_text(document: Document, reading: Reading) -> Document:
    text = reading.texts.get(document.id)
    if text is None:
        return document
    return document.model_copy(update={"text": text, "length": len(text)})


def _names(annotations: Iterable[Annotation]) -> tuple[Counter[str], Counter[str]]:
    events = [event for annotation in annotations for event in annotation.events]
    roles = Counter(argument.role for event in events for argument in event.arguments)
    return Counter(event.type for event in events), roles


def strangers(types: Counter[str], roles: Counter[str], gold: Gold) -> list[str]:
    """Warnings of names that a derived ontology lacks, given how often each is used."""
    return [
        *_unknown("event type", types, list(gold.ontology.types)),
        *_unknown("role", roles, list(gold.ontology.roles)),
    ]


def _unknown(kind: str, used: Counter[str], known: Sequence[str]) -> Iterator[str]:
    for name, count in sorted(used.items()):
        if name not in known:
            near = nearest(name, known)
            hint = f"; did you mean {near}?" if near else ""
            text = f"the gold has no {kind} {name!r}: {amount(count, 'use')}, scored as spurious"
            yield text + hint


def settle(reading: Reading, gold: Gold, *, grounding: bool = True) -> None:
    """Carry annotations of the file's own texts over to the gold's, add the words of marks that
    give offsets alone, and find those that give words alone.
    """
    words = 0
    documents = {document.id: document for document in gold.documents}
    for line in reading.lines:
        document = documents[line.annotation.doc_id]
        own = reading.texts.get(document.id, document.text)
        if own is not None:
            line.annotation = with_words(line.annotation, own)
        if own is not None and document.text is not None and own != document.text:
            line.annotation = carry_over(line.annotation, own, document.text)
        text = document.text if document.text is not None else own
        if grounding and text is not None:
            words += count_words([line.annotation])
            line.annotation = ground(line.annotation, text)
    left = count_words(reading.annotations.values())
    if words:
        reading.notes.append(
            f"found in the articles: {words - left} of {words} marks given as words"
        )


def with_words(annotation: Annotation, text: str) -> Annotation:
    """The annotation with the words of every mark that gives offsets alone."""
    if all(mark.text is not None or mark.span is None for _, mark in marks(annotation)):
        return annotation
    raw = annotation.model_dump(exclude_none=True)
    return Annotation.model_validate(_worded(raw, text))


def _worded(value: Any, text: str) -> Any:
    if isinstance(value, (list, tuple)):
        return [_worded(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    found = {name: _worded(item, text) for name, item in value.items()}
    if "start" in found and "text" not in found:
        found["text"] = text[found["start"] : found["end"]]
    return found
