"""What the extractor may be told: options given as text, environment variables as defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bench.errors import CannotRun

URL = "DATELINE_LLM_URL"
MODEL = "DATELINE_LLM_MODEL"
KEY = "DATELINE_LLM_KEY"
OPENAI_KEY = "OPENAI_API_KEY"
OPENAI_HOST = "api.openai.com"


def _base_url(value: str) -> str:
    """A base URL as it is used; what may hide a secret is refused, for addresses are printed."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("wanted an address like https://host/v1")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("wanted an address without user, password, ? or #")
    return value.rstrip("/").removesuffix("/chat/completions")


def _writable(path: Path) -> Path:
    if path.is_dir() or not path.parent.is_dir():
        raise ValueError(f"{path} cannot be written: no such folder, or it is one")
    return path


Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Options(BaseModel):
    """Options of the extractor, checked."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: Annotated[str, AfterValidator(_base_url)] | None = None
    model: str | None = None
    shape: Literal["auto", "json_schema", "json_object", "text"] = "auto"
    shots: Annotated[int, Field(ge=0, le=32)] = 0
    sentences: Annotated[int, Field(ge=0)] = 8
    guidelines: Literal["full", "short", "none"] = "full"
    jobs: Annotated[int, Field(ge=1, le=256)] = 4
    tries: Annotated[int, Field(ge=1, le=20)] = 6
    timeout: Annotated[float, Field(gt=0, le=3600)] = 120
    max_tokens: Annotated[int, Field(ge=1)] = 4096
    seed: int = 20250318
    price_in: Price | None = None
    price_out: Price | None = None
    usage: Annotated[Path, AfterValidator(_writable)] | None = None
    dry_run: bool = False


def read(given: Mapping[str, str]) -> Options:
    """Options from text; raises ValueError that names each wrong one, CannotRun where the
    address or the model is missing and something is to be sent.

    >>> read({"dry_run": "yes", "sentences": "4"}).sentences
    4
    """
    defaults = {"url": os.environ.get(URL, ""), "model": os.environ.get(MODEL, "")}
    said = {name: value for name, value in given.items() if value != ""}
    merged = {**{name: value for name, value in defaults.items() if value}, **said}
    try:
        options = Options.model_validate(merged)
    except ValidationError as error:
        raise ValueError("; ".join(map(_in_words, error.errors(include_url=False)))) from None
    if not options.dry_run:
        _require(options)
    return options


def _in_words(item: Mapping[str, Any]) -> str:
    return f"{item['loc'][0]}: {str(item['msg']).removeprefix('Value error, ')}"


def _require(options: Options) -> None:
    wanted = [("url", options.url, URL), ("model", options.model, MODEL)]
    missing = [f"{name}=… or {variable}" for name, value, variable in wanted if not value]
    if missing:
        raise CannotRun(
            f"extractor llm does not know whom to ask: set {' and '.join(missing)}"
            f" (and {KEY}, where the endpoint wants a key), or try dry_run=yes"
        )


def api_key(url: str) -> str:
    """The key for an endpoint, empty where there is none. `OPENAI_API_KEY` goes to OpenAI alone:
    an address must not receive another's key. Raises CannotRun for what cannot be a key,
    without showing it.
    """
    names = [KEY, OPENAI_KEY] if urlsplit(url).hostname == OPENAI_HOST else [KEY]
    name = next((name for name in names if os.environ.get(name, "").strip()), "")
    key = os.environ.get(name, "").strip() if name else ""
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise CannotRun(f"{name} holds signs that no key has (a line end, a space, an accent)")
    return key
