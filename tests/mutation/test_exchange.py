"""A function whose code is exchanged does what it would do had its file been written so."""

from __future__ import annotations

import sys

import pytest

from tests.mutation.exchange import exchange, key, recorder, standing

PLAIN = """
from functools import cache

def scaled(factor):
    return lambda number: factor * number + 1

double = scaled(2)

class Box:
    def __init__(self, held): self.held = held

    @property
    def size(self): return len(self.held)

    @cache
    def first(self): return min(x for x in self.held)

    @classmethod
    def of(cls, *held): return cls(held)
"""


@pytest.fixture
def stand(tmp_path):
    """A program that stands, and a way to make a mistake in it."""
    path = str(tmp_path / "plain.py")
    space: dict[str, object] = {}
    exec(compile(PLAIN, path, "exec"), space)
    functions = standing(frozenset([path]))

    def mistake(old: str, new: str):
        change = exchange(PLAIN, PLAIN.replace(old, new), path)
        return change, functions

    return space, mistake


@pytest.mark.parametrize(
    ("old", "new", "asked", "plain", "wanted"),
    [
        ("number + 1", "number - 1", "double(5)", 11, 9),
        ("number + 1", "number - 1", "scaled(3)(5)", 16, 14),
        ("len(self.held)", "-len(self.held)", "Box('ab').size", 2, -2),
        ("min(x for", "max(x for", "Box('ab').first()", "a", "b"),
        ("for x in self.held", "for x in self.held[1:]", "Box('ab').first()", "a", "b"),
        ("return cls(held)", "return cls(held + held)", "Box.of('a').held", ("a",), ("a", "a")),
    ],
)
def test_closures_lambdas_methods_and_what_is_wrapped_change(stand, old, new, asked, plain, wanted):
    space, mistake = stand
    change, functions = mistake(old, new)
    assert eval(asked, space) == plain
    assert change.fits(functions)
    change.make(functions)
    assert eval(asked, space) == wanted


def test_what_is_touched_is_what_itself_reads_otherwise(stand):
    change, _ = stand[1]("number + 1", "number - 1")
    assert [name.rpartition(":")[2] for name in change.touched] == ["scaled.<locals>.<lambda>"]
    assert {name.rpartition(":")[2] for name in change.codes} == {
        "<module>",
        "scaled",
        "scaled.<locals>.<lambda>",
    }


def test_longer_words_on_a_line_change_nothing_else(stand):
    change, _ = stand[1]("number + 1", "number + 1000")
    assert len(change.touched) == 1


def test_a_file_with_other_functions_cannot_be_exchanged(stand):
    assert stand[1]("lambda number: factor * number + 1", "None")[0] is None
    assert stand[1]("double = scaled(2)", "\ndouble = scaled(2)")[0] is None


def test_a_closure_cannot_be_given_other_variables(stand):
    change, functions = stand[1]("factor * number", "number * number")
    assert not change.fits(functions)


def test_of_two_lambdas_on_a_line_none_can_be_exchanged(tmp_path):
    path, plain = str(tmp_path / "two.py"), "pair = (lambda x: x + 1), (lambda x: x + 2)\n"
    space: dict[str, object] = {}
    exec(compile(plain, path, "exec"), space)
    change = exchange(plain, plain.replace("2", "3"), path)
    assert not change.fits(standing(frozenset([path])))


def test_calls_are_noted_by_file(tmp_path):
    path, seen = str(tmp_path / "one.py"), set()
    space: dict[str, object] = {}
    exec(
        compile("def f(): return g()\ndef g(): return 1\ndef h(): return 2\n", path, "exec"), space
    )
    before = sys.gettrace()
    sys.settrace(recorder(frozenset([path]), seen))
    try:
        space["f"]()
    finally:
        sys.settrace(before)
    assert seen == {key(space["f"].__code__), key(space["g"].__code__)}


def test_no_warning_of_a_mistake_ends_a_run():
    change = exchange("def f(x): return x == 1\n", "def f(x): return x is 1\n", "warned.py")
    assert len(change.touched) == 1
