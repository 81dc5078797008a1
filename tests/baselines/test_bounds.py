"""The floor of what is learned, and the bound that reads the gold."""

from __future__ import annotations

from baselines.majority import Majority, Model, learn
from baselines.oracle import OracleTriggers
from bench import gold
from bench.extractors import blind
from bench.schema import Annotation
from tests.conftest import document, event, mark

TEXT = "They met. We met. He met her on strike. A strike followed, a Strike."


def gold_event(kind: str, words: str, nth: int, realis: str):
    start = [n for n in range(len(TEXT)) if TEXT.startswith(words, n)][nth]
    at = {"start": start, "end": start + len(words), "text": words}
    return event(kind, "phoned").model_copy(
        update={"trigger": mark("phoned").model_copy(update=at), "realis": realis}
    )


LEARNED_FROM = (
    gold_event("CONSULT", "met", 0, "actual"),
    gold_event("AGREE", "met", 1, "actual"),
    gold_event("PROTEST", "strike", 1, "future"),  # one of three: too few
    gold_event("PROTEST", "followed, a", 0, "future"),  # no single word
)


def test_majority_keeps_words_that_trigger_at_least_every_other_time():
    answered = Annotation(doc_id="story/one", events=LEARNED_FROM)
    model = learn([(document(TEXT), answered)])
    # met: two of three; AGREE before CONSULT by alphabet; actual before future by alphabet
    assert model == Model({"met": "AGREE"}, "actual")
    half = learn([(document("Strike or strike"), Annotation(doc_id="story/one", events=(STRIKE,)))])
    assert half.types == {"strike": "PROTEST"}


STRIKE = gold_event("PROTEST", "strike", 0, "actual").model_copy(
    update={"trigger": mark("strike", "Strike or strike")}
)


def test_majority_writes_the_day_of_publication_and_one_realis():
    found = Majority()
    found.model = Model({"phoned": "CONSULT"}, "actual")
    (one,) = found.extract(document()).events
    assert (one.type, one.trigger, one.realis, one.date, one.arguments) == (
        "CONSULT",
        mark("phoned"),
        "actual",
        "2025-03-19",
        (),
    )


def test_majority_learns_from_train_alone(monkeypatch):
    asked = []
    monkeypatch.setattr(gold, "load", lambda split: asked.append(split) or tiny)
    tiny = type("Tiny", (), {"documents": (document(TEXT),), "annotations": {}})
    tiny.annotations = {"story/one": Annotation(doc_id="story/one", events=LEARNED_FROM)}
    assert Majority().model.types == {"met": "AGREE"}
    assert asked == ["train"]


def test_the_oracle_has_the_triggers_of_the_gold_and_arguments_of_its_own():
    chosen = gold.load("dev")
    one = chosen.documents[1]
    found = OracleTriggers().extract(blind(one))
    wanted = chosen.annotations[one.id]

    def triggers(annotation: Annotation) -> list[tuple]:
        return sorted((e.type, e.trigger.span) for e in annotation.events)

    assert triggers(found) == triggers(wanted)
    ours = {(e.trigger.span, a.role, a.span) for e in found.events for a in e.arguments}
    theirs = {(e.trigger.span, a.role, a.span) for e in wanted.events for a in e.arguments}
    assert ours - theirs
    assert ours & theirs
