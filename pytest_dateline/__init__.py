"""The pytest plug-in: fixtures that score what an extractor finds and hold the line of a baseline.

It loads with every pytest where dateline is installed, so it imports nothing else of it before a
fixture is asked for. And it is no part of `bench`: a project that has a folder of that name of its
own could otherwise not start pytest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol, Unpack

import pytest

if TYPE_CHECKING:
    from bench.report import Report
    from bench.testing import Options, Run
    from bench.verdict import Verdict

PROPERTY = "dateline"
"""What a test's verdict is called among its properties, which reach the terminal from workers of
xdist too, and JUnit files."""


class AssertNoRegression(Protocol):
    """What the fixture `assert_no_regression` is."""

    def __call__(
        self, run: Run, baseline: Run, *, lenient: bool | None = None, **options: Unpack[Options]
    ) -> Verdict:
        """The verdict; raises `bench.testing.Regressed`."""
        ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """One option and one line of the settings."""
    group = parser.getgroup("dateline", "scores of event extraction")
    group.addoption(
        "--dateline-update",
        action="store_true",
        help="write the stored baselines that assert_no_regression is given anew",
    )
    text = "whether assert_no_regression passes where nothing can be told (default: true)"
    parser.addini("dateline_lenient", text, type="bool", default=True)


@pytest.fixture(scope="session")
def dateline_score() -> Callable[..., Report]:
    """`bench.testing.score`: the report of a run file, of annotations, or of an extractor."""
    from bench.testing import score

    return score


@pytest.fixture
def assert_no_regression(request: pytest.FixtureRequest) -> AssertNoRegression:
    """`bench.testing.assert_no_regression`, which obeys --dateline-update and dateline_lenient, and
    whose verdicts stand in the summary where they are not plainly fine.
    """
    from bench.testing import UPDATE, Regressed, hold

    update: bool = request.config.getoption("--dateline-update")

    def assert_no_regression(
        run: Run, baseline: Run, *, lenient: bool | None = None, **options: Unpack[Options]
    ) -> Verdict:
        __tracebackhide__ = True
        held = hold(run, baseline, update=update, **options)
        said = f"written: {held.stored}" if held.written else held.headline
        request.node.user_properties.append((PROPERTY, said))
        if lenient is None:
            lenient = request.config.getini("dateline_lenient")
        try:
            held.require(lenient=bool(lenient))
        except Regressed as error:
            if held.stored is not None:
                error.add_note(f"to accept the change: {UPDATE}")
            raise
        return held.verdict

    return assert_no_regression


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what passed without being plainly fine, and which baselines were written."""
    found = sorted(set(_said(terminalreporter)))
    if found:
        terminalreporter.section("dateline")
    for test, text in found:
        terminalreporter.line(f"{test}: {text}")


def _said(terminalreporter: Any) -> Iterator[tuple[str, str]]:
    reports = [one for some in terminalreporter.stats.values() for one in some]
    for report in reports:
        if isinstance(report, pytest.TestReport) and report.when == "call":
            for name, text in report.user_properties:
                if name == PROPERTY and str(text).startswith(("cannot tell", "written")):
                    yield report.nodeid, str(text)
