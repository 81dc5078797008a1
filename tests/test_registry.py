"""Registries refuse duplicates and answer unknown names with the nearest known one."""

from __future__ import annotations

import pytest

from bench.errors import UnknownName
from bench.metrics import METRICS, all_measures, measure, parse
from bench.registry import Registry


def test_a_name_is_registered_once():
    registry: Registry[int] = Registry("thing")
    registry.add("one", 1)
    with pytest.raises(ValueError, match="thing 'one' is registered twice"):
        registry.add("one", 2)
    assert dict(registry) == {"one": 1}


def test_all_unknown_names_are_reported_together_with_the_nearest_known():
    with pytest.raises(UnknownName) as caught:
        parse(["triger", "trigger", "argumnet:exact"])
    message = str(caught.value)
    assert "unknown metric 'triger': did you mean trigger?" in message
    assert "unknown metric 'argumnet': did you mean argument?" in message


def test_a_match_mode_that_a_metric_does_not_take_is_unknown_to_it():
    with pytest.raises(UnknownName, match="unknown match mode of date 'head'"):
        measure("date:head")


@pytest.mark.parametrize("one", all_measures(), ids=str)
def test_a_measure_prints_as_what_one_types_to_get_it(one):
    assert measure(str(one)) == one
    assert (":" in str(one)) == (one.match.name != one.metric.default)


def test_a_measure_named_twice_is_scored_once():
    assert [str(one) for one in parse(["trigger", "trigger:exact"])] == ["trigger"]


def test_every_metric_says_what_it_is():
    assert all(metric.summary and metric.name == name for name, metric in METRICS.items())
