"""The process that fuzzes one reader: `python -m tests.fuzz.target NAME RESULTS SEED…`.

What follows the seed goes to libFuzzer. A finding is kept with its input and fuzzing goes on; only
what stops the process (too long, too much memory, a crash below Python) ends it.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import time
import traceback
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FLUSH = 2.0
"""Seconds between two notes of how many inputs were tried."""


class Tally:
    """How many inputs were tried, and what was found, kept on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "tally.json"
        self.executions, self.written = 0, 0.0
        self.findings: dict[str, str] = {}
        if self.path.exists():
            found = json.loads(self.path.read_text(encoding="utf-8"))
            self.executions, self.findings = found["executions"], found["findings"]

    def count(self) -> None:
        self.executions += 1
        if time.monotonic() > self.written + FLUSH:
            self.write()

    @contextmanager
    def kept(self, data: bytes, allowed: type[Exception]) -> Iterator[None]:
        """Keep whatever escapes from what is done with an input, but for one kind of error."""
        try:
            yield
        except allowed:
            pass
        except Exception as error:
            self.add(error, data)

    def write(self) -> None:
        content = {"executions": self.executions, "findings": self.findings}
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(content, indent=1), encoding="utf-8")
        beside.replace(self.path)
        self.written = time.monotonic()

    def add(self, error: BaseException, data: bytes) -> None:
        where = place(error)
        if where not in self.findings:
            file = f"finding-{hashlib.sha256(data).hexdigest()[:12]}"
            (self.folder / file).write_bytes(data)
            (self.folder / f"{file}.txt").write_text("".join(traceback.format_exception(error)))
            self.findings[where] = file
            self.write()


def place(error: BaseException) -> str:
    """The kind of an error and the innermost line of ours that it came through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/bench/" in f.filename]
    last = frames[-1] if frames else None
    where = f"bench/{last.filename.rpartition('/bench/')[2]}:{last.name}" if last else "the harness"
    return f"{type(error).__name__} in {where}"


def main(name: str, results: str, flags: list[str]) -> None:
    """Fuzz one reader until libFuzzer has had its time."""
    import atheris

    with atheris.instrument_imports(include=["bench"]):
        from bench.errors import DatelineError
        from bench.formats.base import recognise
        from bench.offsets import Unit
        from tests.formats.hostile import WRITERS, read_through
        from tests.fuzz.mutate import mutated
        from tests.fuzz.packing import unpack

    tally = Tally(Path(results))
    units = list(Unit)

    def one_input(data: bytes) -> None:
        tally.count()
        chance = zlib.crc32(data)
        to = WRITERS[chance // 6 % len(WRITERS)] if chance % 2 else None
        with tempfile.TemporaryDirectory() as folder:
            path = unpack(name, data, Path(folder))
            with tally.kept(data, DatelineError):
                recognise(path)
            with tally.kept(data, DatelineError):
                read_through(name, path, units[chance % len(units)], to)

    def mutator(data: bytes, max_size: int, seed: int) -> bytes:
        changed = mutated(data, seed) if seed % 2 else None
        fits = changed is not None and len(changed) <= max_size
        return changed if fits else atheris.Mutate(data, max_size)

    tally.write()
    atheris.Setup([sys.argv[0], *flags], one_input, custom_mutator=mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
