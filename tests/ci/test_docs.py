"""What docs/ci.md and leaderboard/README.md show: YAML by the schemas of those who read it, and
commands by running them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest
import yaml

from leaderboard.systems import System, read_system
from tests.ci.conftest import ROOT
from tests.ci.test_github import ACTION
from tests.ci.test_gitlab import JOB
from tests.ci.test_hooks import HOOKS
from tests.test_pytest_plugin import install

pytest_plugins = ["pytester"]

DOCS = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BOARD = (ROOT / "leaderboard" / "README.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", DOCS, flags=re.DOTALL | re.MULTILINE))


def blocks(language: str, text: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def shown(section: str):
    (block,) = blocks("yaml", SECTIONS[section])
    return yaml.safe_load(block)


# ---- by the schemas of GitHub and GitLab, as check-jsonschema carries them


def test_every_block_is_looked_at_here():
    found = {name: re.findall("```([a-z]+)\n", text) for name, text in SECTIONS.items()}
    assert {name: languages for name, languages in found.items() if languages} == {
        "GitHub": ["yaml"],
        "GitLab": ["yaml"],
        "pre-commit": ["yaml"],
        "pytest": ["python", "sh"],
        "Anywhere else": ["sh"],
        "A leaderboard": ["yaml"],
    }


@pytest.fixture
def valid(tmp_path):
    """Whether some YAML is what a consumer takes."""
    pytest.importorskip("check_jsonschema")

    def check(schema: str, text: str) -> tuple[int, str]:
        path = tmp_path / "shown.yml"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stdout

    return check


def test_the_action_is_one(valid):
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert valid("vendor.github-actions", text)[0] == 0
    assert valid("vendor.github-actions", text.replace("shell: bash", "shel: bash"))[0] == 1


@pytest.mark.parametrize("section", ["GitHub", "A leaderboard"])
def test_the_workflows_are_some(valid, section):
    (text,) = blocks("yaml", SECTIONS[section])
    assert valid("vendor.github-workflows", text)[0] == 0
    assert valid("vendor.github-workflows", text.replace("runs-on", "run-on"))[0] == 1


def test_the_gitlab_job_is_one_also_where_it_is_extended(valid):
    given = shown("GitLab")
    assert valid("vendor.gitlab-ci", yaml.safe_dump(given))[0] == 0
    extended = {**JOB, "variables": {**JOB["variables"], **given["extractor"]["variables"]}}
    assert valid("vendor.gitlab-ci", yaml.safe_dump({"extractor": extended}))[0] == 0
    assert valid("vendor.gitlab-ci", yaml.safe_dump({"a": {**extended, "script": 1}}))[0] == 1


def test_pre_commit_takes_the_configuration(tmp_path):
    pytest.importorskip("pre_commit")
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(blocks("yaml", SECTIONS["pre-commit"])[0], encoding="utf-8")
    command = [sys.executable, "-m", "pre_commit", "validate-config", path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


# ---- names


def test_inputs_and_outputs_are_those_of_the_action():
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \|", SECTIONS["GitHub"], flags=re.MULTILINE)
    assert [name for name, _ in rows] == list(ACTION["inputs"])
    for name, default in rows:
        given = ACTION["inputs"][name].get("default", "")
        assert default.strip("` ") == given or given == ""
    said = re.search(r"^Outputs: (.*?)\. ", SECTIONS["GitHub"], flags=re.MULTILINE)
    assert re.findall("`(.+?)`", said[1]) == list(ACTION["outputs"])
    step = shown("GitHub")["jobs"]["check"]["steps"][2]
    assert set(step["with"]) <= set(ACTION["inputs"])
    used = set(re.findall(r"steps\.dateline\.outputs\.([a-z-]+)", SECTIONS["GitHub"]))
    assert used <= set(ACTION["outputs"])


def test_variables_and_hooks_are_those_that_there_are():
    assert set(re.findall("DATELINE_[A-Z]+", SECTIONS["GitLab"])) == set(JOB["variables"])
    include = shown("GitLab")["include"][0]["file"]
    assert (ROOT / include.lstrip("/")).is_file()
    (repo,) = shown("pre-commit")["repos"]
    assert [hook["id"] for hook in repo["hooks"]] == list(HOOKS)


@pytest.mark.parametrize("text", [DOCS, BOARD], ids=["ci", "leaderboard"])
def test_every_link_leads_somewhere(text):
    home = ROOT / "docs"
    headings = {name.lower().replace(" ", "-") for name in SECTIONS}
    for link in re.findall(r"\]\(([^)]+)\)", text):
        path, _, place = link.partition("#")
        assert place in headings if not path else (home / path).exists()


# ---- commands


def test_the_baseline_of_the_page_is_made_and_held(job):
    (first,) = blocks("sh", DOCS.partition("## ")[0])
    (last,) = blocks("sh", SECTIONS["Anywhere else"])
    done = job.bash(first.replace("lexicon", "null") + last)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("fine: run against run on dev, 13 documents")
    assert (job.path / "junit.xml").is_file()
    assert (job.path / "verdict.md").is_file()


def test_the_tests_of_the_page_run(pytester, monkeypatch, tmp_path_factory):
    monkeypatch.syspath_prepend(install(tmp_path_factory.mktemp("site")))
    (code,) = blocks("python", SECTIONS["pytest"])
    pytester.makepyfile(test_page=code.replace('"lexicon"', "PERFECT") + PERFECT)
    plugins = ("-p", "no:playwright", "-p", "no:cacheprovider")
    update, plain = (line.split()[1:2] for line in blocks("sh", SECTIONS["pytest"])[0].splitlines())
    assert (update, plain) == (["--dateline-update"], [])
    for options in (update, plain):
        pytester.runpytest_inprocess(*plugins, *options).assert_outcomes(passed=2)
    assert (pytester.path / "baseline.json").is_file()


PERFECT = """

