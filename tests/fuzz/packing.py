"""One run of bytes for what a reader is given: a file, or a small folder of files."""

from __future__ import annotations

import re
from pathlib import Path

from bench.formats import FORMATS

FOLDERS = {"brat": (".txt", ".ann"), "timeml": (".tml",), "webanno": (".tsv",)}
"""Formats that are fuzzed as folders, with the endings of their files."""
_HEAD = re.compile(rb"\n=== ([a-z0-9]{1,8}\.[a-z]{3})\n")


def pack(name: str, files: dict[str, bytes]) -> bytes:
    """The contents of a file, or of a folder one below the other, each under a line of its own.

    Files of a folder lose their names, but not which of them belong together.
    """
    if "" in files:
        return files[""]
    stems = {stem: f"d{n}" for n, stem in enumerate(dict.fromkeys(Path(f).stem for f in files))}
    kept = {f: files[f] for f in files if f.endswith(FOLDERS[name])}
    heads = {f: f"\n=== {stems[Path(f).stem]}{Path(f).suffix}\n".encode() for f in kept}
    return b"".join(heads[file] + content for file, content in kept.items())


def unpack(name: str, data: bytes, folder: Path) -> Path:
    """Write what some bytes hold into an empty folder; returns the path that the reader is given.

    A name is one of a few short ones: nothing is written outside the folder.
    """
    if name not in FOLDERS:
        suffix = next((end for end in FORMATS[name].suffixes if end != "/"), ".data")
        path = folder / f"file{suffix}"
        path.write_bytes(data)
        return path
    _, *parts = _HEAD.split(data)
    for file, content in zip(parts[::2], parts[1::2], strict=True):
        if file.decode().endswith(FOLDERS[name]):
            (folder / file.decode()).write_bytes(content)
    return folder
