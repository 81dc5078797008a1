"""A small gold, a run over it, and a submission made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import gold
from bench.formats import jsonl
from leaderboard import submissions

SYSTEM = """\
name: Half of it
authors: [A. Tester]
submitted: 2026-11-22
kind: rules
description: The gold with every other event left out.
training_data: none
use_of_test: none
code: https://example.org/half
"""


def half(step: int = 2, split: str | None = None) -> str:
    """A run: the gold, every `step`-th event kept."""
    found = gold.load(split).annotations.values()
    kept = (a.model_copy(update={"events": a.events[::step]}) for a in found)
    return "".join(jsonl.write(kept))


@pytest.fixture
def system_file(tmp_path) -> Path:
    path = tmp_path / "system.yaml"
    path.write_text(SYSTEM, encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_text(half(), encoding="utf-8")
    return path


_MADE: dict[str, bytes] = {}
"""The files of the submission, scored once for all tests."""


@pytest.fixture
def submitted(one_story, run, system_file, tmp_path) -> Path:
    """The folder of a submission, below the folder of submissions."""
    if not _MADE:
        made = submissions.submit(run, system_file, tmp_path / "made")
        _MADE.update({path.name: path.read_bytes() for path in made.iterdir()})
    folder = tmp_path / "submissions" / "half-of-it"
    folder.mkdir(parents=True)
    for name, content in _MADE.items():
        (folder / name).write_bytes(content)
    return folder
