"""A mistake inside a function, put into the functions that stand: so that nothing is imported anew."""

from __future__ import annotations

import gc
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType, FrameType, FunctionType


def key(code: CodeType) -> str:
    """Names a piece of code by its place; two on one line, as lambdas may be, share a name."""
    return f"{code.co_filename}:{code.co_firstlineno}:{code.co_qualname}"


def recorder(paths: frozenset[str], seen: set[str]) -> Callable[[FrameType, str, object], None]:
    """For `sys.settrace`: notes which code of some files runs."""

    def record(frame: FrameType, event: str, argument: object) -> None:
        if frame.f_code.co_filename in paths:
            seen.add(key(frame.f_code))

    return record


@dataclass(frozen=True)
class Exchange:
    """The code that a mistake changes: new code by name, and names of what itself reads otherwise,
    not only for a function inside it that does.
    """

    codes: Mapping[str, CodeType]
    touched: frozenset[str]
    shared: frozenset[str]
    """Names in `codes` that stand for several pieces of code."""

    def fits(self, functions: Mapping[str, Sequence[FunctionType]]) -> bool:
        """Whether these functions can take their new code and mean what it means."""
        return not any(
            name in self.shared or function.__code__.co_freevars != code.co_freevars
            for name, code in self.codes.items()
            for function in functions.get(name, ())
        )

    def make(self, functions: Mapping[str, Sequence[FunctionType]]) -> None:
        """Put the new code into them."""
        for name, code in self.codes.items():
            for function in functions.get(name, ()):
                function.__code__ = code


def exchange(plain: str, mutated: str, path: str) -> Exchange | None:
    """What changes between two sources of a file; None where they have other functions."""
    try:
        found = list(_pairs(compiled(plain, path), compiled(mutated, path)))
    except ValueError:
        return None
    names = [key(old) for old, _ in found]
    codes = {key(old): new for old, new in found if _without_places(old) != _without_places(new)}
    touched = frozenset(key(old) for old, new in found if _own(old) != _own(new))
    return Exchange(codes, touched, frozenset(n for n in codes if names.count(n) > 1))


def compiled(code: str, path: str) -> CodeType:
    """A module's code; no warning of Python's kills a mutant."""
    with warnings.catch_warnings(action="ignore"):
        return compile(code, path, "exec", dont_inherit=True)


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Code and the code inside it, old and new side by side; raises ValueError where it differs in
    number or name.
    """
    if key(old) != key(new):
        raise ValueError
    yield old, new
    for one, other in zip(_inside(old), _inside(new), strict=True):
        yield from _pairs(one, other)


def _inside(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _without_places(code: CodeType) -> CodeType:
    inside = (_without_places(c) if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(inside))


def _own(code: CodeType) -> CodeType:
    own = (None if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(own))


def standing(paths: frozenset[str]) -> dict[str, list[FunctionType]]:
    """Every function there is whose code is of some files: methods, lambdas and closures too."""
    found: dict[str, list[FunctionType]] = defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename in paths:
            found[key(thing.__code__)].append(thing)
    return found
