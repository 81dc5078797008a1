"""The page says what came of the trials."""

from __future__ import annotations

import numpy as np
import pytest

from tests.simulation.model import BASE, Measure, World
from tests.simulation.page import END, START, Results, curves, drops, page, put, summary
from tests.simulation.rates import Rate, fell, honest_limit, rate, regressed
from tests.simulation.scenarios import METRICS, scenarios
from tests.simulation.trial import Outcome


def outcome(drop: float, *shown: str, low: float = -0.03) -> Outcome:
    """One in which F1 of both metrics fell, and some lines are shown to have."""
    return Outcome(
        drops=dict.fromkeys(METRICS, drop),
        lowest=dict.fromkeys(METRICS, low),
        shown=dict.fromkeys(shown, drop),
        uncorrected=1,
    )


@pytest.fixture
def results() -> Results:
    measure = Measure(np.full((9, 2), 4), np.full((9, 2), 0.9), np.ones((9, 2)))
    world = World(
        "test", tuple("abcdefghi"), ("REJECT", "THREATEN"), dict.fromkeys(METRICS, measure)
    )
    # Of ten equal pairs one is called worse, one is fine at two points and eight at five.
    equal = [outcome(0.025, "trigger"), outcome(-0.01, low=-0.015), *[outcome(0.012)] * 7]
    equal.append(outcome(0.0, low=-0.06))
    fallen = [outcome(0.08, "trigger", "trigger REJECT"), outcome(0.015, "trigger"), outcome(0.03)]
    return {
        one.name: (one, equal if one.before is BASE is one.after else fallen)
        for one in scenarios(world, world)
    }


def test_rates_by_hand(results):
    equal, fallen = results["equal"][1], results["drop-3"][1]
    assert str(regressed(equal, 0.02)) == "10.0"
    assert str(regressed(fallen, 0)) == "66.7"
    assert str(regressed(fallen, 0.02)) == "33.3"  # a drop of 1.5 points lies within the margin
    assert str(fell(equal, 0.01)) == "80.0"
    assert str(fell(equal, 0.02)) == "10.0"
    assert honest_limit(equal) == pytest.approx(0.025)
    assert rate(fallen, lambda one: one.uncorrected > 1) == Rate(0, 3)


def test_the_range_of_a_rate():
    # Wilson: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n) with p = 0.04, n = 2000, z = 1.96.
    assert Rate(80, 2000).range == pytest.approx((0.03224, 0.04950), abs=1e-4)


def test_the_table_of_drops(results):
    head, _, none, *rows = drops(results).splitlines()
    assert head.endswith("| fail below 1 point | fail below 2 points | fail below 2.5 points |")
    assert none == "| none | 10 | 10.0 | 10.0 | 80.0 | 10.0 | 0.0 |"
    assert rows[2] == "| 3 points | 3 | 33.3 | 66.7 | 100.0 | 66.7 | 66.7 |"


def test_the_summary(results):
    text = summary(results)
    assert "at a margin of 2 points *regressed* 10.0, *cannot tell* 80.0, *fine* 10.0;" in text
    assert "at a margin of 5 points *regressed* 0.0, *cannot tell* 10.0, *fine* 90.0 (in %)" in text
    assert "REJECT 33.3, THREATEN 0.0" in text


def test_the_page_has_every_number(results):
    text = page(results)
    assert (
        "72 items of `trigger` and 72 items of `argument:actor`" in text
    )  # 9 documents, 2 types, 4 items
    assert "{" not in text
    assert "| 3 points | 33.3 | 66.7 | 0.0 | 33.3 | 0.0 | 66.7 |" in text


def test_curves_that_are_one_are_drawn_once(results):
    assert len(curves(results)) == 5
    same = {name: (one, results["equal"][1]) for name, (one, _) in results.items()}
    assert next(iter(curves(same))) == "check, margin 0 or 2"
    assert len(curves(same)) == 4


def test_the_table_is_put_between_its_marks():
    text = f"a\n{START}old\n{END}b\n"
    assert put(text, "| new |\n") == f"a\n{START}\n| new |\n\n{END}b\n"
    with pytest.raises(ValueError, match="no table"):
        put("a\n", "| new |\n")
