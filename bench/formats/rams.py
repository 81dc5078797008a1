"""RAMS: JSON Lines, token offsets of the document, ends inclusive, links from trigger to filler.

Source: RAMS 1.0 (Ebner et al. 2020). A role is written `evt089arg01place`: numbers of the type and
the role, then the role's name, which alone is kept.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.formats.base import FORMATS, Format, Page, Sample
from bench.formats.reading import Reading
from bench.formats.records import Shape, read_records
from bench.formats.tokens import TokenReader, Tokens, cut, joined, tokens_of

_ROLE = re.compile(r"evt\d+arg\d+")
_Pair = tuple[int, int]


class _Document(Shape):
    doc_key: str
    sentences: tuple[tuple[str, ...], ...]
    evt_triggers: tuple[tuple[int, int, tuple[tuple[str, float], ...]], ...] = ()
    ent_spans: tuple[tuple[int, int, object], ...] = ()
    gold_evt_links: tuple[tuple[_Pair, _Pair, str], ...] = ()


def read(path: Path) -> Reading:
    """Read a file of documents; raises DatelineError where it cannot be opened."""
    return read_records(path, _Document, _take)


def _take(found: _Document, number: int, reading: Reading) -> None:
    page = TokenReader(found.doc_key, joined(found.sentences), reading, number)
    events: dict[_Pair, list[dict[str, Any]]] = {}
    for n, (first, last, types) in enumerate(found.evt_triggers):
        for kind, _ in types:
            event = page.event(kind, (first, last + 1), ("evt_triggers", n))
            events.setdefault((first, last), []).append(event)
    linked = set()
    for n, (trigger, (first, last), role) in enumerate(found.gold_evt_links):
        if trigger not in events:
            page.missing(("gold_evt_links", n), trigger, "a trigger of evt_triggers")
        for event in events.get(trigger, []):
            name = _ROLE.sub("", role, count=1) or role
            page.argument(event, name, (first, last + 1), ("gold_evt_links", n))
        linked.add((first, last))
    spans = {(first, last) for first, last, _ in found.ent_spans}
    reading.unheld["span beside the events"] += len(spans - linked)
    page.finish()


def write(pages: Iterable[Page], lost: Counter[str]) -> dict[str, str]:
    """One document a line; raises DatelineError where a text is not known."""
    lines = (json.dumps(_raw(page, lost), ensure_ascii=False) for page in pages)
    return {"": "".join(f"{line}\n" for line in lines)}


def _raw(page: Page, lost: Counter[str]) -> dict[str, Any]:
    page, layout = cut(page, "rams", lost)
    triggers: dict[Tokens, str] = {}
    links = []
    for event in page.annotation.events:
        assert event.trigger is not None
        tokens = tokens_of(event.trigger, layout)
        if tokens in triggers:
            lost["event on the trigger of another"] += 1
            continue
        triggers[tokens] = event.type
        for argument in event.arguments:
            filler = _inclusive(tokens_of(argument, layout))
            links.append([_inclusive(tokens), filler, f"evt000arg00{argument.role}"])
    fillers = dict.fromkeys((first, last) for _, (first, last), _ in links)
    starts = range(len(layout.starts))
    return {
        "doc_key": page.annotation.doc_id,
        "sentences": [layout.words[slice(*layout.sentence(n))] for n in starts],
        "evt_triggers": [[*_inclusive(t), [[kind, 1.0]]] for t, kind in triggers.items()],
        "ent_spans": [[first, last, [["UNK", 1.0]]] for first, last in fillers],
        "gold_evt_links": links,
    }


def _inclusive(tokens: Tokens) -> list[int]:
    return [tokens[0], tokens[1] - 1]


def _sniff(seen: Sample) -> bool:
    return seen.has("doc_key", "sentences", "evt_triggers")


FORMATS.add(
    "rams",
    Format(
        "rams",
        "RAMS documents, JSON Lines",
        read,
        _sniff,
        holds=frozenset({"text", "triggers", "arguments"}),
        partly=frozenset({"overlap"}),
        write=write,
        traps="tokens of the document; ends inclusive; roles with numbers before their names;"
        " arguments hang on a trigger's place",
    ),
)
