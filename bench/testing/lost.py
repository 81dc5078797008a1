"""What a baseline found and a run misses: exactly, where both sides' answers are here; else, of a
baseline that holds counts only, what is missed where it had matched more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import NamedTuple

from bench.comparable import comparable
from bench.diagnosis import LAYERS, Finding
from bench.diagnosis.cases import Case, Judged, cases_of
from bench.diagnosis.findings import thing
from bench.gold import Gold
from bench.render.diagnosis import describe, short
from bench.report import Report
from bench.testing.sides import Side, scored
from bench.verdict import Verdict

SHOWN = 20
_CLOSE = 1e-9
Falls = dict[tuple[str, str], float]
"""By document and event type, how many fewer are matched."""


class Lost(NamedTuple):
    """What is known of the losses."""

    title: str
    findings: tuple[Finding, ...] = ()


def lost(*, gold: Gold, before: Side, now: Side, verdict: Verdict) -> Lost:
    """Things of the layer that regressed, events unless another one is clearly meant, that the run
    newly misses, each with the cause that diagnosis gives it.
    """
    layer = _layer(verdict)
    things = f"{layer}s" if layer != "realis" else "realis"
    if now.report is not None:
        return Lost(
            f"newly missed {things}: not known, as a report was given and not the run itself"
        )
    cases = list(cases_of(gold=gold, predicted=now.answers))
    if before.report is None:
        earlier = cases_of(gold=gold, predicted=before.answers)
        pairs = zip(cases, earlier, strict=True)
        found = tuple(one for pair in pairs for one in _newly(*pair, layer))
        return Lost(f"newly missed {things}, which the baseline found: {len(found)}", found)
    falls = _falls(before.report, now, gold, str(LAYERS[layer].measure))
    if falls is None:
        return Lost(f"newly missed {things}: not known, as the baseline does not count them")
    found = tuple(one for case in cases for one in _missed(case, layer, falls))
    return Lost(
        f"missed {things} where the baseline, which holds counts only, had matched more;"
        f" {sum(falls.values()):g} of these {len(found)} it had found",
        found,
    )


def told(found: Lost) -> Iterator[str]:
    """A title, and a line for each of the first findings."""
    yield found.title
    for one in found.findings[:SHOWN]:
        yield f"  {describe(one)}, {short(one.cause)}"
    if len(found.findings) > SHOWN:
        yield f"  … and {len(found.findings) - SHOWN} more"


def _layer(verdict: Verdict) -> str:
    """The layer of the measure that dropped most among those that regressed."""
    by = {str(layer.measure): name for name, layer in LAYERS.items()}
    regressed = [line.metric for line in verdict.regressed()]
    return next((by[name] for name in regressed if name in by), "event")


def _newly(now: Case, before: Case, layer: str) -> Iterator[Finding]:
    """What was matched and is not. Equal things may stand for each other: they are counted."""
    ours, theirs = now.boards[layer], before.boards[layer]
    alike: dict[Hashable, list[int]] = defaultdict(list)
    for n, entry in enumerate(ours.board.gold):
        alike[entry.item.key, entry.item.filler].append(n)
    for numbers in alike.values():
        missed = [n for n in numbers if n not in ours.board.matched]
        found = sum(n in theirs.board.matched for n in numbers)
        fewer = found - (len(numbers) - len(missed))
        yield from (_finding(now, layer, n) for n in missed[: max(fewer, 0)])


def _falls(baseline: Report, now: Side, gold: Gold, metric: str) -> Falls | None:
    """Where fewer are matched than in the baseline, on the documents that may be compared."""
    if metric not in {score.metric for score in baseline.scores}:
        return None
    pair = comparable(scored(now, gold, metrics=[metric]), baseline, metrics=[metric])
    tables, earlier = pair.run.score(metric).tables, pair.baseline.score(metric).tables
    found: Falls = {}
    for doc_id, table in earlier.items():
        for kind, counts in table.items():
            here = tables[doc_id].get(kind)
            fall = counts.matched_gold - (here.matched_gold if here else 0)
            if fall > _CLOSE:
                found[doc_id, kind] = fall
    return found


def _missed(case: Case, layer: str, falls: Falls) -> Iterator[Finding]:
    board = case.boards[layer].board
    for n, entry in enumerate(board.gold):
        if n not in board.matched and (case.view.document.id, entry.event.type) in falls:
            yield _finding(case, layer, n)


def _finding(case: Case, layer: str, n: int) -> Finding:
    """A missed thing with its cause, and what was said in its place."""
    judged = case.boards[layer]
    entry = judged.board.gold[n]
    cause, others = _why(judged, n)
    return Finding(
        doc_id=case.view.document.id,
        layer=layer,
        cause=cause,
        missed=(thing(layer, entry),),
        spurious=tuple(thing(layer, judged.board.predicted[m]) for m in others),
        line=case.view.line_of(entry.span),
    )


def _why(judged: Judged, n: int) -> tuple[str, list[int]]:
    for cause, (gold, predicted) in judged.groups:
        if n in gold:
            return cause, predicted
    raise LookupError(n)
