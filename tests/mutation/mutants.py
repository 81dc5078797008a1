"""Mutants of a file: every place that can be got wrong, and a seeded sample of them."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import parso.tree as parsed  # before cosmic_ray, which cannot import it halfway
from cosmic_ray import plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.operators.operator import Operator

from tests.mutation.operators import CallOpposite, ReturnNone, SwapArguments

LEAST = 3
"""The fewest mutants of a file in a sample."""
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


@dataclass(frozen=True)
class Place:
    """Where an operator can make a mistake; a node may have several such places."""

    operator: str
    node: parsed.NodeOrLeaf = field(repr=False)
    index: int


def places(code: str) -> dict[Span, list[Place]]:
    """Places by position; annotations are never evaluated."""
    unread, nodes = _annotations(code), list(ast_nodes(get_ast(code)))
    found: dict[Span, list[Place]] = {}
    for name, operator in OPERATORS.items():
        for node in nodes:
            for index, span in enumerate(operator.mutation_positions(node)):
                if not any(start <= span[0] and span[1] <= end for start, end in unread):
                    found.setdefault(span, []).append(Place(name, node, index))
    return found


def mutated(place: Place) -> str:
    """The code with that mistake. The tree is as it was when this returns: a file need not be
    parsed for each mutant.
    """
    node, parent = place.node, place.node.parent
    node.parent = None  # a copy takes along what it hangs from
    twin, node.parent, before = deepcopy(node), parent, list(parent.children)
    twin.parent = parent
    at = next(n for n, child in enumerate(before) if child is node)
    parent.children[at] = twin
    made = OPERATORS[place.operator].mutate(twin, place.index)
    parent.children[at : at + 1] = [] if made is None else [made]
    code: str = node.get_root_node().get_code()
    parent.children[:] = before
    return code


def _annotations(code: str) -> list[Span]:
    nodes = list(ast.walk(ast.parse(code)))
    found = [getattr(node, name, None) for node in nodes for name in ("annotation", "returns")]
    return [
        ((a.lineno, a.col_offset), (a.end_lineno, a.end_col_offset)) for a in found if a is not None
    ]


def sample(root: Path, path: str, *, share: float | None, seed: int) -> list[Mutant]:
    """A draw of the mutants of a file, or all: places are drawn first, then one mutant a place, so
    that a sign with a dozen replacements weighs no more than another.
    """
    code = (root / path).read_text(encoding="utf-8")
    every = places(code)
    chosen = [choice for choices in every.values() for choice in choices]
    size = None
    if share is not None:
        rng = random.Random(f"{seed} {path}")
        chosen = [rng.choice(every[place]) for place in rng.sample(sorted(every), len(every))]
        size = max(LEAST, round(share * len(every)))
    return list(islice(_made(path, code, chosen), size))


def _made(path: str, code: str, chosen: Iterable[Place]) -> Iterator[Mutant]:
    """The mutants that are programs and other programs than the code, each once."""
    plain, known = ast.dump(ast.parse(code)), set()
    for place in chosen:
        changed = mutated(place)
        try:
            tree = ast.dump(ast.parse(changed))
        except SyntaxError:
            continue
        if tree == plain or tree in known:
            continue
        known.add(tree)
        pairs = zip(code.splitlines(), changed.splitlines(), strict=False)
        line, before, after = next((n, a, b) for n, (a, b) in enumerate(pairs, 1) if a != b)
        yield Mutant(path, line, before.strip(), " ".join(after.split()), changed)
