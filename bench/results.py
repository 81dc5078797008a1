"""Results files: tells a report or a stored baseline from a run by its content, and reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bench.errors import InvalidFile, Problem, UnknownName
from bench.formats.reading import show, spell
from bench.report import Report
from bench.soundness import damage
from bench.stored import is_stored, restore

_KEYS = {"signature", "scores", "dateline"}

_HINT = "a report is what 'dateline score --json' prints; a run has one annotation a line"


def is_report(content: bytes) -> bool:
    """Whether a file means to be a report rather than a run: its JSON has what only reports have,
    or is laid out over several lines as no run can be.

    >>> is_report(b'{"doc_id": "a/b", "events": []}'), is_report(b'{"scores": [], "signature": {}}')
    (False, True)
    """
    first = content.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    if first.strip() == b"{":
        return True
    try:
        raw = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(raw, dict) and bool(_KEYS & set(raw))


def read_report(name: str, content: bytes) -> Report:
    """The report in a file, or in a stored baseline; raises InvalidFile that says where it is none,
    or where its scores are not the sums of its counts.
    """
    try:
        raw = json.loads(content.decode("utf-8"), parse_constant=_no_number)
        report = restore(raw) if is_stored(raw) else Report.model_validate(raw)
    except json.JSONDecodeError as error:
        found = f"broken JSON at column {error.colno}: {error.msg}"
        raise InvalidFile([Problem(name, error.lineno, "", found, "a report")]) from error
    except (ValueError, RecursionError) as error:
        raise InvalidFile(_problems(name, error)) from error
    except UnknownName as error:
        raise InvalidFile(
            [Problem(name, 1, "sums", str(error), "metrics of this version")]
        ) from error
    wrong = [Problem(name, 1, *place) for place in damage(report)]
    if wrong:
        raise InvalidFile(wrong)
    return report


def _no_number(name: str) -> None:
    raise ValueError(name)


def _problems(name: str, error: Exception) -> list[Problem]:
    if isinstance(error, ValidationError):
        return [_problem(name, item) for item in error.errors(include_url=False)]
    return [Problem(name, 1, "", str(error), "a report as 'dateline score --json' prints it")]


def _problem(name: str, item: Mapping[str, Any]) -> Problem:
    path = tuple(item["loc"])
    if item["type"] == "missing":
        return Problem(name, 1, spell(path), "nothing", f"the field {path[-1]}", _HINT)
    wanted = str(item["msg"]).removeprefix("Input should be ")
    return Problem(name, 1, spell(path), show(item["input"]), wanted)
