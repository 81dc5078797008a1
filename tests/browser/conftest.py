"""A headless Chromium, pages that tell of every error and request, and a board to look at."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.evaluate import evaluate
from bench.metrics import parse
from bench.schema import Annotation
from leaderboard.board import board_of
from leaderboard.site import site_of
from leaderboard.submissions import Submission
from leaderboard.systems import System
from tests.conftest import GOLD_EVENTS, tiny_gold

REQUIRED = os.environ.get("DATELINE_BROWSER") == "required"
AXE = Path(sys.prefix) / "axe" / "package" / "axe.min.js"
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def need(what: object, why: str) -> None:
    """Skip where something is not installed, or fail where it has to be."""
    if not what:
        (pytest.fail if REQUIRED else pytest.skip)(why)


@pytest.fixture(scope="session")
def chromium():
    """A browser for all tests."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    need(program, "no Chromium here: tests/browser/install.sh says how to get one")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def look(chromium) -> Iterator[Callable]:
    """Open a file in a page; at the end no page may have said an error, shown a dialog or asked for
    anything but the files that it was sent to.
    """
    opened, said = [], []

    def open_page(path: Path, fragment: str = "", **options):
        context = chromium.new_context(**{"viewport": {"width": 1200, "height": 900}, **options})
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else 0)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss())
        )
        page.on("request", lambda r: None if harmless(r.url) else said.append(f"asked for {r.url}"))
        page.goto(path.as_uri() + fragment)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert said == []


def harmless(url: str) -> bool:
    return url.startswith(("file://", "data:"))


@pytest.fixture
def axe() -> Callable:
    """Serious and critical findings of axe-core on a page."""
    need(AXE.exists(), "no axe-core here: tests/browser/install.sh says how to get it")

    def findings(page) -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("async () => (await axe.run()).violations")
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]

    return findings


HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{7*7}}${7*7}<%=7*7%>",
    "<svg/onload=alert(1)>",
    "]]><!--<script>alert(1)//",
    "=HYPERLINK(0)",
    "&lt;b&gt;&amp;#x3c;",
)
DOCUMENTS = [f"story/{n}" for n in range(12)]


def system(name: str, n: int, **fields: object) -> System:
    raw = {
        "name": name,
        "authors": [name],
        "submitted": f"2026-11-{n + 10}",
        "kind": "rules" if n % 2 else "trained",
        "description": name,
        "training_data": name,
        "use_of_test": "tuned on" if n == 3 else "none",
        "cost": name,
        "code": "https://example.org/?a=1&b=%3Cscript%3E",
        **fields,
    }
    return System.model_validate(raw)


@pytest.fixture(scope="session")
def board():
    """Eight systems with names that mean harm; the first finds everything, the last nothing."""
    gold = tiny_gold(*(Annotation(doc_id=name, events=GOLD_EVENTS) for name in DOCUMENTS))
    found = []
    for n, name in enumerate(HOSTILE):
        kept = {
            d: GOLD_EVENTS if i >= int(1.7 * n) else GOLD_EVENTS[:1]
            for i, d in enumerate(DOCUMENTS)
        }
        predicted = {d: Annotation(doc_id=d, events=events) for d, events in kept.items()}
        measures = parse(["trigger", "argument:actor", "coref-conll"])
        report = evaluate(gold, predicted, measures=measures, system=name, samples=100)
        found.append(
            Submission(f"s{n}", system(name, n), predicted, {"test": report, "dev": report})
        )
    return board_of(found, "1.0.0:test", samples=5000)


@pytest.fixture(scope="session")
def site(board, tmp_path_factory) -> Path:
    """The site of that board, on the disk."""
    folder = tmp_path_factory.mktemp("site")
    for name, text in site_of(board, [("0.9.0:old", "releases/0.9.0-old")]).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
