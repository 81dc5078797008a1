"""What was asked before is not asked again; what it cost."""

from __future__ import annotations

import json

import pytest

from baselines.llm import Llm, prompt
from baselines.llm.cache import Cache, Reply, key_of
from baselines.llm.wire import EndpointError
from bench.errors import DatelineError
from tests.baselines.llm.server import (
    BOTH,
    GOOD,
    TRUCE,
    Answer,
    completion,
    found,
    refusal,
)
from tests.conftest import TEXT, document


def test_what_was_asked_is_not_asked_again_and_gives_the_same_bytes(serve, session):
    stub = serve(refusal(400, "no"), GOOD)
    first = session(stub, shots="1").annotate(document()).model_dump_json()
    asked = len(stub.bodies)
    again = session(stub, shots="1")
    assert again.annotate(document()).model_dump_json() == first
    assert len(stub.bodies) == asked
    assert (again.usage.counts["cached"], again.usage.counts["calls"]) == (1, 0)


@pytest.mark.parametrize(
    "other",
    [
        {"model": "other"}, {"seed": "1"}, {"max_tokens": "9"}, {"shape": "text"}, {"shots": "1"},
        {"guidelines": "short"},
    ],
    ids=str,
)  # fmt: skip
def test_everything_that_matters_is_in_the_key(serve, session, other):
    stub = serve(GOOD)
    session(stub).annotate(document())
    session(stub, **other).annotate(document())
    assert len(stub.bodies) == 2


def test_another_address_date_text_or_prompt_is_another_question(serve, session, monkeypatch):
    one, other = serve(GOOD), serve(GOOD)
    session(one).annotate(document())
    session(other).annotate(document())
    assert (len(one.bodies), len(other.bodies)) == (1, 1)
    session(one).annotate(document().model_copy(update={"published": "2025-03-20"}))
    session(one).annotate(document(TEXT + " Yes."))
    monkeypatch.setattr(prompt, "_TASK", prompt._TASK + " Please.")
    session(one).annotate(document())
    monkeypatch.setattr(prompt, "VERSION", "next")
    session(one).annotate(document())
    assert len(one.bodies) == 5


@pytest.mark.parametrize("damage", ["", "{", '{"finish": "stop"}', "\0\xff"])
def test_a_broken_file_of_the_cache_is_asked_for_again(serve, session, tmp_path, damage):
    stub = serve(GOOD)
    session(stub).annotate(document())
    (file,) = (tmp_path / "cache" / "llm").rglob("*.json")
    file.write_text(damage, encoding="latin-1")
    assert found(session(stub).annotate(document())) == BOTH
    assert len(stub.bodies) == 2
    assert Reply.model_validate_json(file.read_bytes()).answer


def test_a_cache_file_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    cache, key = Cache(tmp_path), key_of({"a": 1})

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(DatelineError, match=r"answers cannot be kept \(disk full\)"):
        cache.put(key, Reply(answer="x"))
    assert cache.get(key) is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_interrupted_run_goes_on_where_it_stopped(serve, session):
    text = "They met. It rained. They met. It snowed. They met. It thawed."
    meeting = completion({"events": [{**TRUCE, "trigger": "met", "type": "CONSULT"}]})
    whole = session(serve(meeting), sentences="2").annotate(document(text))
    stub = serve(meeting, refusal(401, "stop"), meeting)
    with pytest.raises(EndpointError):
        session(stub, sentences="2").annotate(document(text))
    one = session(stub, sentences="2")
    assert one.annotate(document(text)).model_dump_json() == whole.model_dump_json()
    assert (one.usage.counts["cached"], one.usage.counts["calls"]) == (1, 2)
    assert len(stub.bodies) == 4


def test_tokens_are_summed_and_priced(serve, session, tmp_path, capsys):
    stub, file = serve(GOOD), tmp_path / "usage.json"
    one = session(stub, price_in="2", price_out="10", usage=str(file))
    one.annotate(document())
    one.annotate(document(TEXT + " Yes."))
    one.annotate(document())
    one.close()
    one.close()
    said = capsys.readouterr().err
    assert said.count("llm: 2 calls (200 tokens in, 20 out), 1 answers from the cache") == 1
    assert "cost 0.0006" in said  # 200 × 2 + 20 × 10, a millionth each
    written = json.loads(file.read_text())
    assert (written["calls"], written["calls_tokens_in"], written["cost"]) == (2, 200, 0.0006)


@pytest.mark.parametrize("usage", [None, "many", {"prompt_tokens": "7", "completion_tokens": -1}])
def test_an_endpoint_that_does_not_count_is_said_to(serve, session, usage):
    raw = {"choices": [{"message": {"content": "[]"}, "finish_reason": 7}], "usage": usage}
    one = session(serve(Answer(200, json.dumps(raw))))
    one.annotate(document())
    assert one.usage.counts["calls_without_count"] == 1


def test_a_dry_run_sends_nothing_and_says_what_it_would(serve, session, capsys):
    stub = serve(GOOD)
    text = "They met. " * 20
    one = session(stub, dry_run="yes", price_in="1000000")
    annotation = one.annotate(document(text))
    one.close()
    assert (annotation.doc_id, annotation.events, stub.bodies) == ("story/one", (), [])
    said = capsys.readouterr().err
    signs = sum(
        len(message["content"])
        for part in (text[:69], text[70:139], text[140:199])
        for message in one.messages(document(text), part)
    )
    assert f"3 calls, {signs:,} characters, about {signs // 4:,} tokens in" in said
    assert f"cost without answers {signs // 4:,}.0000" in said


def test_a_dry_run_knows_the_cache_and_needs_no_address(serve, session, capsys):
    stub = serve(GOOD)
    session(stub).annotate(document())
    session(stub, dry_run="yes").annotate(document())
    nobody = Llm(dry_run="yes")
    nobody.extract(document())
    nobody.close()
    assert len(stub.bodies) == 1
    assert "dry run, nothing was sent: 1 calls" in capsys.readouterr().err
