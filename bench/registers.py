"""The ontology, the actors, the happenings, the stories: data that annotations refer to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field

from bench.schema import Name, Record, Text

if TYPE_CHECKING:
    from yaml import SafeLoader

ActorKind = Literal[
    "person", "government", "organisation", "armed_force", "population", "place", "facility"
]


class EventType(Record):
    """What a type of event means."""

    quad: Text
    """Quad class: verbal or material, cooperation or conflict."""
    definition: Text
    """Mark a phrase when an actor does this."""
    triggers: tuple[Text, ...] = ()
    """Typical triggers."""


class Ontology(Record):
    """The event types and roles that annotations may use."""

    name: Name
    """Name of the ontology."""
    version: Text
    """Version of the ontology."""
    types: Mapping[Name, EventType]
    """Event types by name."""
    roles: Mapping[Name, Text]
    """What each role means."""


class ActorEntry(Record):
    """One actor of the register."""

    name: Text
    """The usual full name."""
    kind: ActorKind
    """What sort of actor it is."""
    country: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    """ISO 3166-1 alpha-3 code, where it belongs to a country."""
    sector: str | None = None
    """PLOVER sector, such as GOV or MIL."""
    aliases: tuple[Text, ...] = ()
    """Other names, in all spellings seen."""


class Happening(Record):
    """One real-world event of a story."""

    description: Text
    """One line that says what happened."""
    type: Name
    """Event type of the ontology."""
    actors: tuple[Name, ...] = ()
    """Ids of those who did it."""
    date: str | None = None
    """EDTF value, or null where no article gives one."""


class StoryEntry(Record):
    """What the articles of a story are about, and in what their facts can be checked."""

    model_config = ConfigDict(extra="forbid")

    title: Text
    """Name of the story, as a heading."""
    about: Text
    """A sentence or two on the real happenings, their place and their years."""
    sources: tuple[Text, ...] = ()
    """Works in which the facts can be checked."""
    checked: tuple[Annotated[str, Field(pattern=r"^https?://\S+")], ...] = ()
    """Pages of which at least an excerpt was read to check a fact: the address, then the fact."""
    contradictions: tuple[Text, ...] = ()
    """How the articles disagree with each other, a line each."""
    errata: tuple[Text, ...] = ()
    """What articles state and the public record does not, as far as it was found out later."""


@cache
def _plain_loader() -> type[SafeLoader]:
    """A loader that keeps `2025-03-18` and `2022` as the strings they are; null stays null."""
    import yaml

    class PlainLoader(yaml.SafeLoader):
        pass

    PlainLoader.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return PlainLoader


def read_yaml(text: str) -> Any:
    """YAML with every plain scalar kept as a string, but null."""
    import yaml

    return yaml.load(text, Loader=_plain_loader())  # noqa: S506 - a SafeLoader with fewer rules


def fold(name: str) -> str:
    """A name without case, accents, typographic variants, leading article or possessive.

    >>> fold("The  Kremlin’s") == fold("kremlin")
    True
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"'s\b|'$", "", re.sub(r"\s+", " ", plain).strip())
    return re.sub(r"^(?:the|a|an) ", "", plain)


_TITLE = re.compile(
    r"(?:(?:(?:prime|vice|deputy|foreign|defen[cs]e|interior|finance) )?(?:president|premier"
    r"|minister|chancellor|secretary|ambassador|governor|gov|mayor|senator|sen|representative|rep)"
    r"|secretary general|mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|king|queen|prince"
    r"|princess|pope|general|gen|colonel|col|major|maj|captain|capt|lieutenant|lt|sergeant|sgt"
    r"|admiral|adm|marshal)\.? (?!of\b)"
)


def untitled(name: str) -> str:
    """A folded name without the titles before it; a title alone stays.

    >>> untitled("prime minister sir keir starmer"), untitled("foreign minister")
    ('keir starmer', 'foreign minister')
    """
    while match := _TITLE.match(name):
        name = name[match.end() :]
    return name


class ActorRegister:
    """Actors by id, and the ids that a name may stand for."""

    def __init__(self, entries: Mapping[str, ActorEntry]) -> None:
        self.entries = dict(entries)
        self._names: dict[str, set[str]] = {}
        self._untitled: dict[str, set[str]] = {}
        for actor_id, entry in self.entries.items():
            for name in map(fold, (actor_id, entry.name, *entry.aliases)):
                self._names.setdefault(name, set()).add(actor_id)
                self._untitled.setdefault(untitled(name), set()).add(actor_id)

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self.entries

    def resolve(self, name: str) -> frozenset[str]:
        """Ids that an id, a name or an alias may stand for; empty where none does."""
        return frozenset({name} if name in self.entries else self._names.get(fold(name), ()))

    def named(self, name: str) -> frozenset[str]:
        """The same, but titles may differ where the name as it is stands for nobody."""
        return self.resolve(name) or frozenset(self._untitled.get(untitled(fold(name)), ()))

    @classmethod
    def empty(cls) -> ActorRegister:
        """A register that knows nobody: ids are then compared as they are."""
        return cls({})


def unknown(names: Iterable[str], known: Iterable[str]) -> list[str]:
    """The names that are not known, in their order."""
    choices = set(known)
    return [name for name in names if name not in choices]
