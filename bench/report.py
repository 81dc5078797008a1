"""`Signature`, `Score`, `Report`: what a results file contains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    Field,
    ValidatorFunctionWrapHandler,
    WrapSerializer,
    WrapValidator,
    computed_field,
)

from bench.counts import Counts, Over, mean, ratio
from bench.schema import Record
from bench.tallies import Later, Tables

TOO_FEW = 30
PLURAL: Mapping[str, str] = {"document": "documents", "story": "stories"}


def in_words(number: int, unit: str) -> str:
    """A number of documents or stories.

    >>> in_words(1, "story"), in_words(2, "story")
    ('1 story', '2 stories')
    """
    return f"{number} {unit if number == 1 else PLURAL[unit]}"


def _as_it_is(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """Valid as they were made, and looked into only by those who read them."""
    return value if isinstance(value, (Tables, Later)) else handler(value)


_AS_IT_IS = WrapValidator(_as_it_is), WrapSerializer(lambda value, handler: handler(dict(value)))
CountsByDocument = Annotated[Mapping[str, Mapping[str, Counts]], *_AS_IT_IS]


class Signature(Record):
    """How a score was made; equal signatures make equal numbers comparable."""

    version: str
    """Version of the scorer."""
    gold: str
    """Release of the gold and the first characters of its hash."""
    splits: tuple[str, ...]
    """Splits that were scored."""
    metrics: tuple[str, ...]
    """Measures, as they are printed and typed."""
    unit: str
    """What the bootstrap draws: stories or documents."""
    units: int
    """How many of them there are."""
    samples: int
    """Resamples of the bootstrap."""
    level: float
    """Coverage of the intervals."""
    seed: int
    """Seed of the bootstrap."""

    def __str__(self) -> str:
        return "|".join(
            (
                f"dateline:{self.version}",
                f"gold:{self.gold}",
                f"splits:{'+'.join(self.splits)}",
                f"metrics:{'+'.join(self.metrics)}",
                f"bootstrap:{self.unit}s:{self.units}:{self.samples}:{self.level}:{self.seed}",
            )
        )


class Row(Record):
    """Counts with their readings."""

    counts: Counts
    """The four additive numbers."""
    parts: Mapping[str, Counts] = Field(default_factory=dict, exclude_if=lambda parts: not parts)
    """Where the score is a mean of others, their counts by name: `counts` is then the mere sum, and
    the readings are means of theirs.
    """
    interval: tuple[float, float] | None = None
    """Percentile interval of F1; null where it cannot be estimated."""
    detectable: float | None = None
    """Smallest true difference from a rival's F1 that these documents could show with 80 % power
    (docs/statistics.md); null on rows of types and where it cannot be estimated."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def precision(self) -> float | None:
        """Matched share of the predictions."""
        return mean(counts.precision for counts in self._read)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def recall(self) -> float | None:
        """Matched share of the gold."""
        return mean(counts.recall for counts in self._read)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two."""
        return mean(counts.f1 for counts in self._read)

    @property
    def _read(self) -> list[Counts]:
        return list(self.parts.values()) or [self.counts]

    @property
    def too_few(self) -> bool:
        """Whether the gold holds too few items to trust F1."""
        return self.counts.gold < TOO_FEW


class Macro(Record):
    """Means over event types, undefined ones left out."""

    precision: float | None
    """Mean precision."""
    recall: float | None
    """Mean recall."""
    f1: float | None
    """Mean F1."""
    types: int
    """How many types have an F1."""


class Readers(Record):
    """How far the two first readings of the gold agree, by the same measure on the same documents:
    the one scored as if the other were the gold. Readers of one kind share their blind spots.
    """

    first: str
    """The reading that stands for the gold."""
    second: str
    """The other."""
    documents: int
    """How many of the scored documents both have read."""
    f1: float | None
    """F1 of all types together."""
    types: Mapping[str, float | None] = Field(default_factory=dict)
    """F1 per event type."""


RowsByType = Annotated[Mapping[str, Row], *_AS_IT_IS]


class Score(Record):
    """One measure over all documents."""

    metric: str
    """The measure's name."""
    micro: Row
    """All types together."""
    macro: Macro | None = None
    """Mean over types; null for measures that ignore the type."""
    accuracy: float | None = None
    """For date, realis and source: share of equal values on matched triggers."""
    types: RowsByType = Field(default_factory=dict)
    """Per event type, in the ontology's order; empty for measures that ignore the type."""
    over: Over = "document"
    """What one count is made over: a document, or a story, which is then also what is drawn."""
    documents: CountsByDocument = Field(default_factory=dict)
    """Counts per document and type, from which every other number here follows."""
    stories: CountsByDocument = Field(default_factory=dict, exclude_if=lambda tables: not tables)
    """The same per story, for a measure that is counted over stories; `documents` is then empty."""
    readers: Readers | None = Field(default=None, exclude_if=lambda readers: readers is None)
    """Agreement of the gold's two first readings, where our own gold was scored."""

    @property
    def tables(self) -> Mapping[str, Mapping[str, Counts]]:
        """Counts per type, by document or by story as `over` says."""
        return self.stories if self.over == "story" else self.documents


