"""Helpers for hand-made samples: a format's file, read, checked and settled on its own."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from bench.foreign import gold_of
from bench.formats import FORMATS
from bench.formats.reading import Reading
from bench.runs import check_against, settle
from bench.schema import Annotation

DATA = Path(os.environ.get("DATELINE_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
real_data = pytest.mark.skipif(not DATA.is_dir(), reason="no shared/data beside this checkout")


KEPT = os.environ.get("DATELINE_KEEP_SAMPLES")
"""A folder for every sample that is read: fuzzing starts from them."""


def keep(name: str, path: Path, folder: Path) -> None:
    """Keep a file, or a folder of files, as one run of bytes."""
    from tests.fuzz.packing import FOLDERS, pack

    beside = path.parent.glob(f"{path.stem}.*") if name in FOLDERS else [path]
    files = [p for p in (path.rglob("*") if path.is_dir() else beside) if p.is_file()]
    content = {str(file): file.read_bytes() for file in files}
    packed = pack(name, content if name in FOLDERS else {"": b"".join(content.values())})
    target = folder / name / hashlib.sha256(packed).hexdigest()[:16]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(packed)


def read(name: str, path: Path) -> Reading:
    """A file read on its own, against its own texts."""
    if KEPT:
        keep(name, path, Path(KEPT))
    reading = FORMATS[name].read(path)
    gold = gold_of(reading)
    check_against(reading, gold)
    settle(reading, gold)
    return reading


def marks(annotation: Annotation) -> list[tuple]:
    """Type, trigger span, then role and span of each argument, for every event."""
    return [
        (
            event.type,
            event.trigger and event.trigger.span,
            *((argument.role, argument.span) for argument in event.arguments),
        )
        for event in annotation.events
    ]


def only(reading: Reading) -> Annotation:
    """The one annotation of a reading without problems."""
    assert not reading.problems, reading.problems
    (annotation,) = reading.annotations.values()
    return annotation
