"""The gold as a folder for brat: texts, annotations, and the configuration that they need.

Source of the configuration's syntax: brat's configuration page (Stenetorp et al. 2012).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bench import gold as published
from bench.canary import CANARY, FILE
from bench.exports.card import with_shipped_texts
from bench.formats import FORMATS, Page
from bench.formats.base import without_space
from bench.formats.bratwriter import ATTRIBUTES
from bench.gold import Gold
from bench.schema import REALIS

ENTITIES = ("Argument", "Mention", "Time")
_COLOURS = ("#9fd3b3", "#b9d7f2", "#f6c9a0", "#f2a3a3", "#d9c3ec", "#e3e08f")
_UNLISTED = set(",|<>")


def brat() -> Mapping[str, str | bytes]:
    """Files of a folder that opens in brat, for every document whose text the gold ships."""
    gold = with_shipped_texts(published.load())
    gold = gold.keep(document.id for document in gold.documents if document.text is not None)
    pages = [Page(gold.annotations[d.id], d.text) for d in gold.documents]
    write = FORMATS["brat"].write
    assert write is not None
    return {
        **write(pages, Counter()),
        "annotation.conf": "".join(f"{line}\n" for line in _annotation(gold)),
        "visual.conf": "".join(f"{line}\n" for line in _visual(gold)),
        "LICENSE": (published.root() / "LICENSE").read_text(encoding="utf-8"),
        FILE: f"{CANARY}\n",
    }


def _annotation(gold: Gold) -> Iterator[str]:
    """What may be marked: spans, events with their roles, attributes with their values."""
    yield f"# {CANARY}"
    yield from ("[entities]", *ENTITIES)
    # Any two spans may overlap: an argument is a mention too, and may hold another's trigger.
    yield from ("[relations]", "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>")
    roles = ", ".join(f"{role}*:{ENTITIES[0]}" for role in gold.ontology.roles)
    yield from ("[events]", *(f"{name}\t{roles}" for name in gold.ontology.types))
    yield "[attributes]"
    for field in ATTRIBUTES:
        yield f"{field.capitalize()}\tArg:<EVENT>, Value:{'|'.join(_values(gold, field))}"


def _values(gold: Gold, field: str) -> Iterable[str]:
    """Values to choose from; brat cannot list those with its own separators in them."""
    if field == "realis":
        return REALIS
    events = (event for found in gold.annotations.values() for event in found.events)
    used = {getattr(event, field) for event in events} - {None}
    if field == "source":
        used |= set(gold.actors.entries)
    return sorted(without_space(value) for value in used if not _UNLISTED & set(value)) or ["none"]


def _visual(gold: Gold) -> Iterator[str]:
    """Labels, and a colour for each quad class."""
    yield f"# {CANARY}"
    yield "[labels]"
    for name in (*gold.ontology.types, *ENTITIES, *gold.ontology.roles):
        yield f"{name} | {name} | {name[:4]}"
    yield "[drawing]"
    quads = list(dict.fromkeys(kind.quad for kind in gold.ontology.types.values()))
    for name, kind in gold.ontology.types.items():
        colour = _COLOURS[quads.index(kind.quad) % len(_COLOURS)]
        yield f"{name}\tbgColor:{colour}, fgColor:black, borderColor:darken"
    yield "SPAN_DEFAULT\tbgColor:#eeeeee, fgColor:black, borderColor:darken"
    yield "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5"
    yield "ATTRIBUTE_DEFAULT\tglyph:*"
