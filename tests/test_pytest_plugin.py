"""The pytest plug-in, as a suite of somebody else's sees it."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bench.formats import jsonl
from bench.testing import hold
from tests.test_testing import GOLD, LESS, thinned

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[1]
POINTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "entry-points"
]["pytest11"]
IN_PROCESS = ("-p", "no:playwright")  # which cannot run in itself
STRICT = ("-W", "error", "--strict-markers", "--strict-config", "-p", "no:cacheprovider")
SUITE = """
    from pathlib import Path

    HERE = Path(__file__).parent
    OPTIONS = {"metrics": ["trigger"], "samples": 500}

    def test_line(assert_no_regression):
        assert_no_regression(HERE / "run.jsonl", HERE / "baseline.json", **OPTIONS)
"""


@pytest.fixture(scope="module")
def baseline(tmp_path_factory) -> bytes:
    """A stored baseline: nine tenths of the gold."""
    path = tmp_path_factory.mktemp("stored") / "baseline.json"
    hold(thinned(0.1), path, update=True, **LESS)
    return path.read_bytes()


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder that pytest takes for one into which a package with our entry point was installed."""
    return install(tmp_path_factory.mktemp("site"))


def install(site: Path) -> Path:
    """Make it so. To name the plug-in with -p instead would clash with its entry point."""
    info = site / "some_dateline-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: some-dateline\nVersion: 1.0\n")
    points = "".join(f"{name} = {value}\n" for name, value in POINTS.items())
    (info / "entry_points.txt").write_text(f"[pytest11]\n{points}")
    return site


@pytest.fixture
def suite(pytester, monkeypatch, installed, baseline):
    """A suite that holds a line. It runs in this process, which is faster, or in one of its own,
    where the plug-in is found by its entry point.
    """
    monkeypatch.syspath_prepend(installed)
    path = os.pathsep.join((str(ROOT), str(installed), os.environ.get("PYTHONPATH", "")))
    monkeypatch.setenv("PYTHONPATH", path)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makepyfile(SUITE)
    (pytester.path / "baseline.json").write_bytes(baseline)

    def run(predicted: dict, *options: str, apart: bool = False):
        text = "".join(jsonl.write(predicted.values()))
        (pytester.path / "run.jsonl").write_text(text, encoding="utf-8")
        if apart:
            return pytester.runpytest_subprocess(*STRICT, *options)
        return pytester.runpytest_inprocess(*STRICT, *IN_PROCESS, *options)

    return run


def section(result) -> list[str]:
    """What the terminal says under our name."""
    lines = result.outlines
    start = [n for n, line in enumerate(lines) if re.fullmatch("=+ dateline =+", line)]
    if not start:
        return []
    rest = lines[start[0] + 1 :]
    end = next(n for n, line in enumerate(rest) if line.startswith("="))
    return [line for line in rest[:end] if line]


# ---- beside suites that do not use it


def test_the_entry_point_leads_to_the_plug_in():
    assert list(POINTS) == ["dateline"]  # what -p no:dateline switches off
    spec = importlib.util.find_spec(POINTS["dateline"])
    assert Path(spec.origin) == ROOT / "pytest_dateline" / "__init__.py"


def test_loading_it_imports_nothing_else():
    code = (
        "import sys, pytest; before = set(sys.modules); import pytest_dateline;"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["pytest_dateline"], done.stderr


OTHER = """
    import sys

    def test_nothing_of_ours_is_here():
        ours = {"bench.gold", "bench.testing", "numpy", "pydantic", "rich", "typer"}
        assert not ours & set(sys.modules)

    def test_their_own_fixture_wins(assert_no_regression):
        assert assert_no_regression == "theirs"
"""
THEIRS = """
    import pytest

    @pytest.fixture
    def assert_no_regression():
        return "theirs"
"""


@pytest.mark.parametrize("options", [(), ("-p", "no:dateline")], ids=["loaded", "switched off"])
def test_a_suite_of_others_does_not_notice_it(pytester, monkeypatch, installed, options):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), str(installed))))
    pytester.makepyfile(OTHER)
    pytester.makeconftest(THEIRS)
    # A folder of theirs that is named like our package, found first: python -m pytest.
    pytester.makepyfile(**{"bench/__init__": "mine = 1"})
    pytester.makepyfile(test_bench="def test_mine():\n    import bench\n    assert bench.mine")
    command = [sys.executable, "-m", "pytest", *STRICT, "-p", "no:hypothesispytest", *options]
    result = pytester.run(*command)
    assert (result.ret, result.parseoutcomes()) == (0, {"passed": 3}), result.stdout.str()
    assert section(result) == []
    assert result.stderr.str() == ""


