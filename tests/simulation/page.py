"""What the simulation found, in Markdown: docs/gate-simulation.md and a table in docs/gate.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.gate import MARGIN
from bench.verdict import Word
from tests.simulation.figure import Curves
from tests.simulation.model import BASE, Kinship
from tests.simulation.rates import Rate, fell, honest_limit, rate, regressed, spread
from tests.simulation.scenarios import DROPS, KINDS, METRICS, TYPE_DROP
from tests.simulation.trial import SAMPLES, Outcome, Scenario

DOCS = Path(__file__).parents[2] / "docs"
START, END = "<!-- make simulate-gate -->\n", "<!-- end -->\n"
LIMITS = (0.01, 0.02)
MARGINS = (MARGIN, 0.05)
Results = Mapping[str, tuple[Scenario, Sequence[Outcome]]]
"""By name: a scenario and what came of its trials."""
_TEXT = Path(__file__).with_name("page.md")
_EQUAL = {
    "equal": "two runs of one system",
    "equal-close": "… that have nearly everything in common",
    "equal-lumpy": "… good or bad by whole documents",
    "equal-cautious": "a cautious system after the base",
    "equal-bold": "the base after a cautious system",
    "equal-dev": "two runs of one system on `dev`",
}


def page(results: Results) -> str:
    """The whole page."""
    test = results["equal"][0].world
    return _TEXT.read_text(encoding="utf-8").format(
        samples=f"{SAMPLES:,}",
        trials=f"{sum(len(found) for _, found in results.values()):,}",
        documents=len(test.documents),
        items=" and ".join(f"{test.measures[m].gold.sum():,} items of `{m}`" for m in METRICS),
        true=" and ".join(f"{100 * BASE.true_f1(test, m):.1f}" for m in METRICS),
        item=f"{100 * Kinship().item:.0f}",
        document=f"{100 * Kinship().document:.0f}",
        alone=rate(results["equal"][1], _trigger_fell),
        equal=_table(_equal_head(), _equal_rows(results)),
        drops=drops(results),
        words=_table(["true drop", *_word_head()], _word_rows(results)),
        types=_table(_TYPE_HEAD, _type_rows(results)),
        bold=regressed(results["equal-bold"][1], 0).with_range,
        cautious=regressed(results["equal-cautious"][1], 0).with_range,
        limit=f"{100 * honest_limit(results['equal'][1]):.1f}",
        type_drop=f"{100 * TYPE_DROP:.0f}",
    )


def _trigger_fell(outcome: Outcome) -> bool:
    return outcome.drops["trigger"] > LIMITS[0]


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> str:
    lines = [list(head), ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _equal_head() -> list[str]:
    return ["equal systems", "trials", "spread", "**regressed**", "margin 2", "all types together",
            "single types", "uncorrected", "1 point", "2 points"]  # fmt: skip


def _equal_rows(results: Results) -> Iterator[list[str]]:
    for name, title in _EQUAL.items():
        if name not in results:
            continue
        _, found = results[name]
        yield [
            title,
            f"{len(found):,}",
            " / ".join(f"{100 * spread(found, metric):.1f}" for metric in METRICS),
            regressed(found, 0).with_range,
            str(regressed(found, MARGIN)),
            str(rate(found, lambda one: any(n in METRICS for n in one.shown))),
            str(rate(found, lambda one: any(n not in METRICS for n in one.shown))),
            str(rate(found, lambda one: one.uncorrected > 0)),
            *(str(fell(found, limit)) for limit in LIMITS),
        ]


def _by_drop(results: Results) -> Iterator[tuple[int, Sequence[Outcome]]]:
    yield 0, results["equal"][1]
    for drop in DROPS:
        yield drop, results[f"drop-{drop}"][1]


def _gates(results: Results, found: Sequence[Outcome]) -> dict[str, Rate]:
    """How often each gate calls the runs worse."""
    limit = honest_limit(results["equal"][1])
    return {
        "check, margin 2": regressed(found, MARGIN),
        "check, margin 0": regressed(found, 0),
        "fail below 1 point": fell(found, LIMITS[0]),
        "fail below 2 points": fell(found, LIMITS[1]),
        f"fail below {100 * limit:.1f} points": fell(found, limit),
    }


def drops(results: Results) -> str:
    """How often each gate sees each true drop."""
    rows = [(drop, len(found), _gates(results, found)) for drop, found in _by_drop(results)]
    head = ["true drop", "trials", *rows[0][2]]
    return _table(
        head,
        ([_points(d), f"{n:,}", *map(str, gates.values())] for d, n, gates in rows),
    )


def _points(drop: int) -> str:
    return {0: "none", 1: "1 point"}.get(drop, f"{drop} points")


def summary(results: Results) -> str:
    """What docs/gate.md says of it: the table of drops, and its neighbours in a line each."""
    equal = results["equal"][1]
    words = (
        f"at a margin of {100 * margin:.0f} points {', '.join(_said(equal, margin))}"
        for margin in MARGINS
    )
    others = {_EQUAL[n]: regressed(results[n][1], 0) for n in _EQUAL if n != "equal"}
    least, *_, most = sorted(others, key=lambda title: others[title].share)
    named = (f"{kind} {_named(results[f'drop-{kind}'][1], kind)}" for kind in KINDS)
    return (
        f"{drops(results)}\n"
        f"- Equal runs, {'; '.join(words)} (in %).\n"
        f"- Equal runs of {len(others)} harder kinds: *regressed* in {others[least]} % to"
        f" {others[most].with_range} %, the most for {most}.\n"
        f"- A single type that falls by {100 * TYPE_DROP:.0f} points is named: "
        f"{', '.join(named)} (in %).\n"
    )


def _said(found: Sequence[Outcome], margin: float) -> Iterator[str]:
    return (f"*{word}* {share}" for word, share in _words(found, margin).items())


def _words(found: Sequence[Outcome], margin: float) -> dict[Word, Rate]:
    said = Counter(outcome.word(margin) for outcome in found)
    return {word: Rate(said[word], len(found)) for word in _WORDS}


def curves(results: Results) -> Curves:
    """The same for the figure; where the margin changes nothing, one curve for both."""
    names = _gates(results, results["equal"][1])
    found = {
        name: [(drop, _gates(results, found)[name].share) for drop, found in _by_drop(results)]
        for name in names
    }
    if found["check, margin 2"] != found["check, margin 0"]:
        return found
    same = {"check, margin 0 or 2": found.pop("check, margin 2")}
    del found["check, margin 0"]
    return same | found


_WORDS: tuple[Word, ...] = ("regressed", "cannot tell", "fine")


def _word_head() -> list[str]:
    return [f"{100 * margin:.0f}: {word}" for margin in MARGINS for word in _WORDS]


def _word_rows(results: Results) -> Iterator[list[str]]:
    for drop, found in _by_drop(results):
        said = (share for margin in MARGINS for share in _words(found, margin).values())
        yield [_points(drop), *map(str, said)]


_TYPE_HEAD = ("type that fell", "gold triggers", "trials", "true drop of all types", "regressed",
              "the type is named", "another is named", "1 point", "2 points")  # fmt: skip


def _type_rows(results: Results) -> Iterator[list[str]]:
    for kind in KINDS:
        scenario, found = results[f"drop-{kind}"]
        world = scenario.world
        lost = (BASE.true_f1(world, m) - scenario.after.true_f1(world, m) for m in METRICS)
        yield [
            kind,
            str(world.measures["trigger"].gold[:, world.types.index(kind)].sum()),
            f"{len(found):,}",
            " / ".join(f"{100 * drop:.1f}" for drop in lost),
            str(regressed(found, MARGIN)),
            str(_named(found, kind)),
            str(Rate(sum(_names_another(one, kind) for one in found), len(found))),
            *(str(fell(found, limit)) for limit in LIMITS),
        ]


def _named(found: Sequence[Outcome], kind: str) -> Rate:
    return rate(found, lambda one: any(n.endswith(f" {kind}") for n in one.alarms(MARGIN)))


def _names_another(outcome: Outcome, kind: str) -> bool:
    types = (name for name in outcome.alarms(MARGIN) if " " in name)
    return any(not name.endswith(f" {kind}") for name in types)


def put(text: str, table: str) -> str:
    """A page with the table between its marks replaced."""
    before, _, rest = text.partition(START)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"no table between {START.strip()} and {END.strip()}")
    return f"{before}{START}\n{table}\n{END}{after}"
