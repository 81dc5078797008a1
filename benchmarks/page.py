"""The page of the documentation that a run of the benchmark leaves behind."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measure import Line

PACKAGES = (
    "numpy",
    "scipy",
    "pydantic",
    "msgspec",
    "orjson",
    "nervaluate",
    "seqeval",
    "metametric",
)
HEAD = """# Benchmarks

How long Dateline takes, measured by `make bench`, which writes this page in a quarter of an hour.
Times are the best of several tries and depend on the machine; what holds elsewhere is their ratios.

The corpus is made up, the same on every machine, and of the size of MAVEN with arguments: 4,480
documents, 118,700 events, 229,000 arguments, and a run of as many (`benchmarks/corpus.py`).

- **Whole process**: `dateline score RUN --gold GOLD` with the six classic scores, 1,000 resamples,
  rows and intervals for all 168 event types; from the start of Python to the last line of the
  table, which shows the types of the first score. Intervals of types that no table shows are made
  when a report is written. Each file is read by a child process, so that a second processor works.
- **Parsing** is that of both files in one process, start-up left out, by the faster of orjson and
  msgspec, in three ways: with the objects kept, as one would write it; kept, with the garbage
  collector off; and with the objects of each line thrown away at once, the fastest there is.
  The last of them is a hard yardstick: to start and import pydantic, numpy, typer and rich alone
  takes as long.
- **Plain sets** is `benchmarks/plain.py`: TextEE's six scores as sets of tuples, written from their
  definition. The **peers** are given their own input ready made, and only scoring is timed; that
  of metametric, whose time grows fastest, on the largest corpus that it scores in half a minute.
  Ours starts from the columns that reading leaves behind, or from `Annotation` objects where that
  is said. Peers and ours agree on F1, but for metametric, which takes the mean over documents.
- **Growth** is the exponent of a power law fitted to the times. Overlap modes are counted one
  document after another; reading is left out there.

"""


def page(lines: Sequence[Line]) -> str:
    """The page as Markdown."""
    return "\n".join([HEAD + _machine(), "", *_table(lines), "", *_missed(lines), ""])


def _machine() -> str:
    versions = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    return (
        f"Machine: {os.cpu_count()} cores, {_processor()}. Python {platform.python_version()},"
        f" {versions}. Command: `python -m benchmarks`."
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _processor() -> str:
    try:
        rows = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [row.partition(":")[2].strip() for row in rows if row.startswith("model name")]
    return names[0] if names else platform.machine()


def _table(lines: Iterable[Line]) -> list[str]:
    rows = [f"| {line.what} | {line.found} | {line.aim} | {_verdict(line)} |" for line in lines]
    return ["| what | found | aim | reached |", "| --- | --- | --- | --- |", *rows]


def _verdict(line: Line) -> str:
    if not line.aim:
        return ""
    return "yes" if line.reached else "**no**"


def _missed(lines: Iterable[Line]) -> list[str]:
    missed = [line for line in lines if not line.reached]
    if not missed:
        return ["Every aim is reached."]
    return [
        "Not reached:",
        "",
        *(f"- {line.what}: {line.found}, aim {line.aim}" for line in missed),
    ]
