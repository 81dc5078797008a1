"""The conventions of each protocol and native metric, as settings of the switches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from bench.errors import UnknownName
from bench.explain.conventions import Conventions
from bench.protocols import PROTOCOLS
from bench.registry import Registry


@dataclass(frozen=True)
class Profile:
    """How a score sets the switches, and what it does that no switch says."""

    conventions: Conventions
    rest: str = ""


PROFILES: Registry[Profile] = Registry("score")


@dataclass(frozen=True)
class Unreached:
    """A score of items of another kind: no setting of the switches gives its number."""

    beside: str
    """The score that is nearest to it."""
    why: str
    differs: tuple[str, ...]
    """By which conventions the two differ, a line each; how much each moves is not known."""


_COREFERENCE = "it compares which events corefer, not which there are"
UNREACHED: Mapping[str, Unreached] = {
    "omnievent arguments strict": Unreached(
        "argument-attached",
        "it looks only at candidates drawn from the gold, one label each",
        (
            "candidates are the event's gold arguments and mentions of gold actors: an argument"
            " predicted anywhere else is neither right nor wrong",
            "arguments are tags over words: of two on one word one is lost",
            "an argument hangs on the predicted events whose trigger begins where the candidate's"
            " does, and counts with the type that tags leave there",
            "of an actor with a mention on a gold argument no mention is a false alarm",
            "a trigger without a label still counts its gold arguments; without any argument on"
            " one side there is no number (0 here)",
        ),
    ),
    "ceaf-ree strict": Unreached(
        "argument:actor",
        "it compares entities of strings by role, without events and without positions",
        (
            "fillers of all events of a document are pooled: neither event type nor trigger counts",
            "an entity counts once a role and document, however many events it takes part in",
            "entities are all the strings that a system gives them, stripped of case, punctuation"
            " and articles; no register resolves names",
            "a predicted entity is right where all its strings are ones of the gold entity",
        ),
    ),
    "ceaf-rme phi-subset": Unreached(
        "record",
        "it compares templates of entities of strings, without positions",
        (
            "neither the type of a template nor its date is a slot that counts",
            "entities are all the strings that a system gives them, stripped of case, punctuation"
            " and articles; no register resolves names",
            "one string in common makes a predicted entity right, and several predicted entities"
            " may take one gold entity",
            "templates are paired to the best of precision, and recall falls as it may",
            "a gold type with a slash allows each of its parts",
        ),
    ),
    "conll conll": Unreached(
        "coref-conll",
        _COREFERENCE,
        (
            "a mention that comes again on a side is dropped; coref-conll tells copies apart by"
            " their clusters",
            "a score without anything to count is 0; coref-conll leaves it out of the mean",
        ),
    ),
    "conll-truncated conll": Unreached(
        "conll conll",
        _COREFERENCE,
        ("each part is cut, not rounded, after two decimals of a percent",),
    ),
}
"""Scores that are set beside their nearest and told apart in words."""

_EVENTS = "several events of a type on one trigger are paired as events"
_ORDER = "predictions take gold spans in the order of the file"
_LOOKED_UP = "bare words are looked up in the article"
_STOPS = "the scorer stops where every word is a gold trigger"
_TRIGGER = Conventions("triggers")
_ARGUMENT = Conventions("arguments")
_SET = replace(_ARGUMENT, repeats="counted once")
_GIVEN = replace(_SET, attached=True, triggers="the gold's")
_KBP = replace(
    _TRIGGER,
    spelling="letters and digits",
    boundary="overlap",
    pairing="best pair first",
    gold_empty="are skipped",
)


def _add(name: str, conventions: Conventions, rest: str = "", **changes: object) -> None:
    PROFILES.add(name, Profile(replace(conventions, **changes), rest))  # type: ignore[arg-type]


for _mode in ("exact", "overlap", "head", "any"):
    _suffix = "" if _mode == "exact" else f":{_mode}"
    _add(f"trigger{_suffix}", _TRIGGER, boundary=_mode)
    _add(f"trigger-id{_suffix}", _TRIGGER, boundary=_mode, event_type=False)
    _add(f"argument{_suffix}", _ARGUMENT, boundary=_mode)
    _add(f"argument-id{_suffix}", _ARGUMENT, boundary=_mode, role=False)
_add("argument-attached", _ARGUMENT, _EVENTS, attached=True)
_add("argument-attached-id", _ARGUMENT, _EVENTS, attached=True, role=False)
_add("textee TI", _TRIGGER, repeats="counted once", event_type=False)
_add("textee TC", _TRIGGER, repeats="counted once")
_add("textee AI", _SET, role=False)
_add("textee AC", _SET)
_add("textee AI+", _SET, role=False, attached=True)
_add("textee AC+", _SET, attached=True)
_add("textee EAE AI", _GIVEN, role=False)
_add("textee EAE AC", _GIVEN)
_add("seqeval default micro", _TRIGGER, tags="one label a word")
_add("seqeval strict micro", _TRIGGER, tags="one label a word")
_add(
    "omnievent triggers",
    _TRIGGER,
    _STOPS,
    tags="one label a candidate",
    strangers="are ignored",
)
_add("nervaluate strict", _TRIGGER, _ORDER)
_add("nervaluate exact", _TRIGGER, _ORDER, event_type=False)
for _name, _realis, _typed in (
    ("plain", False, False),
    ("mention_type", False, True),
    ("realis_status", True, False),
    ("mention_type+realis_status", True, True),
):
    _add(f"kbp {_name} micro", _KBP, realis=_realis, event_type=_typed)
    _add(
        f"kbp {_name} macro",
        _KBP,
        realis=_realis,
        event_type=_typed,
        average="macro over documents",
    )
_add("wikievents Arg-C", _GIVEN, _LOOKED_UP, articles="dropped from the gold")

HEADLINES = {"textee": ("textee TC", "textee AC"), "omnievent": ("omnievent triggers",)}
"""Where a protocol has one for triggers and one for arguments, or one that switches reach."""
DEFAULT = {
    "trigger": ("textee TC", "seqeval strict micro", "nervaluate strict", "kbp mention_type micro"),
    "argument": ("argument-attached", "textee AC", "textee AC+", "wikievents Arg-C"),
}
"""Without names, each native metric is set beside what papers quote."""


def default_pairs() -> list[tuple[str, str]]:
    """What is compared where nothing is named."""
    return [(native, other) for native, others in DEFAULT.items() for other in others]


def pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    """All pairs of the named scores that count the same unit. A protocol stands for what papers
    quote of it. Raises UnknownName.

    >>> pairs(["textee", "kbp"])
    [('textee TC', 'kbp mention_type micro')]
    """
    found = dict.fromkeys(score for name in names for score in _scores(name))
    return [
        (one, other)
        for one, other in combinations(found, 2)
        if PROFILES[one].conventions.unit == PROFILES[other].conventions.unit
    ]


def _scores(name: str) -> Iterator[str]:
    if name in PROTOCOLS:
        named = HEADLINES.get(name, (f"{name} {PROTOCOLS[name].headline}",))
        yield from (score for score in named if score in PROFILES)
    elif name in UNREACHED:
        return
    elif name in PROFILES:
        yield name
    else:
        raise UnknownName("score", [name], [*PROFILES, *PROTOCOLS])


def unreached(names: Iterable[str] = ()) -> list[str]:
    """Which of the named scores, and scores of the named protocols, no switch reaches; all without
    names.

    >>> unreached(["textee", "conll"])
    ['conll conll']
    """
    wanted = list(names) or [score.partition(" ")[0] for score in UNREACHED]
    return [score for score in UNREACHED if {score, score.partition(" ")[0]} & set(wanted)]
