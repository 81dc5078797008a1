"""The promises, one function each: what is given to the scorer, and what it must then say.

A check returns nothing where the promise is kept, a sentence where it is broken, and raises
`NotApplicable` where the scorer has no metric that could keep or break it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bench.conformance.corpus import KIT, Corpus, Reading, Scorer, event, mark
from bench.registry import Registry
from bench.schema import Annotation, Event, Mark

TYPES = ("ACCUSE", "ASSAULT", "CONSULT", "REJECT", "RETREAT", "SUPPORT")
CLOSE = 1e-6
Test = Callable[[Scorer], str | None]


class NotApplicable(Exception):
    """The scorer reports no metric that the check is about."""


@dataclass(frozen=True)
class Check:
    """A promise and the function that tries to break it."""

    name: str
    promise: str
    test: Test


@dataclass(frozen=True)
class Outcome:
    """What became of a check: kept, broken with the reason, or not applicable."""

    name: str
    promise: str
    verdict: Literal["kept", "broken", "not applicable"]
    why: str = ""


CHECKS: Registry[Check] = Registry("check")


def run(scorer: Scorer) -> list[Outcome]:
    """Run a scorer through every check; a scorer that raises has broken the promise."""
    return [_outcome(check, scorer) for check in CHECKS.values()]


def _outcome(check: Check, scorer: Scorer) -> Outcome:
    try:
        broken = check.test(scorer)
    except NotApplicable as reason:
        return Outcome(check.name, check.promise, "not applicable", str(reason))
    except Exception as error:
        broken = f"it stopped with {type(error).__name__}: {str(error)[:80]}"
    return Outcome(check.name, check.promise, "broken" if broken else "kept", broken or "")


def _check(test: Test) -> Test:
    """Register a check under its function's name; the docstring is the promise."""
    name = test.__name__.replace("_", "-")
    CHECKS.add(name, Check(name, (test.__doc__ or "").rstrip("."), test))
    return test


def trigger(scorer: Scorer, predicted: Sequence[Annotation], corpus: Corpus = KIT) -> Reading:
    """The scorer's reading of triggers."""
    return scorer(corpus, predicted)["trigger"]


def same(one: float | None, other: float | None) -> bool:
    """Whether two readings are equal, undefined ones included."""
    return one is other or (one is not None and other is not None and abs(one - other) < CLOSE)


def below(reading: float | None, limit: float) -> bool:
    """Whether a reading is defined and clearly below a limit."""
    return reading is not None and reading < limit - CLOSE


def remake(change: Callable[[Annotation], Sequence[Event]]) -> list[Annotation]:
    """The gold of the kit with the events of each document replaced."""
    return [a.model_copy(update={"events": tuple(change(a))}) for a in KIT.gold]


def only(annotation: Annotation, doc: str, *more: Event) -> list[Event]:
    """The events of a document, with more in the named one."""
    return [*annotation.events, *(more if annotation.doc_id == doc else ())]


@_check
def itself(scorer: Scorer) -> str | None:
    """Gold against itself is 100."""
    for metric, found in scorer(KIT, KIT.gold).items():
        if not (same(found.f1, 1) and same(found.precision, 1) and same(found.recall, 1)):
            return f"{metric} is {found.f1}"
    return None


@_check
def order(scorer: Scorer) -> str | None:
    """The order of documents, events and arguments never matters."""
    some = remake(lambda a: a.events[:-1])
    there = scorer(KIT, some)
    turned = [
        a.model_copy(
            update={
                "events": tuple(
                    e.model_copy(update={"arguments": e.arguments[::-1]}) for e in a.events[::-1]
                )
            }
        )
        for a in reversed(some)
    ]
    back = scorer(KIT, turned)
    wrong = [metric for metric in there if not same(there[metric].f1, back[metric].f1)]
    return f"{', '.join(wrong)} changed with the order" if wrong else None


@_check
def duplicates(scorer: Scorer) -> str | None:
    """An answer repeated twenty times costs precision."""
    found = trigger(scorer, remake(lambda a: a.events * 20))
    return None if below(found.precision, 1) else f"precision stays {found.precision}"


@_check
def sprayed_types(scorer: Scorer) -> str | None:
    """Every type on every trigger costs precision."""
    found = trigger(
        scorer,
        remake(lambda a: [e.model_copy(update={"type": t}) for e in a.events for t in TYPES]),
    )
    return None if below(found.precision, 1) else f"precision stays {found.precision}"


