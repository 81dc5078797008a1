"""The mistakes that are made, and how they are drawn."""

from __future__ import annotations

import random

import pytest

from tests.mutation.mutants import OPERATORS, places, sample
from tests.mutation.page import mutation_page

CODE = '''def least(one: int | None, other: "int" = 3) -> int | None:
    """Not a word of this: 1 < 2."""
    if one is None or other < 0:
        return None
    return min(one, max(other, key=abs, default=one))
'''


@pytest.fixture
def mutants(tmp_path):
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    found, of = sample(tmp_path, "code.py", share=None, least=0, seed=1)
    assert of >= len(found)
    return found


def test_each_mutant_is_another_program_and_no_annotation_is_touched(mutants):
    codes = [mutant.code for mutant in mutants]
    assert len(set(codes)) == len(codes)
    assert CODE not in codes
    assert all("one: int | None" in code and "-> int | None" in code for code in codes)
    assert all("Not a word of this: 1 < 2." in code for code in codes)


@pytest.mark.parametrize(
    "after",
    [
        "if one is None and other < 0:",
        "if one is None or other <= 0:",
        "if one is not None or other < 0:",
        "return max(one, max(other, key=abs, default=one))",
        "return None",
        'def least(one: int | None, other: "int" = 4) -> int | None:',
    ],
)
def test_the_mistakes_are_among_them(mutants, after):
    assert after in [mutant.after.replace("=  ", "= ") for mutant in mutants]


def test_arguments_that_min_takes_in_any_order_are_not_swapped():
    assert "SwapArguments" not in {
        name for made in places("min(x, y)\n").values() for name, _ in made
    }
    assert "SwapArguments" in {name for made in places("f(x, y)\n").values() for name, _ in made}


def test_a_seed_draws_the_same_sample_whatever_was_drawn_before(tmp_path):
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    draws = []
    for noise in (1, 2):
        random.seed(noise)
        draws.append(sample(tmp_path, "code.py", share=0.5, least=1, seed=7))
    assert draws[0] == draws[1]
    assert sample(tmp_path, "code.py", share=0.5, least=1, seed=8) != draws[0]


def test_operators_of_both_kinds_are_there():
    assert {"core/AddNot", "ReturnNone", "SwapArguments", "CallOpposite"} <= set(OPERATORS)


def test_the_page_counts_what_ran_out_of_time_as_killed():
    row = {"path": "a.py", "line": 3, "before": "x < 1", "after": "x > 1"}
    said = {
        str(n): row | {"said": word} for n, word in enumerate(("killed", "timeout", "survived"))
    }
    page = mutation_page({"4": {"of": {"a.py": 9}, "trials": said}})
    assert "| all | 9 | 3 | 2 | 1 | 1 | 66.7 |" in page
    assert "- `a.py:3` `x < 1` → `x > 1`: not explained" in page
