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

The project is imported and its tests are collected once. Each mutant is a fork of that process: the functions that stand
get the code with the mistake, and the tests of the module that call them run, quick ones first, until one fails. What
has run by then (tables, defaults, decorators, whatever is called for them) cannot be exchanged so; a mistake there is
tried in a process that imports the project anew. `python -m tests.mutation --slow --mutants 0.01` tries a sample of all
in that second way and says where it differs: of 56 mutants in 13 modules, none did.

Tests use few generated examples (profile `mutation`), so that a survivor may yet be caught by the suite or by `make fuzz`.
A mutant that computes for longer than three seconds and five times what the test takes counts as killed. *At first* is what
the tests killed when all mutants of a module were tried for the first time: 3,866 of 4,271 (90.5 %) before `student.py`
was there. *Killed* is what they kill since tests were written for survivors (`--again` tries those not yet explained, and
leaves what was killed). *The same* are survivors of which we hold that no test can kill them, since nothing that is
promised depends on them.

`make mutate` tests a twentieth, drawn by a seed (`MUTATION_SEED=7 make mutate` draws others): places in the code first,
then one mistake a place. `MUTANTS=all make mutate` tests them all and writes this page. Results are kept (`.mutation/`)
for as long as a module and its tests stay as they are, so that an interrupted run goes on where it was left.
"""
_TABLE = """
| module | mutants | tested | killed | of these by time | survived | the same | killed % | at first % |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""


Reasons = Mapping[tuple[str, str], str]
Row = Mapping[str, Any]


def reasons() -> Reasons:
    """Why survivors survive, by the line as it is and as it was mutated."""
    groups = yaml.safe_load(EXPLAINED.read_text("utf-8"))
    return {(g["before"], after): g["why"] for g in groups for after in g["after"]}


def mutation_page(modules: Mapping[str, Any], why: Reasons) -> str:
    """A row for each module, then the survivors with why they survived."""
    lines = [*_rows(modules, why), "\n## Survivors\n", *_survivors(modules, why)]
    return _HEAD + _TABLE + "".join(f"{line}\n" for line in lines)


def _rows(modules: Mapping[str, Any], why: Reasons) -> Iterator[str]:
    every = []
    for name, entry in sorted(modules.items()):
        counts = Counter(row["said"] for row in entry["trials"].values())
        counts["same"] = sum(_why(row, why).startswith("the same") for row in _alive(entry))
        first = entry.get("first", {"mutants": 0, "survived": 0})
        counts |= Counter({"mutants": entry.get("mutants", 0), "at first": first["mutants"]})
        counts["killed at first"] = first["mutants"] - first["survived"]
        every.append(counts)
        yield _row(f"`{name}`", counts)
    yield _row("all", sum(every, Counter()))


def _row(name: str, counts: Counter[str]) -> str:
    killed = counts["killed"] + counts["timeout"]
    tested = killed + counts["survived"]
    numbers = counts["mutants"], tested, killed, counts["timeout"], counts["survived"]
    shares = _share(killed, tested), _share(counts["killed at first"], counts["at first"])
    cells = [f"{number:,}" for number in (*numbers, counts["same"])]
    return f"| {' | '.join([name, *cells, *shares])} |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def _alive(entry: Row) -> list[Row]:
    alive = [row for row in entry["trials"].values() if row["said"] == "survived"]
    return sorted(alive, key=lambda row: (row["line"], row["after"]))


def _why(row: Row, why: Reasons) -> str:
    return why.get((row["before"], row["after"]), "not explained")


def _survivors(modules: Mapping[str, Any], why: Reasons) -> Iterator[str]:
    """Those of a line that survive for one reason stand together."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for name, entry in sorted(modules.items()):
        for row in _alive(entry):
            place = f"{name}:{row['line']}", row["before"], _why(row, why)
            found.setdefault(place, []).append(f"`{row['after']}`")
    for (place, before, reason), after in found.items():
        yield f"- `{place}` `{before}` → {', '.join(after)}: {reason}"
