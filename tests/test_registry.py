"""Registries refuse duplicates and answer unknown names with the nearest known one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from bench.counts import Counts
from bench.errors import UnknownName
from bench.matching import Filler
from bench.metrics import METRICS, all_measures, measure, pair, parse
from bench.metrics.base import Item
from bench.registers import ActorRegister
from bench.registry import Registry
from bench.schema import Annotation


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


def test_the_metrics_that_read_no_types_say_so():
    untyped = {name for name, metric in METRICS.items() if not metric.typed}
    assert untyped == {"trigger-id", "time", *(name for name in METRICS if "coref-" in name)}


EMPTY = Annotation(doc_id="d", events=())
SIDES = pair(gold=EMPTY, predicted=EMPTY, text=None, register=ActorRegister.empty())


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (Counts(), "gold"),
        (Filler(None), "span"),
        (measure("trigger"), "match"),
        (measure("trigger").match, "name"),
        (measure("trigger").metric, "name"),
        (SIDES, "gold"),
        (SIDES.gold, "text"),
        (Item(("A",), Filler(None)), "key"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_is_shared_cannot_be_changed(value, field):
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, None)
