"""The floors of `dateline check`: what an F1 must not fall below, whatever the baseline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from bench.cli.compare import canonical

Floors = Annotated[
    list[str] | None,
    typer.Option("--min", help="METRIC=POINTS: regressed below that F1, whatever the baseline."),
]
TypeFloors = Annotated[
    list[str] | None, typer.Option("--min-type", help="METRIC:TYPE=POINTS: the same for a type.")
]


def floors_of(options: Iterable[str]) -> dict[str, float]:
    """Floors by measure; raises DatelineError, UnknownName.

    >>> floors_of(["trigger:exact=60"])
    {'trigger': 0.6}
    """
    pairs = (_assigned(option, "--min", "METRIC=POINTS") for option in options)
    return {canonical([name])[0]: floor for name, floor in pairs}


def type_floors_of(options: Iterable[str], metrics: Sequence[str]) -> dict[tuple[str, str], float]:
    """Floors by measure and type. Both may hold colons: the longest measure that fits is meant.

    >>> type_floors_of(["argument:actor:Life:Die=40"], ["argument", "argument:actor"])
    {('argument:actor', 'Life:Die'): 0.4}
    """
    floors = {}
    for option in options:
        name, floor = _assigned(option, "--min-type", "METRIC:TYPE=POINTS")
        floors[_measure_and_type(name, metrics)] = floor
    return floors


def _measure_and_type(name: str, metrics: Sequence[str]) -> tuple[str, str]:
    from bench.errors import UnknownName

    fitting = [metric for metric in metrics if name.startswith(f"{metric}:")]
    if not fitting:
        raise UnknownName("measure of --min-type", [name.partition(":")[0]], metrics)
    metric = max(fitting, key=len)
    return metric, name[len(metric) + 1 :]


def _assigned(option: str, name: str, shape: str) -> tuple[str, float]:
    from bench.errors import DatelineError

    left, _, right = option.rpartition("=")
    try:
        points = float(right)
    except ValueError:
        points = -1
    if not left or not 0 <= points <= 100:
        raise DatelineError(f"{name}: found {option!r}, wanted {shape}, with points from 0 to 100")
    return left, points / 100
