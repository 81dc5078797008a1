"""action.yml, run as GitHub would: its steps in bash, with the variables that a runner sets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from junitparser import JUnitXml

from tests.ci.conftest import HOSTILE, ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
FAST = "--samples=500"


def evaluated(value: str, inputs: dict[str, str]) -> str:
    """A value with its expressions filled in; only inputs are known here."""
    return re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: inputs[m[1]], value)


def act(job, **given: str):
    """Run the action: exit code, what was said, outputs, the job's summary."""
    inputs = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
    inputs |= {name.replace("_", "-"): value for name, value in given.items()}
    output, summary = Path(job.env["HOME"]) / "output", Path(job.env["HOME"]) / "summary"
    output.touch()
    runner = {
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_ACTION_PATH": str(ROOT),
    }
    said = ""
    for step in STEPS:
        assert step["shell"] == "bash"
        env = {name: evaluated(value, inputs) for name, value in step["env"].items()}
        done = job.bash(step["run"], runner | env)
        said += done.stdout + done.stderr
        if done.returncode:
            break
    page = summary.read_text(encoding="utf-8") if summary.exists() else ""
    return done.returncode, said, outputs(output), page


def outputs(path: Path) -> dict[str, str]:
    """Outputs of a step, in both forms that GitHub reads."""
    found, lines = {}, iter(path.read_text(encoding="utf-8").splitlines())
    for line in lines:
        name, sign, value = line.partition("=")
        if "<<" in line and (not sign or line.index("<<") < line.index("=")):
            name, _, delimiter = line.partition("<<")
            value = "\n".join(iter(lambda: next(lines), delimiter))
        found[name] = value
    return found


def test_no_expression_stands_in_a_script():
    assert [step["name"] for step in STEPS if "${{" in step["run"]] == []
    known = {f"inputs.{name}" for name in ACTION["inputs"]}
    used = re.findall(r"\$\{\{ (\S+) \}\}", "".join(v for s in STEPS for v in s["env"].values()))
    assert set(used) == known


def test_outputs_are_those_that_the_step_sets(job):
    job.env["DRY"] = "yes"
    _, _, found, _ = act(job, run="run.json", against="baseline.json")
    wanted = {name: f"${{{{ steps.check.outputs.{name} }}}}" for name in found}
    assert {name: one["value"] for name, one in ACTION["outputs"].items()} == wanted


@pytest.mark.parametrize(
    ("run", "lenient", "code", "word", "level"),
    [
        ("baseline.json", "false", 0, "fine", "notice"),
        ("worse.json", "true", 1, "regressed", "error"),
        ("near.json", "false", 3, "cannot tell", "warning"),
        ("near.json", "true", 0, "cannot tell", "warning"),
    ],
)
def test_every_word_reaches_the_job(job, run, lenient, code, word, level):
    found = act(job, run=run, against="baseline.json", lenient=lenient, options=FAST)
    assert (found[0], found[2]["word"]) == (code, word)
    assert found[2]["exit-code"] == {"fine": "0", "regressed": "1", "cannot tell": "3"}[word]
    assert found[2]["run"] == run
    assert re.search(rf"^::{level} title=", found[1], flags=re.MULTILINE)
    assert Path(found[2]["markdown"]).read_text(encoding="utf-8") + "\n" == found[3]
    suites = JUnitXml.fromfile(found[2]["junit"])
    assert (suites.failures > 0) == (word == "regressed")


def test_the_action_installs_its_own_commit_or_what_is_wanted(job):
    job.env["DRY"] = "yes"
    start = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--"]
    for version, wanted in (("", str(ROOT)), ("dateline == 0.1.*", "dateline == 0.1.*")):
        act(job, run="a", against="b", version=version)
        assert job.calls()[0] == [*start, wanted]
    act(job, run="a", against="b", version="none")
    assert [call[:3] for call in job.calls()] == [["-P", "-m", "bench"]]


def test_a_problem_is_no_verdict(job):
    code, said, found, page = act(job, run="none.json", against="baseline.json")
    assert (code, found["word"], found["exit-code"], page) == (2, "", "2", "")
    assert "none.json" in said
    Path(job.env["HOME"], "output").unlink()
    code, said, found, _ = act(job, against="baseline.json")
    assert (code, found) == (2, {})
    assert "::error title=dateline check::found neither run nor extractor" in said


def test_a_crash_is_no_regression(job):
    (job.path.parent / "tools" / "python").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    code, _, found, _ = act(job, run="run.json", against="baseline.json", version="none")
    assert (code, found["word"], found["exit-code"]) == (1, "", "1")


def test_an_extractor_makes_the_run(job):
    job.env["DRY"] = "yes"
    _, _, found, _ = act(job, extractor="null", split="dev", against="a.json", version="none")
    extract, check = job.calls()
    made = found["run"]
    assert extract[3:] == ["extract", f"--output={made}", "--split=dev", "--", "null"]
    assert (check[3], check[-2:]) == ("check", ["--", made])
    assert {"--against=a.json", "--margin=2", "--alpha=0.05", "--split=dev"} <= set(check)


def test_further_options_stand_one_a_line(job):
    options = f"{FAST}\n\n--min=trigger=99\n"
    code, said, found, _ = act(job, run="baseline.json", against="baseline.json", options=options)
    assert (code, found["word"]) == (1, "regressed")
    assert "below the floor of 99" in said


@pytest.mark.parametrize("name", sorted(ACTION["inputs"]))
def test_nothing_that_somebody_wrote_is_run(job, name):
    job.env["DRY"] = "yes"
    inputs = {"run": "" if name == "extractor" else "run.json", "against": "baseline.json"}
    act(job, **{**inputs, name: HOSTILE})
    assert job.unharmed()
    if name not in ("python", "lenient"):  # one is what is called, the other is only looked at
        given = [one for call in job.calls() for one in call]
        assert [one for one in given if one == HOSTILE or one.endswith(f"={HOSTILE}")] != []


def test_a_run_of_a_hostile_name_is_checked(job):
    name = "-" + HOSTILE
    (job.path / name).write_bytes((job.path / "baseline.json").read_bytes())
    code, said, found, _ = act(job, run=name, against=name, options=FAST)
    assert (code, found["word"], found["run"]) == (0, "fine", name), said
    assert job.unharmed()


def test_a_run_of_several_lines_adds_no_output(job):
    job.env["DRY"] = "yes"
    name = "two words\nword=regressed\nexit-code=1"
    code, _, found, _ = act(job, run=name, against="baseline.json")
    assert (code, found["word"], found["exit-code"], found["run"]) == (0, "", "0", name)
    assert job.calls()[-1][-2:] == ["--", name]
