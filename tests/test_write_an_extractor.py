"""Every block of docs/write-an-extractor.md runs as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.extractors import Extractor, identity, prepare, runs_in_threads, train
from tests.conftest import document

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "write-an-extractor.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAME = re.compile(r"`([\w.]+)`[^`]*\Z")
OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "false",  # as pip reads it: no isolation
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}


def files() -> dict[str, str]:
    """Blocks that are files; the text before each ends with its name or what folder it lies in."""
    found = {}
    for block in BLOCK.finditer(PAGE):
        if block[1] in ("python", "toml"):
            named = NAME.search(PAGE[: block.start()].rstrip())
            assert named is not None
            found[named[1]] = block[2]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The reader's folder, with the commands that an installed Dateline would have."""
    home = tmp_path_factory.mktemp("reader")
    for name, module in (("dateline", "bench"), ("pip", "pip")):
        script = home / "bin" / name
        script.parent.mkdir(exist_ok=True)
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        script.chmod(0o755)
    for name, text in files().items():
        (home / name).write_text(text, encoding="utf-8")
    return home


def test_the_blocks_are_files_of_these_names():
    assert list(files()) == ["firstwords.py", "pyproject.toml", "slow.py"]


def test_every_command_runs_and_shows_what_the_page_shows(folder):
    paths = [str(ROOT), str(folder / "site")]
    environment = os.environ | OFFLINE
    environment |= {
        "PIP_TARGET": str(folder / "site"),
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(paths),
    }
    said = ""
    for language, text in BLOCK.findall(PAGE):
        if language == "sh":
            done = subprocess.run(
                ["sh", "-eu", "-c", text],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
            said = done.stdout
            assert done.returncode == 0, done.stderr
            assert "Traceback" not in done.stderr
        elif language == "text":
            assert text in said
    assert (folder / "run.jsonl").exists()


def test_what_an_extractor_may_have_is_what_is_called(monkeypatch):
    scope: dict[str, type] = {}
    exec(files()["slow.py"], scope)
    slow = scope["Slow"](model="large")
    assert isinstance(slow, Extractor)
    assert slow.extract(document()).events == ()
    monkeypatch.setenv("SLOW_SERVER", "here")
    assert identity(slow) == "here"
    assert runs_in_threads(slow)
    assert train("slow", slow) == Path("large.bin")
    monkeypatch.setenv("SLOW_IS_OFF", "1")
    with pytest.raises(Exception, match="unset SLOW_IS_OFF"):
        prepare(slow)
