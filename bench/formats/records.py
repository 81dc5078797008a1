"""JSON files of one object a document: as JSON Lines, as one list, or as one object."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bench.formats.base import content
from bench.formats.reading import Reading, show
from bench.formats.strictjson import Broken, parse

MOST_DETAILS = 20


class Shape(BaseModel):
    """Base of the shapes of other people's files: fields that are not named are let be."""

    model_config = ConfigDict(frozen=True, extra="ignore")


ShapeT = TypeVar("ShapeT", bound=Shape)


def read_records(
    path: Path, shape: type[ShapeT], take: Callable[[ShapeT, int, Reading], None]
) -> Reading:
    """Hand every object of a file that has the shape to `take`; the others are problems.

    Raises DatelineError where the file cannot be opened.
    """
    reading = Reading(path.name)
    for number, raw in _objects(content(path), reading):
        try:
            found = shape.model_validate(raw)
        except ValidationError as error:
            _refuse(error, number, reading)
        else:
            take(found, number, reading)
    return reading


def _refuse(error: ValidationError, number: int, reading: Reading) -> None:
    for item in error.errors(include_url=False)[:MOST_DETAILS]:
        wanted = str(item["msg"]).removeprefix("Input should be ")
        reading.problem(number, tuple(item["loc"]), show(item["input"]), wanted)
    reading.drop("document")


def _objects(data: bytes, reading: Reading) -> Iterator[tuple[int, Any]]:
    """Objects with their lines; those of a list with their numbers in it."""
    lines = data.split(b"\n")
    first = next((line for line in lines if line.strip()), b"")
    if first and (first.lstrip().startswith(b"[") or not _is_whole(first)):
        whole = _parsed(data, 1, reading)
        yield from enumerate(whole if isinstance(whole, list) else [whole] * (whole is not None), 1)
        return
    for number, line in enumerate(lines, 1):
        if line.strip() and (raw := _parsed(line, number, reading)) is not None:
            yield number, raw


def _is_whole(line: bytes) -> bool:
    try:
        parse(line)
    except Broken:
        return False
    return True


def _parsed(data: bytes, number: int, reading: Reading) -> Any:
    try:
        return parse(data)
    except Broken as error:
        line = number + error.line - 1
        reading.problem(line, (), error.found, error.wanted, error.hint)
        reading.drop("line" if number == line else "file")
        return None
