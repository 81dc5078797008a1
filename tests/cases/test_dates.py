"""Dates compared as days on a calendar, and time expressions, by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bench.counts import total
from bench.metrics import measure, pair
from bench.registers import ActorRegister
from bench.schema import Annotation, Event, Mark, TimeExpression


def score(name: str, gold: Annotation, predicted: Annotation) -> tuple[float, float, float]:
    sides = pair(gold=gold, predicted=predicted, text=None, register=ActorRegister.empty())
    counts = total(measure(name).count(sides).values())
    return counts.matched_gold, counts.predicted, counts.gold


def dated(*values: str, start: int = 0) -> Annotation:
    """Events of one type on one trigger."""
    mark = Mark(start=start, end=start + 4)
    return Annotation(
        doc_id="d", events=tuple(Event(type="A", trigger=mark, date=v) for v in values)
    )


CASES = [
    # days of March 2025          exact  day  overlap          granularity
    # 18              18
    ("2025-03-18", "2025-03-18", 1, 1, 1, 1),
    # 18              .19
    ("2025-03-18", "2025-03-19", 0, 1, 0, 0),
    # 18              ..20: two days off
    ("2025-03-18", "2025-03-20", 0, 0, 0, 0),
    # 18 19 20        .19.: all within a day of the 19th
    ("2025-03-18/2025-03-20", "2025-03-19", 0, 1, Fraction(2, 4), Fraction(1, 2)),
    # 18 19 20        18..: the 20th is two days off
    ("2025-03-18/2025-03-20", "2025-03-18", 0, 0, Fraction(2, 4), Fraction(1, 2)),
    # 18 19 20        18 19.: of one size, and one inside the other
    ("2025-03-18/2025-03-20", "2025-03-18/2025-03-19", 0, 1, Fraction(4, 5), Fraction(1, 2)),
    # a day, its month (31 days), its year (365), its century (36525): one, two and four steps
    ("2025-03-18", "2025-03", 0, 0, Fraction(2, 32), Fraction(1, 2)),
    ("2025-03-18", "2025", 0, 0, Fraction(2, 366), Fraction(1, 4)),
    ("2025-03-18", "2001/2100", 0, 0, Fraction(2, 36525), Fraction(1, 16)),
    # a month and a season of its year; a month of another year
    ("2025-03", "2025-21", 0, 0, Fraction(62, 31 + 92), Fraction(1, 2)),
    ("2025-03", "2024", 0, 0, 0, 0),
    # 11 and 18       ....18: sets cover the union
    ("[2025-03-11,2025-03-18]", "2025-03-18", 0, 0, Fraction(2, 3), Fraction(1, 2)),
    ("{2025-03-17,2025-03-18}", "2025-03-17/2025-03-18", 0, 1, 1, 1),
    # neither holds the other: 18 19 and 19 20
    ("2025-03-18/2025-03-19", "2025-03-19/2025-03-20", 0, 1, Fraction(2, 4), 0),
    # a hedge is another value and the same days
    ("2022~", "2022", 0, 1, 1, 1),
    # what dates nothing equals itself alone
    ("XXXX-XX-XX", "XXXX-XX-XX", 1, 1, 1, 1),
    ("XXXX-XX-XX", "2025", 0, 0, 0, 0),
    ("XXXX-XX-XX", "XXXX", 0, 0, 0, 0),
]


@pytest.mark.parametrize(("gold", "said", "exact", "day", "overlap", "granularity"), CASES)
def test_dates_match_as_days_on_a_calendar(gold, said, exact, day, overlap, granularity):
    for mode, value in zip(
        ("exact", "day", "overlap", "granularity"),
        (exact, day, overlap, granularity),
        strict=True,
    ):
        for one, other in ((gold, said), (said, gold)):
            found = score(f"date:{mode}", dated(one), dated(other))
            assert found == (pytest.approx(float(value)), 1, 1), mode


def test_an_open_end_runs_to_the_end_of_the_calendar():
    # 2025-03-18/.. and 2025-03-19/.. share all but one of millions of days; a day and all time none
    near = score("date:overlap", dated("2025-03-18/.."), dated("2025-03-19/.."))
    far = score("date:overlap", dated("2025-03-18/.."), dated("2025-03-18"))
    assert (near[0], far[0]) == (pytest.approx(1, abs=1e-6), pytest.approx(0, abs=1e-6))
    assert score("date:day", dated("2025-03-18/.."), dated("2025-03-18"))[0] == 0
    # an answer that covers everything earns a 32nd: day, month, year, decade, century, more
    assert score("date:granularity", dated("2025-03-18"), dated("0001/"))[0] == 1 / 32


def test_a_date_counts_only_on_the_right_trigger():
    for mode in ("exact", "day", "overlap", "granularity"):
        assert score(f"date:{mode}", dated("2025"), dated("2025", start=9)) == (0, 1, 1)
        bare = Annotation(doc_id="d", events=(Event(type="A", date="2025"),))
        assert score(f"date:{mode}", bare, bare) == (0, 1, 1)


def test_several_dates_on_one_trigger_are_paired_for_the_best():
    # gold 18, 20; said 19, 21: 18-19 and 20-21 within a day; 20-19 alone would leave 18 without
    gold, said = dated("2025-03-18", "2025-03-20"), dated("2025-03-19", "2025-03-21")
    assert score("date:day", gold, said) == (2, 2, 2)


def test_time_expressions_match_by_span_and_value():
    # gold  "Tuesday" 18 March, "30-day" P30D        said  "Tuesday" 19 March, "a 30-day" P30D
    def times(*found: tuple[int, int, str]) -> Annotation:
        marks = tuple(TimeExpression(start=a, end=b, value=v) for a, b, v in found)
        return Annotation(doc_id="d", events=(), times=marks)

    gold = times((0, 7, "2025-03-18"), (20, 26, "P30D"))
    said = times((0, 7, "2025-03-19"), (18, 26, "P30D"))
    assert score("time", gold, said) == (0, 2, 2)
    assert score("time:any", gold, said) == (1, 2, 2)
    assert score("time:overlap", gold, said) == (pytest.approx(12 / 14), 2, 2)
