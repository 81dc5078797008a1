"""The llm baseline against a stub of an endpoint: answers, failures, cache, secrets."""

from __future__ import annotations

import json
import logging
import socket
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from baselines.llm import Llm, options, prompt, shots
from baselines.llm.cache import Cache, Reply, key_of
from baselines.llm.reading import Answers
from baselines.llm.session import Session
from baselines.llm.wire import EndpointError
from bench import extractors, gold
from bench.errors import DatelineError
from tests.baselines.llm_server import Answer, completion, in_turn, refusal, serving
from tests.conftest import TEXT, document

CALL = {
    "trigger": "phoned", "type": "CONSULT", "realis": "actual", "date": "2025-03-18", "source": "",
    "cluster": "The call",
    "arguments": [
        {"role": "actor", "text": "Putin", "actor": "Vladimir Putin"},
        {"role": "actor", "text": "Trump", "actor": "Donald Trump"},
    ],
}  # fmt: skip
TRUCE = {
    "trigger": "truce", "type": "RETREAT", "realis": "hypothetical", "date": "", "source": "",
    "cluster": "the truce", "arguments": [],
}  # fmt: skip
GOOD = completion({"events": [CALL, TRUCE]})
NONE = completion({"events": []})
CANARY = "sk-canary-0123456789abcdef"
ASKED = ("DATELINE_LLM_URL", "DATELINE_LLM_MODEL", "DATELINE_LLM_KEY", "OPENAI_API_KEY")


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """No setting, proxy or cache of this user's, and no certificates."""
    for name in (*ASKED, "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    # Nothing here speaks TLS, and reading certificates takes longer than a test.
    monkeypatch.setattr("ssl.SSLContext.load_verify_locations", lambda *_, **__: None)


@pytest.fixture
def serve():
    """Start stubs that stop with the test."""
    with ExitStack() as stack:
        yield lambda *answers: stack.enter_context(serving(in_turn(*answers)))


@pytest.fixture
def session():
    """Make sessions that note what they would have slept, and are closed with the test."""
    made = []

    def make(stub, **given: str) -> Session:
        url = stub if isinstance(stub, str) else stub.url
        naps: list[float] = []
        said = {"url": url, "model": "tiny", "guidelines": "none", **given}
        made.append(Session(options.read(said), sleep=naps.append))
        made[-1].naps = naps
        return made[-1]

    yield make
    for one in made:
        one.close()


def found(annotation) -> list[tuple[str, str, tuple[int, int] | None]]:
    return [(one.type, one.trigger.text, one.trigger.span) for one in annotation.events]


BOTH = [("CONSULT", "phoned", (6, 12)), ("RETREAT", "truce", (48, 53))]


# --- What comes out of an answer ---------------------------------------------------------------


def test_an_answer_becomes_grounded_events(serve, session):
    (call, truce) = session(serve(GOOD)).annotate(document()).events
    assert found(session(serve(GOOD)).annotate(document())) == BOTH
    assert (call.id, call.realis, call.date, call.cluster) == ("e1", "actual", "2025-03-18", "call")
    assert [(a.role, a.text, a.start, a.actor) for a in call.arguments] == [
        ("actor", "Putin", 0, "Vladimir Putin"),
        ("actor", "Trump", 13, "Donald Trump"),
    ]
    assert (truce.date, truce.source) == (None, None)


def test_stretches_are_asked_for_one_by_one_and_keep_their_places(serve, session):
    meeting = {**TRUCE, "trigger": "met", "type": "CONSULT"}
    stub = serve(completion({"events": [meeting]}))
    text = "They met. It rained. They met. It snowed."
    events = session(stub, sentences="2").annotate(document(text)).events
    assert [event.trigger.span for event in events] == [(5, 8), (26, 29)]
    assert [event.id for event in events] == ["e1", "e2"]
    shown = [body["messages"][-1]["content"].partition("Text:\n")[2] for body in stub.bodies]
    assert shown == ["They met. It rained.", "They met. It snowed."]


def test_a_whole_article_is_one_call_and_an_empty_one_none(serve, session):
    stub = serve(NONE)
    session(stub, sentences="0").annotate(document("One. Two. Three. " * 20))
    assert len(stub.bodies) == 1
    session(stub).annotate(document("\n"))
    assert len(stub.bodies) == 1


def test_names_outside_the_ontology_and_dates_that_are_none_are_left_out_and_counted(
    serve, session
):
    odd = {**CALL, "type": "consult", "date": "last Tuesday", "id": "mine", "happening": "x/y"}
    odd["arguments"] = [{"role": "Actor", "text": "Putin"}, {"role": "weapon", "text": "phone"}]
    one = session(serve(completion({"events": [odd, {**TRUCE, "type": "PARTY"}]})))
    annotation = one.annotate(document())
    (event,) = annotation.events
    assert (event.type, event.date, event.happening, event.id) == ("CONSULT", None, None, "e1")
    assert [a.role for a in event.arguments] == ["actor"]
    assert one.usage.counts["left_out"] == 3  # a type, a role, a date


@pytest.mark.parametrize(
    ("answer", "events", "doubt"),
    [
        (completion('{"events": [' + json.dumps(CALL) + ', {"trig', "length"), BOTH[:1], "cut_off"),
        (completion("Sure!\n```json\n" + json.dumps([CALL]) + "\n```"), BOTH[:1], ""),
        (completion("I would rather not."), [], "unreadable"),
        (completion(""), [], "unreadable"),
        (completion(None), [], "unreadable"),
        (completion("[" * 10_000), [], "unreadable"),
        (completion({"events": "none"}), [], ""),
        (completion({"events": [{"type": 7}, None, []]}), [], "left_out"),
    ],
)
def test_answers_that_are_no_good_give_what_was_whole(serve, session, answer, events, doubt):
    one = session(serve(answer))
    assert found(one.annotate(document())) == events
    assert not doubt or one.usage.counts[doubt] >= 1


def test_what_is_written_is_always_a_valid_run(serve, session):
    """A hostile answer must not make a file that `dateline score` refuses."""
    from bench.checks import Rules, findings_of

    ontology = gold.ontology()
    hostile = [
        {**CALL, "date": "2025-13-45", "realis": "maybe"},
        {**CALL, "trigger": "nowhere", "start": 3, "end": 900, "id": "e1"},
        {**CALL, "trigger": {"text": "phoned", "start": -1, "end": "x"}, "cluster": "x" * 500},
        {"type": "AID"},
    ]
    one = session(serve(completion({"events": hostile})))
    annotation = one.annotate(document())
    rules = Rules({"story/one": document()}, ontology.types, ontology.roles)
    assert annotation.events
    assert list(findings_of(annotation, rules)) == []


def test_gold_written_as_answers_is_read_back():
    """What the examples teach is what the reader understands: nothing is lost on the way."""
    answers, train = Answers(gold.ontology()), gold.load("train")
    for shot in shots.candidates(8):
        content = shot.messages[1]["content"]
        read, counts = answers.read(content, text=shot.text, start=shot.start)
        end = shot.start + len(shot.text)
        events = train.annotations[shot.doc_id].events
        inside = [e for e in events if shot.start <= e.trigger.start < end]
        wanted = {(e.type, e.trigger.span, e.realis, e.date) for e in inside}
        assert {(e.type, e.trigger.span, e.realis, e.date) for e in read} == wanted
        assert not any(counts.values())


# --- What is asked -----------------------------------------------------------------------------


def test_the_prompt_names_every_type_and_role_with_its_definition():
    ontology, text = gold.ontology(), prompt.system(gold.ontology(), "full")
    for name, kind in ontology.types.items():
        assert f"- {name} [{kind.quad}]: an actor {kind.definition}" in text
    for name, meaning in ontology.roles.items():
        assert f"- {name}: {meaning}" in text


def test_the_prompt_quotes_the_guidelines_sections_whole_and_no_canary():
    guidelines = (gold.root() / "GUIDELINES.md").read_text(encoding="utf-8")
    text = prompt.system(gold.ontology(), "full")
    rules = text.partition("\nEvent mentions\n")[2]
    assert "The shortest contiguous phrase that evokes it" in rules
    lines = [line for line in rules.splitlines() if line and line not in prompt.SECTIONS["full"]]
    assert len(lines) > 50
    assert [line for line in lines if line not in guidelines.splitlines()] == []
    assert "Canary" not in text
    assert "| --- |" not in text


@pytest.mark.parametrize("level", ["full", "short"])
def test_every_section_that_the_prompt_wants_is_in_the_guidelines(level):
    assert set(prompt.SECTIONS[level]) <= set(prompt.rules())


def test_the_schema_admits_each_example_and_closes_types_and_roles():
    schema = prompt.schema(gold.ontology())
    event = schema["properties"]["events"]["items"]
    assert event["properties"]["type"]["enum"] == list(gold.ontology().types)
    filler = event["properties"]["arguments"]["items"]
    assert filler["properties"]["role"]["enum"] == ["actor", "recipient", "place"]
    for shot in shots.candidates(8):
        for one in shot.events:
            assert list(one) == event["required"] == list(event["properties"])
            assert one["type"] in event["properties"]["type"]["enum"]
            assert one["realis"] in event["properties"]["realis"]["enum"]
            assert all(set(a) == set(filler["required"]) for a in one["arguments"])


def test_requests_hold_what_makes_answers_repeatable(serve, session):
    stub = serve(NONE)
    session(stub, seed="7", max_tokens="55").annotate(document())
    (body,) = stub.bodies
    assert (body["temperature"], body["seed"], body["max_tokens"]) == (0, 7, 55)
    assert (body["model"], body["path"]) == ("tiny", "/v1/chat/completions")
    assert body["response_format"]["json_schema"]["strict"] is True
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert body["messages"][-1]["content"] == f"Published: 2025-03-19\nText:\n{TEXT}"


# --- Examples ----------------------------------------------------------------------------------


def test_examples_come_from_train_alone():
    split_of = {one.id: one.split for one in gold.manifest()}
    assert {split_of[shot.doc_id] for shot in shots.candidates(8)} == {"train"}
    texts = [one.text for one in gold.load().documents if one.split != "train" and one.text]
    assert texts
    for shot in shots.choose(32, size=8, seed=1, besides=""):
        assert not any(shot.text in text for text in texts)


def test_examples_are_the_same_each_time_and_leave_out_the_articles_own_story():
    one = shots.choose(6, size=8, seed=3, besides="suez")
    shots.choose.cache_clear()
    shots.candidates.cache_clear()
    assert shots.choose(6, size=8, seed=3, besides="suez") == one
    assert all(not shot.doc_id.startswith("suez/") for shot in one)
    assert any(s.doc_id.startswith("suez/") for s in shots.choose(6, size=8, seed=3, besides=""))
    assert [bool(shot.events) for shot in one] == [True, True, True, False, True, True]


def test_examples_are_turns_before_the_question(serve, session):
    stub = serve(NONE)
    session(stub, shots="2").annotate(document())
    messages = stub.bodies[0]["messages"]
    assert [m["role"] for m in messages] == ["system", *["user", "assistant"] * 2, "user"]
    assert json.loads(messages[2]["content"])["events"]


# --- Shapes of request -------------------------------------------------------------------------

LLAMA = refusal(500, "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type')}]")


@pytest.mark.parametrize(
    ("refused", "naps"),
    [
        (refusal(400, "response_format.type json_schema is not supported"), 0),
        (refusal(422, "unknown field"), 0),
        (LLAMA, 0),
    ],
)
def test_a_shape_that_is_refused_is_followed_by_the_next_which_is_remembered(
    serve, session, refused, naps
):
    stub = serve(refused, GOOD)
    one = session(stub)
    assert found(one.annotate(document())) == BOTH
    one.annotate(document("Another article."))
    assert stub.shapes == ["json_schema", "json_object", "json_object"]
    assert stub.bodies[1]["response_format"]["schema"] == one.schema
    assert len(one.naps) == naps


def test_plain_text_is_the_last_resort(serve, session):
    stub = serve(refusal(400, "no"), refusal(400, "no"), GOOD)
    assert found(session(stub).annotate(document())) == BOTH
    assert stub.shapes == ["json_schema", "json_object", "none"]


def test_a_bare_500_is_tried_again_before_the_next_shape(serve, session):
    stub = serve(refusal(500, "oops"), refusal(500, "oops"), GOOD)
    one = session(stub, tries="2")
    assert found(one.annotate(document())) == BOTH
    assert stub.shapes == ["json_schema", "json_schema", "json_object"]


def test_a_question_that_every_shape_is_refused_for_settles_nothing(serve, session):
    long = refusal(400, "maximum context length is 2048 tokens")
    stub = serve(long, long, long, GOOD)
    one = session(stub)
    with pytest.raises(EndpointError, match="HTTP 400: maximum context length"):
        one.annotate(document())
    assert found(one.annotate(document())) == BOTH
    assert stub.shapes[-1] == "json_schema"


def test_a_named_shape_is_the_only_one_asked_for(serve, session):
    stub = serve(refusal(400, "no"))
    with pytest.raises(EndpointError, match="HTTP 400: no"):
        session(stub, shape="json_object").annotate(document())
    assert stub.shapes == ["json_object"]


def test_a_parameter_that_a_model_does_not_take_is_left_out_or_renamed(serve, session):
    stub = serve(
        refusal(400, "use max_completion_tokens instead", param="max_tokens"),
        refusal(400, "only the default is supported", param="temperature"),
        GOOD,
    )
    one = session(stub, max_tokens="99")
    assert found(one.annotate(document())) == BOTH
    last = stub.bodies[-1]
    assert last["max_completion_tokens"] == 99
    assert {"max_tokens", "temperature"}.isdisjoint(last)
    assert stub.shapes == ["json_schema"] * 3


# --- Failures ----------------------------------------------------------------------------------

DATED = {"date": "Wed, 19 Mar 2025 08:00:00 GMT", "retry_after": "Wed, 19 Mar 2025 08:00:42 GMT"}


@pytest.mark.parametrize(
    ("failure", "slept"),
    [
        (refusal(429, "slow down", retry_after="7"), 7),
        (refusal(503, "soon", retry_after="0"), 0),
        (refusal(429, "slow down", **DATED), 42),
    ],
)
def test_retry_after_is_obeyed(serve, session, failure, slept):
    one = session(serve(failure, GOOD))
    assert found(one.annotate(document())) == BOTH
    assert one.naps == [slept]
    assert one.usage.counts["retries"] == 1


@pytest.mark.parametrize(
    "failure",
    [
        refusal(500, "oops"),
        refusal(502, "bad gateway"),
        refusal(429, "slow down", retry_after="soon"),
        Answer(529, "overloaded", {"Content-Type": "text/plain"}),
        Answer(200, "{"),
        Answer(200, '{"error": {"message": "upstream"}}'),
        Answer(200, '{"choices": []}'),
        Answer(drop=True),
    ],
    ids=lambda failure: f"{failure.status} {failure.body[:20]}",
)
def test_what_may_pass_is_tried_again(serve, session, failure):
    one = session(serve(failure, failure, GOOD))
    assert found(one.annotate(document())) == BOTH
    assert len(one.naps) == 2
    assert all(0 <= nap <= 60 for nap in one.naps)


def test_tries_are_counted_and_then_given_up(serve, session):
    stub = serve(refusal(503, "down"))
    one = session(stub, tries="3")
    with pytest.raises(EndpointError, match="HTTP 503: down"):
        one.annotate(document())
    assert (len(stub.bodies), len(one.naps)) == (3, 2)


def test_a_wait_of_hours_is_not_waited_for(serve, session):
    one = session(serve(refusal(429, "quota", retry_after="86400")))
    with pytest.raises(EndpointError, match="asks to wait 86,400 s"):
        one.annotate(document())
    assert one.naps == []


def test_an_endpoint_that_hangs_is_given_up(serve, session):
    stub = serve(Answer(delay=1.0, drop=True))
    with pytest.raises(EndpointError, match=r"no answer within 0\.2 s"):
        session(stub, timeout="0.2", tries="2").annotate(document())
    assert len(stub.bodies) == 2


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (refusal(401, "wrong key"), r"HTTP 401: wrong key; is DATELINE_LLM_KEY set\?"),
        (refusal(404, "no model tiny"), "HTTP 404: no model tiny; is the model's name right"),
        (Answer(404, "<html>gone</html>"), "HTTP 404: <html>gone</html>"),
        (Answer(308, "", {"Location": "https://else.where/v1"}), "redirects to https://else.where"),
    ],
)
def test_what_will_not_pass_is_said_at_once_and_not_asked_again(serve, session, answer, message):
    stub = serve(answer, GOOD)
    one = session(stub)
    for text in (TEXT, "Another article."):
        with pytest.raises(DatelineError, match=message):
            one.annotate(document(text))
    assert len(stub.bodies) == 1


