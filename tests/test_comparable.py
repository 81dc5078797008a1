"""Gold that moved on, foreign baselines, damaged ones: what is compared and what is refused."""

from __future__ import annotations

import json

import pytest

from bench.counts import Counts
from bench.errors import Incomparable, InvalidFile
from bench.fingerprints import fingerprints, ontology_name, stamped
from bench.gate import check
from bench.registers import ActorRegister
from bench.report import Report
from bench.results import is_report, read_report
from bench.schema import Annotation
from bench.stored import store
from tests.conftest import GOLD_EVENTS, REGISTER, tiny_gold
from tests.test_compare import finds, report_of, score_of

NAMES = [f"d{n}" for n in range(10)]


def of(
    matched: list[int], prints: dict[str, str] | None = None, release: str = "1:a", **more
) -> Report:
    """A report on documents d0, d1, … with a fingerprint each."""
    tables = finds(X=matched)
    prints = dict.fromkeys(tables, "same") if prints is None else prints
    return report_of(score_of(tables), gold=release, fingerprints=prints, **more)


def changed(*names: str, count: int = 10) -> dict[str, str]:
    return {name: "new" if name in names else "same" for name in NAMES[:count]}


# ---- which documents


def test_where_gold_moved_on_the_documents_that_stayed_are_compared():
    before, after = of([8] * 10), of([2, 2, *[8] * 8], changed("d0", "d1"), release="2:b")
    verdict = check(after, before)
    assert (verdict.word, verdict.documents, verdict.signature.gold) == ("fine", 8, "2:b")
    assert verdict.notes == (
        "the gold moved from 1:a to 2:b: the 8 documents that stayed as they were are compared",
        "left out, labelled otherwise since the baseline: d0, d1",
    )
    assert verdict.lines[0].gold == 80


def test_documents_that_came_or_went_are_left_out_and_named():
    before, after = of([8] * 9), of([8] * 10, release="2:b")
    said = "the gold moved from 1:a to 2:b: the 9 documents that stayed as they were are compared"
    assert check(after, before).notes == (said, "left out, not in the baseline: d9")
    there = check(before, after)
    assert there.notes[1] == "left out, only in the baseline: d9"
    assert there.documents == 9


def test_a_drop_on_the_documents_that_stayed_is_found():
    before, after = of([8] * 10), of([9, *[5] * 9], changed("d0"), release="2:b")
    assert check(after, before).word == "regressed"


def test_releases_may_differ_where_every_document_is_the_same():
    verdict = check(of([8] * 9, release="2:b"), of([8] * 9))
    assert (verdict.word, verdict.documents, verdict.notes) == ("fine", 9, ())


def test_without_fingerprints_releases_must_be_equal():
    assert check(of([8] * 9, {}), of([8] * 9, {})).word == "fine"
    with pytest.raises(
        Incomparable, match="1:a in the baseline, 2:b now, and without fingerprints"
    ):
        check(of([8] * 9, release="2:b"), of([8] * 9, {}))


def test_nothing_in_common_is_refused():
    with pytest.raises(Incomparable, match="the gold of none of them is that of the baseline"):
        check(of([8] * 3, changed(*NAMES[:3], count=3), release="2:b"), of([8] * 3))


def test_stories_without_one_of_their_documents_are_left_out():
    def told(release: str, moved: str) -> Report:
        tables = {f"s{n}": {"": Counts.of(matched=2, predicted=4, gold=5)} for n in range(3)}
        story_of = {f"s{n}/{name}": f"s{n}" for n in range(3) for name in "ab"}
        score = score_of(tables, "coref-story-lea").model_copy(
            update={"over": "story", "stories": tables, "documents": {}, "types": {}}
        )
        prints = {name: "new" if name == moved else "same" for name in story_of}
        return report_of(score, gold=release, story_of=story_of, fingerprints=prints)

    verdict = check(told("2:b", "s1/a"), told("1:a", ""))
    assert (verdict.word, verdict.lines[0].gold) == ("fine", 10)


