"""What became of mutants so far, kept in a file: an interrupted run goes on where it was left."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.mutation.covering import TESTS
from tests.mutation.mutants import Mutant
from tests.mutation.trial import SURVIVED

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / ".mutation" / "results.json"


class Results:
    """Trials by module and mutant, for as long as the module and its tests stay as they are."""

    def __init__(self, path: Path = RESULTS) -> None:
        self._path = path
        self.modules: dict[str, dict[str, Any]] = (
            json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        )

    def open(self, module: str, *, again: bool, known: Container[tuple[str, str]] = ()) -> None:
        """Forget the trials of other code and of other tests. With `again` what was killed by other
        tests stays so, for tests that were only added, and of what survived those are forgotten
        that are not known by their lines, before and after.
        """
        old = self.modules.get(module, {})
        marks = {"code": _digest([module]), "tests": _digest(TESTS[module])}
        trials = old.get("trials", {}) if old.get("code") == marks["code"] else {}
        if again:
            trials = {
                name: row
                for name, row in trials.items()
                if row["said"] != SURVIVED or (row["before"], row["after"]) in known
            }
        elif old.get("tests") != marks["tests"]:
            trials = {}
        self.modules[module] = old | marks | {"trials": trials}

    def missing(self, mutants: Iterable[Mutant]) -> list[Mutant]:
        """Those that have not been tried."""
        return [m for m in mutants if _key(m) not in self.modules[m.path]["trials"]]

    def said(self, mutant: Mutant) -> str | None:
        """What became of one; None where it has not been tried."""
        row = self.modules.get(mutant.path, {}).get("trials", {}).get(_key(mutant))
        return row and row["said"]

    def add(self, mutant: Mutant, said: str, seconds: float) -> None:
        """Keep what became of one."""
        row = asdict(mutant) | {"said": said, "seconds": round(seconds, 1)}
        del row["path"], row["code"]
        self.modules[mutant.path]["trials"][_key(mutant)] = row
        self._write()

    def close(self, module: str, mutants: int) -> None:
        """All mutants of a module have been tried; the first time is kept beside later ones."""
        entry = self.modules[module]
        alive = sum(row["said"] == SURVIVED for row in entry["trials"].values())
        entry["mutants"] = mutants
        entry.setdefault("first", {"mutants": mutants, "survived": alive})
        self._write()

    def _write(self) -> None:
        self._path.parent.mkdir(exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(self.modules, indent=1), encoding="utf-8")
        fresh.replace(self._path)


def _digest(paths: Iterable[str]) -> str:
    return sha256(b"".join((ROOT / path).read_bytes() for path in paths)).hexdigest()


def _key(mutant: Mutant) -> str:
    return f"{mutant.line}: {mutant.before} -> {sha256(mutant.code.encode()).hexdigest()[:12]}"
