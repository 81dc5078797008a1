"""The file beside a run that is being made, from which an interrupted run goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from bench.cli.options import note
from bench.errors import DatelineError
from bench.schema import Annotation

Key = Mapping[str, object]


class Partial:
    """Finished lines of a run, each on disk as soon as it is there, after a line that says what
    made them. Lines of another making are not used; a line that was cut off is dropped.

    Raises DatelineError where it cannot be written or another run is writing it.
    """

    def __init__(self, output: Path, key: Key, *, resume: bool) -> None:
        self.output = Path(os.path.realpath(output))
        self.path = self.output.with_name(f"{self.output.name}.part")
        if self.output.is_dir():
            raise DatelineError(f"{output}: is a folder, wanted a file")
        try:
            self._file = self.path.open("a+b")
        except OSError as error:
            raise DatelineError(f"{output}: {error.strerror or error}") from error
        _lock(self._file, self.path)
        self.lines = self._found(key) if resume else {}
        self._restart(key)

    def _found(self, key: Key) -> dict[str, str]:
        """Whole lines of the same making, by document."""
        self._file.seek(0)
        header, *lines = self._file.read().split(b"\n")[:-1] or [b""]
        if header == _header(key):
            return _whole(lines)
        if header:
            note(f"{self.path} is not used: {_difference(header, key)}")
        return {}

    def _restart(self, key: Key) -> None:
        self._file.truncate(0)
        self._write(_header(key))
        for line in self.lines.values():
            self._write(line.encode())

    def _write(self, line: bytes) -> None:
        self._file.write(line + b"\n")
        self._file.flush()

    def add(self, doc_id: str, line: str) -> None:
        """Keep a line, at once."""
        self.lines[doc_id] = line
        self._write(line.encode())

    def finish(self, doc_ids: Iterable[str], *, keep: bool) -> None:
        """Write the run itself, in the order of the documents: the file is whole or as before."""
        made = self.output.with_name(f"{self.output.name}.new")
        text = "".join(f"{self.lines[name]}\n" for name in doc_ids if name in self.lines)
        try:
            made.write_text(text, encoding="utf-8", newline="\n")
            made.replace(self.output)
        except OSError as error:
            raise DatelineError(f"{self.output}: {error.strerror or error}") from error
        if not keep:
            self.path.unlink()
        self.close()

    def close(self) -> None:
        """Let go of the file; one without a line is removed."""
        if not self._file.closed and not self.lines:
            self.path.unlink(missing_ok=True)
        self._file.close()


def _header(key: Key) -> bytes:
    return json.dumps({"part": key}, sort_keys=True, ensure_ascii=True).encode()


def _whole(lines: Iterable[bytes]) -> dict[str, str]:
    """Lines up to the first that is no annotation: after a crash anything may stand there."""
    found: dict[str, str] = {}
    for line in lines:
        try:
            found[Annotation.model_validate_json(line).doc_id] = line.decode()
        except ValueError:
            break
    return found


def _difference(header: bytes, key: Key) -> str:
    try:
        other = json.loads(header)["part"]
        names = [name for name in key if other.get(name) != key[name]]
    except (ValueError, TypeError, KeyError, AttributeError):
        return "it is no part of a run"
    told = (
        f"{name} was {json.dumps(other.get(name))}, is {json.dumps(key[name])}" for name in names
    )
    return "another command made it: " + "; ".join(told)


def _lock(file: IO[bytes], path: Path) -> None:
    """Refuse a file that another run is writing; the lock goes with the process that holds it."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise DatelineError(
            f"{path}: another run is writing it; wait, or name another file"
        ) from error