def test_a_page_instead_of_json_is_named(serve, session):
    stub = serve(Answer(200, "<html>", {"Content-Type": "text/html"}))
    with pytest.raises(EndpointError, match="answered text/html, wanted application/json"):
        session(stub).annotate(document())


def test_nobody_there_is_said_at_once(session):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    one = session(f"http://127.0.0.1:{port}/v1")
    with pytest.raises(EndpointError, match="nobody answers"):
        one.annotate(document())
    assert one.naps == []


# --- Cache and resuming ------------------------------------------------------------------------


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

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        cache.put(key, Reply(answer="x"))
    assert cache.get(key) is None


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


# --- Calls at once -----------------------------------------------------------------------------


def test_no_more_calls_at_once_than_were_allowed(serve, session):
    stub = serve(GOOD, *[Answer(200, GOOD.body, delay=0.1)])
    one = session(stub, jobs="2")
    one.annotate(document())  # settles the shape
    articles = [document(f"{TEXT} {n}.", f"story/{n}") for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        several = list(pool.map(one.annotate, articles))
    assert stub.most_at_once == 2
    assert [found(annotation) for annotation in several] == [BOTH] * 8
    assert one.usage.counts["calls"] == 9


def test_threads_that_start_together_negotiate_once(serve, session):
    stub = serve(LLAMA, Answer(200, GOOD.body, delay=0.05))
    one = session(stub, jobs="4")
    articles = [document(f"{TEXT} {n}.", f"story/{n}") for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one.annotate, articles))
    assert stub.shapes == ["json_schema", *["json_object"] * 4]


# --- Cost --------------------------------------------------------------------------------------


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


def test_an_endpoint_that_does_not_count_is_said_to(serve, session):
    one = session(serve(Answer(200, json.dumps({"choices": [{"message": {"content": "[]"}}]}))))
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


# --- The key -----------------------------------------------------------------------------------


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
    seen = []
    with caplog.at_level(logging.DEBUG):
        one = session(stub, tries="2", timeout="0.3", usage=str(file))
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


# --- Options -----------------------------------------------------------------------------------


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


def test_a_slow_drip_of_bytes_is_given_up_too(session):
    """A server that sends a byte now and then never lets a read time out."""
    from threading import Thread

    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.recv(65536)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
            for _ in range(40):
                try:
                    peer.sendall(b" ")
                except OSError:
                    return
                time.sleep(0.05)

    thread = Thread(target=drip, daemon=True)
    thread.start()
    with listener, pytest.raises(EndpointError, match=r"no answer within 0\.3 s"):
        session(
            f"http://127.0.0.1:{listener.getsockname()[1]}/v1", timeout="0.3", tries="1"
        ).annotate(document())
    thread.join()
