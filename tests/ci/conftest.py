"""A folder as a CI job sees it: two kept baselines, a run, a `python` whose pip is a stub."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.formats import jsonl
from bench.testing import hold
from tests.test_testing import GOLD, LESS, thinned

ROOT = Path(__file__).parents[2]
HOSTILE = "a'b\"$(touch pwned)`touch pwned`; touch pwned #.json"
STUB = """\
#!/bin/sh
for argument; do printf '%s\\0' "$argument"; done >> "$CALLS"
printf '\\n\\0' >> "$CALLS"
if [ "$1 $2" = "-m pip" ] || [ -n "$DRY" ]; then exit 0; fi
exec '{python}' "$@"
"""
DATELINE = "#!/bin/sh\nexec '{python}' -P -m bench \"$@\"\n"


@dataclass
class Job:
    """A job's folder, and what its steps leave behind."""

    path: Path
    env: dict[str, str] = field(default_factory=dict)

    def bash(self, script: str, env: Mapping[str, str] = {}, shell: str = "bash"):
        """Run a script as the runners do."""
        command = {
            "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            "sh": ["sh", "-e", "-c", script],
        }[shell]
        return subprocess.run(
            command, cwd=self.path, env={**self.env, **env}, capture_output=True, text=True
        )

    def calls(self) -> list[list[str]]:
        """What Python was called with since this was asked last."""
        log = Path(self.env["CALLS"])
        text = log.read_text(encoding="utf-8") if log.exists() else ""
        log.unlink(missing_ok=True)
        return [call.split("\0")[:-1] for call in text.split("\n\0")[:-1]]

    def unharmed(self) -> bool:
        """Whether nothing of what was written in names was run."""
        return not list(self.path.rglob("pwned*"))


@pytest.fixture(scope="session")
def kept(tmp_path_factory) -> Path:
    """Stored baselines of a run that finds nine tenths of the events, of one that finds half, and
    of one that differs a little from the first; and the first as a run.
    """
    folder = tmp_path_factory.mktemp("kept")
    runs = {"baseline": thinned(0.1), "worse": thinned(0.5), "near": thinned(0.13, seed=2)}
    for name, run in runs.items():
        hold(run, folder / f"{name}.json", update=True, **LESS)
    text = "".join(jsonl.write(runs["baseline"].values()))
    (folder / "run.jsonl").write_text(text, encoding="utf-8")
    assert set(runs["baseline"]) == set(GOLD)
    return folder


@pytest.fixture
def job(tmp_path, kept) -> Job:
    """A job's folder with those files, outside of the repository."""
    work, tools = tmp_path / "work", tmp_path / "tools"
    shutil.copytree(kept, work)
    tools.mkdir()
    for name, text in {"python": STUB, "dateline": DATELINE}.items():
        (tools / name).write_text(text.format(python=sys.executable), encoding="utf-8")
        (tools / name).chmod(0o755)
    (work / "bench").mkdir()  # a folder of the user's that must not pass for ours
    (work / "bench" / "__init__.py").touch()
    env = {
        "PATH": os.pathsep.join((str(tools), os.environ["PATH"])),
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "RUNNER_TEMP": str(tmp_path),
        "CALLS": str(tmp_path / "calls"),
        "DRY": "",
    }
    return Job(work, env)