def test_the_coarser_unit_is_drawn_where_one_report_has_none():
    stories = {name: f"s{n % 8}" for n, name in enumerate(NAMES)}
    before, after = of([8] * 10), of([8] * 10, release="2:b", unit_of=stories)
    for pair in ((after, before), (before, after)):
        signature = check(*pair).signature
        assert (signature.unit, signature.units) == ("story", 8)


def test_the_order_of_documents_does_not_matter():
    before, after = of([8, 7, 9, 3, 8, 5, 6, 9, 4, 8]), of([6, 7, 8, 3, 6, 5, 5, 9, 3, 6])

    def turned(report: Report) -> Report:
        score = report.scores[0]
        tables = dict(reversed(score.documents.items()))
        return report.model_copy(
            update={"scores": (score.model_copy(update={"documents": tables}),)}
        )

    assert check(turned(after), before) == check(after, turned(before)) == check(after, before)


# ---- what is refused


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ontology": "maven 1"}, "ontology: maven 1 in the baseline, plover 2 now"),
        ({"splits": ("test",)}, "splits: test in the baseline, dev now"),
        ({"scores": ()}, "metrics: not in the baseline: trigger"),
    ],
)
def test_a_foreign_baseline_is_refused_with_the_reason(changes, said):
    run, baseline = of([8] * 9, ontology="plover 2"), of([8] * 9, ontology="plover 1")
    splits = changes.pop("splits", ("dev",))
    signature = baseline.signature.model_copy(update={"splits": splits})
    baseline = baseline.model_copy(update={**changes, "signature": signature})
    with pytest.raises(Incomparable) as error:
        check(run, baseline)
    assert str(error.value) == f"the two reports cannot be compared:\n  {said}"


def test_another_version_of_scorer_or_ontology_is_said():
    run, baseline = of([8] * 9, ontology="plover 2"), of([8] * 9, ontology="plover 1")
    newer = run.signature.model_copy(update={"version": "9"})
    notes = check(run.model_copy(update={"signature": newer}), baseline).notes
    assert notes == (
        "the baseline was scored by version 0, the run by 9: see the changelog",
        "ontology: plover 1 in the baseline, plover 2 now",
    )


def test_other_gold_items_under_the_same_gold_are_refused():
    tables = {
        n: {"X": Counts.of(matched=8, predicted=8, gold=11 if n == "d3" else 10)} for n in NAMES
    }
    forged = report_of(score_of(tables), gold="1:a", fingerprints=changed())
    with pytest.raises(
        Incomparable, match="corrupt: 11 gold items of trigger in d3 in the baseline, 10 now"
    ):
        check(of([8] * 10), forged)


# ---- fingerprints


def test_a_fingerprint_follows_what_scores_depend_on():
    one = tiny_gold()
    before = fingerprints(one)
    assert before == fingerprints(tiny_gold())
    assert all(len(found) == 12 for found in before.values())
    fewer = tiny_gold(Annotation(doc_id="story/one", events=GOLD_EVENTS[:2]))
    longer = one.documents[0].model_copy(update={"sha256": "0" * 64})
    renamed = dict(REGISTER.entries)
    renamed["putin"] = renamed["putin"].model_copy(update={"aliases": ("Vova",)})
    others = [
        fewer,
        type(one)(**{**vars(one), "documents": (longer,)}),
        type(one)(**{**vars(one), "actors": ActorRegister(renamed)}),
    ]
    assert len({before["story/one"], *(fingerprints(gold)["story/one"] for gold in others)}) == 4
    unnamed = dict(REGISTER.entries)
    unnamed["kyiv"] = unnamed["kyiv"].model_copy(update={"aliases": ()})
    assert fingerprints(type(one)(**{**vars(one), "actors": ActorRegister(unnamed)})) == before


