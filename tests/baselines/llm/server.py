"""A stub of an OpenAI-compatible endpoint on the loopback interface, which follows a script."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from bench.schema import Annotation


@dataclass(frozen=True)
class Answer:
    """One answer of the stub."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    """Close the connection without a word."""


def completion(content: Any, finish: str = "stop", **usage: int) -> Answer:
    """A chat completion as OpenAI's reference has it; what is no text is sent as JSON."""
    words = content if isinstance(content, str) or content is None else json.dumps(content)
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": words},
        "finish_reason": finish,
    }
    counted = usage or {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    raw = {"id": "c1", "object": "chat.completion", "choices": [choice], "usage": counted}
    return Answer(body=json.dumps(raw))


def refusal(status: int, message: str, param: str | None = None, **headers: str) -> Answer:
    """An error as OpenAI's reference has it."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": None}
    shown = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, json.dumps({"error": error}), shown)


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


def found(annotation: Annotation) -> list[tuple[str, str, tuple[int, int] | None]]:
    return [(one.type, one.trigger.text, one.trigger.span) for one in annotation.events]


BOTH = [("CONSULT", "phoned", (6, 12)), ("RETREAT", "truce", (48, 53))]
LLAMA = refusal(
    500,
    "1 validation error:\n  {'type': 'literal_error', 'loc': ('body', 'response_format', 'type'),"
    " 'msg': \"Input should be 'text' or 'json_object'\", 'input': 'json_schema', 'ctx':"
    " {'expected': \"'text' or 'json_object'\"}}\n\n  File \"app.py\", line 376, in"
    " create_chat_completion\n    POST /v1/chat/completions",
)
"""How llama-cpp-python 0.3.36 refuses a shape that it does not know, as recorded."""

Script = Callable[[dict[str, Any]], Answer]


class Stub:
    """A server whose answers come from a script; remembers what it was asked."""

    def __init__(self, url: str, script: Script) -> None:
        self.url, self.script = url, script
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.at_once = self.most_at_once = 0
        self.lock = Lock()

    @property
    def shapes(self) -> list[str]:
        return [body.get("response_format", {}).get("type", "none") for body in self.bodies]

    def answer(self, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        with self.lock:
            self.bodies.append(body)
            self.headers.append(headers)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            found = self.script(body)
        time.sleep(found.delay)
        with self.lock:
            self.at_once -= 1
        return found


def in_turn(*answers: Answer) -> Script:
    """One answer after the other; the last comes again and again."""
    left = list(answers)
    return lambda body: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def serving(script: Script) -> Iterator[Stub]:
    """A stub that runs in a thread."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stub.answer(dict(self.headers), {**body, "path": self.path})
            if answer.drop:
                self.close_connection = True
                return
            self._send(answer)

        def _send(self, answer: Answer) -> None:
            content = answer.body.encode()
            self.send_response_only(answer.status)
            for name, value in ({"Content-Type": "application/json"} | answer.headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    stub = Stub(f"http://127.0.0.1:{server.server_address[1]}/v1", script)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
