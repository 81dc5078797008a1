"""Tables look the same however their rows are given to rich."""

from __future__ import annotations

import pytest
from rich.console import Console

from bench.render.table import grid

ROWS = [["A", "1", ""], ["B[red]x", "22.5", "too few"], ["", "—", ""], ["日本\\", ":smile", ""]]


def shown(rows, width=60, merged=True):
    console = Console(width=width, soft_wrap=True, highlight=False)
    with console.capture() as caught:
        console.print(grid("Title", ["type", "F1", "note"], rows, merged=merged))
    return caught.get().splitlines()


def test_every_row_stands_on_its_own_line():
    *_, first, second, third, fourth, last = shown(ROWS)
    assert first.split() == ["A", "1"]
    assert second.split() == ["B[red]x", "22.5", "too", "few"]
    assert third.split() == ["—"]
    assert fourth.split()[-1] == ":smile"
    assert not last.strip()


def test_a_name_with_a_line_break_moves_no_other_row():
    *_, upper, lower, other, _ = shown([["A\nB", "1", ""], ["C", "2", ""]])
    assert [upper.split(), lower.split(), other.split()] == [["A", "1"], ["B"], ["C", "2"]]


def test_a_table_without_rows_has_its_heads():
    assert "type" in "\n".join(shown([]))


@pytest.mark.parametrize("width", [20, 40, 60])
def test_it_looks_the_same_merged_or_not(width):
    assert shown(ROWS, width) == shown(ROWS, width, merged=False)


def test_a_description_that_is_wrapped_stays_beside_its_name(run_dateline, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = run_dateline("list", "extractors")
    line = next(line for line in out.splitlines() if line.strip().startswith("oracle-triggers"))
    assert "bound" in out
    assert "The gold" in line