def test_switched_off_its_fixtures_are_unknown(suite):
    result = suite(GOLD, "-p", "no:dateline", apart=True)
    result.stdout.fnmatch_lines(["*fixture 'assert_no_regression' not found"])


# ---- a suite that holds a line


def test_what_is_no_worse_passes_in_silence(suite):
    result = suite(thinned(0.1))
    result.assert_outcomes(passed=1)
    assert section(result) == []


def test_a_regression_shows_the_table_and_the_events(suite):
    result = suite(thinned(0.5), "--junitxml=out.xml")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*assert_no_regression(HERE*",
            "E  *bench.testing.Regressed: regressed: run against run on dev, 13 documents",
            "E  *baseline*now*change*verdict",
            "E  *trigger*regressed",
            "E  *missed events where the baseline, which holds counts only, had matched more*",
            "E  * “*” * (*:*)*",
            "E  *to accept the change: pytest --dateline-update",
        ]
    )
    ours = [
        line for line in result.outlines if "pytest_dateline/" in line or "testing/asse" in line
    ]
    assert ours == []  # the traceback ends in the test


def test_what_cannot_be_told_passes_and_is_said(suite, pytester):
    result = suite(thinned(0.13, seed=2), "--junitxml=out.xml")
    result.assert_outcomes(passed=1)
    assert len(section(result)) == 1
    assert re.search(r"::test_line: cannot tell: run against run on dev", section(result)[0])
    xml = (pytester.path / "out.xml").read_text(encoding="utf-8")
    assert '<property name="dateline" value="cannot tell: run against run on dev' in xml


def test_the_settings_can_make_it_fail(suite, pytester):
    pytester.makeini("[pytest]\ndateline_lenient = false")
    result = suite(thinned(0.13, seed=2))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *Regressed: cannot tell: run against run*"])


def test_update_writes_the_baseline_and_the_next_run_is_fine(suite, pytester, baseline):
    path = pytester.path / "baseline.json"
    result = suite(thinned(0.5), "--dateline-update")
    result.assert_outcomes(passed=1)
    assert section(result) == [
        f"test_update_writes_the_baseline_and_the_next_run_is_fine.py::test_line: written: {path}"
    ]
    renewed = path.read_bytes()
    assert renewed != baseline
    suite(thinned(0.5)).assert_outcomes(passed=1)
    again = suite(thinned(0.5), "--dateline-update")
    assert (section(again), path.read_bytes()) == ([], renewed)


def test_without_a_baseline_the_way_to_make_it_is_said(suite, pytester):
    (pytester.path / "baseline.json").unlink()
    result = suite(thinned(0.5))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *MissingBaseline: *'pytest --dateline-update' writes it"])
    suite(thinned(0.5), "--dateline-update").assert_outcomes(passed=1)


def test_workers_of_xdist_report_too(suite):
    pytest.importorskip("xdist")
    result = suite(thinned(0.13, seed=2), "-n", "1", apart=True)
    result.assert_outcomes(passed=1)
    assert [line.partition(": ")[2][:11] for line in section(result)] == ["cannot tell"]


def test_an_extractor_is_scored_by_a_fixture_of_any_scope(pytester, monkeypatch, installed):
    monkeypatch.syspath_prepend(installed)
    pytester.makepyfile(
        """
        import pytest
        from bench import gold

        GOLD = gold.load("dev").annotations

        class Perfect:
            def extract(self, document):
                return GOLD[document.id]

        @pytest.fixture(scope="session")
        def report(dateline_score):
            return dateline_score(Perfect(), metrics=["trigger"])

        def test_score(report):
            assert report.score("trigger").micro.f1 == 1
        """
    )
    pytester.runpytest_inprocess(*STRICT, *IN_PROCESS).assert_outcomes(passed=1)
