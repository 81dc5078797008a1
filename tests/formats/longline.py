"""Gives every reader a line of 1 GiB: `python -m tests.formats.longline FOLDER`.

Prints a line of JSON a reader: what it said, how long it took, the most memory it asked Python for,
in MiB. The file is sparse: it takes no room on the disk.
"""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bench.errors import DatelineError
from bench.formats import FORMATS
from bench.formats.base import recognise

SIZE = 2**30
FOLDERS = {"answer": ["d.txt"], "brat": ["d.ann", "d.txt"], "timeml": ["d.tml"]} | {
    "webanno": ["d.tsv"],
    "hf": ["d.parquet", "d.arrow"],
}
"""Readers that take a folder, and the files in it that they read."""


def sparse(path: Path, begin: bytes) -> Path:
    """A file of one line of 1 GiB that begins in some way."""
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(begin)
        file.truncate(SIZE)
    return path


def inputs(folder: Path) -> Iterator[tuple[str, Path]]:
    """Readers with what they are given: a file, and a folder where they take one."""
    one = sparse(folder / "one", b'{"doc_id": "')
    for name in FORMATS:
        yield name, one
        for file in FOLDERS.get(name, ()):
            inside = folder / f"{name}-{file}"
            sparse(inside / file, b"")
            if file == "d.txt":
                (inside / "d.ann").touch()
            yield name, inside


def said(name: str, path: Path) -> str:
    """What a reader refuses a file with; empty where it does not."""
    with suppress(DatelineError):
        recognise(path)
    try:
        reading = FORMATS[name].read(path)
    except DatelineError as error:
        return str(error)
    return str(reading.problems[0]) if reading.problems else ""


def main(folder: Path) -> None:
    """Try every reader."""
    tracemalloc.start()
    for name, path in inputs(folder):
        tracemalloc.reset_peak()
        began = time.perf_counter()
        found = {"reader": name, "path": path.name, "said": said(name, path)}
        found["seconds"] = str(round(time.perf_counter() - began, 3))
        peak = tracemalloc.get_traced_memory()[1] >> 20
        print(json.dumps({**found, "peak": peak}))  # noqa: T201 - it is a program


if __name__ == "__main__":
    main(Path(sys.argv[1]))
