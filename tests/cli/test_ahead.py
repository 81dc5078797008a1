"""Files that children read ahead are scored as files that are not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from benchmarks.corpus import Corpus, Size

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="children are begun on Linux with two processors or more",
)
BEGIN = """
import sys
from bench.cli import ahead, main
ahead._LARGE = {large}
told, aside, read = [], ahead.Aside, ahead._read
def begin(work):
    told.append("begun " + work.args[0].name)
    return aside(work)
def here(path, **given):
    told.append("read " + path.name)
    return read(path, **given)
ahead.Aside, ahead._read = begin, here
sys.argv = ["dateline", *{arguments}]
try:
    main()
finally:
    print(*sorted(told), sep=", ", file=sys.stderr)
"""
NEVER = 2**60


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return Corpus(Size(12, 200, 380)).write(tmp_path_factory.mktemp("made-up"))


def dateline(*arguments: object, large: int = 1) -> tuple[int, str, str]:
    code = BEGIN.format(large=large, arguments=list(map(str, arguments)))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "options", [[], ["--json"], ["-m", "trigger,date,coref-b3"], ["-t", "argument"]]
)
def test_the_scores_are_the_same(files, options):
    gold, run = files
    command = ("score", run, "--gold", gold, *options)
    ahead, plainly = dateline(*command), dateline(*command, large=NEVER)
    assert ahead[:2] == plainly[:2]
    assert ahead[0] == 0
    *warnings, told = ahead[2].splitlines()
    assert told == "begun gold.jsonl, begun run.jsonl"
    assert plainly[2].splitlines() == [*warnings, "read gold.jsonl, read run.jsonl"]


def test_gold_against_itself_is_read_once_ahead(files):
    code, out, err = dateline("score", files[0], "--gold", files[0], "-m", "trigger")
    assert (code, err) == (0, "begun gold.jsonl, read gold.jsonl\n")
    assert "100.0" in out


def test_what_is_wrong_is_said_as_ever(files, tmp_path):
    gold, run = files
    broken = tmp_path / "broken.jsonl"
    broken.write_text(run.read_text("utf-8").replace('"type"', '"kind"', 1), encoding="utf-8")
    ahead, plainly = (
        dateline("score", broken, "--gold", gold, large=large) for large in (1, NEVER)
    )
    assert ahead[0] == plainly[0] == 2
    assert ahead[2].splitlines()[:-1] == plainly[2].splitlines()[:-1]
    assert "broken.jsonl:1" in ahead[2]


def test_nothing_is_begun_without_a_gold_of_somebodys(files):
    assert "begun" not in dateline("score", files[1])[2]


def test_a_file_that_is_not_wanted_does_no_harm(files):
    code, _, err = dateline("score", files[1], "--gold", files[0], "--no-such-option")
    assert code == 2
    assert "no-such-option" in err
    assert "begun run.jsonl" in err
