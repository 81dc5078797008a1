"""Laws of metrics over stories that one document cannot show."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bench.counts import Counts, total
from bench.metrics import METRICS, measure, pair
from bench.metrics.base import Table, read
from bench.metrics.merge import by_story, merge
from bench.schema import Annotation, Event, Mark
from tests.properties.strategies import REGISTER, annotations
from tests.properties.test_laws import close, held

OVER = [measure(name) for name, metric in METRICS.items() if metric.over == "story"]
Sides = dict[str, tuple[Annotation, Annotation]]
NAMES = ("s/1", "s/2", "s/3")


def sides() -> st.SearchStrategy[Sides]:
    """Gold and predicted annotations of the documents of a story."""
    some = annotations(grounded=True, max_size=4)
    return st.lists(st.tuples(some, some), min_size=1, max_size=3).map(
        lambda found: dict(zip(NAMES, found, strict=False))
    )


def tables(found: Sides) -> list[Table]:
    pairs = {
        name: pair(gold=gold, predicted=predicted, text=None, register=REGISTER)
        for name, (gold, predicted) in found.items()
    }
    whole = merge("s", pairs)
    return [one.count(whole) for one in OVER]


def sums(found: Sides) -> list[Counts]:
    return [total(table.values()) for table in tables(found)]


def renamed(annotation: Annotation, **fields: str | None) -> Annotation:
    """With other clusters or happenings: a format of the old name, or none."""
    events = [
        e.model_copy(
            update={
                field: getattr(e, field) and shape and shape.format(getattr(e, field))
                for field, shape in fields.items()
            }
        )
        for e in annotation.events
    ]
    return annotation.model_copy(update={"events": tuple(events)})


@given(sides())
def test_a_story_against_itself_is_perfect(found):
    for one, table in zip(OVER, tables({n: (g, g) for n, (g, _) in found.items()}), strict=True):
        assert read(table, one.metric)[2] in (None, 1), one


@given(sides(), st.randoms(use_true_random=False))
def test_order_and_names_of_clusters_and_happenings_never_matter(found, rng):
    # Which documents share a happening is all that its name says.
    order = rng.sample(sorted(found), len(found))
    other = {
        name: (
            found[name][0],
            renamed(found[name][1], happening="other {}", cluster=f"{name} {{}}"),
        )
        for name in order
    }
    assert all(map(close, sums(found), sums(other)))


@given(sides())
def test_swapping_the_sides_of_a_story_swaps_precision_and_recall(found):
    back = sums({name: (p, g) for name, (g, p) in found.items()})
    swapped = [Counts(c.matched_gold, c.gold, c.matched_predicted, c.predicted) for c in back]
    assert all(map(close, sums(found), swapped))


@given(sides())
def test_without_happenings_clusters_of_two_documents_are_never_one(found):
    # What has no links across documents adds up over them, as it does for single documents.
    bare = {
        n: (renamed(g, happening=None), renamed(p, happening=None)) for n, (g, p) in found.items()
    }
    one_by_one = [sums({name: both}) for name, both in bare.items()]
    for n, (one, whole) in enumerate(zip(OVER, sums(bare), strict=True)):
        if one.metric.name in ("coref-story-muc", "coref-story-b3", "coref-story-lea"):
            assert close(whole, total(row[n] for row in one_by_one)), one


@given(annotations(grounded=True), annotations(grounded=True))
def test_a_story_of_one_document_without_happenings_scores_as_the_document(gold, predicted):
    gold, predicted = (renamed(side, happening=None) for side in (gold, predicted))
    plain = [measure(str(one).replace("-story", "")) for one in OVER]
    alone = pair(gold=gold, predicted=predicted, text=None, register=REGISTER)
    counts = [total(one.count(alone).values()) for one in plain]
    assert all(map(close, sums({"s/1": (gold, predicted)}), counts))


def test_the_laws_of_copies_are_held_over_stories_as_in_documents():
    for law in ("spurious", "takes", "copies"):
        names = {str(one) for one in held(law)}
        for one in OVER:
            assert (str(one) in names) == (str(one).replace("-story", "") in names), (law, one)


def test_documents_stand_in_their_stories():
    story_of = {"s/1": "s", "t/1": "t", "s/2": "s"}
    empty = {
        name: pair(
            gold=Annotation(doc_id=name, events=()),
            predicted=Annotation(doc_id=name, events=()),
            text=None,
            register=REGISTER,
        )
        for name in story_of
    }
    assert list(by_story(empty, story_of)) == ["s", "t"]


def test_offsets_run_on_behind_all_that_was_told_before():
    # s/1   gold 2-5 and no trigger    said 3-9        s/2 begins at 9
    # s/2   gold 0-1 and words alone   said 4-6        s/3 begins at 9 + 6
    # s/3   gold 1-2                   said nothing
    def side(*marks: Mark | None) -> Annotation:
        events = (Event(type="A", trigger=mark, cluster="c") for mark in marks)
        return Annotation(doc_id="d", events=tuple(events))

    found = {
        "s/1": (side(Mark(start=2, end=5), None), side(Mark(start=3, end=9))),
        "s/2": (side(Mark(start=0, end=1), Mark(text="fell")), side(Mark(start=4, end=6))),
        "s/3": (side(Mark(start=1, end=2)), side()),
    }
    whole = merge(
        "s",
        {
            name: pair(gold=gold, predicted=predicted, text="any", register=REGISTER)
            for name, (gold, predicted) in reversed(found.items())
        },
    )
    spans, names = (
        [[of(e) for e in one.annotation.events] for one in (whole.gold, whole.predicted)]
        for of in (lambda e: e.trigger and (e.trigger.span or e.trigger.text), lambda e: e.cluster)
    )
    assert spans == [[(2, 5), None, (9, 10), "fell", (16, 17)], [(3, 9), (13, 15)]]
    assert names == [["0 c", "0 c", "1 c", "1 c", "2 c"], ["0 c", "1 c"]]
    assert (whole.gold.annotation.doc_id, whole.gold.text, whole.gold.register) == (
        "s",
        None,
        REGISTER,
    )
