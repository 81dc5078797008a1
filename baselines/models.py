"""Where trained baselines keep their models: made on first use, found again by what made them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import platformdirs


def cache_root() -> Path:
    """The user's cache folder for Dateline; `DATELINE_CACHE` names another."""
    given = os.environ.get("DATELINE_CACHE")
    return Path(given) if given else Path(platformdirs.user_cache_dir("dateline"))


def key_of(parts: Iterable[object]) -> str:
    """A short name for everything that makes a model what it is: data, settings, versions.

    >>> key_of(["train", 7]) == key_of(["train", "7"])
    True
    """
    text = "\0".join(str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def cached(name: str, key: str, build: Callable[[Path], None], *, afresh: bool = False) -> Path:
    """The folder of a model, built by `build(folder)` unless it is there.

    It appears whole or not at all: an interrupted build leaves nothing, of two at once one wins.
    """
    home = cache_root() / "models" / f"{name}-{key}"
    if afresh and home.exists():
        shutil.rmtree(home)
    if home.exists():
        return home
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix=".building-") as folder:
        made = Path(folder) / "model"
        made.mkdir()
        build(made)
        _move(made, home)
    return home


def _move(made: Path, home: Path) -> None:
    try:
        made.rename(home)
    except OSError:
        if not home.exists():  # somebody else was first, with the same model
            raise
