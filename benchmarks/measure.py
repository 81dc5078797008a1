"""What is measured: the whole process, scoring alone beside others, and how time grows."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench import optimistic, statistics
from bench.columns import Both, columns_of, side_by_side
from bench.metrics import measure, pair
from bench.metrics.exact import TALLIES
from bench.registers import ActorRegister
from bench.schema import Annotation
from benchmarks import parsing, peers, plain
from benchmarks.corpus import EVENTS, Corpus, Raw, Size, lines
from benchmarks.timing import best, memory, process

ROUNDS = 10
"""Of whole processes and parsers, turn by turn; the best of each counts."""
OVERLAP = ("trigger:overlap", "argument:overlap", "argument-attached:overlap")
PATIENCE = 20.0
"""Seconds after which metametric is given no larger corpus."""


@dataclass(frozen=True)
class Line:
    """One comparison: what was reached, and what was aimed at."""

    what: str
    found: str
    aim: str
    reached: bool


def say(text: str) -> None:
    """What is going on, on stderr."""
    print(text, file=sys.stderr, flush=True)


def everything(folder: Path, *, quick: bool) -> list[Line]:
    """All lines of the table."""
    full = Size.of(EVENTS // 20) if quick else Size()
    largest = 30_000 if quick else 1_000_000
    return [
        *whole_process(folder, full),
        *alone(full),
        *one_by_one(full),
        *growth(folder, largest),
        *extremes(),
    ]


def at_most(what: str, value: float, aim: float, unit: str) -> Line:
    """A line whose number should be small."""
    return Line(what, f"{value:.2f} {unit}", f"≤ {aim:g} {unit}", value <= aim)


def part(what: str, seconds: float) -> Line:
    """A line that says how long a part took, for which nothing was aimed at."""
    return Line(what, f"{seconds:.2f} s", "", reached=True)


def at_least(what: str, value: float, aim: float, unit: str) -> Line:
    """A line whose number should be large."""
    return Line(what, f"{value:.0f} {unit}", f"≥ {aim:g} {unit}", value >= aim)


def whole_process(folder: Path, size: Size) -> Iterator[Line]:
    """`dateline score` beside the mere parsing of its two files, turn by turn."""
    say("the whole process")
    paths = list(map(str, Corpus(size).write(folder / "whole")))
    command = _scoring(*paths)
    small = str(Corpus(Size(8, 40, 80)).write(folder / "small")[0])
    parsed: dict[str, float] = dict.fromkeys(parsing.WAYS, math.inf)
    taken = start = math.inf
    for _ in range(ROUNDS):
        for way in parsing.WAYS:
            parsed[way] = min(
                parsed[way], *(_parsing(name, way, paths) for name in parsing.PARSERS)
            )
        taken = min(taken, process(command))
        start = min(start, process(_scoring(small, small)))
    yield at_most("whole process and its children, peak memory", memory(command), 1024, "MiB")
    words = {"default": "objects kept", "keep": "kept, no collector", "drop": "dropped at once"}
    for way, seconds in parsed.items():
        what = f"whole process ({taken:.2f} s) over parsing, {words[way]} ({seconds:.2f} s)"
        yield at_most(what, taken / seconds, 3, "times")
    reading, _ = best(lambda: [optimistic.read(Path(path)) for path in paths])
    yield part("a table for 8 documents: start, imports and all else that does not grow", start)
    yield part("reading both files into columns in one process, one after the other", reading)


def _scoring(gold: str, run: str) -> list[str]:
    return ["-m", "bench", "score", run, "--gold", gold, "-m", ",".join(TALLIES)]


def _parsing(name: str, way: str, paths: Sequence[str]) -> float:
    command = [sys.executable, "-m", "benchmarks.parsing", name, way, *paths]
    return float(subprocess.check_output(command))  # noqa: S603


def as_annotations(documents: Sequence[Raw]) -> dict[str, Annotation]:
    """Annotations by document."""
    found = (Annotation.model_validate_json(line) for line in lines(documents))
    return {annotation.doc_id: annotation for annotation in found}


def both_of(gold: dict[str, Annotation], predicted: dict[str, Annotation]) -> Both:
    """Both sides as columns."""
    doc_ids = list(gold)
    return side_by_side(columns_of(gold, doc_ids), columns_of(predicted, doc_ids), doc_ids)


def afresh(both: Both) -> Both:
    """The same without anything that counting has kept."""
    return Both(both.doc_ids, both.types, both.events, both.arguments, both.gold_events)


def count_all(both: Both) -> dict[str, float | None]:
    """F1 of the six classic scores."""
    return {name: count(both).f1 for name, count in TALLIES.items()}


def alone(size: Size) -> Iterator[Line]:
    """The six classic scores together, beside the plain scorer."""
    say("the six scores")
    gold, predicted = Corpus(size).sides()
    seconds, _ = best(lambda: plain.score(zip(gold, predicted, strict=True)))
    sides = as_annotations(gold), as_annotations(predicted)
    both = both_of(*sides)
    from_columns, _ = best(lambda: count_all(afresh(both)))
    from_objects, _ = best(lambda: count_all(both_of(*sides)))
    what = (
        f"six scores from columns as read ({from_columns:.2f} s) over plain sets ({seconds:.2f} s)"
    )
    yield at_most(what, from_columns / seconds, 0.5, "times")
    what = f"six scores from `Annotation` objects ({from_objects:.2f} s) over plain sets"
    yield at_most(what, from_objects / seconds, 0.5, "times")


def one_by_one(size: Size) -> Iterator[Line]:
    """Each peer on the triggers that it can hold, beside the same score of ours."""
    for name, make, aim in (
        ("nervaluate", peers.nervaluate, 20),
        ("seqeval strict", peers.seqeval, 10),
    ):
        say(name)
        yield _beside(name, make, Corpus(size, flat=True), ["trigger"], aim)[0]
    events = 1000
    while True:
        say(f"metametric, {events} events")
        name = f"metametric, {events} events"
        corpus = Corpus(Size.of(events), flat=True)
        line, seconds = _beside(name, peers.metametric, corpus, list(TALLIES), 100, tries=1)
        if seconds > PATIENCE or events * 2 > size.events:
            yield line
            return
        events *= 2


def _beside(
    name: str,
    make: Callable[[Any, Any], peers.Ready],
    corpus: Corpus,
    scores: Sequence[str],
    aim: float,
    tries: int = 3,
) -> tuple[Line, float]:
    gold, predicted = corpus.sides()
    theirs, f1 = best(make(gold, predicted), tries)
    both = both_of(as_annotations(gold), as_annotations(predicted))
    ours, found = best(lambda: [TALLIES[score](afresh(both)).f1 for score in scores])
    if name.split(",")[0] != "metametric" and abs((found[0] or 0) - f1) > 1e-9:
        raise ValueError(f"{name} says {f1}, we say {found[0]}")  # metametric takes means
    what = f"{name} ({theirs:.2f} s) over the same of ours ({ours:.3f} s)"
    return at_least(what, theirs / ours, aim, "times"), theirs


def growth(folder: Path, largest: int) -> Iterator[Line]:
    """Exponents of a power law fitted to times of corpora that grow tenfold."""
    sizes = [*(n for n in (1_000, 10_000, 100_000) if n < largest), largest]
    whole = "reading and the six exact scores"
    times: dict[str, list[float]] = {name: [] for name in (whole, *OVERLAP)}
    for size in sizes:
        say(f"growth: {size} events")
        gold, run = Corpus(Size.of(size)).write(folder / str(size))
        tries = 1 if size == largest else 3
        times[whole].append(best(partial(_read_and_count, gold, run), tries)[0])
        for name, taken in _overlapping(gold, run).items():
            times[name].append(taken)
    for name, seconds in times.items():
        exponent = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
        spread = " ".join(f"{s:.3g}" for s in seconds)
        what = f"growth of {name}, {sizes[0]:,} to {sizes[-1]:,} events ({spread} s)"
        yield at_most(what, float(exponent), 1.1, "as exponent")


def _read_and_count(gold: Path, run: Path) -> dict[str, float | None]:
    kept = [optimistic.read(path) for path in (gold, run)]
    assert kept[0] is not None
    assert kept[1] is not None
    return count_all(side_by_side(kept[0].columns, kept[1].columns, list(kept[0])))


def _overlapping(gold: Path, run: Path) -> dict[str, float]:
    """Seconds of counting alone, a document at a time, so that the largest fits into memory."""
    measures = list(map(measure, OVERLAP))
    seconds = dict.fromkeys(OVERLAP, 0.0)
    with gold.open("rb") as ours, run.open("rb") as theirs:
        for one, other in zip(ours, theirs, strict=True):
            sides = pair(
                gold=Annotation.model_validate_json(one),
                predicted=Annotation.model_validate_json(other),
                text=None,
                register=ActorRegister.empty(),
            )
            for item in measures:
                start = time.perf_counter()
                item.count(sides)
                seconds[str(item)] += time.perf_counter() - start
    return seconds


def extremes() -> Iterator[Line]:
    """One crowded document, and many resamples."""
    say("extremes")
    [(gold, predicted)] = Corpus(Size(1, 5000, 9646))
    sides = [Annotation.model_validate(side) for side in (gold, predicted)]
    crowd = pair(gold=sides[0], predicted=sides[1], text=None, register=ActorRegister.empty())
    for name in ("trigger", "argument-attached", *OVERLAP):
        seconds, _ = best(partial(measure(name).count, crowd))
        yield at_most(f"one document of 5,000 events, {name}", seconds, 1, "s")
    table = np.random.RandomState(1).poisson(20, (4480, 1)).astype(float)

    def resampled() -> object:
        weights = statistics.resample(4480, samples=10_000, seed=1)
        return statistics.bootstrap_each(table, 2 * table, weights)

    yield at_most(
        "10,000 resamples of 4,480 documents, drawn and scored", best(resampled)[0], 1, "s"
    )
