"""Runs the trials, two processes at a time; what is done is kept in `.simulation/`."""

from __future__ import annotations

import ast
import hashlib
import json
import multiprocessing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from tests.simulation.trial import SAMPLES, Outcome, Scenario

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".simulation"
_CODE = ("bench/gate.py", "bench/trials.py", "bench/compare.py", "bench/statistics",
         "tests/simulation/model.py", "tests/simulation/trial.py")  # fmt: skip
_CHUNK = 20
Task = tuple[Scenario, Sequence[int]]


def run(scenario: Scenario, *, jobs: int = 2, folder: Path = KEPT) -> list[Outcome]:
    """The outcomes of all trials of a scenario, those that were kept read again."""
    path = folder / f"{scenario.name}-{_fingerprint(scenario)}.jsonl"
    kept = _read(path)
    missing = [n for n in range(scenario.trials) if n not in kept]
    if missing:
        folder.mkdir(exist_ok=True)
        tasks = [(scenario, chunk) for chunk in _chunks(missing)]
        with path.open("a", encoding="utf-8") as file, multiprocessing.Pool(jobs) as pool:
            for found in pool.imap_unordered(_outcomes, tasks):
                kept |= found
                lines = (json.dumps({"n": n} | asdict(o)) + "\n" for n, o in found.items())
                file.writelines(lines)
                file.flush()
    return [kept[n] for n in range(scenario.trials)]


def _outcomes(task: Task) -> Mapping[int, Outcome]:
    scenario, numbers = task
    return {n: scenario.outcome(n) for n in numbers}


def _chunks(numbers: Iterable[int]) -> list[list[int]]:
    rest = iter(numbers)
    return list(iter(lambda: list(islice(rest, _CHUNK)), []))


def _read(path: Path) -> dict[int, Outcome]:
    if not path.exists():
        return {}
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row.pop("n"): Outcome(**row) for row in rows}


def _fingerprint(scenario: Scenario) -> str:
    """Of all that an outcome depends on: the scenario, and the code but for its layout."""
    files = [
        file
        for name in _CODE
        for file in ([ROOT / name] if name.endswith(".py") else sorted((ROOT / name).glob("*.py")))
    ]
    code = "".join(ast.dump(ast.parse(file.read_text(encoding="utf-8"))) for file in files)
    world = scenario.world
    arrays = [
        array.tolist()
        for measure in world.measures.values()
        for array in (measure.gold, measure.chance, measure.spurious)
    ]
    told = [repr(scenario.before), repr(scenario.after), repr(scenario.kin), SAMPLES, arrays]
    return hashlib.sha256((json.dumps(told) + code).encode()).hexdigest()[:12]
