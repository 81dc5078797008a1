"""Mutants of a file: every place that can be got wrong, and a seeded sample of them."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import parso  # noqa: F401 - before cosmic_ray, which cannot import it halfway
from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator

from tests.mutation.operators import CallOpposite, ReturnNone, SwapArguments

Span = tuple[tuple[int, int], tuple[int, int]]
LEFT_OUT = "NoOp VariableReplacer VariableInserter".split()  # the last two want names of variables
LEFT_OUT += ["ReplaceComparisonOperator_Is_Eq", "ReplaceComparisonOperator_IsNot_NotEq"]  # the same
OPERATORS: dict[str, Operator] = {
    name: plugins.get_operator(name)()
    for name in sorted(plugins.operator_names())
    if name.partition("/")[2] not in LEFT_OUT
} | {kind.__name__: kind() for kind in (CallOpposite, ReturnNone, SwapArguments)}


@dataclass(frozen=True)
class Mutant:
    """One mistake in one file: the lines that it changes, before and after."""

    path: str
    line: int
    before: str
    after: str
    code: str = field(repr=False)


def places(code: str) -> dict[Span, list[tuple[str, int]]]:
    """Operators and the number of their occurrence, by place; annotations are never evaluated."""
    unread, nodes = _annotations(code), list(ast_nodes(get_ast(code)))
    found: dict[Span, list[tuple[str, int]]] = {}
    for name, operator in OPERATORS.items():
        spans = (span for node in nodes for span in operator.mutation_positions(node))
        for occurrence, span in enumerate(spans):
            if not any(start <= span[0] and span[1] <= end for start, end in unread):
                found.setdefault(span, []).append((name, occurrence))
    return found


def _annotations(code: str) -> list[Span]:
    nodes = list(ast.walk(ast.parse(code)))
    found = [getattr(node, name, None) for node in nodes for name in ("annotation", "returns")]
    return [
        ((a.lineno, a.col_offset), (a.end_lineno, a.end_col_offset)) for a in found if a is not None
    ]


def sample(
    root: Path, path: str, *, share: float | None, least: int, seed: int
) -> tuple[list[Mutant], int]:
    """A draw of the mutants of a file and how many there are: places are drawn first, then one
    mutant a place, so that a sign with a dozen replacements weighs no more than another.
    """
    code = (root / path).read_text(encoding="utf-8")
    every = places(code)
    chosen = [choice for choices in every.values() for choice in choices]
    size = len(chosen)
    if share is not None:
        rng = random.Random(f"{seed} {path}")
        chosen = [rng.choice(every[place]) for place in rng.sample(sorted(every), len(every))]
        size = max(least, round(share * len(every)))
    return list(islice(_made(path, code, chosen), size)), sum(map(len, every.values()))


def _made(path: str, code: str, chosen: list[tuple[str, int]]) -> Iterator[Mutant]:
    """The mutants that are programs and other programs than the code."""
    for name, occurrence in chosen:
        mutated = mutate_code(code, OPERATORS[name], occurrence)
        try:
            if mutated is None or ast.dump(ast.parse(mutated)) == ast.dump(ast.parse(code)):
                continue
        except SyntaxError:
            continue
        pairs = zip(code.splitlines(), mutated.splitlines(), strict=False)
        line, before, after = next((n, a, b) for n, (a, b) in enumerate(pairs, 1) if a != b)
        yield Mutant(path, line, before.strip(), " ".join(after.split()), mutated)
