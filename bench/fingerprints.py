"""Fingerprints of the gold: what each document's scores depend on, in twelve hex digits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from bench.foreign import DERIVED, is_derived
from bench.gold import Gold
from bench.registers import Ontology
from bench.report import Report
from bench.schema import Annotation, Document

_DIGITS = 12


def fingerprints(gold: Gold) -> dict[str, str]:
    """The fingerprint of every document: of its text, its zones, its annotation and the entries of
    the actors that it names. Where two releases agree in it, they score the document alike.
    """
    return {d.id: _fingerprint(d, gold.annotations[d.id], gold) for d in gold.documents}


def _fingerprint(document: Document, annotation: Annotation, gold: Gold) -> str:
    names = sorted(set(_named(annotation)))
    entries = {n: gold.actors.entries[n].model_dump() for n in names if n in gold.actors.entries}
    zones = [zone.model_dump() for zone in document.zones]
    content = [document.sha256, zones, annotation.model_dump(exclude_defaults=True), entries]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:_DIGITS]


def _named(annotation: Annotation) -> Iterable[str]:
    """Ids of the actors of an annotation."""
    yield from (actor.id for actor in annotation.actors)
    for event in annotation.events:
        yield from (name for name in (event.source, *(a.actor for a in event.arguments)) if name)


def stamped(report: Report, gold: Gold) -> Report:
    """The report with fingerprints of its gold: a corpus that is counted in columns has none until
    somebody asks, as they take its annotations.
    """
    if report.fingerprints:
        return report
    return report.model_copy(update={"fingerprints": fingerprints(gold)})


def ontology_name(gold: Gold) -> str:
    """Name and version of the ontology; `derived` where the types are only those in use."""
    return DERIVED if is_derived(gold) else _spell(gold.ontology)


def _spell(ontology: Ontology) -> str:
    return f"{ontology.name} {ontology.version}"
