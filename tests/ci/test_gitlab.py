"""ci/gitlab.yml, run as GitLab would: the job's lines in a shell, its variables in the environment."""

from __future__ import annotations

import pytest
import yaml
from junitparser import JUnitXml

from tests.ci.conftest import HOSTILE, ROOT

JOB = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))[".dateline-check"]
FAST = "--samples=500"


def run(job, shell: str = "sh", **variables: str):
    """Run the job with variables of its own."""
    script = "\n".join([*JOB["before_script"], *JOB["script"]])
    return job.bash(script, {**JOB["variables"], **variables}, shell)


def test_every_variable_is_text_and_used():
    script = "".join([*JOB["before_script"], *JOB["script"]])
    assert all(isinstance(value, str) for value in JOB["variables"].values())
    assert [name for name in JOB["variables"] if f"${name}" not in script] == []


@pytest.mark.parametrize(
    ("name", "code", "shell"),
    [("baseline.json", 0, "bash"), ("worse.json", 1, "sh"), ("near.json", 3, "sh")],
)
def test_every_word_is_an_exit_code(job, name, code, shell):
    done = run(job, shell, DATELINE_RUN=name, DATELINE_OPTIONS=FAST)
    assert done.returncode == code, done.stderr
    artifacts = JOB["artifacts"]
    assert all((job.path / path).stat().st_size for path in artifacts["paths"])
    suites = JUnitXml.fromfile(str(job.path / artifacts["reports"]["junit"]))
    assert (suites.failures > 0) == (code == 1)


def test_what_cannot_be_told_is_a_warning():
    assert JOB["allow_failure"] == {"exit_codes": 3}
    assert JOB["artifacts"]["when"] == "always"  # the report of a job that failed is wanted most


def test_it_installs_what_is_wanted(job):
    job.env["DRY"] = "yes"
    run(job, DATELINE_VERSION="dateline == 0.1.*", DATELINE_RUN="a")
    assert job.calls()[0] == ["-m", "pip", "install", "--quiet", "--", "dateline == 0.1.*"]
    run(job, DATELINE_VERSION="none", DATELINE_RUN="a")
    assert [call[:3] for call in job.calls()] == [["-P", "-m", "bench"]]


def test_an_extractor_makes_the_run_and_its_options_count(job):
    job.env["DRY"] = "yes"
    run(
        job,
        DATELINE_VERSION="none",
        DATELINE_EXTRACTOR="null",
        DATELINE_SPLIT="dev",
        DATELINE_METRICS="trigger,date",
        DATELINE_OPTIONS=FAST,
    )
    extract, check = job.calls()
    made = "dateline-run.jsonl"
    assert extract[3:] == ["extract", f"--output={made}", "--split=dev", "--", "null"]
    wanted = {"--against=baseline.json", "--margin=2", "--split=dev", "--metric=trigger,date", FAST}
    assert wanted <= set(check[3:])
    assert (check[3], check[-2:]) == ("check", ["--", made])


def test_without_a_run_and_an_extractor_it_says_so(job):
    done = run(job)
    assert done.returncode == 2
    assert "found neither DATELINE_RUN nor DATELINE_EXTRACTOR" in done.stderr


@pytest.mark.parametrize("name", sorted(JOB["variables"]))
def test_nothing_that_somebody_wrote_is_run(job, name):
    job.env["DRY"] = "yes"
    given = "" if name == "DATELINE_EXTRACTOR" else "run.json"
    run(job, **{"DATELINE_RUN": given, name: HOSTILE})
    assert job.unharmed()
    said = [one for call in job.calls() for one in call]
    assert [one for one in said if one == HOSTILE or one.endswith(f"={HOSTILE}")] != []
