"""Options, and the command line."""

from __future__ import annotations

import json

import pytest

from baselines.llm import options
from bench import extractors
from bench.errors import DatelineError
from tests.baselines.llm.server import (
    CANARY,
    NONE,
)


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