@_check
def swapped_arguments(scorer: Scorer) -> str | None:
    """Arguments swapped between two events of one type cost, in the attached metric."""

    def swap(a: Annotation) -> list[Event]:
        if a.doc_id != "kit/two":
            return list(a.events)
        one, two, *rest = a.events
        return [
            one.model_copy(update={"arguments": two.arguments}),
            two.model_copy(update={"arguments": one.arguments}),
            *rest,
        ]

    readings = scorer(KIT, remake(swap))
    if "argument-attached" not in readings:
        raise NotApplicable("no attached metric")
    found = readings["argument-attached"]
    return None if below(found.f1, 1) else f"F1 stays {found.f1}"


@_check
def invented_strings(scorer: Scorer) -> str | None:
    """An event on words that are not in the text costs precision."""
    made_up = Event(type="ASSAULT", trigger=Mark(text="bombarded"))
    found = trigger(scorer, remake(lambda a: only(a, "kit/one", made_up)))
    return None if below(found.precision, 1) else f"precision stays {found.precision}"


@_check
def missing_document(scorer: Scorer) -> str | None:
    """A missing document costs recall and nothing else."""
    found = trigger(scorer, [a for a in KIT.gold if a.doc_id != "kit/two"])
    if not same(found.precision, 1):
        return f"precision is {found.precision}"
    return None if below(found.recall, 1) else f"recall stays {found.recall}"


@_check
def false_alarms(scorer: Scorer) -> str | None:
    """False alarms in a document without events cost precision."""
    alarm = event("CONSULT", mark("kit/three", "happened"))
    found = trigger(scorer, remake(lambda a: only(a, "kit/three", alarm)))
    return None if below(found.precision, 1) else f"precision stays {found.precision}"


@_check
def empty_documents(scorer: Scorer) -> str | None:
    """Documents without events do not lift the score."""
    wrong = remake(lambda a: [e.model_copy(update={"type": "REJECT"}) for e in a.events])
    found = trigger(scorer, wrong)
    return None if same(found.f1, 0) else f"F1 is {found.f1} with every answer wrong"


@_check
def nothing_predicted(scorer: Scorer) -> str | None:
    """Nothing predicted gives recall 0 and no precision above 0."""
    found = trigger(scorer, [])
    if not same(found.recall, 0):
        return f"recall is {found.recall}"
    return f"precision is {found.precision}" if found.precision else None


@_check
def two_types(scorer: Scorer) -> str | None:
    """Two types on one trigger are two items."""
    second = event("ACCUSE", mark("kit/one", "attack"))
    gold = remake(lambda a: only(a, "kit/one", second))
    found = trigger(scorer, KIT.gold, KIT.with_gold(gold))
    return None if below(found.recall, 1) else f"recall stays {found.recall} with one of two"


@_check
def shifted_offset(scorer: Scorer) -> str | None:
    """An offset shifted by an emoji before it is noticed."""

    def shift(e: Event) -> Event:
        assert e.trigger is not None
        start, end = e.trigger.start, e.trigger.end
        assert start is not None
        assert end is not None
        return e.model_copy(update={"trigger": Mark(start=start + 1, end=end + 1)})

    def changed(a: Annotation) -> list[Event]:
        return [shift(e) for e in a.events] if a.doc_id == "kit/two" else list(a.events)

    found = trigger(scorer, remake(changed))
    return None if below(found.f1, 1) else f"F1 stays {found.f1}"


@_check
def recall_cap(scorer: Scorer) -> str | None:
    """Recall never passes 100."""
    more = remake(
        lambda a: [e.model_copy(update={"arguments": e.arguments * 3}) for e in a.events * 3]
    )
    for metric, found in scorer(KIT, more).items():
        if found.recall is not None and found.recall > 1 + CLOSE:
            return f"{metric} recall is {found.recall}"
    return None


@_check
def second_call(scorer: Scorer) -> str | None:
    """A second call gives the same."""
    some = remake(lambda a: a.events[:1])
    first = scorer(KIT, some)
    scorer(KIT.with_gold(some), KIT.gold)
    second = scorer(KIT, some)
    wrong = [metric for metric in first if not same(first[metric].f1, second[metric].f1)]
    return f"{', '.join(wrong)} changed" if wrong else None


@_check
def near_duplicates(scorer: Scorer) -> str | None:
    """Spreading one answer over near-duplicates never pays."""
    text = KIT.texts["kit/one"]
    at = text.index("shelled")
    near = [
        Event(type="ASSAULT", trigger=Mark(start=start, end=end, text=text[start:end]))
        for start in (at - 7, at - 3, at)
        for end in (at + 4, at + 7, at + 12)
        if (start, end) != (at, at + 7)
    ]
    one = trigger(scorer, [Annotation(doc_id="kit/one", events=(near[0],))])
    many = trigger(scorer, [Annotation(doc_id="kit/one", events=tuple(near))])
    if (many.f1 or 0) > (one.f1 or 0) + CLOSE:
        return f"one near miss scores {one.f1}, {len(near)} of them {many.f1}"
    return None
