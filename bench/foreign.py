"""Anybody's annotations as a gold: their documents, and an ontology of the names they use."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bench.gold import Gold
from bench.registers import ActorRegister, EventType, Ontology
from bench.schema import Annotation, Document

if TYPE_CHECKING:
    from bench.formats.reading import Reading
    from bench.optimistic import Kept

DERIVED = "derived"
_ENDLESS = 1 << 40
"""Length of a text that nobody has shown us."""
_UNKNOWN = Document(
    id="unknown",
    story="unknown",
    outlet="unknown",
    published="0001-01-01",
    language="und",
    split="unknown",
    licence="NOASSERTION",
    sha256=hashlib.sha256(b"").hexdigest(),
    length=_ENDLESS,
)


def gold_of(reading: Reading, texts: Mapping[str, str] | None = None) -> Gold:
    """The annotations of a reading as a gold of one split, named after the file, without a
    register of actors. Texts are those that the file carries, else those given.
    """
    known = {**(texts or {}), **reading.texts}
    annotations = reading.annotations
    return Gold(
        documents=tuple(_document(name, known.get(name), reading.name) for name in annotations),
        annotations=annotations,
        ontology=ontology_of(reading.name, annotations.values()),
        actors=ActorRegister.empty(),
        release=f"{reading.name}:{_digest(annotations.values())}",
    )


def gold_of_kept(kept: Kept) -> Gold:
    """The same of a file that was read at once, which carries no texts."""
    return Gold(
        documents=tuple(_document(doc_id, None, kept.name) for doc_id in kept),
        annotations=kept,
        ontology=_ontology(kept.name, kept.columns.types, kept.columns.roles),
        actors=ActorRegister.empty(),
        release=f"{kept.name}:{kept.digest}",
    )


def _digest(annotations: Iterable[Annotation]) -> str:
    digest = hashlib.blake2b()  # on most processors in half the time of SHA-256
    for annotation in annotations:
        digest.update(annotation.model_dump_json(exclude_defaults=True).encode())
    return digest.hexdigest()[:12]


def _document(doc_id: str, text: str | None, name: str) -> Document:
    story, slash, _ = doc_id.partition("/")  # without a slash the document is its own story
    own = {"id": doc_id, "story": story if slash and story else doc_id, "split": name}
    if text is None:
        return _UNKNOWN.model_copy(update=own)
    checksum = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _UNKNOWN.model_copy(
        update=own | {"sha256": checksum, "length": max(1, len(text)), "text": text}
    )


def ontology_of(name: str, annotations: Iterable[Annotation]) -> Ontology:
    """The event types and roles that some annotations use, in alphabetical order."""
    events = [event for annotation in annotations for event in annotation.events]
    roles = {argument.role for event in events for argument in event.arguments}
    return _ontology(name, {event.type for event in events}, roles)


def _ontology(name: str, types: Iterable[str], roles: Iterable[str]) -> Ontology:
    meaning = EventType(quad="unknown", definition=f"as {name} uses it")
    return Ontology(
        name=name,
        version=DERIVED,
        types=dict.fromkeys(sorted(types), meaning),
        roles=dict.fromkeys(sorted(roles), f"as {name} uses it"),
    )


def is_derived(gold: Gold) -> bool:
    """Whether a gold's types and roles are only those that its annotations happen to use."""
    return gold.ontology.version == DERIVED
