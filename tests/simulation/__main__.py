"""Simulate, draw, write: `python -m tests.simulation [--page-only]`."""

from __future__ import annotations

import argparse
import sys
import time

from tests.simulation.run import run
from tests.simulation.scenarios import scenarios, world


def main() -> None:
    """Run what was not run yet and write the page, the figure and the table of docs/gate.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    asked = parser.parse_args()
    test, dev = world("test"), world("dev")
    found = {}
    for scenario in scenarios(test, dev):
        start = time.monotonic()
        found[scenario.name] = run(scenario, jobs=asked.jobs)
        sys.stderr.write(f"{scenario.name}: {time.monotonic() - start:.0f} s\n")


if __name__ == "__main__":
    main()
