"""`System`: what `system.yaml` says of a submitted system, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, ConfigDict, Field, ValidationError

from bench.errors import InvalidFile, Problem
from bench.formats.reading import show, spell
from bench.registers import read_yaml
from bench.schema import Record

FILE = "system.yaml"
MAX_SIZE = 64 * 1024
# Control characters, and those that make text read in another order than it is written.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def _printable(value: str) -> str:
    if _UNPRINTABLE.search(value):
        raise ValueError("visible characters in one line")
    return value


def _link(value: str) -> str:
    """A link that a page may carry: http or https, a host, nobody's password."""
    try:
        parts = urlsplit(value)
        fine = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        fine = False
    if not fine or re.search(r"[\s<>\"'`\\]", value):
        raise ValueError("a link that begins with http:// or https://")
    return value


Line = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_printable)]
Short = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_printable)]
Link = Annotated[str, Field(max_length=500), AfterValidator(_printable), AfterValidator(_link)]
Day = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Kind = Literal["bound", "rules", "trained", "fine-tuned", "prompted"]
Use = Literal["none", "looked at", "tuned on", "trained on"]


class System(Record):
    """A submitted system, as its authors describe it."""

    model_config = ConfigDict(extra="forbid")

    name: Short
    """What the table calls it."""
    authors: Annotated[tuple[Short, ...], Field(min_length=1, max_length=50)]
    """Who made it."""
    submitted: Day
    """The day it was handed in, as YYYY-MM-DD."""
    kind: Kind
    """bound (no system: shows where the difficulty lies), rules, trained (from zero), fine-tuned
    (a pre-trained model), prompted."""
    description: Line
    """One line on how it works."""
    training_data: Line
    """Everything that it learned from, `none` included."""
    use_of_test: Use
    """What its authors did with the split `test` before they handed it in."""
    parameters: Annotated[int, Field(ge=0)] | None = None
    """Trained parameters, where that means something."""
    cost: Line | None = None
    """What a run takes: hardware and time, or tokens and money."""
    paper: Link | None = None
    """Where it is described."""
    code: Link | None = None
    """Where its code is."""


def read_system(name: str, content: bytes) -> System:
    """The description in a file of that name; raises InvalidFile with all that is wrong in it."""
    if len(content) > MAX_SIZE:
        found = f"{len(content):,} bytes"
        raise InvalidFile([Problem(name, 1, "", found, f"at most {MAX_SIZE:,}")])
    try:
        text = content.decode("utf-8")
        _refuse_aliases(text)
        return System.model_validate(_plain(read_yaml(text)))
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        found = str(error).replace("\n", " ")
        raise InvalidFile([Problem(name, 1, "", found, "YAML in UTF-8")]) from error
    except ValidationError as error:
        raise InvalidFile(list(_problems(name, text, error))) from error


def _refuse_aliases(text: str) -> None:
    """A few lines of aliases can stand for more than any memory holds."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError(f"the alias *{event.anchor}, which nothing here needs")


def _plain(raw: object) -> object:
    """Numbers as numbers: the YAML reader keeps every scalar as it is written."""
    if isinstance(raw, dict) and isinstance(number := raw.get("parameters"), str):
        digits = number.replace("_", "").replace(",", "")
        if digits.isascii() and digits.isdigit() and len(digits) < 19:
            return {**raw, "parameters": int(digits)}
    return raw


def _problems(name: str, text: str, error: ValidationError) -> Iterator[Problem]:
    for item in error.errors(include_url=False):
        path = tuple(item["loc"])
        line = _line_of(str(path[0]) if path else "", text)
        if item["type"] == "missing":
            yield Problem(name, 1, spell(path), "nothing", f"the field {path[-1]}")
        elif item["type"] == "extra_forbidden":
            known = ", ".join(System.model_fields)
            yield Problem(name, line, spell(path), "an unknown field", f"one of {known}")
        else:
            wanted = item["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
            yield Problem(name, line, spell(path), show(item["input"]), wanted)


def _line_of(key: str, text: str) -> int:
    """The line on which a top-level key stands, else the first."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(f"{key}:"):
            return number
    return 1
