"""Large native files are read by child processes while this one starts.

To import what a command needs takes as long as to read a large file, and must not wait for it. The
children are begun before anything is imported, hence before the options are understood: a file that
is named on the command line and then not wanted was read for nothing, and that is all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bench.aside import Aside, is_possible

if TYPE_CHECKING:
    from bench.optimistic import Kept

GOLD = "--gold"
"""Without it runs are read against the shipped gold, whose texts ask for the strict reader."""
_LARGE = 4 * 2**20
"""Bytes of a file that take longer to read than a child to begin."""
_begun: dict[Path, Aside[Kept | None]] = {}


def read_ahead(arguments: Sequence[str]) -> None:
    """Begin to read the large files that a command line names, where somebody's gold is one."""
    if GOLD not in arguments:
        return
    for before, word in pairwise(["", *arguments]):
        path = Path(word)
        if path not in _begun and _is_large(path) and is_possible():
            _begun[path] = Aside(partial(_read, path, digested=before == GOLD))


def _is_large(path: Path) -> bool:
    return path.suffix == ".jsonl" and path.is_file() and path.stat().st_size >= _LARGE


def read_at_once(path: Path, format_name: str | None, *, digested: bool) -> Kept | None:
    """What `optimistic.read` says of a file, begun or not."""
    if format_name not in (None, "jsonl"):
        return None
    begun = _begun.pop(path, None)
    if begun is None:
        return _read(path, digested=digested)
    _import_meanwhile()
    return begun.result()


def _read(path: Path, *, digested: bool) -> Kept | None:
    from bench.optimistic import read

    return read(path, digested=digested)


def _import_meanwhile() -> None:
    """What is needed once the file is there."""
    import bench.evaluate
    import bench.readers
    import bench.render.table  # noqa: F401
