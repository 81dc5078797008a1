"""What the README shows works as it stands there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from bench import gold
from bench.checks import Rules, findings_of
from bench.cli.app import app
from bench.render.table import percent
from bench.schema import Annotation
from tests.conftest import document

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "articles"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def test_the_readme_opens_with_the_two_commands():
    assert [line.split()[:2] for line in blocks("sh")[0].splitlines()] == [
        ["make", "demo"],
        ["make", "test"],
    ]


def test_the_example_run_is_valid():
    annotation = Annotation.model_validate(json.loads(blocks("json")[0]))
    everything = gold.load()
    documents = {d.id: d for d in everything.documents}
    rules = Rules(documents, everything.ontology.types, everything.ontology.roles)
    assert list(findings_of(annotation, rules)) == []


def test_the_example_of_the_gold_runs():
    scope: dict[str, object] = {}
    exec(blocks("python")[0], scope)
    assert len(scope["rows"]) == len(gold.load("dev").documents)


def test_the_example_extractor_runs():
    scope: dict[str, type] = {}
    exec(blocks("python")[1], scope)
    found = scope["Shouting"]().extract(document("Stop! Now!"))
    assert [event.trigger.start for event in found.events] == [4, 9]


COMMANDS = [
    line.split("#")[0].split()
    for block in blocks("sh")
    for line in block.splitlines()
    if line.startswith("dateline")
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_shown_exists(run_dateline, tmp_path, monkeypatch, words):
    one = '{"doc_id": "ceasefire-call/wire-report", "events": [{"type": "CONSULT"}]}\n'
    answer = json.dumps({"doc_id": "ceasefire-call/wire-report", "answer": one}) + "\n"
    files = {"run.jsonl": one, "baseline.json": one, "MINE": one, "answers.jsonl": answer}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "FOLDER").mkdir()
    code, _, err = run_dateline(*words[1:])
    needs_texts = "attach" in words or "sources" in words
    assert (code, "articles" in err) == ((2, True) if needs_texts else (0, False))


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_every_link_leads_somewhere(link):
    assert (ROOT / link).exists()


def table() -> dict[str, list[str]]:
    """Cells of the table of baselines, by name."""
    rows = [line.strip("| ").split(" | ") for line in README.splitlines() if line.startswith("| `")]
    return {cells[0].strip("`"): cells[2:] for cells in rows}


@pytest.mark.parametrize("name", ["null", "majority", "lexicon"])
@pytest.mark.parametrize(
    ("split", "columns"), [("dev", (0, 3)), ("test", (1, 4)), ("sources", (2, 5))]
)
def test_the_numbers_shown_are_those_of_the_command(
    run_dateline, monkeypatch, name, split, columns
):
    if split == "sources":
        if not SHARED.is_dir():
            pytest.skip("the source articles are not beside this checkout")
        monkeypatch.setenv("DATELINE_ARTICLES", str(SHARED))
    metrics = ("trigger", "argument:actor")
    _, out, _ = run_dateline("evaluate", name, "--split", split, "--json", "-m", ",".join(metrics))
    found = [percent(score["micro"]["f1"]) for score in json.loads(out)["scores"]]
    assert [table()[name][column] for column in columns] == found


FENCED = r"```\w*\n(.*?)```"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists(page):
    root = get_command(app)
    for words in named("dateline", page):
        command = root.get_command(None, words[0])
        assert command is not None, words
        if isinstance(command, TyperGroup):
            assert words[1] in command.commands, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_of_make_that_a_page_names_exists(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    assert {words[0] for words in named("make", page)} <= targets


def named(program, page):
    """The words after a program's name, wherever a page has it in code."""
    text = page.read_text(encoding="utf-8")
    shown = [line for block in re.findall(FENCED, text, re.DOTALL) for line in block.splitlines()]
    inline = re.findall(r"`([^`]+)`", re.sub(FENCED, "", text, flags=re.DOTALL))
    found = (line.removeprefix("$ ").split() for line in (*shown, *inline))
    return [
        words[1:]
        for words in found
        if words[:1] == [program] and words[1:] and words[1][0].islower()
    ]
