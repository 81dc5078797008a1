"""Two reports beside each other: what differs, what is shown, and what keeps them apart."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.compare import compare
from bench.comparison import Comparison
from bench.counts import Counts, add_tables, total
from bench.errors import Incomparable, UnknownName
from bench.report import Report, Row, Score, Signature

Tables = Mapping[str, Mapping[str, Counts]]


def score_of(tables: Tables, metric: str = "trigger") -> Score:
    types = {name: Row(counts=counts) for name, counts in add_tables(tables.values()).items()}
    whole = Row(counts=total(row.counts for row in types.values()))
    return Score(metric=metric, micro=whole, types=types, documents=tables)


def report_of(
    *scores: Score, gold: str = "1:abc", unit_of: Mapping[str, str] | None = None, **more
) -> Report:
    """A report of some scores, as `evaluate` would write it."""
    signature = Signature(
        version="0", gold=gold, splits=("dev",), metrics=tuple(s.metric for s in scores),
        unit="story" if unit_of else "document", units=0, samples=0, level=0.95, seed=0,
    )  # fmt: skip
    documents = len(scores[0].documents) if scores else 0
    fields = {"system": "run", "documents": documents, "unit_of": unit_of or {}, **more}
    return Report(signature=signature, scores=scores, **fields)


def finds(**matched: list[int]) -> Tables:
    """Documents in which of ten gold items per type so many are found, and nothing spurious."""
    rows = zip(*matched.values(), strict=True)
    return {
        f"d{n}": {
            name: Counts.of(matched=m, predicted=m, gold=10)
            for name, m in zip(matched, row, strict=True)
        }
        for n, row in enumerate(rows)
    }


def of(**matched: list[int]) -> Report:
    return report_of(score_of(finds(**matched)))


def test_every_number_of_a_small_comparison_by_hand():
    # Six documents; of type X 5 of 10 are found in each, then 8; type Y stays as it is. Precision
    # is 1. F1 of X: 2·30/(30+60) and 2·48/(48+60); of both: 2·60/(60+120) and 2·78/(78+120).
    a, b = of(X=[5] * 6, Y=[5] * 6), of(X=[8] * 6, Y=[5] * 6)
    (score,) = compare(a, b).scores
    x, y, micro = score.types["X"], score.types["Y"], score.micro
    assert (x.a, x.b) == pytest.approx((2 / 3, 8 / 9))
    assert (micro.a, micro.b) == pytest.approx((2 / 3, 26 / 33))
    assert x.difference == pytest.approx(8 / 9 - 2 / 3)
    assert x.interval == pytest.approx((x.difference, x.difference))  # all documents are alike
    assert (x.p, x.adjusted, x.verdict, x.gold) == (2 / 64, 4 / 64, "no difference shown", 60)
    assert (y.p, y.adjusted, y.verdict, y.difference) == (1, 1, "no difference shown", 0)
    assert (micro.p, micro.adjusted, micro.verdict, micro.gold) == (2 / 64, None, "better", 120)
    assert compare(b, a).scores[0].micro.verdict == "worse"


def test_a_corrected_p_shows_a_type_where_documents_are_enough():
    a, b = of(X=[5] * 7, Y=[5] * 7), of(X=[8] * 7, Y=[5] * 7)
    (score,) = compare(a, b).scores
    assert (score.types["X"].adjusted, score.types["X"].verdict) == (4 / 128, "better")


def test_a_type_of_one_system_alone_has_no_difference_and_corrects_no_other():
    spurious = {"Z": Counts.of(matched=0, predicted=3, gold=0)}
    a, tables = finds(X=[5] * 7), finds(X=[8] * 7)
    b = {doc_id: {**table, **spurious} for doc_id, table in tables.items()}
    (score,) = compare(report_of(score_of(a)), report_of(score_of(b))).scores
    z = score.types["Z"]
    assert (z.a, z.b, z.difference, z.p, z.adjusted) == (None, 0, None, None, None)
    assert z.verdict == "no difference shown"
    assert score.types["X"].adjusted == score.types["X"].p == 2 / 128
    assert compare(report_of(score_of(b)), report_of(score_of(a))).scores[0].types["Z"].b is None


def test_a_report_beside_itself_shows_nothing():
    one = of(X=[1, 5, 9, 3, 4, 7], Y=[2, 8, 8, 1, 0, 3])
    (score,) = compare(one, one).scores
    for row in (score.micro, *score.types.values()):
        assert (row.difference, row.interval, row.p) == (0, (0, 0), 1)
        assert (row.verdict, row.detectable) == ("no difference shown", None)


found = st.lists(st.integers(0, 10), min_size=9, max_size=9)
counted = st.fixed_dictionaries({"X": found, "Y": found})


def mirrored(there: Comparison, back: Comparison) -> None:
    for one, other in zip(there.scores, back.scores, strict=True):
        rows = {"": (one.micro, other.micro)} | {
            n: (r, other.types[n]) for n, r in one.types.items()
        }
        for ours, theirs in rows.values():
            assert ours.difference == -theirs.difference
            assert ours.interval == pytest.approx(tuple(-x for x in theirs.interval[::-1]))
            assert (ours.p, ours.adjusted, ours.detectable) == (
                theirs.p,
                theirs.adjusted,
                theirs.detectable,
            )
            assert {ours.verdict, theirs.verdict} in ({"better", "worse"}, {"no difference shown"})


@given(counted, counted, st.sampled_from([600, 300]), st.randoms(use_true_random=False))
def test_the_sides_mirror_each_other_and_the_order_of_documents_is_irrelevant(a, b, samples, rng):
    one, other = finds(**a), finds(**b)
    there = compare(report_of(score_of(one)), report_of(score_of(other)), samples=samples)
    mirrored(there, compare(report_of(score_of(other)), report_of(score_of(one)), samples=samples))
    shuffled = report_of(score_of(dict(rng.sample(sorted(one.items()), len(one)))))
    assert compare(shuffled, report_of(score_of(other)), samples=samples) == there


def test_a_seed_moves_intervals_and_no_score_and_the_signature_names_it():
    a, b = of(X=[1, 5, 9, 3, 4, 7]), of(X=[2, 8, 8, 1, 0, 3])
    one, same, other = (compare(a, b, samples=30, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one.scores[0].micro.interval != other.scores[0].micro.interval
    assert one.scores[0].micro.difference == other.scores[0].micro.difference
    assert "|bootstrap+permutation:documents:6:30:1|level:0.95|alpha:0.05|" in str(one.signature)


def test_stories_are_exchanged_as_wholes():
    # Two documents a story, which take each other's gains away in half of the six stories.
    stories = {f"d{n}": f"s{n // 2}" for n in range(12)}
    a = score_of(finds(X=[5, 5] * 6))
    b = score_of(finds(X=[9, 1] * 3 + [8, 8] * 3))
    by_story = compare(report_of(a, unit_of=stories), report_of(b, unit_of=stories))
    assert by_story.signature.units == 6
    assert by_story.scores[0].micro.p == 2 / 8  # three stories differ
    assert compare(report_of(a), report_of(b)).scores[0].micro.p < 2 / 8  # and look like twelve


def test_named_measures_alone_are_compared_in_the_order_named():
    tables = finds(X=[5] * 6)
    a = report_of(*(score_of(tables, name) for name in ("trigger", "date", "realis")))
    b = report_of(*(score_of(tables, name) for name in ("realis", "trigger")))
    chosen = compare(a, b, metrics=["realis", "trigger", "realis"])
    assert [score.metric for score in chosen.scores] == ["realis", "trigger"]
    assert chosen.score("trigger").metric == "trigger"
    with pytest.raises(UnknownName, match="did you mean realis"):
        chosen.score("reals")


def test_measures_that_ignore_the_type_have_no_rows_of_types():
    tables = {f"d{n}": {"": Counts.of(matched=n, predicted=6, gold=6)} for n in range(6)}
    plain = Score(
        metric="trigger-id",
        micro=Row(counts=total(t[""] for t in tables.values())),
        documents=tables,
    )
    (score,) = compare(report_of(plain), report_of(plain)).scores
    assert (dict(score.types), score.micro.gold) == ({}, 36)


REFUSED = {
    "gold": (
        report_of(score_of(finds(X=[5])), gold="2:def"),
        "gold: 1:abc in A, 2:def in B",
    ),
    "measures": (
        report_of(score_of(finds(X=[5]), "trigger"), score_of(finds(X=[5]), "date")),
        "measures: not in A: date",
    ),
    "documents": (
        report_of(score_of({f"d{n}": {} for n in range(9)})),
        "documents of trigger: not in A: d1, d2, d3, d4, d5 and 3 more",
    ),
    "units": (
        report_of(score_of(finds(X=[5])), unit_of={"d0": "s"}),
        "resampling units: 1 × document in A, 1 × story in B",
    ),
}


@pytest.mark.parametrize(("other", "said"), REFUSED.values(), ids=REFUSED)
def test_reports_that_measure_something_else_are_refused(other, said):
    one = of(X=[5])
    with pytest.raises(Incomparable, match="the two reports cannot be compared") as error:
        compare(one, other)
    assert str(error.value).splitlines()[1:] == [f"  {said}"]
    with pytest.raises(Incomparable):
        compare(other, one)


def test_everything_that_differs_is_said_at_once():
    other = report_of(
        score_of(finds(X=[5, 6]), "trigger"), score_of(finds(X=[5]), "date"), gold="2:def"
    )
    with pytest.raises(Incomparable) as error:
        compare(of(X=[5]), other)
    assert len(str(error.value).splitlines()) == 4


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (report_of(), "neither report has any"),
        (report_of(score_of({})), "neither report carries counts per document"),
        (
            report_of(score_of(finds(X=[5])), unit_of={"d7": "s"}),
            "the story of a document is not given: d0",
        ),
    ],
)
def test_a_report_without_what_a_comparison_needs_is_refused(broken, said):
    with pytest.raises(Incomparable, match=said):
        compare(broken, broken)


def test_a_measure_that_neither_report_has_is_named():
    with pytest.raises(Incomparable, match="measures: not in A: date\n  measures: not in B: date"):
        compare(of(X=[5]), of(X=[5]), metrics=["date"])


def test_what_a_reader_must_know_is_noted():
    a = of(X=[5] * 3)
    assert compare(a, a).notes == (
        "3 documents cannot show any difference, however large: p is never below 0.25",
    )
    signature = a.signature.model_copy(update={"version": "9"})
    changes = {"signature": signature, "unanswered": ("d1", "d2"), "dropped": ("1 event",)}
    b = a.model_copy(update=changes)
    assert compare(a, b).notes[:3] == (
        "scored by versions 0 (A) and 9 (B)",
        "B left 2 documents unanswered",
        "left out of B as invalid: 1 event",
    )
    assert compare(of(X=[5] * 6), of(X=[5] * 6)).notes == ()


def test_a_comparison_survives_its_own_json():
    found = compare(of(X=[1, 5, 9, 3, 4, 7]), of(X=[2, 8, 8, 1, 0, 3]), samples=50)
    assert Comparison.model_validate_json(found.model_dump_json()) == found


def test_fractions_add_up_whatever_the_order_of_documents_in_a_story():
    rng = random.Random(1)
    tables = {f"d{n}": {"X": Counts.of(matched=1 / n, predicted=1, gold=1)} for n in range(1, 60)}
    other = {
        f"d{n}": {"X": Counts.of(matched=1 / (n + 1), predicted=1, gold=1)} for n in range(1, 60)
    }
    stories = {name: f"s{int(name[1:]) % 9}" for name in tables}
    mixed = dict(rng.sample(sorted(tables.items()), len(tables)))
    one, same = (
        compare(
            report_of(score_of(t), unit_of=stories), report_of(score_of(other), unit_of=stories)
        )
        for t in (tables, mixed)
    )
    for ours, theirs in ((one.scores[0].micro, same.scores[0].micro),):
        assert (ours.interval, ours.p, ours.detectable) == (
            theirs.interval,
            theirs.p,
            theirs.detectable,
        )


def test_a_mean_of_scores_is_set_side_by_side_and_not_tested():
    # two parts with F1 1/2 and 1 in A, 1 and 1 in B: their means are 3/4 and 1
    half, full = (
        Counts.of(matched=5, predicted=10, gold=10),
        Counts.of(matched=9, predicted=9, gold=9),
    )

    def mean_of(first: Counts) -> Report:
        tables = {f"d{n}": {"x": first, "y": full} for n in range(8)}
        parts = add_tables(tables.values())
        micro = Row(counts=total(parts.values()), parts=parts)
        return report_of(Score(metric="coref-conll", micro=micro, documents=tables))

    comparison = compare(mean_of(half), mean_of(full))
    row = comparison.scores[0].micro
    assert (row.a, row.b, row.difference) == pytest.approx((3 / 4, 1, 1 / 4))
    assert (row.p, row.interval, row.verdict) == (None, None, "no difference shown")
    assert "means of several scores are not tested: coref-conll" in comparison.notes
