"""What becomes of mutants: `Session` tries them where the project is imported and the tests are
collected once, `anew` in a process that imports the project with the mistake in it.
"""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.covering import TESTS
from tests.mutation.exchange import Exchange, compiled, exchange, recorder, standing
from tests.mutation.forks import BROKEN, LATE, forks, limit
from tests.mutation.mutants import Mutant

OURS = ("bench", "baselines", "benchmarks", "gold", "leaderboard", "tests")
KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timeout"
OPTIONS = ["-q", "--assert=plain", "--capture=sys", "-p", "no:cacheprovider"]
_LEAST, _TIMES, _IMPORT = 3, 5, 60
"""Seconds of a test beyond so many times its own, and seconds to import and collect."""
Report = Callable[[Mutant, str, float], None]


def said(answer: object) -> str:
    """The word for a trial's answer, which is the first test that failed."""
    if answer == LATE:
        return TIMEOUT
    return SURVIVED if answer is None else KILLED


@dataclass
class Session:
    """A pytest plugin: instead of running the tests once it tries mutants, each in a fork. What
    can only be tried anew is left over.
    """

    mutants: Sequence[Mutant]
    report: Report
    jobs: int
    seconds: dict[str, float] = field(default_factory=dict)
    left: list[Mutant] = field(default_factory=list)
    _calls: dict[str, set[str]] = field(default_factory=dict)
    _kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    _ran: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.modules = sorted({mutant.path for mutant in self.mutants})
        self._paths = frozenset(map(_resolved, self.modules))

    def run(self) -> None:
        """Collect and try; raises RuntimeError where tests fail without a mistake."""
        sys.settrace(recorder(self._paths, self._ran))
        if pytest.main([*OPTIONS, *covering(self.modules)], plugins=[self]):
            raise RuntimeError("tests that cannot be collected, or fail without a mistake")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Called by pytest when all tests are collected."""
        sys.settrace(None)
        gc.collect()
        self._functions = standing(self._paths)
        gc.freeze()
        self._measure(session)
        for (mutant, names), answer, seconds in forks(self._tasks(session), self.jobs):
            if answer not in (None, LATE, BROKEN):
                self._kills.update((name, answer) for name in names)
            self.report(mutant, said(answer), seconds)
        return True

    def _measure(self, session: pytest.Session) -> None:
        """Each test by itself: how long it takes and what it calls; then all, one after another."""
        tasks = ((item, lambda item=item: _measured(item, self._paths)) for item in session.items)
        for item, answer, _ in forks(tasks, self.jobs):
            if answer in (LATE, BROKEN) or answer["failed"]:
                raise RuntimeError(f"fails without a mistake: {item.nodeid}")
            self.seconds[item.nodeid] = answer["seconds"]
            self._calls[item.nodeid] = set(answer["calls"])
        items = sorted(session.items, key=lambda item: self.seconds[item.nodeid])
        for _, answer, _ in forks([("", lambda: first_failing(session, items, self.seconds))], 1):
            if answer is not None:
                raise RuntimeError(f"fails after other tests: {answer}")

    def _tasks(self, session: pytest.Session) -> Iterator[tuple[Any, Callable[[], Any]]]:
        plain: dict[str, str] = {}
        for mutant in self.mutants:
            code = plain.setdefault(mutant.path, Path(mutant.path).read_text(encoding="utf-8"))
            change = exchange(code, mutant.code, _resolved(mutant.path))
            if change is None or change.touched & self._ran or not change.fits(self._functions):
                self.left.append(mutant)
                continue
            items = self._chosen(session.items, mutant.path, change)
            yield (
                (mutant, change.touched),
                lambda items=items, change=change: self._try(session, items, change),
            )

    def _chosen(
        self, items: Sequence[pytest.Item], path: str, change: Exchange
    ) -> list[pytest.Item]:
        """The tests of a module that run what has changed: cheap ones and those that killed before
        come first.
        """

        def rank(item: pytest.Item) -> float:
            kills = sum(self._kills[name, item.nodeid] for name in change.touched)
            return self.seconds[item.nodeid] / (1 + kills)

        files = covering([path])
        mine = [item for item in items if item.nodeid.partition("::")[0] in files]
        return sorted((i for i in mine if self._calls[i.nodeid] & change.touched), key=rank)

    def _try(
        self, session: pytest.Session, items: Sequence[pytest.Item], change: Exchange
    ) -> str | None:
        change.make(self._functions)
        return first_failing(session, items, self.seconds)


def _resolved(path: str) -> str:
    return str(Path(path).resolve())


def covering(modules: Iterable[str]) -> list[str]:
    """Files whose tests answer for the modules; the examples in their docstrings are among them."""
    return list(dict.fromkeys(path for module in modules for path in [*TESTS[module], module]))


def _measured(item: pytest.Item, paths: frozenset[str]) -> dict[str, Any]:
    calls: set[str] = set()
    began = time.process_time()
    sys.settrace(recorder(paths, calls))
    item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
    sys.settrace(None)
    seconds = time.process_time() - began
    return {"seconds": seconds, "calls": sorted(calls), "failed": bool(item.session.testsfailed)}


def first_failing(
    session: pytest.Session, items: Iterable[pytest.Item], seconds: dict[str, float]
) -> str | None:
    """Run tests until one fails, each with all it shares set up anew, and say which."""
    for item in items:
        limit(_LEAST + _TIMES * seconds[item.nodeid])
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        if session.testsfailed:
            return item.nodeid
    return None


def forget() -> None:
    """Forget the project, so that it is imported anew; what it takes from elsewhere stays."""
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        if not name.startswith("tests.mutation"):
            del sys.modules[name]


def anew(mutants: Iterable[Mutant], seconds: dict[str, float], report: Report, jobs: int) -> None:
    """Try mutants by importing the project with the mistake, and run every test of the module; the
    modules as they are come first, and RuntimeError is raised where one does not pass.
    """
    every = list(mutants)
    plain = [Mutant(p, 0, "", "", Path(p).read_text("utf-8")) for p in {m.path for m in every}]
    tasks = ((m, lambda m=m: _imported(m, seconds)) for m in [*plain, *every])
    for mutant, answer, took in forks(tasks, jobs):
        if mutant not in plain:
            report(mutant, said(answer), took)
        elif answer is not None:
            raise RuntimeError(f"fails without a mistake: {mutant.path}: {answer}")


def _imported(mutant: Mutant, seconds: dict[str, float]) -> str | None:
    path, plain = _resolved(mutant.path), SourceFileLoader.get_code

    changed = compiled(mutant.code, path)

    def get_code(loader: SourceFileLoader, fullname: str):
        return changed if loader.path == path else plain(loader, fullname)

    SourceFileLoader.get_code = get_code
    limit(_IMPORT)
    cheap_first = _CheapFirst(seconds)
    code = pytest.main([*OPTIONS, *covering([mutant.path])], plugins=[cheap_first])
    return cheap_first.failed or (None if code == 0 else "collection")


@dataclass
class _CheapFirst:
    seconds: dict[str, float]
    failed: str | None = None

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if not session.testsfailed:
            items = sorted(session.items, key=lambda item: self.seconds.get(item.nodeid, 0))
            seconds = {item.nodeid: self.seconds.get(item.nodeid, 10) for item in items}
            self.failed = first_failing(session, items, seconds)
        return True
