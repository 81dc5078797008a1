"""Simulate, draw, write: `python -m tests.simulation`."""

from __future__ import annotations

import argparse
import sys
import time

from bench.statistics import ALPHA
from tests.simulation.figure import figure
from tests.simulation.page import DOCS, Results, curves, page, put, summary
from tests.simulation.run import run
from tests.simulation.scenarios import scenarios, world


def main() -> None:
    """Run what was not run yet; write the page, the figure and the table of docs/gate.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    results = _results(parser.parse_args().jobs)
    (DOCS / "gate-simulation.md").write_text(page(results), encoding="utf-8")
    (DOCS / "gate.svg").write_text(figure(curves(results), alpha=ALPHA), encoding="utf-8")
    gate = DOCS / "gate.md"
    gate.write_text(put(gate.read_text(encoding="utf-8"), summary(results)), encoding="utf-8")


def _results(jobs: int) -> Results:
    results = {}
    for scenario in scenarios(world("test"), world("dev")):
        start = time.monotonic()
        results[scenario.name] = scenario, run(scenario, jobs=jobs)
        sys.stderr.write(f"{scenario.name}: {time.monotonic() - start:.0f} s\n")
    return results


if __name__ == "__main__":
    main()
