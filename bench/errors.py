"""Problems a user can fix.

    DatelineError
    ├── UnknownName        a metric, match mode, extractor, split … that does not exist
    ├── UnknownFormat      a file whose format cannot be told from its content
    ├── MissingText        an article whose text is not on this machine
    ├── CannotRun          an extractor that lacks what it needs, whatever the document
    ├── GoldError          the published gold contradicts itself
    ├── Incomparable       two reports that do not measure the same thing on the same documents
    └── InvalidFile        a file with one or more problems, each with its place

Everything else that is raised is a bug of ours and shows its traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHOWN_PROBLEMS = 20


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like a wrong one, or None where none is like it.

    >>> nearest("argumnet", ["trigger", "argument"])
    'argument'
    """
    near = difflib.get_close_matches(name[:200], list(known), n=1, cutoff=0.5)
    return near[0] if near else None


class DatelineError(Exception):
    """Base of all problems a user can fix; the command line prints it and exits with 2."""


class UnknownName(DatelineError, LookupError):
    """One or more names that no registry knows, each with the nearest known one."""

    def __init__(self, kind: str, unknown: Iterable[str], known: Iterable[str]) -> None:
        choices = sorted(known)
        lines = [self._line(kind, name, choices) for name in unknown]
        super().__init__("\n".join(lines))

    @staticmethod
    def _line(kind: str, name: str, choices: Sequence[str]) -> str:
        near = nearest(name, choices)
        hint = f"did you mean {near}? " if near else ""
        return f"unknown {kind} {name!r}: {hint}Known: {', '.join(choices) or 'none'}"


class UnknownFormat(DatelineError):
    """A file that could be of several formats, or of none that is known."""

    def __init__(self, path: object, candidates: Sequence[str], option: str = "--format") -> None:
        names = ", ".join(candidates)
        super().__init__(f"{path}: the format cannot be told; say {option} with one of: {names}")


class MissingText(DatelineError):
    """The text of an article is needed and not on this machine."""


class CannotRun(DatelineError):
    """An extractor cannot work here, whatever the document: a package, a key, a server is missing.

    Raised inside `extract` it ends the run, where any other problem loses one document.
    """


class GoldError(DatelineError):
    """The published gold contradicts itself or its registers."""


class Incomparable(DatelineError):
    """Two reports that do not measure the same thing; one line for each way in which they differ.

    >>> print(Incomparable(["units: story in A, document in B"]))
    the two reports cannot be compared:
      units: story in A, document in B
    """

    def __init__(self, differences: Iterable[str]) -> None:
        lines = ["the two reports cannot be compared:", *differences]
        super().__init__("\n  ".join(lines))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where it is, what was found, what was wanted."""

    file: str
    line: int
    path: str
    found: str
    wanted: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " + (f"{self.path}: " if self.path else "")
        return f"{place}found {self.found}, wanted {self.wanted}" + (
            f" ({self.hint})" if self.hint else ""
        )


class InvalidFile(DatelineError):
    """A file with problems; the message lists up to twenty of them and counts the rest."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(list_problems(self.problems))


def list_problems(problems: Sequence[Problem], shown: int = SHOWN_PROBLEMS) -> str:
    """One line a problem, the first `shown` of them, then how many more there are."""
    lines = [str(problem) for problem in problems[:shown]]
    if len(problems) > shown:
        lines.append(f"… and {len(problems) - shown} more problems")
    return "\n".join(lines)
