"""Mistakes that cosmic-ray's own operators do not make: nothing returned, two arguments swapped, the
other of two opposite functions called.
"""

from __future__ import annotations

import parso.python.tree as tree  # before cosmic_ray, which cannot import it halfway
from cosmic_ray.operators.operator import Operator

OPPOSITES = {"min": "max", "any": "all", "bisect_left": "bisect_right", "row": "column"}
OPPOSITES |= {"gold": "predicted", "ours": "theirs", "precision": "recall", "sorted": "list"}
OPPOSITES |= {other: one for one, other in OPPOSITES.items() if one != "sorted"}


class ReturnNone(Operator):
    """`return x` becomes `return None`."""

    def mutation_positions(self, node):
        if node.type == "return_stmt" and node.children[1].get_code().strip() != "None":
            yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        node.children[1:] = [tree.Name(" None", node.start_pos)]
        return node

    @classmethod
    def examples(cls):
        return ()


class SwapArguments(Operator):
    """`f(x, y)` becomes `f(y, x)`, for every two neighbours given by position."""

    def mutation_positions(self, node):
        for _ in _neighbours(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        one, other = _neighbours(node)[index]
        node.children[one], node.children[other] = node.children[other], node.children[one]
        return node

    @classmethod
    def examples(cls):
        return ()


def _neighbours(node) -> list[tuple[int, int]]:
    """Places of arguments by position and of the next one, in the children of an `arglist`."""
    call = (
        (node.get_previous_leaf() or node).get_previous_leaf() if node.type == "arglist" else None
    )
    if call is None or call.get_code().strip() in ("min", "max"):  # the order is all the same
        return []
    given = [n for n, c in enumerate(node.children) if c.type not in ("argument", "operator")]
    return [(n, n + 2) for n in given if n + 2 in given]


class CallOpposite(Operator):
    """`min(x)` becomes `max(x)`, and `gold` `predicted`; what is defined or a keyword stays."""

    def mutation_positions(self, node):
        if node.type == "name" and node.value in OPPOSITES and not _is_bound(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        return tree.Name(node.prefix + OPPOSITES[node.value], node.start_pos)

    @classmethod
    def examples(cls):
        return ()


def _is_bound(name) -> bool:
    keyword = name.parent.type == "argument" and name.parent.children[0] is name
    return keyword or name.is_definition()
