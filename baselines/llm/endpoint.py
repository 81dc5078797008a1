"""Asks an endpoint until it answers: finds the form of request it takes, waits, tries again.

An endpoint is asked for JSON that keeps to a schema in OpenAI's form, then in that of llama.cpp's
server, then for plain text with the schema left to the prompt. What it takes is remembered.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from threading import BoundedSemaphore, Lock
from typing import Any

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_random_exponential

from baselines.llm.cache import Reply
from baselines.llm.options import Options
from baselines.llm.usage import Usage
from baselines.llm.wire import EndpointError, Hopeless, Refused, ServerError, Transient, Wire

SHAPES = ("json_schema", "json_object", "text")
LONGEST_WAIT = 600
_BACK_OFF = wait_random_exponential(multiplier=1, max=60)
_log = logging.getLogger(__name__)

Message = dict[str, str]


def response_format(shape: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The part of a request that asks for JSON, in one of three shapes.

    >>> response_format("json_object", {"type": "object"})
    {'response_format': {'type': 'json_object', 'schema': {'type': 'object'}}}
    """
    if shape == "json_schema":
        named = {"name": "events", "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    if shape == "json_object":
        return {"response_format": {"type": "json_object", "schema": schema}}
    return {}


def parameters(options: Options) -> dict[str, Any]:
    """How the model shall answer: always the same, as far as it can, and not for ever."""
    return {"temperature": 0, "seed": options.seed, "max_tokens": options.max_tokens}


class Endpoint:
    """An endpoint as the extractor asks it; safe to share between threads."""

    def __init__(
        self, options: Options, usage: Usage, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.options, self._usage, self._sleep = options, usage, sleep
        self._wire = Wire(options)
        self._calls = BoundedSemaphore(options.jobs)
        self._settling = Lock()
        self._shape: str = "" if options.shape == "auto" else options.shape
        self._not_taken: frozenset[str] = frozenset()
        self._hopeless: Hopeless | None = None

    def ask(self, messages: Sequence[Message], schema: dict[str, Any]) -> Reply:
        """The answer to some messages; raises EndpointError."""
        if self._shape:
            return self._adapting(messages, schema, self._shape)
        with self._settling:  # One call finds out, the others wait for it.
            if not self._shape:
                return self._negotiate(messages, schema)
        return self._adapting(messages, schema, self._shape)

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def _negotiate(self, messages: Sequence[Message], schema: dict[str, Any]) -> Reply:
        """Try one shape after the other; only one that was answered is remembered."""
        refusals: list[EndpointError] = []
        for shape in SHAPES:
            try:
                reply = self._adapting(messages, schema, shape)
            except (Refused, ServerError) as refusal:
                refusals.append(refusal)
            else:
                self._shape = shape
                return reply
        raise refusals[0]

    def _adapting(self, messages: Sequence[Message], schema: dict[str, Any], shape: str) -> Reply:
        """Leave out or rename a parameter that the endpoint says it does not take."""
        while True:
            body = self._body(messages, schema, shape)
            try:
                return self._patiently(body)
            except Refused as refusal:
                if refusal.parameter not in {"temperature", "seed", "max_tokens"} & set(body):
                    raise
                self._not_taken |= {refusal.parameter}

    def _body(self, messages: Sequence[Message], schema: dict[str, Any], shape: str) -> Any:
        said = parameters(self.options)
        if "max_tokens" in self._not_taken:  # OpenAI's reasoning models know it by another name.
            said["max_completion_tokens"] = said["max_tokens"]
        taken = {name: value for name, value in said.items() if name not in self._not_taken}
        about = {"model": self.options.model, "messages": list(messages)}
        return {**about, **taken, **response_format(shape, schema)}

    def _patiently(self, body: dict[str, Any]) -> Reply:
        return Retrying(
            stop=stop_after_attempt(self.options.tries),
            wait=_wait,
            retry=retry_if_exception_type(Transient),
            sleep=self._sleep,
            before_sleep=self._say,
            reraise=True,
        )(self._once, body)

    def _once(self, body: dict[str, Any]) -> Reply:
        with self._calls:
            if self._hopeless is not None:
                raise self._hopeless
            try:
                return self._wire.post(body)
            except Hopeless as error:
                self._hopeless = error
                raise

    def _say(self, state: RetryCallState) -> None:
        self._usage.count(retries=1)
        wait = state.next_action.sleep if state.next_action else 0
        _log.warning("llm: %s; trying again in %.0f s", _error(state), wait)


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _wait(state: RetryCallState) -> float:
    """What the endpoint asks for, else longer each time; raises EndpointError for hours."""
    error = _error(state)
    said = error.wait if isinstance(error, Transient) else None
    if said is not None and said > LONGEST_WAIT:
        raise EndpointError(f"{error}; it asks to wait {said:,.0f} s")
    return _BACK_OFF(state) if said is None else said
