"""baselines/RESULTS.md has a row for every baseline, with the numbers of the command."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from baselines.results import measure
from baselines.results.measure import METRICS, NAMES, TESTED, Result, Results, shown
from baselines.results.page import cell, page
from bench.errors import CannotRun
from bench.evaluate import evaluate
from bench.metrics import parse
from bench.schema import Annotation
from tests.conftest import GOLD_EVENTS, tiny_gold

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "baselines" / "RESULTS.md").read_text(encoding="utf-8")


def rows(split: str) -> dict[str, list[str]]:
    """Cells of the table of a split by baseline."""
    section = PAGE.partition(f"\n## {split}\n")[2].partition("\n## ")[0]
    found = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:3] == "| `"]
    return {name.strip("`"): cells for name, *cells in found}


def test_every_shipped_baseline_has_a_row_on_every_split():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = settings["project"]["entry-points"]["dateline.extractors"]
    assert set(NAMES) == set(shipped)
    assert all(list(rows(split)) == list(NAMES) for split in measure.SPLITS)


def test_the_table_of_the_readme_is_taken_from_the_page():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line.strip("| ").split(" | ") for line in readme.splitlines() if line[:3] == "| `"]
    for name, _, *numbers in lines:
        ours = [rows(split)[name.strip("`")] for split in measure.SPLITS]
        assert numbers == [cells[n].split()[0] for n in (0, 1) for cells in ours]


@pytest.mark.parametrize("name", ["null", "lexicon", "majority"])
def test_the_numbers_are_those_of_evaluate(run_dateline, name):
    options = ("--split", "dev", "--json", "-m", ",".join(METRICS))
    _, out, _ = run_dateline("evaluate", name, *options)
    micro = [score["micro"] for score in json.loads(out)["scores"]]
    found = [cell(row["f1"], row["interval"] and tuple(row["interval"])) for row in micro]
    assert rows("dev")[name][: len(METRICS)] == found


MANY = tiny_gold(*(Annotation(doc_id=f"s{n}/one", events=GOLD_EVENTS) for n in range(8)))


def result(name: str, events: int) -> Result:
    """A system that finds the first of the gold's events in every document."""
    predicted = {
        doc_id: Annotation(doc_id=doc_id, events=GOLD_EVENTS[:events])
        for doc_id in MANY.annotations
    }
    report = evaluate(MANY, predicted, measures=parse(METRICS), system=name)
    return Result(name, {"dev": report}, speed=12.34)


def test_a_difference_is_named_at_the_better_one_and_bounds_are_not_tested():
    found = [result("good", 3), result("poor", 1), result("null", 0), result("same", 3)]
    better = shown(found, ["dev"])
    # p is 2/2⁸ for each of two pairs of three: 3 × 1/128 < 5 %
    assert better["dev", "trigger", "good"] == ["poor"]
    assert better["dev", "trigger", "same"] == ["poor"]
    assert {key[2] for key in better} == {"good", "same"}
    text = page(Results(found, {"dev": MANY}, {"sources": "its articles are elsewhere"}, better))
    assert "| `good` | `poor` |" in text
    assert "Not run: its articles are elsewhere." in text
    assert "| `poor` | 12 |" in text


def test_few_documents_are_said_to_show_nothing():
    few = replace(result("good", 3))
    signature = few.reports["dev"].signature.model_copy(update={"units": 4})
    report = few.reports["dev"].model_copy(update={"signature": signature})
    text = page(Results([Result("good", {"dev": report})], {"dev": MANY}, {}, {}))
    assert "4 documents cannot show any: p is 0.12 or more." in text


def test_what_cannot_run_here_is_said_and_stops_nothing(monkeypatch):
    class NoServer:
        def prepare(self) -> None:
            raise CannotRun("set THE_SERVER\nand more")

    monkeypatch.setattr(measure, "load", lambda name: NoServer())
    found = measure.measure("llm", {"dev": MANY})
    assert found == Result("llm", why_not="set THE_SERVER")
    text = page(Results([found], {"dev": MANY}, {}, {}))
    assert "| `llm` | not run |" in text
    assert "`llm` was not run: set THE_SERVER" in text


def test_a_baseline_is_trained_before_it_is_run_and_failures_are_named(monkeypatch):
    did = []

    class Trained:
        def train(self) -> str:
            did.append("train")
            return "model"

        def prepare(self) -> None:
            did.append("prepare")

        def extract(self, document) -> Annotation:
            if document.id == "s1/one":
                raise KeyError(document.id)
            return Annotation(doc_id=document.id, events=GOLD_EVENTS)

    monkeypatch.setattr(measure, "load", lambda name: Trained())
    found = measure.measure("crf", {"dev": MANY})
    assert did[:2] == ["train", "prepare"]
    assert list(found.failed) == ["s1/one"]
    assert found.reports["dev"].score("trigger").micro.counts.matched_gold == 21
    assert "`crf` failed on s1/one" in page(Results([found], {"dev": MANY}, {}, {}))
    assert set(TESTED) < set(METRICS)
