"""Mutate, test, write the page: `python -m tests.mutation [MODULE…]`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence

from tests.mutation.covering import TESTS
from tests.mutation.mutants import Mutant, sample
from tests.mutation.page import PAGE, mutation_page, reasons
from tests.mutation.results import ROOT, Results
from tests.mutation.trial import Report, Session, anew, forget

SEED, SHARE = 5, 0.05


def main(arguments: Sequence[str] | None = None) -> int:
    """Test mutants and print what became of them; with all of them tested, write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="files to mutate; without them all")
    parser.add_argument("--mutants", default=os.environ.get("MUTANTS", SHARE), help="share, or all")
    parser.add_argument("--seed", type=int, default=os.environ.get("MUTATION_SEED", SEED))
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument(
        "--again",
        action="store_true",
        help="of what was tested, only survivors that are not explained",
    )
    parser.add_argument("--slow", action="store_true", help="compare: import anew for each mutant")
    parser.add_argument("--page-only", action="store_true", help="write what results there are")
    asked = parser.parse_args(arguments)
    os.chdir(ROOT)
    os.environ |= {"DATELINE_HYPOTHESIS": "mutation", "OPENBLAS_NUM_THREADS": "1"}
    results = Results()
    if asked.slow:
        return _compare(asked, results)
    if not asked.page_only:
        _run(asked, results)
    page = mutation_page(results.modules, reasons())
    if all("mutants" in results.modules.get(module, {}) for module in TESTS):
        PAGE.write_text(page, encoding="utf-8")
    print(page)  # noqa: T201 - it is a program
    return 0


def _drawn(asked: argparse.Namespace) -> dict[str, list[Mutant]]:
    share = None if asked.mutants == "all" else float(asked.mutants)
    return {
        module: sample(ROOT, module, share=share, seed=asked.seed)
        for module in asked.modules or TESTS
    }


def _run(asked: argparse.Namespace, results: Results) -> None:
    """Test the mutants that have not been, and keep what became of them."""
    drawn = _drawn(asked)
    for module in drawn:
        results.open(module, again=asked.again, known=reasons())

    def report(mutant: Mutant, said: str, seconds: float) -> None:
        results.add(mutant, said, seconds)
        _say(mutant, said, seconds)

    _try([m for mutants in drawn.values() for m in results.missing(mutants)], report, asked.jobs)
    for module, mutants in drawn.items():
        if asked.mutants == "all":
            results.close(module, len(mutants))


def _try(mutants: Sequence[Mutant], report: Report, jobs: int) -> None:
    if mutants:
        session = Session(mutants, report, jobs)
        session.run()
        forget()
        anew(session.left, session.seconds, report, jobs)


def _compare(asked: argparse.Namespace, results: Results) -> int:
    """Test a sample by importing anew and say where that tells otherwise than the results."""
    mutants = [mutant for drawn in _drawn(asked).values() for mutant in drawn]
    told: dict[Mutant, str] = {}
    anew(mutants, {}, lambda mutant, said, _: told.update({mutant: said}), asked.jobs)
    known = {mutant: results.said(mutant) for mutant in mutants}
    for mutant in mutants:
        if known[mutant] not in (None, told[mutant]):
            _say(mutant, f"{known[mutant]} but {told[mutant]} anew", 0)
    other = sum(known[m] not in (None, told[m]) for m in mutants)
    print(f"{len(mutants)} tested anew, {other} otherwise")  # noqa: T201 - it is a program
    return int(other > 0)


def _say(mutant: Mutant, said: str, seconds: float) -> None:
    print(f"{said} {mutant.path}:{mutant.line} {mutant.after} ({seconds:.1f} s)", flush=True)  # noqa: T201 - it is a program


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)  # noqa: T201 - it is a program
    sys.exit(code)
