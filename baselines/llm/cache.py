"""Answers kept on disk: what was asked before is not asked again, so a run can be resumed."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bench.errors import CannotRun


class Reply(BaseModel):
    """What a model answered, and what it cost."""

    model_config = ConfigDict(frozen=True)

    answer: str
    """Its words."""
    finish: str | None = None
    """Why it stopped: `length` where it was cut off."""
    tokens_in: int | None = None
    """Tokens of the question; null where the endpoint does not say."""
    tokens_out: int | None = None
    """Tokens of the answer."""


def key_of(parts: Mapping[str, Any]) -> str:
    """A name for everything that an answer depends on.

    >>> key_of({"model": "a", "seed": 1}) == key_of({"seed": 1, "model": "a"})
    True
    """
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


class Cache:
    """A folder with a file for each answer. A file that is broken counts as missing."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / f"{key}.json"

    def get(self, key: str) -> Reply | None:
        """The answer kept under a key."""
        try:
            return Reply.model_validate_json(self._path(key).read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, key: str, reply: Reply) -> None:
        """Keep an answer; the file appears whole or not at all. Raises CannotRun where the
        folder cannot be written.
        """
        try:
            _write(self._path(key), reply.model_dump_json().encode())
        except OSError as error:
            raise CannotRun(
                f"{self.root}: answers cannot be kept ({error}); DATELINE_CACHE moves them"
            ) from error


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
