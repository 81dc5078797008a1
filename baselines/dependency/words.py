"""The trigger lexicon of this baseline: the lexicon's tables with the additions of this package."""

from __future__ import annotations

from functools import cache
from typing import Any

from baselines.lexicon import data, lexicon
from baselines.lexicon.triggers import Trigger

Rule = dict[str, Any]


def added() -> dict[str, Any]:
    """The additions, every scalar a string as in the lexicon's own files."""
    return data.load("additions.yaml", "baselines.dependency")


@cache
def entries(part: str) -> dict[str, str]:
    """Type by lemma, for `verbs` or `nouns`."""
    found = {lemma: kinds[0] for lemma, kinds in lexicon.entries(part).items()}
    for kind, lists in added()["types"].items():
        found.update(dict.fromkeys(lists.get(part, ()), kind))
    return {lemma: kind for lemma, kind in found.items() if lemma not in added()["removed"]}


@cache
def contexts() -> dict[str, list[Rule]]:
    """Rules of the lemmas whose type depends on their neighbours; the additions replace."""
    return {**lexicon.contexts(), **added()["contexts"]}


@cache
def compounds() -> tuple[tuple[str, ...], ...]:
    """Noun entries of several words, longest first."""
    several = [tuple(lemma.replace("-", " - ").split()) for lemma in entries("nouns")]
    return tuple(sorted((words for words in several if len(words) > 1), key=len, reverse=True))


@cache
def name_nouns() -> frozenset[str]:
    """Event nouns that count inside a name: `the Belfast Agreement`, `the Suez Conference`."""
    return frozenset(added()["name_nouns"])


@cache
def group(name: str) -> frozenset[str]:
    """A list of words that only this baseline has."""
    return frozenset(added()["lists"][name])


def is_event_noun(lemma: str) -> bool:
    """Whether a noun can be an event, whatever its neighbours say."""
    return lemma in entries("nouns") or f"{lemma} noun" in contexts()


def roles_of(trigger: Trigger) -> dict[str, str]:
    """Roles by grammatical relation: of the type, then of the word, the additions last in each."""
    base, mine = data.load("triggers.yaml"), added()
    found: dict[str, str] = {**base["roles"][trigger.type], **mine["roles"].get(trigger.type, {})}
    for table in (base["word_roles"], mine["word_roles"]):
        found.update(table.get(trigger.lemma, {}))
    return found


def idioms() -> list[list[str]]:
    """Runs of lemmas that are no event although they look like one."""
    return [*data.load("triggers.yaml")["skip"], *added()["skip"]]
