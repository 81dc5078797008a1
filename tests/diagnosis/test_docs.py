"""docs/diagnosis.md says what the code does: every cause in the order tried, every slicing."""

from __future__ import annotations

import re
from pathlib import Path

from bench.diagnosis import CAUSES, LAYERS, causes_of
from bench.diagnosis.slices import CUTS

PAGE = (Path(__file__).parents[2] / "docs" / "diagnosis.md").read_text(encoding="utf-8")


def section(title: str) -> list[list[str]]:
    """The rows of the table under a heading."""
    text = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip(" `|") for cell in row] for row in rows[2:]]


def test_the_table_of_causes_is_the_registry():
    rows = section("The causes")
    assert [row[0] for row in rows] == [name for layer in LAYERS for name in causes_of(layer)]
    for name, sizes, definition, *needs in rows:
        assert re.fullmatch(r"\d( or 0|\+)?, \d\+?", sizes), name
        assert definition
        said = set(filter(None, ", ".join(needs).split(", ")))
        assert said == set(CAUSES[name].needs), name


def test_the_tables_of_layers_and_slices_are_the_registries():
    assert {row[0]: row[1] for row in section("What is explained")} == {
        name: str(layer.measure) for name, layer in LAYERS.items()
    }
    assert {row[0]: row[1] for row in section("The slices")} == {
        name: cut.layer for name, cut in CUTS.items()
    }