def test_a_report_is_stamped_once():
    report = of([8])
    assert stamped(report, tiny_gold()) is report
    assert stamped(of([8], {}), tiny_gold()).fingerprints == fingerprints(tiny_gold())
    assert ontology_name(tiny_gold()) == "tiny 1"


# ---- stored baselines

STORED = store(of([8, 7, 9], dropped=("line 3",), unanswered=("d1",), ontology="plover 1"))


def test_a_stored_baseline_says_what_the_report_says():
    report = of([8, 7, 9], dropped=("line 3",), unanswered=("d1",), ontology="plover 1")
    assert is_report(STORED.encode())
    found = read_report("b.json", STORED.encode())
    assert found == report
    assert store(found) == STORED


def test_a_stored_baseline_is_one_document_a_line_and_sorted():
    lines = STORED.splitlines()
    assert [line.partition(":")[0] for line in lines if line.startswith('"d')] == [
        '"dateline"', '"documents"', '"d0"', '"d1"', '"d2"', '"dropped"',
    ]  # fmt: skip
    assert (
        '"d1": {"counts": {"trigger": {"X": [7, 7, 10]}}, "fingerprint": "same", "unanswered": true},'
        in lines
    )
    assert '"trigger": [24, 24, 30]' in lines
    turned = dict(reversed(finds(X=[8, 7, 9]).items()))
    again = report_of(score_of(turned), gold="1:a", fingerprints=changed(count=3))
    assert store(again) == store(of([8, 7, 9]))


def test_stored_fractions_and_lopsided_counts_come_back_to_the_last_digit():
    tables = {"d0": {"": Counts(1 / 3, 2, 0.1 + 0.2, 4)}, "d1": {"": Counts(1, 2, 1, 4)}, "d2": {}}
    score = score_of(tables, "coref-b3").model_copy(update={"types": {}})
    found = read_report("b.json", store(report_of(score)).encode())
    assert found.scores[0].documents == tables


def edited(old: str, new: str) -> bytes:
    assert STORED.count(old) == 1
    return STORED.replace(old, new).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            edited("[7, 7, 10]", "[6, 7, 10]"),
            "trigger: found 24 matched of 24 predicted and 30 gold, wanted 23 matched of 24 predicted and 30 gold, the sum over its document counts",
        ),
        (
            edited("[7, 7, 10]", "[9, 7, 8]"),
            "trigger X in d1: found 9 matched of 7 predicted and 8 gold, wanted no more matched than there are",
        ),
        (
            edited("[7, 7, 10]", "[-7, 7, 10]"),
            "trigger X in d1: found -7 matched of 7 predicted and 10 gold, wanted no more matched than there are",
        ),
        (edited("baseline 1", "baseline 2"), "dateline: found \"baseline 2\", wanted 'baseline 1'"),
        (edited('"system": "run"', '"sistem": "run"'), "system: found nothing, wanted the field system"),
        (edited("[7, 7, 10]", "[7, 7]"), "documents.d1.counts.trigger.X"),
        (edited("[7, 7, 10]", "[7, 7, Infinity]"), "found Infinity, wanted a report"),
        (edited('"trigger": [24', '"triger": [24'), "sums: found unknown metric 'triger': did you mean trigger?"),
        (STORED[:150].encode(), "found broken JSON at column"),
    ],
    ids=["edited", "impossible", "negative", "other kind", "no system", "two numbers", "infinite", "metric", "cut"],
)  # fmt: skip
def test_a_damaged_stored_baseline_is_refused_with_the_reason(content, said):
    with pytest.raises(InvalidFile) as error:
        read_report("b.json", content)
    assert said in str(error.value)
    assert str(error.value).startswith("b.json:")


def test_a_report_whose_rows_are_not_its_sums_is_refused():
    raw = json.loads(of([8, 7]).model_dump_json())
    raw["scores"][0]["types"]["X"]["counts"]["matched_gold"] = 14
    with pytest.raises(
        InvalidFile, match="trigger X: found 14 matched of 15 predicted and 20 gold"
    ):
        read_report("r.json", json.dumps(raw).encode())
