"""Parses two files and prints how long it took: `python -m benchmarks.parsing PARSER HOW A B`.

HOW is `default` (objects kept, garbage collector on, as one would write it), `keep` (kept, the
collector off) or `drop` (each line's objects thrown away at once, which is the fastest there is).
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

PARSERS = ("orjson", "msgspec")
WAYS = ("default", "keep", "drop")


def loader(name: str) -> Callable[[bytes], object]:
    """What turns a line into objects, fastest of what the package offers."""
    if name == "orjson":
        return import_module("orjson").loads  # type: ignore[no-any-return]
    return import_module("msgspec").json.Decoder().decode  # type: ignore[no-any-return]


def main() -> None:
    """Parse and print the seconds."""
    name, way, *paths = sys.argv[1:]
    load, kept = loader(name), []
    if way != "default":
        gc.disable()
    start = time.perf_counter()
    for path in paths:
        for line in Path(path).read_bytes().split(b"\n"):
            if line:
                found = load(line)
                if way != "drop":
                    kept.append(found)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
