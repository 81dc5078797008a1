"""JSON as it should be: UTF-8, each field once, no NaN; anything else is said and refused."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from bench.formats.reading import show

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Broken(Exception):
    """What was found instead of JSON, what was wanted, and perhaps how to mend it."""

    def __init__(self, found: str, wanted: str, hint: str = "", line: int = 1) -> None:
        super().__init__(found)
        self.found, self.wanted, self.hint, self.line = found, wanted, hint, line


def parse_object(line: bytes) -> dict[str, Any]:
    """The JSON object that some bytes hold; raises Broken."""
    raw = parse(line)
    if not isinstance(raw, dict):
        raise Broken(show(raw), "an object with doc_id and events")
    return raw


def parse(line: bytes) -> Any:
    """The JSON value that some bytes hold; raises Broken."""
    if b"\0" in line:
        hint = "is the file UTF-16? save it as UTF-8" if line[:2] in _UTF16 else ""
        raise Broken(f"a NUL byte at byte {line.index(0) + 1}", "text", hint)
    try:
        return json.loads(
            line.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number
        )
    except UnicodeDecodeError as error:
        raise Broken(f"bytes that are no UTF-8 at byte {error.start + 1}", "UTF-8") from error
    except json.JSONDecodeError as error:
        found = f"broken JSON at column {error.colno}: {error.msg}"
        raise Broken(found, "JSON", line=error.lineno) from error
    except RecursionError as error:
        raise Broken("JSON nested too deeply", "an annotation") from error
    except ValueError as error:
        raise Broken(f"broken JSON: {error}", "JSON") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        twice = next(name for name, n in Counter(name for name, _ in pairs).items() if n > 1)
        raise Broken(f"the field {twice!r} twice in one object", "each field once")
    return result


def _no_number(name: str) -> None:
    raise Broken(f"{name}", "a number that JSON knows")
