"""Word lists and trigger lexicon, read once from YAML files beside the code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def load(name: str, package: str = "baselines.lexicon") -> dict[str, Any]:
    """A YAML file of a package; every scalar stays a string, so `on` and `no` are words."""
    text = (files(package) / name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - strings only
    return found


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one list of words.yaml.

    >>> "would" in words("modals")
    True
    """
    return frozenset(load("words.yaml")[kind])


def is_kind(kind: str, lemma: str, lower: str) -> bool:
    """Whether a word is in a list, in the singular or as it stands."""
    return bool({lemma, lower, lower.removesuffix("s")} & words(kind))


@cache
def governors(realis: str) -> frozenset[str]:
    """Governing words that give what they govern this realis."""
    return frozenset(load("words.yaml")["governors"][realis])


@cache
def modifier_realis(word: str) -> str | None:
    """The realis that an adjective gives to its noun: `proposed`, `planned`, `no`."""
    table = load("words.yaml")["modifier_realis"]
    return next((realis for realis, cues in table.items() if word in cues), None)
