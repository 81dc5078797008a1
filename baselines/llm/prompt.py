"""What the model is told: types and roles of the ontology, rules in the guidelines' own words."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Literal, get_args

from bench import gold
from bench.registers import Ontology
from bench.schema import Realis

VERSION = "1"
"""Goes into the cache key; raise it when answers are to be read in another way."""

Message = dict[str, str]
Level = Literal["full", "short", "none"]
SECTIONS: dict[str, tuple[str, ...]] = {
    "none": (),
    "short": ("Event mentions", "Realis of an event mention"),
    "full": (
        "Zones",
        "Event mentions",
        "Event types",
        "Realis of an event mention",
        "Arguments",
        "Dates",
        "Same happening",
        "Who says so",
    ),
}
_HEADING = re.compile(r"^## \d+\. (.+)\n", re.MULTILINE)
_TASK = """\
You mark political events in a stretch of a news article. Answer with one JSON object and nothing \
else: {"events": [...]}, one entry for each event mention, in reading order; {"events": []} where \
there is none. Every quoted phrase must be copied from the text, sign by sign.

Fields of an event:
- trigger: the shortest phrase that evokes the event, copied from the text.
- type: one of the event types below.
- realis: actual, negated, future, hypothetical or generic.
- date: when it happened, an EDTF date such as 1956-11-05, 1956-11 or 1956-11-05/1956-11-07; \
"" where the text does not say. Relative words are counted from the day of publication.
- source: the full name of the one who says so, "" where it is the narrator.
- cluster: a few words that name the happening; all mentions of one happening have the same.
- arguments: who takes part, each with its role, its text copied from the trigger's sentence, and \
actor, the full name of the one that the text stands for."""


def schema(ontology: Ontology) -> dict[str, Any]:
    """JSON Schema of an answer, in the part of the language that all servers know: every field is
    required, nothing else is allowed, an empty string says that there is none.
    """
    argument = _object(role=_one_of(ontology.roles), text=_text(), actor=_text())
    event = _object(
        trigger=_text(),
        type=_one_of(ontology.types),
        realis=_one_of(get_args(Realis)),
        date=_text(),
        source=_text(),
        cluster=_text(),
        arguments={"type": "array", "items": argument},
    )
    return _object(events={"type": "array", "items": event})


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text() -> dict[str, Any]:
    return {"type": "string"}


def _one_of(names: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}


def system(ontology: Ontology, level: str) -> str:
    """The message that explains the task."""
    types = [
        f"- {name} [{kind.quad}]: an actor {kind.definition}"
        + (f" ({', '.join(kind.triggers)})" if kind.triggers else "")
        for name, kind in ontology.types.items()
    ]
    roles = [f"- {name}: {meaning}" for name, meaning in ontology.roles.items()]
    parts = [_TASK, "\n".join(["Event types:", *types]), "\n".join(["Roles:", *roles])]
    return "\n\n".join([*parts, *(f"{name}\n{rules()[name]}" for name in SECTIONS[level])])


@cache
def rules() -> dict[str, str]:
    """Sections of the guidelines by heading, without tables: the ontology says the same."""
    text = (gold.root() / "GUIDELINES.md").read_text(encoding="utf-8")
    parts = _HEADING.split(text)[1:]
    return {name: _prose(body) for name, body in zip(parts[::2], parts[1::2], strict=True)}


def _prose(section: str) -> str:
    lines = [line for line in section.strip().splitlines() if not line.startswith("|")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def question(text: str, published: str) -> Message:
    """The message that shows a stretch of an article."""
    return {"role": "user", "content": f"Published: {published}\nText:\n{text}"}


def answer(events: list[dict[str, Any]]) -> Message:
    """The message that the model should send back, for examples."""
    return {"role": "assistant", "content": json.dumps({"events": events}, ensure_ascii=False)}
