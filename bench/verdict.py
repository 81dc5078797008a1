"""`Verdict`: what `dateline check` finds out about a run beside a baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from bench.errors import UnknownName
from bench.schema import Record

Word = Literal["regressed", "fine", "cannot tell"]
EXIT: Mapping[Word, int] = {"regressed": 1, "fine": 0, "cannot tell": 3}


def exit_code(word: Word, *, lenient: bool = False) -> int:
    """What the command line exits with.

    >>> [exit_code(word) for word in EXIT], exit_code("cannot tell", lenient=True)
    ([1, 0, 3], 0)
    """
    return 0 if lenient and word == "cannot tell" else EXIT[word]


class VerdictSignature(Record):
    """How a verdict was made; equal signatures make equal verdicts comparable."""

    version: str
    """Version of the scorer that checked."""
    gold: str
    """Release of the gold that the run was scored on."""
    splits: tuple[str, ...]
    """Splits that were scored."""
    unit: str
    """What is drawn and exchanged: stories or documents."""
    units: int
    """How many of them there are."""
    samples: int
    """Resamples of the bootstrap and of the permutation test."""
    seed: int
    """Seed of both."""
    alpha: float
    """Largest chance of a false alarm in the whole check."""
    margin: float
    """A drop of F1 up to this is nobody's problem."""
    tests: tuple[int, int]
    """How many rows of all types together, and how many of single types, share alpha."""

    def __str__(self) -> str:
        return "|".join(
            (
                f"dateline:{self.version}",
                f"gold:{self.gold}",
                f"splits:{'+'.join(self.splits)}",
                f"bootstrap+permutation:{self.unit}s:{self.units}:{self.samples}:{self.seed}",
                f"alpha:{self.alpha:g}",
                f"margin:{self.margin:g}",
                f"holm:{self.tests[0]}+{self.tests[1]}",
            )
        )


class Loss(Record):
    """A document (or story) on which the run matches fewer items than the baseline."""

    name: str
    """The document, or the story of a measure that is counted over stories."""
    baseline: float
    """Gold items that the baseline matched."""
    run: float
    """Gold items that the run matched."""
    gold: float
    """Gold items."""

    @property
    def lost(self) -> float:
        """How many fewer."""
        return self.baseline - self.run


class Line(Record):
    """One measure, over all types together or for one type."""

    metric: str
    """The measure's name."""
    type: str | None = None
    """The event type; null on the line of all types together."""
    gold: float
    """Items in the gold."""
    baseline: float | None
    """F1 of the baseline."""
    run: float | None
    """F1 of the run."""
    difference: float | None
    """F1 of the run less that of the baseline; null where one of them is undefined."""
    interval: tuple[float, float] | None
    """Percentile interval of the difference, of coverage 1 − alpha."""
    p: float | None
    """One-sided p of the permutation test: how often a drop as large would come from chance."""
    adjusted: float | None
    """p corrected for every test of the check; null where no drop could be shown, however large,
    or where none is looked for."""
    detectable: float | None
    """Smallest true drop that the check would have called with 80 % power; null where it could not
    have called any, or it cannot be estimated."""
    floor: float | None = None
    """F1 below which the line has regressed, whatever the baseline."""
    allowed: bool = False
    """Whether the type was allowed to drop."""
    word: Word
    """The verdict on the line."""
    reason: str
    """Why, in a few words."""
    worst: tuple[Loss, ...] = ()
    """Documents that lost most matched items, up to three; on lines of all types only."""

    @property
    def name(self) -> str:
        """The measure and the type.

        >>> Line.model_construct(metric="trigger", type="AID").name
        'trigger AID'
        """
        return f"{self.metric} {self.type}" if self.type is not None else self.metric

    @property
    def drop(self) -> float:
        """How far F1 fell; below 0 where it rose, and 0 where it is undefined."""
        return -(self.difference or 0.0)


class Verdict(Record):
    """A run beside a baseline, in one of three words."""

    word: Word
    """The word for the whole: regressed where any line is, fine where every line of all types
    together is, else cannot tell."""
    run: str
    """Name of the system that was checked."""
    baseline: str
    """Name of the system it is held against."""
    signature: VerdictSignature
    """How the verdict was made."""
    documents: int
    """Documents on which both were compared."""
    notes: tuple[str, ...] = ()
    """What a reader must know beside the numbers."""
    lines: tuple[Line, ...] = Field(min_length=1)
    """Every measure: its line of all types together, then its types."""

    def wholes(self) -> Iterator[Line]:
        """The lines of all types together, one a measure."""
        return (line for line in self.lines if line.type is None)

    def types_of(self, metric: str) -> list[Line]:
        """The lines of a measure's types."""
        return [line for line in self.lines if line.metric == metric and line.type is not None]

    def regressed(self) -> list[Line]:
        """The lines that regressed, the largest drop first."""
        found = (line for line in self.lines if line.word == "regressed")
        return sorted(found, key=lambda line: (-line.drop, line.metric, line.type or ""))

    def line(self, metric: str, type: str | None = None) -> Line:  # noqa: A002 - the field's name
        """The line of a measure, or of one of its types; raises UnknownName."""
        found = {line.name: line for line in self.lines}
        name = f"{metric} {type}" if type is not None else metric
        if name not in found:
            raise UnknownName("line of the verdict", [name], found)
        return found[name]
