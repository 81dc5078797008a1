"""The mistakes that are made, and how they are drawn."""

from __future__ import annotations

import random

import pytest

from tests.mutation.mutants import OPERATORS, places, sample

CODE = '''def least(one: int | None, other: "int" = 3) -> int | None:
    """Not a word of this: 1 < 2."""
    if one is None or other < 0:
        return None
    return min(one, max(other, key=abs, default=one))
'''


@pytest.fixture
def mutants(tmp_path):
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    return sample(tmp_path, "code.py", share=None, seed=1)


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


def test_a_mutant_differs_in_one_place_alone(mutants):
    for mutant in mutants:
        lines = zip(CODE.splitlines(), mutant.code.splitlines(), strict=True)
        assert [n for n, (one, other) in enumerate(lines, 1) if one != other] == [mutant.line]


def test_arguments_that_min_takes_in_any_order_are_not_swapped():
    def operators(code):
        return {place.operator for made in places(code).values() for place in made}

    assert "SwapArguments" not in operators("min(x, y)\n")
    assert "SwapArguments" in operators("f(x, y)\n")


def test_a_seed_draws_the_same_sample_whatever_was_drawn_before(tmp_path):
    (tmp_path / "code.py").write_text(CODE, encoding="utf-8")
    draws = []
    for noise in (1, 2):
        random.seed(noise)
        draws.append(sample(tmp_path, "code.py", share=0.5, seed=7))
    assert draws[0] == draws[1]
    assert sample(tmp_path, "code.py", share=0.5, seed=8) != draws[0]


def test_operators_of_both_kinds_are_there():
    assert {"core/AddNot", "ReturnNone", "SwapArguments", "CallOpposite"} <= set(OPERATORS)
