"""What a diagnosis says: findings with causes, what each cause is worth, slices, confusion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, computed_field

from bench.counts import Counts, ratio
from bench.schema import Record

SideName = Literal["gold", "predicted"]


class Thing(Record):
    """One event, argument, realis or date of one side, and where it stands in its annotation."""

    event: int
    """Position of the event among those of its annotation."""
    argument: int | None = None
    """Position of the argument among those of the event; null for what is no argument."""
    id: str | None = None
    """The event's own id, where it has one."""
    type: str
    """The event's type."""
    trigger: str | None = None
    """The words of the event's trigger."""
    start: int | None = None
    """First character of the trigger, or of the argument; null where it has no offsets."""
    end: int | None = None
    """One past the last."""
    words: str | None = None
    """The words themselves, where they are known."""
    role: str | None = None
    """Role of an argument."""
    value: str | None = None
    """The realis, the date, or the actors that an argument stands for."""


class Finding(Record):
    """Missed and spurious things that one mistake explains: a missed one, a spurious one, or those
    that belong together.
    """

    doc_id: str
    """The document."""
    layer: str
    """What was looked at: `event`, `realis`, `argument` or `date`."""
    cause: str
    """Name of the cause, as `layer/name`."""
    missed: tuple[Thing, ...] = ()
    """Gold things that were not found."""
    spurious: tuple[Thing, ...] = ()
    """Predicted things that are not in the gold."""
    line: int | None = None
    """Line of the article, counted from 1; null without text or offsets."""


class CauseRow(Record):
    """How often one thing went wrong and what mending it alone would return."""

    cause: str
    """Name, as `layer/name`."""
    summary: str
    """What it means."""
    missed: int
    """Missed things with this cause."""
    spurious: int
    """Spurious things with this cause."""
    findings: int
    """Mistakes: pairs and groups count once."""
    f1: float | None
    """F1 of the layer's measure with these findings mended and nothing else."""
    worth: float
    """By how much that is more than the F1 as it is."""


class Layer(Record):
    """One kind of thing, scored by one measure, and the causes of what was missed or made up."""

    layer: str
    """Name of the layer."""
    measure: str
    """The measure that says what is matched."""
    counts: Counts
    """Its counts over all documents."""
    f1: float | None
    """Its F1."""
    ceiling: float | None
    """F1 with everything mended: 1, unless the gold holds things that nothing can match."""
    causes: tuple[CauseRow, ...]
    """Causes that were found, in the order in which they are tried."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def missed(self) -> int:
        """Gold things not found."""
        return round(self.counts.gold - self.counts.matched_gold)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def spurious(self) -> int:
        """Predicted things that are not in the gold."""
        return round(self.counts.predicted - self.counts.matched_predicted)


class Slice(Record):
    """The score of a part: recall of the gold things in it, precision of the predicted ones."""

    name: str
    """What the part is called."""
    gold: int = 0
    """Gold things in it."""
    found: int = 0
    """Those that were matched."""
    predicted: int = 0
    """Predicted things in it."""
    right: int = 0
    """Those that were matched."""
    shared: bool = True
    """Whether matched things always fall into the same part on both sides, so that F1 means
    something."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def recall(self) -> float | None:
        """Matched share of the gold things."""
        return ratio(self.found, self.gold)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def precision(self) -> float | None:
        """Matched share of the predicted things."""
        return ratio(self.right, self.predicted)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; null where the sides are cut by values of their own."""
        if not self.shared:
            return None
        return Counts.of(matched=self.found, predicted=self.predicted, gold=self.gold).f1


class Slicing(Record):
    """One way to cut a run into parts."""

    name: str
    """What it is cut by."""
    summary: str
    """How the parts are told apart."""
    layer: str
    """What is counted in the parts."""
    shared: bool
    """Whether both sides are cut by the same property."""
    slices: tuple[Slice, ...]
    """The parts, in their own order."""


class Confusion(Record):
    """Gold types against predicted types on triggers whose spans are equal, one to one."""

    types: tuple[str, ...] = ()
    """Every type that occurs, in the ontology's order."""
    cells: Mapping[str, Mapping[str, int]] = Field(default_factory=dict)
    """How often a gold type (outer) was answered by a predicted type (inner)."""
    missed: Mapping[str, int] = Field(default_factory=dict)
    """Gold events whose span no predicted event has, by type."""
    spurious: Mapping[str, int] = Field(default_factory=dict)
    """Predicted events whose span no gold event has, by type."""


class Diagnosis(Record):
    """Everything that went wrong in a run, and why."""

    system: str
    """Name of the run."""
    gold: str
    """Release of the gold and the first characters of its hash."""
    splits: tuple[str, ...]
    """Splits that were looked at."""
    documents: int
    """How many documents."""
    layers: tuple[Layer, ...]
    """Events, realis, arguments, dates."""
    findings: tuple[Finding, ...]
    """Every mistake, in the order of the documents."""
    slicings: tuple[Slicing, ...] = ()
    """Scores of parts."""
    confusion: Confusion = Confusion()
    """Confusion of types."""
    left_out: tuple[str, ...] = ()
    """What could not be looked at, and why."""

    def layer(self, name: str) -> Layer:
        """A layer by its name; raises LookupError."""
        for layer in self.layers:
            if layer.layer == name:
                return layer
        raise LookupError(name)
