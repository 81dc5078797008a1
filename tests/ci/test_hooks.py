"""The hooks for pre-commit: their entries as pre-commit calls them, and pre-commit itself."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.ci.conftest import HOSTILE, ROOT

HOOKS = {h["id"]: h for h in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
GOOD = '{"doc_id": "ceasefire-call/wire-report", "events": [{"type": "CONSULT"}]}\n'
BAD = '{"doc_id": "ceasefire-call/wire-reprot", "events": [{"type": "CONSULT"}]}\n'


def call(job, hook: str, *arguments: str):
    """The entry of a hook with its arguments, without a shell, as pre-commit calls it."""
    entry = shlex.split(HOOKS[hook]["entry"])
    command = [str(Path(job.env["HOME"]) / "tools" / entry[0]), *entry[1:], *arguments]
    return subprocess.run(command, cwd=job.path, env=job.env, capture_output=True, text=True)


def test_good_files_pass_and_a_bad_one_is_told_of_with_its_line(job):
    for name in ("good.jsonl", HOSTILE):
        (job.path / name).write_text(GOOD, encoding="utf-8")
    (job.path / "bad.jsonl").write_text(GOOD + BAD, encoding="utf-8")
    done = call(job, "dateline-validate", "good.jsonl", HOSTILE)
    assert (done.returncode, done.stderr) == (0, "")
    done = call(job, "dateline-validate", "good.jsonl", "bad.jsonl", "none.jsonl")
    assert done.returncode == 2
    assert 'bad.jsonl:2: doc_id: found "ceasefire-call/wire-reprot"' in done.stderr
    assert "none.jsonl" in done.stderr
    assert "good.jsonl: 1 documents, 1 events, no problems" in done.stdout
    assert job.unharmed()


def test_the_check_stops_a_push_where_the_run_regressed_only(job):
    against = ("--against", "baseline.json", "--samples=500")
    assert call(job, "dateline-check", "near.json", *against).returncode == 0
    assert call(job, "dateline-check", "worse.json", *against).returncode == 1


def test_which_files_are_looked_at():
    pattern = re.compile(HOOKS["dateline-validate"]["files"])
    assert pattern.search("runs/mine.jsonl")
    assert not pattern.search("runs/mine.json")
    assert HOOKS["dateline-check"]["pass_filenames"] is False


def test_pre_commit_itself_takes_them(tmp_path):
    pytest.importorskip("pre_commit")
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout
    broken = tmp_path / "hooks.yaml"
    broken.write_text("- id: a\n", encoding="utf-8")
    assert subprocess.run([*command[:-1], broken], capture_output=True).returncode == 1
