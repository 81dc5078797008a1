"""The page of mutation testing in the documentation, from the results of its runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
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
_TABLE = """
| module | mutants | tested | killed | of these by time | survived | the same | killed % | at first % |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def mutation_page(modules: Mapping[str, Any]) -> str:
    """A row for each module, then each survivor with why it survived."""
    reasons = {
        (r["before"], r["after"]): r["why"] for r in yaml.safe_load(EXPLAINED.read_text("utf-8"))
    }
    lines = [*_rows(modules, reasons), *_survivors(modules, reasons)]
    return _HEAD + _TABLE + "".join(f"{line}\n" for line in lines)


def _rows(modules: Mapping[str, Any], reasons: Mapping[tuple[str, str], str]) -> Iterator[str]:
    every = []
    for name, entry in sorted(modules.items()):
        counts = Counter(row["said"] for row in entry["trials"].values())
        counts["same"] = sum(why.startswith("the same") for _, why in _alive(entry, reasons))
        first = entry.get("first", {"mutants": 0, "survived": 0})
        counts |= {"mutants": entry.get("mutants", 0), "at first": first["mutants"]}
        counts["killed at first"] = first["mutants"] - first["survived"]
        every.append(counts)
        yield _row(f"`{name}`", counts)
    yield _row("all", sum(every, Counter()))


def _row(name: str, counts: Counter[str]) -> str:
    killed = counts["killed"] + counts["timeout"]
    tested = killed + counts["survived"]
    cells = [counts["mutants"], tested, killed, counts["timeout"], counts["survived"]]
    shares = _share(killed, tested), _share(counts["killed at first"], counts["at first"])
    return f"| {name} | {' | '.join(f'{n:,}' for n in [*cells, counts['same']])} | {' | '.join(shares)} |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def _alive(
    entry: Mapping[str, Any], reasons: Mapping[tuple[str, str], str]
) -> list[tuple[Mapping[str, Any], str]]:
    """Survivors of a module with the reason, in order of lines."""
    alive = [row for row in entry["trials"].values() if row["said"] == "survived"]
    alive.sort(key=lambda row: (row["line"], row["after"]))
    return [(row, reasons.get((row["before"], row["after"]), "not explained")) for row in alive]


def _survivors(modules: Mapping[str, Any], reasons: Mapping[tuple[str, str], str]) -> Iterator[str]:
    yield "\n## Survivors\n"
    for name, entry in sorted(modules.items()):
        for row, why in _alive(entry, reasons):
            yield f"- `{name}:{row['line']}` `{row['before']}` → `{row['after']}`: {why}"
