"""A `Verdict` as workflow commands of GitHub Actions, which become annotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bench.render.junit import numbers
from bench.render.verdict import headline
from bench.verdict import Line, Verdict

Level = Literal["error", "warning", "notice"]
SHOWN = 9
"""GitHub shows ten annotations of a kind a step; the last one counts the others."""


def github(verdict: Verdict) -> str:
    """A command a line: an error for everything that regressed, or else a warning where nothing can
    be told, or a notice that all is fine.
    """
    return "".join(f"{line}\n" for line in _commands(verdict))


def _commands(verdict: Verdict) -> Iterator[str]:
    found = verdict.regressed()
    for line in found[:SHOWN]:
        yield command("error", f"{line.name} regressed", f"{line.reason}. {numbers(line)}")
    if len(found) > SHOWN:
        yield command("error", "dateline check", f"{len(found) - SHOWN} more regressed")
    if verdict.word == "cannot tell":
        names = ", ".join(line.metric for line in _untold(verdict))
        yield command("warning", "dateline check", f"{headline(verdict)}; not told: {names}")
    if verdict.word == "fine":
        yield command("notice", "dateline check", headline(verdict))


def _untold(verdict: Verdict) -> Iterator[Line]:
    return (line for line in verdict.wholes() if line.word == "cannot tell")


def command(level: Level, title: str, message: str) -> str:
    """A workflow command; what would end it or its property is escaped.

    >>> command("error", "trigger: AID", "50 %")
    '::error title=trigger%3A AID::50 %25'
    """
    return f"::{level} title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
