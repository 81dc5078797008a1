"""What becomes of mutants, and how it is kept and told."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from tests.mutation import results, trial
from tests.mutation.covering import TESTS
from tests.mutation.forks import BROKEN, LATE, forks, limit
from tests.mutation.mutants import Mutant
from tests.mutation.page import EXPLAINED, mutation_page, reasons
from tests.mutation.results import Results
from tests.mutation.trial import KILLED, SURVIVED, TIMEOUT, Session, anew, forget

ROOT = Path(__file__).parents[2]
COUNTS = (ROOT / "bench/counts.py").read_text(encoding="utf-8")


def mutant(old: str, new: str) -> Mutant:
    assert COUNTS.count(old) == 1
    line = COUNTS[: COUNTS.index(old)].count("\n") + 1
    return Mutant("bench/counts.py", line, old, new, COUNTS.replace(old, new))


def test_every_module_that_counts_matches_and_infers_is_mutated():
    files = [
        *(ROOT / "bench").glob("metrics/**/*.py"),
        *(ROOT / "bench").glob("statistics/**/*.py"),
    ]
    wanted = {str(path.relative_to(ROOT)) for path in files if path.name != "__init__.py"}
    assert set(TESTS) == wanted | {f"bench/{name}.py" for name in ("counts", "matching", "tallies")}


def test_packages_themselves_hold_nothing_to_mutate():
    for package in ("metrics", "statistics"):
        code = (ROOT / "bench" / package / "__init__.py").read_text(encoding="utf-8")
        assert not {"def ", "class ", "if "} & {
            line[:4].strip() + " " for line in code.splitlines()
        }


def test_all_tests_that_answer_are_there():
    assert not [p for paths in TESTS.values() for p in paths if not (ROOT / p).is_file()]


def _loop() -> None:
    limit(0.05)
    while True:
        pass


def _sleep() -> str:
    limit(0.05)
    time.sleep(0.2)
    return "well"


def test_answers_come_from_forks():
    tasks = {"late": _loop, "broken": lambda: 1 / 0, "slept": _sleep, "none": lambda: None}
    found = {name: answer for name, answer, _ in forks(tasks.items(), jobs=2)}
    assert found == {"late": LATE, "broken": BROKEN, "slept": "well", "none": None}


def both_ways() -> dict[str, object]:
    """Three mistakes: inside a function, where none can tell, and where a class is made."""
    trial.TESTS["bench/counts.py"] = ["tests/test_counts.py"]
    mutants = [
        mutant("self.gold + other.gold", "self.gold - other.gold"),
        mutant("denominator == 0", "denominator <= 0"),
        mutant("slots=True", "eq=False"),
    ]
    told: dict[str, list[str]] = {}

    def report(one: Mutant, said: str, seconds: float) -> None:
        told.setdefault(one.after.strip(), []).append(said)

    session = Session(mutants, report, jobs=1)
    session.run()
    left = [one.after.strip() for one in session.left]
    forget()
    anew(mutants, session.seconds, report, jobs=1)
    return {"told": told, "left": left}


def test_mutants_meet_the_same_end_on_both_ways():
    code = "import json, tests.mutation.test_trial as t; print(json.dumps(t.both_ways()))"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "told": {
            "self.gold - other.gold": [KILLED, KILLED],
            "denominator <= 0": [SURVIVED, SURVIVED],
            "eq=False": [KILLED],
        },
        "left": ["eq=False"],
    }


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Results of a module of three mutants, one alive, and the files that they depend on."""
    monkeypatch.setattr(results, "ROOT", tmp_path)
    monkeypatch.setitem(results.TESTS, "a.py", ["t.py"])
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "t.py").write_text("assert True\n")
    mutants = [Mutant("a.py", 1, "x = 1", f"x = {n}", f"x = {n}\n") for n in (2, 3, 4)]
    found = Results(tmp_path / "out" / "results.json")
    found.open("a.py", again=False)
    for one, said in zip(mutants, (KILLED, TIMEOUT, SURVIVED), strict=True):
        found.add(one, said, 0.5)
    found.close("a.py", 3)
    return tmp_path, mutants


def missing(kept, *, again: bool) -> list[int]:
    folder, mutants = kept
    found = Results(folder / "out" / "results.json")
    found.open("a.py", again=again)
    return [mutants.index(one) for one in found.missing(mutants)]


def test_a_run_goes_on_where_it_was_left(kept):
    assert missing(kept, again=False) == []


def test_again_tries_what_survived(kept):
    assert missing(kept, again=True) == [2]


def test_again_leaves_out_what_is_explained(kept):
    found = Results(kept[0] / "out" / "results.json")
    found.open("a.py", again=True, known={("x = 1", "x = 4")})
    assert found.missing(kept[1]) == []


def test_other_tests_try_all_anew_unless_they_were_only_added(kept):
    (kept[0] / "t.py").write_text("assert 1\n")
    assert missing(kept, again=False) == [0, 1, 2]
    assert missing(kept, again=True) == [2]


def test_other_code_tries_all_anew(kept):
    (kept[0] / "a.py").write_text("x = 5\n")
    assert missing(kept, again=True) == [0, 1, 2]


def test_the_first_full_run_is_kept_beside_later_ones(kept):
    found = Results(kept[0] / "out" / "results.json")
    found.add(kept[1][2], KILLED, 0.5)
    found.close("a.py", 3)
    assert found.modules["a.py"]["first"] == {"mutants": 3, "survived": 1}
    assert "| all | 3 | 3 | 3 | 1 | 0 | 0 | 100.0 | 66.7 |" in mutation_page(found.modules, {})


def test_the_page_counts_what_ran_out_of_time_as_killed(kept):
    page = mutation_page(Results(kept[0] / "out" / "results.json").modules, {})
    assert "| all | 3 | 3 | 2 | 1 | 1 | 0 | 66.7 | 66.7 |" in page
    assert "- `a.py:1` `x = 1` → `x = 4`: not explained" in page


def test_what_survives_for_one_reason_stands_together(kept):
    found = Results(kept[0] / "out" / "results.json")
    found.add(kept[1][1], SURVIVED, 0.5)
    page = mutation_page(found.modules, {("x = 1", f"x = {n}"): "the same: …" for n in (3, 4)})
    assert "| all | 3 | 3 | 1 | 0 | 2 | 2 | 33.3 | 66.7 |" in page
    assert "- `a.py:1` `x = 1` → `x = 3`, `x = 4`: the same: …" in page


def test_every_survivor_explained_is_explained_once():
    groups = yaml.safe_load(EXPLAINED.read_text(encoding="utf-8"))
    pairs = [(group["before"], after) for group in groups for after in group["after"]]
    assert len(pairs) == len(reasons())
