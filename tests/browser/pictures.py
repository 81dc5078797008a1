"""The pictures of the README, taken anew: `python -m tests.browser.pictures`, or `make pictures`.

The report of `lexicon` on `dev` and the board of the shipped baselines, through Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from leaderboard.building import build
from tests.browser.conftest import ARGUMENTS

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = {"width": 1100, "height": 620}


def main() -> None:
    """Make the pages and take the pictures."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        _dateline("extract", "lexicon", "--split", "dev", "-o", folder / "lexicon.jsonl")
        _dateline("report", folder / "lexicon.jsonl", "-o", folder / "report.html")
        build(folder / "site", reports=False)
        program = shutil.which("chromium")
        browser = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        _take(browser, folder / "report.html", "report", "#martial-law/wire-report")
        _take(browser, folder / "site" / "index.html", "board")
        browser.close()


def _dateline(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "bench", *map(str, arguments)], check=True)


def _take(browser: Browser, page: Path, name: str, fragment: str = "") -> None:
    opened = browser.new_page(viewport=SIZE, color_scheme="light")
    opened.goto(page.as_uri() + fragment)
    opened.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
