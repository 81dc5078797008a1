"""A run over articles: cuts them up, asks or looks into the cache, puts answers together."""

from __future__ import annotations

import sys
import time
import weakref
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from baselines.llm import prompt, shots
from baselines.llm.cache import Cache, Reply, key_of
from baselines.llm.chunks import chunks
from baselines.llm.endpoint import Endpoint, parameters
from baselines.llm.options import Options
from baselines.llm.reading import Answers
from baselines.llm.usage import Usage
from baselines.models import cache_root
from bench import gold
from bench.schema import Annotation, Document, Event


class Session:
    """What the extractor does, and what it has used so far."""

    def __init__(self, options: Options, sleep: Callable[[float], None] = time.sleep) -> None:
        self.options = options
        self.usage = Usage(options)
        self._cache = Cache(cache_root() / "llm")
        self._answers = Answers(gold.ontology())
        self._endpoint = None if options.dry_run else Endpoint(options, self.usage, sleep)
        self._finish = weakref.finalize(self, _finish, self.usage, self._endpoint)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """JSON Schema that answers keep to."""
        return prompt.schema(gold.ontology())

    @cached_property
    def system(self) -> str:
        """The message that explains the task."""
        return prompt.system(gold.ontology(), self.options.guidelines)

    @property
    def identity(self) -> str:
        """Whom it asks, and a hash of what is the same in all questions."""
        asked = key_of({"system": self.system, "schema": self.schema, "prompt": prompt.VERSION})
        return f"{self.options.model} at {self.options.url}, prompt {asked[:12]}"

    def close(self) -> None:
        """Report what was used, once."""
        self._finish()

    def annotate(self, document: Document) -> Annotation:
        """Events of an article, in reading order; raises EndpointError."""
        events = sorted(self._events(document), key=_place)
        named = (event.model_copy(update={"id": f"e{n}"}) for n, event in enumerate(events, 1))
        return Annotation(doc_id=document.id, events=tuple(named))

    def _events(self, document: Document) -> Iterator[Event]:
        text = document.text or ""
        for start, end in chunks(text, self.options.sentences):
            reply = self._reply(self.messages(document, text[start:end]))
            if reply is not None:
                found, counts = self._answers.read(reply.answer, text=text[start:end], start=start)
                self.usage.count(**counts)
                yield from found

    def messages(self, document: Document, text: str) -> list[prompt.Message]:
        """What is sent about a stretch of an article."""
        options = self.options
        examples = shots.choose(
            options.shots, size=options.sentences, seed=options.seed, besides=document.story
        )
        shown = [message for shot in examples for message in shot.messages]
        about = {"role": "system", "content": self.system}
        return [about, *shown, prompt.question(text, document.published)]

    def _reply(self, messages: list[prompt.Message]) -> Reply | None:
        """The answer, from the cache if it is there; None in a dry run."""
        key = self._key(messages)
        kept = self._cache.get(key)
        if self._endpoint is None:
            self.usage.planned(messages, cached=kept is not None)
            return None
        reply = kept or self._endpoint.ask(messages, self.schema)
        self.usage.answered(reply, cached=kept is not None)
        if kept is None:
            self._cache.put(key, reply)
        return reply

    def _key(self, messages: list[prompt.Message]) -> str:
        """All that an answer depends on; the shape as asked for, since what was negotiated is not
        known before the first answer. The API key is no part of it.
        """
        options = self.options
        return key_of(
            {
                "url": options.url,
                "model": options.model,
                "messages": messages,
                "schema": self.schema,
                "shape": options.shape,
                "parameters": parameters(options),
                "prompt": prompt.VERSION,
            }
        )


def _place(event: Event) -> tuple[bool, int]:
    """Where an event stands: events whose trigger was not found come last, in their order."""
    start = event.trigger.start if event.trigger is not None else None
    return start is None, start or 0


def _finish(usage: Usage, endpoint: Endpoint | None) -> None:
    if endpoint is not None:
        endpoint.close()
    if not usage.counts:  # Made to be looked at, while other processes did the work.
        return
    sys.stderr.write("".join(f"{line}\n" for line in usage.lines()))
    if usage.options.usage is not None:
        usage.write(usage.options.usage)
