"""The native format: JSON Lines, one `Annotation` a line, without the text of the article."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from bench.errors import DatelineError
from bench.formats.base import EVERYTHING, FORMATS, MAX_FILE, Format, Page, Sample
from bench.formats.reading import Reading, accept, unknown_fields
from bench.formats.strictjson import Broken, parse_object
from bench.schema import Annotation

MAX_LINE = 8 * 2**20


def read(path: Path) -> Reading:
    """Read a file of annotations; raises DatelineError where it cannot be opened, or where a line
    does not end.
    """
    reading = Reading(path.name)
    try:
        with path.open("rb") as file:
            _read_lines(file, reading)
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror or error}") from error
    return reading


def _read_lines(file: IO[bytes], reading: Reading) -> None:
    carriage_returns = 0
    for number, line in _numbered(file, reading):
        if number == 1 and line.startswith(b"\xef\xbb\xbf"):
            line = line[3:]
            hint = "save it as UTF-8 without BOM; nothing is lost by leaving the mark out"
            reading.problem(1, (), "a byte-order mark", "plain UTF-8", hint)
        if line.endswith(b"\r\n"):
            carriage_returns += 1
            if carriage_returns == 1:
                hint = "dos2unix, or tr -d '\\r'; nothing is lost by leaving them out"
                reading.problem(number, (), "CRLF at the line's end", "LF on every line", hint)
        if line.strip():
            _read_line(number, line.rstrip(b"\r\n"), reading)


def _numbered(file: IO[bytes], reading: Reading) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(MAX_LINE + 1):
        number += 1
        if len(line) <= MAX_LINE:
            yield number, line
            continue
        size = len(line)
        while not line.endswith(b"\n") and (line := file.readline(MAX_LINE)):
            size += len(line)
            if size > MAX_FILE:
                found = f"{reading.name}:{number}: found a line of more than {MAX_FILE:,} bytes"
                raise DatelineError(f"{found}, wanted at most {MAX_LINE:,}")
        hint = "one annotation a line; is the whole file on one?"
        reading.problem(number, (), f"a line of {size:,} bytes", f"at most {MAX_LINE:,}", hint)
        reading.drop("line")


def _read_line(number: int, line: bytes, reading: Reading) -> None:
    try:
        raw = parse_object(line)
    except Broken as error:
        reading.problem(number, (), error.found, error.wanted, error.hint)
        reading.drop("line")
        return
    for path in unknown_fields(raw):
        reading.warnings.append(f"{reading.name}:{number}: {path}: unknown field, ignored")
    accept(raw, reading, number)


def write(annotations: Iterable[Annotation]) -> Iterator[str]:
    """Lines of a file, each with its line end; empty and absent fields are left out."""
    for annotation in annotations:
        yield to_json(annotation) + "\n"


def to_json(annotation: Annotation) -> str:
    """One annotation on one line.

    >>> to_json(Annotation(doc_id="a/b", events=()))
    '{"doc_id": "a/b", "events": []}'
    """
    raw = annotation.model_dump(exclude_none=True)
    return json.dumps(_tidy(raw), ensure_ascii=False)


def _tidy(raw: dict[str, Any]) -> dict[str, Any]:
    for event in raw["events"]:
        if not event["arguments"]:
            del event["arguments"]
    return {name: value for name, value in raw.items() if value or name in ("doc_id", "events")}


def _files(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:  # noqa: ARG001
    return {"": "".join(write(page.annotation for page in pages))}


def _sniff(seen: Sample) -> bool:
    others = ("tokens", "sentences", "text", "content", "title")
    return not seen.is_list and seen.has("doc_id", "events") and not any(map(seen.has, others))


FORMATS.add(
    "jsonl",
    Format(
        "jsonl",
        "JSON Lines, one annotation a line: the native format",
        read,
        _sniff,
        holds=EVERYTHING,
        write=_files,
        suffixes=(".jsonl",),
        traps="offsets are Unicode code points, half-open; the text is not in the file",
    ),
)
