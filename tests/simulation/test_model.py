"""The simulated systems are as good as they claim, and the simulation would see a broken gate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.stats import binom

from bench import statistics
from bench.report import Report
from tests.simulation.figure import figure
from tests.simulation.model import BASE, Kinship, Measure, System, World, cautious, draw, worse
from tests.simulation.rates import honest_limit
from tests.simulation.run import run
from tests.simulation.trial import Outcome, Scenario, report_of

LESS = 1000


@pytest.fixture(scope="module")
def small() -> World:
    """Twenty documents of four types, with 5 + n gold items of the nth type in each."""
    gold = np.tile([5, 6, 7, 8], (20, 1))
    chance = np.tile([0.4, 0.5, 0.6, 0.8], (20, 1)) + np.linspace(-0.1, 0.1, 20)[:, None]
    measure = Measure(gold, chance, np.full((20, 4), 1.5))
    names = tuple(f"d{n}" for n in range(20))
    return World("small", names, ("A", "B", "C", "D"), {"trigger": measure, "argument": measure})


def runs(world: World, system: System, trials: int = 400) -> np.ndarray:
    """Counts of all documents of many runs: trials by types by numbers."""
    rng = np.random.RandomState(1)
    drawn = (draw(rng, world, Kinship(), system)[0]["trigger"] for _ in range(trials))
    return np.array([sheet.sum(axis=0) for sheet in drawn])


def test_expected_counts_by_hand(small):
    # Chances average to 0.4, 0.5, 0.6, 0.8: 40, 60, 84 and 128 of 520 items; 30 spurious a type.
    rows = BASE.expected(small, "trigger")
    assert rows[:, 0] == pytest.approx([40, 60, 84, 128])
    assert rows[:, 1] == pytest.approx([70, 90, 114, 158])
    assert rows[:, 3] == pytest.approx([100, 120, 140, 160])
    assert BASE.true_f1(small, "trigger") == pytest.approx(2 * 312 / (432 + 520))
    assert BASE.true_f1(small, "trigger", "D") == pytest.approx(2 * 128 / (158 + 160))


@pytest.mark.parametrize("which", ["base", "worse", "cautious"])
def test_runs_are_on_average_what_is_expected(small, which):
    system = {"base": BASE, "worse": worse(small, 0.05), "cautious": cautious(small)}[which]
    drawn = runs(small, system)
    error = drawn.std(axis=0) / np.sqrt(len(drawn))
    off = np.abs(drawn.mean(axis=0) - system.expected(small, "trigger"))
    assert (off <= 4 * error + 1e-9).all()
    f1 = statistics.f1(drawn.sum(axis=1))
    error = f1.std() / np.sqrt(len(f1))
    assert abs(f1.mean() - system.true_f1(small, "trigger")) < 4 * error + 0.0005  # F1 is no sum


@pytest.mark.parametrize("drop", [0.01, 0.05, 0.1])
def test_a_drop_of_all_types_is_exact(small, drop):
    for metric in small.measures:
        fallen = worse(small, drop).true_f1(small, metric)
        assert BASE.true_f1(small, metric) - fallen == pytest.approx(drop, abs=1e-12)


def test_a_drop_of_one_type_leaves_the_others(small):
    fallen = worse(small, 0.3, kind="C")
    lost = [
        BASE.true_f1(small, "trigger", t) - fallen.true_f1(small, "trigger", t) for t in small.types
    ]
    assert lost == pytest.approx([0, 0, 0.3, 0], abs=1e-12)


def test_a_cautious_system_is_as_good_by_every_type_with_half_the_spurious_items(small):
    one, other = (s.expected(small, "trigger") for s in (BASE, cautious(small)))
    assert other[:, 1] - other[:, 0] == pytest.approx((one[:, 1] - one[:, 0]) / 2)
    assert 2 * other[:, 0] / (other[:, 1] + other[:, 3]) == pytest.approx(
        2 * one[:, 0] / (one[:, 1] + one[:, 3])
    )


def test_runs_have_more_in_common_the_closer_they_are(small):
    def apart(kin: Kinship) -> float:
        rng = np.random.RandomState(2)
        pairs = (draw(rng, small, kin, BASE, BASE) for _ in range(100))
        sums = np.array([[run["trigger"].sum(axis=(0, 1)) for run in pair] for pair in pairs])
        return float((statistics.f1(sums[:, 1]) - statistics.f1(sums[:, 0])).std())

    assert apart(Kinship(0.95, 0)) < apart(Kinship(0.5, 0)) < apart(Kinship(0.5, 0.3))


def test_a_report_has_the_counts_of_the_run(small):
    (sheet,) = draw(np.random.RandomState(3), small, Kinship(), BASE)
    report = Report.model_validate_json(report_of(small, sheet).model_dump_json())
    score = report.score("trigger")
    matched, predicted, _, gold = sheet["trigger"].sum(axis=(0, 1))
    assert score.micro.f1 == pytest.approx(2 * matched / (predicted + gold))
    assert score.types["B"].counts.gold == 120


@pytest.fixture(scope="module")
def equal(small) -> list[Outcome]:
    return list(outcomes(Scenario("equal", 80, small, BASE, BASE)))


def outcomes(scenario: Scenario, samples: int = LESS) -> Iterator[Outcome]:
    for number in range(scenario.trials):
        yield Outcome.of(scenario.verdict(number, samples=samples))


def most_alarms(trials: int) -> int:
    """How many alarms 5 % of trials give at most, but for one case in a thousand."""
    return int(binom.ppf(0.999, trials, statistics.ALPHA))


def test_equal_systems_raise_few_alarms(equal):
    assert sum(one.word(0) == "regressed" for one in equal) <= most_alarms(len(equal))


def test_without_correction_the_alarms_would_be_too_many(equal):
    assert sum(one.uncorrected > 0 for one in equal) > most_alarms(len(equal))


def test_a_threshold_would_fire_too_often(equal):
    assert sum(one.falls(0.01) for one in equal) > most_alarms(len(equal))


def test_a_test_of_the_wrong_side_would_be_seen(small):
    # A drop of ten points, and the same looked at from behind: a rise that must raise no alarm.
    fallen = worse(small, 0.1)
    seen = list(outcomes(Scenario("drop", 15, small, BASE, fallen)))
    missed = list(outcomes(Scenario("rise", 15, small, fallen, BASE)))
    assert sum(one.word(0.02) == "regressed" for one in seen) >= 12
    assert sum(one.word(0.02) == "regressed" for one in missed) == 0


def test_the_type_that_fell_is_named(small):
    found = list(outcomes(Scenario("drop", 15, small, BASE, worse(small, 0.3, kind="C"))))
    named = [name for one in found for name in one.alarms(0.02) if " " in name]
    assert named.count("trigger C") >= 12
    assert sum(not name.endswith("C") for name in named) <= 1


@pytest.mark.parametrize("margin", [0, 0.02, 0.05])
def test_words_read_from_an_outcome_are_those_of_the_gate(small, margin):
    told = set()
    for after in (BASE, worse(small, 0.03), worse(small, 0.1)):
        scenario = Scenario("words", 12, small, BASE, after, Kinship(0.9, 0))
        for number, outcome in enumerate(outcomes(scenario)):
            verdict = scenario.verdict(number, margin=margin, samples=LESS)
            assert outcome.word(margin) == verdict.word
            assert sorted(outcome.alarms(margin)) == sorted(x.name for x in verdict.regressed())
            told.add(verdict.word)
    assert len(told) >= 2


def test_a_run_goes_on_where_it_was_left(small, tmp_path):
    some = run(Scenario("x", 3, small, BASE, BASE), jobs=1, folder=tmp_path)
    (path,) = tmp_path.iterdir()
    kept = path.read_text(encoding="utf-8")
    more = run(Scenario("x", 5, small, BASE, BASE), jobs=1, folder=tmp_path)
    assert path.read_text(encoding="utf-8").startswith(kept)
    assert (more[:3], len(more)) == (some, 5)
    run(Scenario("x", 1, small, BASE, worse(small, 0.1)), jobs=1, folder=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2  # of other systems nothing is taken over


def test_the_honest_limit_fires_on_a_twentieth(equal):
    limit = honest_limit(equal)
    assert sum(one.falls(limit) for one in equal) <= 4
    assert sum(one.falls(limit - 0.001) for one in equal) >= 4


def test_the_figure_has_every_curve_and_a_title():
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    svg = figure({"one gate": [(0, 0.05), (10, 1)], "another": [(0, 0.5), (10, 1)]}, alpha=0.05)
    assert svg.startswith('<svg role="img" aria-label="Share of trials')
    assert ">one gate<" in svg
    assert ">another<" in svg
