"""`python -m baselines.results` writes baselines/RESULTS.md; with names it prints these only."""

from __future__ import annotations

import sys
from pathlib import Path

from baselines.results.measure import NAMES, everything
from baselines.results.page import page
from bench.errors import DatelineError

PAGE = Path(__file__).parents[1] / "RESULTS.md"


def main() -> None:
    """Measure, print the page, and keep it unless it is of some baselines only."""
    names = sys.argv[1:]
    try:
        text = page(everything(names or NAMES))
    except DatelineError as error:
        sys.exit(str(error))
    sys.stdout.write(text)
    if not names:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
