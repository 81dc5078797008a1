"""One request to the endpoint: what is sent, and what each way of failing means.

The key is in the header of the request and nowhere else. Whatever the endpoint sends back is
cleaned of it before anybody sees it: some quote it in their errors.
"""

from __future__ import annotations

import email.utils
import json
import time
from typing import Any, NoReturn

import httpx2

from baselines.llm.cache import Reply
from baselines.llm.hiding import Hiding
from baselines.llm.options import KEY, Options, api_key
from bench.errors import CannotRun, DatelineError

LARGEST = 8 * 2**20
SHOWN = 300
_ABOUT_SHAPE = ("response_format", "json_schema", "literal_error")
_FOR_NOW = {408, 409, 425, 429}
_FOR_GOOD = {401, 402, 403, 404}


class EndpointError(DatelineError):
    """The endpoint did not answer one request, and asking again would not help."""


class Hopeless(EndpointError, CannotRun):
    """The endpoint will answer no request at all: nobody there, a wrong key, no such model."""


class Transient(EndpointError):
    """The endpoint may answer if it is asked again, after `wait` seconds where it said so."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class ServerError(Transient):
    """HTTP 500, which may also mean that the form of the request is unknown to the server."""


class Refused(EndpointError):
    """The endpoint does not take a request of this form; `parameter` where it says which part."""

    def __init__(self, message: str, parameter: str = "") -> None:
        super().__init__(message)
        self.parameter = parameter


class Wire:
    """Sends requests to one endpoint, as many at a time as the client is asked to."""

    def __init__(self, options: Options) -> None:
        assert options.url is not None
        self.address = f"{options.url}/chat/completions"
        self._timeout = options.timeout
        self._key = Hiding(api_key(options.url))
        self._key.start()
        self._heard = False
        self._client = httpx2.Client(
            timeout=httpx2.Timeout(options.timeout, connect=min(10, options.timeout), pool=None),
            limits=httpx2.Limits(max_keepalive_connections=options.jobs),
            follow_redirects=False,
        )

    def post(self, body: dict[str, Any]) -> Reply:
        """The answer to one request; raises EndpointError or one of its kinds."""
        try:
            response, content = self._exchange(body)
        except httpx2.TimeoutException:
            raise Transient(f"{self.address}: no answer within {self._timeout:g} s") from None
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            self._unreached(error)
        self._heard = True
        text = self._key.clean(content.decode("utf-8", "replace"))
        if response.status_code != httpx2.codes.OK:
            self._failed(response, text)
        return self._reply(response, text)

    def _exchange(self, body: dict[str, Any]) -> tuple[httpx2.Response, bytes]:
        until, header = time.monotonic() + self._timeout, self._key.header
        with self._client.stream("POST", self.address, json=body, headers=header) as response:
            content = bytearray()
            for part in response.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise EndpointError(f"{self.address}: an answer of more than {LARGEST:,} bytes")
                if time.monotonic() > until:  # Bytes come, one by one.
                    raise httpx2.ReadTimeout("too slow")
        return response, bytes(content)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._key.stop()

    def _unreached(self, error: Exception) -> NoReturn:
        why = self._key.clean(f"{type(error).__name__}: {error}")[:SHOWN]
        if isinstance(error, httpx2.ConnectError) and not self._heard:
            raise Hopeless(f"{self.address}: nobody answers ({why}); is the server up?") from None
        raise Transient(f"{self.address}: {why}") from None

    def _failed(self, response: httpx2.Response, text: str) -> NoReturn:
        status = response.status_code
        said, parameter = _error_of(text)
        message = f"{self.address}: HTTP {status}: {said}"
        if response.is_redirect:
            where = self._key.clean(response.headers.get("location", ""))[:SHOWN]
            raise Hopeless(f"{self.address} redirects to {where}: set url to where it should go")
        if status in _FOR_GOOD:
            raise Hopeless(message + _HINTS.get(status, ""))
        if status in _FOR_NOW or (status >= 500 and not _is_refusal(status, text)):
            kind = ServerError if status == httpx2.codes.INTERNAL_SERVER_ERROR else Transient
            raise kind(message, _wait(response))
        raise Refused(message, parameter)

    def _reply(self, response: httpx2.Response, text: str) -> Reply:
        kind = self._key.clean(response.headers.get("content-type", "no type"))
        if "json" not in kind:
            raise EndpointError(f"{self.address}: answered {kind[:SHOWN]}, wanted application/json")
        try:
            return _read_reply(json.loads(text))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise Transient(f"{self.address}: no chat completion in {text[:SHOWN]!r}") from None


_HINTS = {
    401: f"; is {KEY} set?",
    403: f"; is {KEY} set, and may it use this model?",
    404: "; is the model's name right, and does url end in /v1 where it should?",
}


def _error_of(text: str) -> tuple[str, str]:
    """What an error says, and which parameter it names; servers agree on no more than that it is
    JSON more often than not.
    """
    try:
        error = json.loads(text)["error"]
        return str(error["message"])[:SHOWN], str(error.get("param") or "")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return text.strip()[:SHOWN] or "no reason given", ""


def _is_refusal(status: int, text: str) -> bool:
    """Whether a server error means the form of the request, as llama.cpp's Python server has it."""
    return status == httpx2.codes.NOT_IMPLEMENTED or any(word in text for word in _ABOUT_SHAPE)


def _wait(response: httpx2.Response) -> float | None:
    """Seconds of Retry-After (RFC 9110, 10.2.3); a date is counted from the response's own."""
    said = response.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    until, now = (_seconds(value) for value in (said, response.headers.get("date", "")))
    return None if until is None or now is None else max(0.0, until - now)


def _seconds(date: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(date).timestamp()
    except ValueError:
        return None


def _read_reply(raw: Any) -> Reply:
    """The reply in a chat completion; where a detail is missing or odd, it is not known."""
    choice, usage = raw["choices"][0], raw.get("usage")
    content, finish = choice["message"].get("content"), choice.get("finish_reason")
    return Reply(
        answer=content if isinstance(content, str) else "",
        finish=finish if isinstance(finish, str) else None,
        tokens_in=_amount(usage, "prompt_tokens"),
        tokens_out=_amount(usage, "completion_tokens"),
    )


def _amount(usage: Any, name: str) -> int | None:
    found = usage.get(name) if isinstance(usage, dict) else None
    return found if type(found) is int and found >= 0 else None
