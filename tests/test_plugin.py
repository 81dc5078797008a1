"""A package of somebody else's, installed by pip and run as its user would: in its own process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench import gold

ROOT = Path(__file__).parents[1]
PLUGIN = ROOT / "tests" / "plugin"
PATIENCE = 60.0


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A folder into which the package is installed, without an index and without its needs."""
    home = tmp_path_factory.mktemp("plugin")
    shutil.copytree(PLUGIN, home / "source", ignore=shutil.ignore_patterns("__pycache__"))
    command = "-m pip install --quiet --no-index --no-deps --no-build-isolation --target"
    subprocess.run(
        [sys.executable, *command.split(), home / "site", home / "source"], check=True, timeout=120
    )
    return home / "site"


@pytest.fixture
def start(site, tmp_path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start `dateline` where the package is installed. Interrupts are heeded, which whoever runs the
    tests in the background has switched off for all that they start.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def run(*arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "bench", *map(str, arguments)],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(site)))},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    yield run
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def dateline(start) -> Callable[..., tuple[int, str, str]]:
    """Run it to its end: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        process = start(*arguments)
        out, err = process.communicate(timeout=2 * PATIENCE)
        return process.returncode, out, err

    return run


def test_an_installed_package_is_listed_and_scored(dateline):
    code, out, _ = dateline("list", "extractors")
    assert code == 0
    assert "Takes some words for consultations. [options: words]" in " ".join(out.split())
    code, out, err = dateline("evaluate", "outsider", "-m", "trigger", "--with", "words=phoned")
    assert (code, err) == (0, "")
    assert out.startswith("outsider[words=phoned] on dev, 13 documents")
    assert "trigger by event type" in out


TROUBLE = {
    "ceasefire-call/live-blog": ("raises", "KeyError: 'two' (trouble.py:"),
    "ceasefire-call/scraped-page": ("hangs", "no answer within 3 s"),
    "ceasefire-call/wire-report": ("dies", "the worker process was killed by SIGKILL"),
    "martial-law/wire-report": ("mistakes", "answered another/one"),
    "martial-law/analysis": ("outside", "events[0].trigger.end: found "),
    "martial-law/scraped-page": ("babbles", "answered dict, wanted Annotation"),
    "good-friday/wire-report": ("exits", "SystemExit: cannot read"),
}


def test_each_kind_of_misbehaviour_loses_its_document_only_and_is_named(dateline):
    on = "on=" + ",".join(f"{name}={how}" for name, (how, _) in TROUBLE.items())
    options = ("-m", "trigger", "--json", "--jobs", 2, "--timeout", 3, "--with", on)
    code, out, err = dateline("evaluate", "trouble", *options)
    report = json.loads(out)  # what an extractor prints is not among the results
    assert (code, report["failed"].keys()) == (0, TROUBLE.keys())
    assert [name for name in TROUBLE if TROUBLE[name][1] not in report["failed"][name]] == []
    assert set(report["unanswered"]) == set(TROUBLE)
    assert report["scores"][0]["micro"]["counts"]["predicted"] == 13 - len(TROUBLE)
    assert all(f"{name} failed: {report['failed'][name]}\n" in err for name in TROUBLE)
    assert "warning: 7 of 13 documents failed" in err


def test_a_run_without_an_answer_is_an_error(dateline):
    code, out, err = dateline("evaluate", "trouble", "--split", "nothing")
    assert (code, out) == (2, "")
    on = ",".join(f"ceasefire-call/{name}=dies" for name in ("live-blog", "wire-report"))
    code, out, err = dateline("extract", "trouble", "-j", 2, "--fail-fast", "--with", f"on={on}")
    assert (code, out) == (2, "")
    assert "killed by SIGKILL" in err
    assert "Traceback" not in err


def test_failing_fast_shows_the_traceback_of_a_worker(dateline):
    on = "on=ceasefire-call/live-blog=raises"
    code, _, err = dateline("extract", "trouble", "-j", 2, "--fail-fast", "--with", on)
    assert code == 1
    assert "in raises" in err
    assert "KeyError: 'two'" in err


def lines(path: Path) -> int:
    """Finished documents in a part."""
    return path.read_bytes().count(b"\n") - 1 if path.exists() else -1


def wait_until(held: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not held():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")  # a process whose parent has gone may wait to be buried
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_an_interrupted_run_goes_on_and_ends_as_if_it_had_not_been(
    start, dateline, tmp_path, how, code
):
    slow = ("--jobs", 2, "--with", "pause=0.3", "--with", f"pids={tmp_path / 'pids'}")
    part = tmp_path / "run.jsonl.part"
    process = start("extract", "trouble", "-o", "run.jsonl", *slow)
    wait_until(lambda: lines(part) >= 2)
    process.send_signal(how)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert "Traceback" not in err
    done = lines(part)
    assert 2 <= done < 13
    pids = [int(line) for line in (tmp_path / "pids").read_text().split()]
    wait_until(lambda: not any(map(is_alive, pids)))

    code, _, err = dateline("extract", "trouble", "-o", "run.jsonl", *slow)
    assert code == 0
    assert f"{done} of 13 documents are done" in err
    assert not part.exists()
    assert (tmp_path / "run.jsonl").read_text() == UNINTERRUPTED


UNINTERRUPTED = "".join(
    f'{{"doc_id": "{one.id}", "events": [{{"type": "CONSULT", "trigger": {{"start": 0, "end": 1}}}}]}}\n'
    for one in gold.manifest()
    if one.split == "dev"
)