from bench import gold
PERFECT = gold.load("dev").annotations
"""


def test_submissions_are_proved_by_our_code_and_theirs_is_not_installed(job):
    steps = shown("A leaderboard")["jobs"]["verify"]["steps"]
    ours, theirs = (step["with"] for step in steps[:2])
    assert (ours["path"], ours["ref"]) == ("ours", "${{ github.event.pull_request.base.sha }}")
    assert theirs == {"path": "theirs", "persist-credentials": False}
    install, verify = (step["run"] for step in steps if "run" in step)
    shutil.copytree(job.path, job.path / "theirs" / "x")
    assert job.bash(install).returncode == 0
    assert job.calls() == [["-m", "pip", "install", "./ours"]]
    submit, again = blocks("sh", BOARD)[0].splitlines()
    (job.path / "system.yaml").write_text(blocks("yaml", BOARD)[0], encoding="utf-8")
    done = job.bash(f"mkdir -p theirs && cp run.jsonl system.yaml theirs && cd theirs && {submit}")
    assert done.returncode == 0, done.stderr
    assert verify == again.replace("leaderboard/submissions", "theirs/leaderboard/submissions")
    done = job.bash(verify)
    assert (done.returncode, done.stdout) == (0, "half-of-it: 13 documents, dev: proved\n")


# ---- fields


def test_the_fields_are_those_of_the_model():
    rows = re.findall(r"^\| `([a-z_]+)` \| (needed)? ?\| (.*) \|$", BOARD, flags=re.MULTILINE)
    model = System.model_fields
    assert [(name, bool(needed)) for name, needed, _ in rows] == [
        (name, one.is_required()) for name, one in model.items()
    ]
    said = {name: set(re.findall("`(.+?)`", text)) for name, _, text in rows}
    schema = System.model_json_schema()["properties"]
    assert said["kind"] == set(schema["kind"]["enum"])
    assert said["use_of_test"] - {"test"} == set(schema["use_of_test"]["enum"])


def test_the_example_is_a_description():
    (text,) = blocks("yaml", BOARD)
    assert read_system("system.yaml", text.encode()).name == "Half of it"
