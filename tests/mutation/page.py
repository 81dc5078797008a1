"""The page of mutation testing in the documentation, from the results of its runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

PAGE = Path(__file__).parents[2] / "docs" / "mutation.md"
EXPLAINED = Path(__file__).with_name("explained.yaml")
_HEAD = """# Mutation testing

`make mutate` makes one small mistake at a time in the code that counts, matches and infers, and runs the tests of that
module: a mistake that no test sees has survived. Mistakes are those of cosmic-ray (comparisons, arithmetic, `and` and
`or`, `not`, numbers, `True` and `False`, loops that never run, decorators) and three of ours: nothing returned, two
arguments swapped, the other side or the other of two opposite functions. Annotations are never mutated, and `is None`
never becomes `== None`, which is the same. What cannot be parsed is no mutant; what breaks at once, as a swapped
argument often does, is one, and is killed cheaply: the share killed flatters the tests by that much.

A sample is drawn by a fixed seed: places in the code first, then one mistake a place, so that a sign with a dozen
replacements weighs no more than another. Tests use few generated examples (profile `mutation`), so that a survivor may
yet be caught by the suite or by `make fuzz`. Samples are small: with 75 mutants a share of 90 % is known to about seven
points either way. A mutant that runs out of time counts as killed. `MUTANTS=all make mutate` tests them all,
`MUTATION_SEED=7 make mutate` draws others; the same command writes this page.

The sample of seed 5 was drawn after tests had been written against the mutants of two other seeds. It left 5 of 75 alive
(93.3 % killed). Three of these were gaps and are killed by tests written since; those still alive are listed.
"""
_TABLE = """| module | mutants | tested | killed | of these by time | survived | killed % |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def mutation_page(runs: Mapping[str, Any]) -> str:
    """A table for each seed, then each survivor with why it survived."""
    reasons = {
        (r["before"], r["after"]): r["why"] for r in yaml.safe_load(EXPLAINED.read_text("utf-8"))
    }
    parts = [_HEAD]
    for seed, run in sorted(runs.items(), key=lambda pair: int(pair[0])):
        trials = list(run["trials"].values())
        parts += [
            f"\n## Seed {seed}: a sample of {len(trials):,} of {sum(run['of'].values()):,} mutants\n\n",
            _TABLE,
        ]
        parts += [f"{line}\n" for line in _rows(run["of"], trials)]
        parts += [f"{line}\n" for line in _survivors(trials, reasons)]
    return "".join(parts)


def _rows(of: Mapping[str, int], trials: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    said = {module: Counter() for module in of}
    for trial in trials:
        said[trial["path"]][trial["said"]] += 1
    for module, counts in said.items():
        yield _row(f"`{module}`", of[module], counts)
    yield _row("all", sum(of.values()), sum(said.values(), Counter()))


def _row(name: str, of: int, counts: Counter[str]) -> str:
    tested, late = counts.total(), counts["timeout"]
    killed = tested - counts["survived"]
    share = f"{100 * killed / tested:.1f}" if tested else "–"
    return f"| {name} | {of:,} | {tested} | {killed} | {late} | {counts['survived']} | {share} |"


def _survivors(
    trials: Iterable[Mapping[str, Any]], reasons: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    alive = [trial for trial in trials if trial["said"] == "survived"]
    yield "\nSurvivors:\n" if alive else "\nNo survivors."
    for trial in sorted(alive, key=lambda t: (t["path"], t["line"], t["after"])):
        why = reasons.get((trial["before"], trial["after"]), "not explained")
        yield f"- `{trial['path']}:{trial['line']}` `{trial['before']}` → `{trial['after']}`: {why}"
