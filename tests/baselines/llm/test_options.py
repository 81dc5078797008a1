"""Options, and the command line."""

from __future__ import annotations

import json

import pytest

from baselines.llm import options
from bench import extractors
from bench.errors import DatelineError
from tests.baselines.llm.server import CALL, CANARY, NONE, completion, refusal


def test_a_missing_address_or_model_says_what_to_set():
    with pytest.raises(DatelineError, match=r"set url=… or DATELINE_LLM_URL and model=…"):
        extractors.load("llm")
    with pytest.raises(DatelineError, match=r"set model=… or DATELINE_LLM_MODEL \(and"):
        extractors.load("llm", {"url": "http://127.0.0.1:1/v1"})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"shots": "many"}, "shots: Input should be a valid integer"),
        ({"shots": "-1"}, "shots: Input should be greater than or equal to 0"),
        ({"jobs": "0"}, "jobs: Input should be greater than or equal to 1"),
        ({"shape": "xml"}, "shape: Input should be 'auto', 'json_schema'"),
        ({"timeout": "nan"}, "timeout: Input should be"),
        ({"price_in": "inf"}, "price_in: Input should be a finite number"),
        ({"dry_run": "perhaps"}, "dry_run: Input should be a valid boolean"),
        ({"url": "localhost:8000"}, "url: wanted an address like https://host/v1"),
        ({"url": "https://host/v1?key=x"}, "url: wanted an address without user, password"),
        ({"usage": "/no/such/folder/u.json"}, "usage: /no/such/folder/u.json cannot be written"),
    ],
    ids=str,
)
def test_a_wrong_option_is_the_users_to_mend(given, message):
    with pytest.raises(DatelineError, match=message.replace("?", r"\?")):
        extractors.load("llm", {"url": "http://127.0.0.1:1/v1", "model": "tiny", **given})


def test_a_secret_in_an_address_is_not_repeated(monkeypatch):
    monkeypatch.setenv("DATELINE_LLM_URL", f"https://user:{CANARY}@host/v1")
    with pytest.raises(ValueError, match="without user, password") as caught:
        options.read({"model": "tiny"})
    assert CANARY not in str(caught.value)


def test_the_environment_gives_defaults_and_options_come_first(monkeypatch):
    monkeypatch.setenv("DATELINE_LLM_URL", "http://env/v1/chat/completions")
    monkeypatch.setenv("DATELINE_LLM_MODEL", "env")
    read = options.read({"model": "said", "url": ""})
    assert (read.url, read.model) == ("http://env/v1", "said")


def test_it_runs_from_the_command_line_and_listing_it_imports_nothing_heavy(
    serve, run_dateline, monkeypatch, one_story
):
    stub = serve(NONE)
    monkeypatch.setenv("DATELINE_LLM_URL", stub.url)
    monkeypatch.setenv("DATELINE_LLM_MODEL", "tiny")
    code, out, _ = run_dateline("evaluate", "llm", "--split", "dev", "--samples", "10", "--json")
    assert code == 0
    assert json.loads(out)["documents"] == 3
    assert len(stub.bodies) == 14  # 34, 41 and 23 sentences, eight at most in a call
    assert run_dateline("list", "extractors")[1].count("OpenAI-compatible") == 1


def test_many_jobs_give_the_same_run_and_a_run_that_ended_goes_on(
    serve, run_dateline, monkeypatch, one_story, tmp_path
):
    monkeypatch.setenv("DATELINE_LLM_MODEL", "tiny")
    monkeypatch.setenv("DATELINE_LLM_KEY", CANARY)
    asked = ("extract", "llm", "--with", "sentences=0", "--split", "dev", "-o")
    with_call = completion({"events": [{**CALL, "trigger": "call"}]})
    stub = serve(with_call, refusal(401, f"no more for {CANARY}"), with_call)
    monkeypatch.setenv("DATELINE_LLM_URL", stub.url)
    code, out, err = run_dateline(*asked, tmp_path / "one.jsonl")
    assert (code, "HTTP 401: no more for [key]" in err) == (2, True)
    assert not (tmp_path / "one.jsonl").exists()
    assert run_dateline(*asked, tmp_path / "one.jsonl")[0] == 0
    assert len(stub.bodies) == 4  # three articles, one of them twice
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "another"))
    assert run_dateline(*asked, tmp_path / "two.jsonl", "--jobs", "3")[0] == 0
    one, two = ((tmp_path / name).read_text() for name in ("one.jsonl", "two.jsonl"))
    assert one == two
    assert one.count('"CONSULT"') == 3
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [text for text in (out, err, *map(_text, files)) if CANARY in text] == []


def _text(path):
    return path.read_text(encoding="utf-8", errors="replace")


def test_the_identity_names_whom_it_asks_and_what(monkeypatch):
    monkeypatch.setenv("DATELINE_LLM_URL", "http://one/v1")
    one = extractors.load("llm", {"model": "tiny"}).identity()
    assert one.startswith("tiny at http://one/v1, prompt ")
    assert extractors.load("llm", {"model": "tiny", "guidelines": "none"}).identity() != one
    monkeypatch.setenv("DATELINE_LLM_URL", "http://two/v1")
    assert extractors.load("llm", {"model": "tiny"}).identity() != one
