"""An extractor that misbehaves on the documents that it is told to."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from bench.schema import Annotation, Document, Event, Mark


class Trouble:
    """Misbehaves: `on` is document=how with commas between."""

    def __init__(self, *, on: str = "", pause: str = "0", pids: str = "") -> None:
        self.how = dict(pair.split("=") for pair in on.split(",") if pair)
        self.pause, self.pids = float(pause), pids

    def prepare(self) -> None:
        """Note which process this is."""
        if self.pids:
            with Path(self.pids).open("a", encoding="utf-8") as file:
                file.write(f"{os.getpid()}\n")

    def extract(self, document: Document) -> Annotation:
        """One event, unless something else is asked for."""
        time.sleep(self.pause)
        how = self.how.get(document.id, "answer")
        answer: Annotation = getattr(self, how)(document)
        return answer

    def answer(self, document: Document) -> Annotation:
        """The first sign as an event; says so, where no result may be."""
        print("reading", document.id)  # noqa: T201
        return self._event(document, 1)

    def _event(self, document: Document, end: int) -> Annotation:
        events = (Event(type="CONSULT", trigger=Mark(start=0, end=end)),)
        return Annotation(doc_id=document.id, events=events)

    def raises(self, document: Document) -> Annotation:
        """What a bug does."""
        return self._event(document, {"one": 1}["two"])

    def exits(self, document: Document) -> Annotation:
        """What a script does."""
        sys.exit(f"cannot read {document.id}")

    def hangs(self, document: Document) -> Annotation:
        """What a lost server does."""
        time.sleep(3600)
        return self._event(document, 1)

    def dies(self, document: Document) -> Annotation:
        """What a segmentation fault or the lack of memory does."""
        os.kill(os.getpid(), signal.SIGKILL)
        return self._event(document, 1)

    def mistakes(self, document: Document) -> Annotation:
        """Another document's answer."""
        return self._event(document.model_copy(update={"id": "another/one"}), 1)

    def outside(self, document: Document) -> Annotation:
        """A trigger behind the end of the article."""
        return self._event(document, document.length + 1)

    def babbles(self, document: Document) -> Any:
        """No annotation at all."""
        return {"doc_id": document.id, "events": []}

    def unlooked(self, document: Document) -> Annotation:
        """An annotation that nobody has checked."""
        return Annotation.model_construct(doc_id=document.id, events=("an event",))
