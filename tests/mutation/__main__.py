"""Mutate, test, write the page: `python -m tests.mutation [MODULE…]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.mutation.covering import TESTS
from tests.mutation.mutants import Mutant, sample
from tests.mutation.page import PAGE, mutation_page
from tests.mutation.trial import KILLED, SURVIVED, trials, warm

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / ".mutation" / "results.json"
SEED, SHARE, LEAST, LIMIT = 5, 0.05, 3, 150
"""Of the sample: its seed, mutants by place, the fewest of a module; seconds of one trial."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Test the mutants and write what became of them; 1 where the tests fail without a mistake."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="files to mutate; without them all")
    parser.add_argument("--mutants", default=os.environ.get("MUTANTS", SHARE), help="share, or all")
    parser.add_argument("--seed", type=int, default=os.environ.get("MUTATION_SEED", SEED))
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--again", action="store_true", help="test only what survived before")
    parser.add_argument("--page-only", action="store_true", help="write what results there are")
    asked = parser.parse_args(arguments)
    os.chdir(ROOT)
    runs = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    if not asked.page_only and not _run(asked, runs):
        return 1
    PAGE.write_text(mutation_page(runs), encoding="utf-8")
    print(mutation_page(runs))  # noqa: T201 - it is a program
    return 0


def _run(asked: argparse.Namespace, runs: dict[str, Any]) -> bool:
    """Test the mutants of a seed and keep what became of them; False where the tests fail anyway."""
    os.environ |= {"DATELINE_HYPOTHESIS": "mutation", "OPENBLAS_NUM_THREADS": "1"}
    mutants, of = _drawn(asked.modules or list(TESTS), asked.mutants, asked.seed)
    old = runs[str(asked.seed)]["trials"] if asked.again else {}
    mutants = [m for m in mutants if old.get(_key(m), {}).get("said") != KILLED]
    warm(ROOT)
    if not _sound(sorted({m.path for m in mutants}), asked.jobs):
        return False
    run = runs[str(asked.seed)] = {"share": str(asked.mutants), "of": of, "trials": dict(old)}
    RESULTS.parent.mkdir(exist_ok=True)
    for mutant, said, seconds in trials(mutants, limit=LIMIT, jobs=asked.jobs):
        row = asdict(mutant) | {"code": None, "said": said, "seconds": round(seconds, 1)}
        run["trials"][_key(mutant)] = row
        print(f"{said} {mutant.path}:{mutant.line} {mutant.after} ({seconds:.0f} s)", flush=True)  # noqa: T201 - it is a program
        RESULTS.write_text(json.dumps(runs, indent=1), encoding="utf-8")
    return True


def _drawn(
    modules: Sequence[str], share: str | float, seed: int
) -> tuple[list[Mutant], dict[str, int]]:
    """The mutants to test, and how many there are of each module."""
    found: list[Mutant] = []
    of: dict[str, int] = {}
    for module in modules:
        wanted = None if share == "all" else float(share)
        mutants, of[module] = sample(ROOT, module, share=wanted, least=LEAST, seed=seed)
        found += mutants
    return found, of


def _key(mutant: Mutant) -> str:
    return f"{mutant.path}:{mutant.line}: {mutant.after}"


def _sound(modules: Sequence[str], jobs: int) -> bool:
    """Whether the tests pass while there is no mistake: else every mutant would count as killed."""
    plain = [Mutant(m, 0, "", "", (ROOT / m).read_text(encoding="utf-8")) for m in modules]
    failed = []
    for mutant, said, seconds in trials(plain, limit=2 * LIMIT, jobs=jobs):
        print(f"{mutant.path}: {said} without a mistake in {seconds:.0f} s", flush=True)  # noqa: T201 - it is a program
        failed += [mutant] * (said != SURVIVED)
    return not failed


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)  # noqa: T201 - it is a program
    sys.exit(code)
