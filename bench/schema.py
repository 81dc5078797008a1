"""Pydantic records: what a document, an annotation and their parts look like.

A prediction file has exactly the shape of a gold file: JSON Lines, one `Annotation` a line.
In predictions everything but `doc_id`, `events` and an event's `type` may be left out.
"""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bench.values import MAX_OFFSET as MAX_OFFSET
from bench.values import REALIS as REALIS
from bench.values import Realis as Realis

Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET, strict=True)]
Name = Annotated[str, Field(min_length=1, strict=True)]
Text = Annotated[str, Field(min_length=1, strict=True)]


class Record(BaseModel):
    """Base of all records: frozen."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Described(Record):
    """Base of what the JSON Schema shows, with the docstrings of its fields: to look them up takes
    half the time that a class takes to be made.
    """

    model_config = ConfigDict(use_attribute_docstrings=True)


class Mark(Described):
    """A phrase of an article: by offsets, by its words, or by both.

    >>> Mark(start=3, end=8).span
    (3, 8)
    >>> Mark(text="rejected").span is None
    True
    """

    start: Offset | None = None
    """First character, counted in Unicode code points from 0."""
    end: Offset | None = None
    """One past the last character."""
    text: Text | None = None
    """The words themselves, checked against the article when offsets stand beside them."""

    @model_validator(mode="after")
    def _check(self) -> Mark:
        if (self.start is None) != (self.end is None):
            raise ValueError("one of start and end without the other|both or neither")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"the span [{self.start}, {self.end})|an end greater than the start")
        if self._is_empty():
            raise ValueError("nothing that says which words are meant|start and end, or text")
        return self

    def _is_empty(self) -> bool:
        return self.start is None and self.text is None

    @property
    def span(self) -> tuple[int, int] | None:
        """Start and end, or None where only words were given."""
        return None if self.start is None or self.end is None else (self.start, self.end)


class Span(Mark):
    """A phrase whose offsets are known."""

    start: Offset
    """First character, counted in Unicode code points from 0."""
    end: Offset
    """One past the last character."""


class Argument(Mark):
    """Who or what takes part in an event, or where it happens."""

    role: Name
    """What the participant does in the event: a role of the ontology."""
    actor: Name | None = None
    """Id, name or alias of the actor that the phrase stands for."""

    def _is_empty(self) -> bool:
        return super()._is_empty() and self.actor is None


class Event(Described):
    """One mention of a happening."""

    id: Name | None = None
    """Name of the mention, unique in its annotation."""
    type: Name
    """Event type of the ontology."""
    trigger: Mark | None = None
    """The shortest phrase that evokes the event."""
    realis: Realis | None = None
    """Whether it happened: actual, negated, future, hypothetical or generic."""
    date: Name | None = None
    """When it happened, as an EDTF value; null when the article does not say."""
    source: Name | None = None
    """Id of the actor who says so; null when the narrator reports it."""
    cluster: Name | None = None
    """Shared by all mentions of the same happening in this document."""
    happening: Name | None = None
    """The same happening in the story's register, shared across its articles."""
    arguments: tuple[Argument, ...] = ()
    """The participants and places named in the trigger's sentence."""


class Actor(Described):
    """An actor of this document and where it is named."""

    id: Name
    """Id in the register of actors, or a local one in predictions."""
    mentions: tuple[Span, ...] = ()
    """Phrases that stand for the actor."""


class TimeExpression(Span):
    """A phrase that names a date, a clock time, a part of day or a duration."""

    value: Name
    """EDTF value of a date, ISO 8601 value of a duration."""


class Annotation(Described):
    """Everything marked in one document, by an annotator or by a system."""

    doc_id: Name
    """The document: its story and its own name, joined by a slash."""
    events: tuple[Event, ...]
    """Event mentions."""
    actors: tuple[Actor, ...] = ()
    """Actors with their mentions."""
    times: tuple[TimeExpression, ...] = ()
    """Time expressions."""


class Zone(Record):
    """A stretch of a page that is not article: nothing inside it is annotated."""

    start: Offset
    """First character."""
    end: Offset
    """One past the last character."""
    kind: Literal["boilerplate"] = "boilerplate"
    """What the stretch is."""


class Document(Record):
    """An article: what an extractor sees, and what the manifest says about it."""

    id: Name
    """Story and own name, joined by a slash."""
    story: Name
    """The chain of happenings that the article reports."""
    outlet: Text
    """Who published it, or whose voice it is written in."""
    published: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    """Day of publication, ISO 8601."""
    language: Name = "en"
    """Language of the text, ISO 639-1."""
    split: Name
    """Subset of the benchmark that the document belongs to."""
    licence: Text
    """Terms of the text, as an SPDX name where there is one."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Checksum of the text in UTF-8."""
    length: Annotated[int, Field(ge=1)]
    """Length of the text in code points."""
    zones: tuple[Zone, ...] = ()
    """Stretches that are not article."""
    tags: tuple[Name, ...] = ()
    """Planned or noted difficulties."""
    text: str | None = None
    """The text, or None where it is not shipped and not attached."""


def json_schema() -> str:
    """JSON Schema of one line of a run or of the gold, as text that ends in a newline."""
    return json.dumps(Annotation.model_json_schema(), indent=1, ensure_ascii=False) + "\n"
