"""Runs the benchmark and writes docs/benchmarks.md: `python -m benchmarks [--quick]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks import measure
from benchmarks.page import page

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main() -> None:
    """Measure everything, print the page, and keep it unless it is only a trial."""
    quick = "--quick" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        text = page(measure.everything(Path(folder), quick=quick))
    print(text)
    if not quick:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
