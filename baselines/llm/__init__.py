"""The `llm` baseline: any OpenAI-compatible endpoint, asked for JSON, stretch by stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from bench.schema import Annotation, Document

if TYPE_CHECKING:
    from baselines.llm.session import Session


class Llm:
    """A language model behind an OpenAI-compatible endpoint, zero- or few-shot (extra `llm`)."""

    concurrency: ClassVar[str] = "threads"

    def __init__(
        self,
        *,
        url: str = "",
        model: str = "",
        shape: str = "",
        shots: str = "",
        sentences: str = "",
        guidelines: str = "",
        jobs: str = "",
        tries: str = "",
        timeout: str = "",
        max_tokens: str = "",
        seed: str = "",
        price_in: str = "",
        price_out: str = "",
        usage: str = "",
        dry_run: str = "",
    ) -> None:
        """Make one; options are text, and empty ones take their defaults.

        Raises ValueError for a wrong option, CannotRun where the address or the model is
        missing or the extra is not installed.
        """
        given = {name: value for name, value in locals().items() if name != "self"}
        from bench.extractors import require

        for module in ("httpx2", "tenacity"):
            require(module, extra="llm")
        from baselines.llm import options, session

        self._session: Session = session.Session(options.read(given))

    def extract(self, document: Document) -> Annotation:
        """Events of an article; uses its text and its publication date, and its story's name to
        leave that story out of the examples. Raises CannotRun where the endpoint answers nobody,
        EndpointError where it does not answer this question.
        """
        return self._session.annotate(document)

    def identity(self) -> str:
        """What answers depend on beside options and code: whom variables name, what is asked."""
        return self._session.identity

    def close(self) -> None:
        """Say on stderr, and in the file `usage` if it was asked for, what was sent and its cost.

        It is done at the end of the process in any case.
        """
        self._session.close()
