"""The key is in the requests and nowhere else."""

from __future__ import annotations

import logging
import traceback

import pytest

from baselines.llm import Llm, options
from bench.errors import DatelineError
from tests.baselines.llm.server import (
    CALL,
    CANARY,
    GOOD,
    Answer,
    completion,
    refusal,
)
from tests.conftest import document


def raw(status: int, words: str, kind: str = "application/json", **headers: str) -> Answer:
    return Answer(status, words, {"Content-Type": kind, **headers})


LEAKY = {
    "all is well": GOOD,
    "as a trigger": completion({"events": [{**CALL, "trigger": CANARY, "source": CANARY}]}),
    "as talk": completion(f"Your key is {CANARY}."),
    "bad request": refusal(400, f"bad {CANARY}"),
    "wrong key": refusal(401, f"Incorrect API key provided: {CANARY}"),
    "too many": refusal(429, CANARY, retry_after="1"),
    "server error": refusal(500, CANARY),
    "plain text": raw(503, CANARY, "text/plain"),
    "not found": raw(404, CANARY),
    "broken JSON": raw(200, f'{{"{CANARY}"'),
    "a page": raw(200, CANARY, "text/html"),
    "in the content type": raw(200, "", f"text/{CANARY}"),
    "in a redirect": raw(302, "", Location=f"http://x/?key={CANARY}"),
    "in another header": raw(200, GOOD.body, Echo=f"Bearer {CANARY}"),
    "cut off": Answer(drop=True),
    "hanging": Answer(delay=0.5, drop=True),
    "nobody": None,
}


@pytest.mark.parametrize(
    "answer", [pytest.param(answer, id=name) for name, answer in LEAKY.items()]
)
def test_the_key_is_nowhere_but_in_the_request(
    serve, session, monkeypatch, tmp_path, capsys, caplog, answer
):
    monkeypatch.setenv("DATELINE_LLM_KEY", CANARY)
    stub = serve(answer) if isinstance(answer, Answer) else "http://127.0.0.1:1/v1"
    file = tmp_path / "usage.json"
    patience = "0.3" if answer is LEAKY["hanging"] else "30"
    seen = []
    with caplog.at_level(logging.DEBUG):
        one = session(stub, tries="2", timeout=patience, usage=str(file))
        try:
            seen.append(one.annotate(document()).model_dump_json())
        except DatelineError as error:
            shown = traceback.TracebackException.from_exception(error, capture_locals=False)
            seen += [str(error), repr(error), *shown.format(), repr(vars(error))]
        seen += [repr(one), repr(one.options), repr(vars(one)), repr(vars(one._endpoint._wire))]
        one.close()
    if isinstance(answer, Answer):
        assert stub.headers[0]["Authorization"] == f"Bearer {CANARY}"
    seen += [record.getMessage() + repr(record.args) for record in caplog.records]
    captured = capsys.readouterr()
    seen += [captured.out, captured.err, caplog.text]
    seen += [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert caplog.records  # HTTP debug logging was on
    assert [text for text in seen if CANARY in text] == []


def test_without_a_key_none_is_sent(serve, session):
    stub = serve(GOOD)
    session(stub).annotate(document())
    assert "Authorization" not in stub.headers[0]


def test_openais_key_goes_to_openai_alone(serve, session, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", CANARY)
    stub = serve(GOOD)
    session(stub).annotate(document())
    assert "Authorization" not in stub.headers[0]
    assert options.api_key("https://api.openai.com/v1") == CANARY
    assert options.api_key("https://api.openai.com.example.org/v1") == ""
    monkeypatch.setenv("DATELINE_LLM_KEY", "mine")
    assert options.api_key("https://api.openai.com/v1") == "mine"


@pytest.mark.parametrize("key", [f"{CANARY}\nX: y", f"{CANARY} {CANARY}", f"{CANARY}é"])
def test_what_cannot_be_a_key_is_refused_without_being_shown(monkeypatch, key):
    monkeypatch.setenv("DATELINE_LLM_KEY", key)
    with pytest.raises(DatelineError, match="DATELINE_LLM_KEY holds signs") as caught:
        Llm(url="http://127.0.0.1:1/v1", model="tiny")
    assert CANARY not in str(caught.value)


def test_a_key_with_a_line_end_after_it_is_taken(serve, session, monkeypatch):
    monkeypatch.setenv("DATELINE_LLM_KEY", f"{CANARY}\n")
    stub = serve(GOOD)
    session(stub).annotate(document())
    assert stub.headers[0]["Authorization"] == f"Bearer {CANARY}"