class Noise(Record):
    """Predicted events that no reader of the article would mark."""

    events: int
    """Predicted events."""
    boilerplate: int = 0
    """Those whose trigger shares a character with a boilerplate zone."""
    event_free: int = 0
    """Those on articles in which the gold has no event."""
    ungrounded: int = 0
    """Those whose trigger has no offsets."""


class Story(Record):
    """How consistently a run tells of what several articles of one story tell."""

    story: str
    """Name of the story."""
    told: int
    """Happenings that the gold finds in two or more of the scored articles."""
    everywhere: int
    """Those that the run found in every article that tells them."""
    partly: int
    """Those that it found in some."""
    nowhere: int
    """Those that it found in none."""
    contradicted: Mapping[str, int]
    """Happenings whose type, actor or date differs irreconcilably between articles of the run, and
    not in the gold: how many for each.
    """
    consistent: int
    """Happenings found everywhere and not contradicted."""

    @property
    def consistency(self) -> float | None:
        """Share of the happenings told that were found everywhere and not contradicted."""
        return ratio(self.consistent, self.told)


class Report(Record):
    """A results file."""

    system: str
    """Name of the run that was scored."""
    signature: Signature
    """How the scores were made."""
    documents: int
    """Documents in the gold that was scored."""
    unit_of: Mapping[str, str] = Field(default_factory=dict)
    """What the bootstrap draws with each document; empty where that is the document itself."""
    story_of: Mapping[str, str] = Field(default_factory=dict, exclude_if=lambda names: not names)
    """The story of each document, where a measure is counted over stories."""
    ontology: str | None = Field(default=None, exclude_if=lambda name: name is None)
    """Name and version of the gold's event types and roles."""
    fingerprints: Mapping[str, str] = Field(
        default_factory=dict, exclude_if=lambda names: not names
    )
    """A fingerprint of the gold of each document: where two reports agree in it, its scores may be
    compared though the gold has moved on. Empty where they were not made."""
    unanswered: tuple[str, ...] = ()
    """Documents without an annotation in the run, scored as empty."""
    failed: Mapping[str, str] = Field(default_factory=dict, exclude_if=lambda reasons: not reasons)
    """Why the extractor gave no annotation, by document: these are among the unanswered."""
    ungrounded: int = 0
    """Predicted events and arguments without offsets."""
    dropped: tuple[str, ...] = ()
    """What was left out of an invalid run, on the user's wish."""
    noise: Noise | None = None
    """Events that no reader would mark."""
    stories: tuple[Story, ...] = ()
    """Consistency over articles, for stories with happenings that several articles tell."""
    scores: tuple[Score, ...]
    """One entry a measure."""

    def score(self, metric: str) -> Score:
        """The score of a measure; raises LookupError."""
        for score in self.scores:
            if score.metric == metric:
                return score
        raise LookupError(metric)
