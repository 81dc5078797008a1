"""Helpers for hand-made samples: a format's file, read, checked and settled on its own."""

from __future__ import annotations

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


def read(name: str, path: Path) -> Reading:
    """A file read on its own, against its own texts."""
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
