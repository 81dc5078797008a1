"""The command line: the only place that opens paths for the user, prints, or exits."""

from __future__ import annotations

import gc
import os
import sys

from bench.cli.ahead import read_ahead
from bench.errors import DatelineError

_NEW_OBJECTS = 50_000
"""Before garbage is looked for: what a command makes, it mostly needs to its end."""


def main() -> None:
    """Run the command line; a problem the user can fix is printed and exits with 2."""
    gc.set_threshold(_NEW_OBJECTS)
    read_ahead(sys.argv[1:])
    from bench.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except DatelineError as error:
        sys.stdout.flush()
        print(error, file=sys.stderr)  # noqa: T201 - the command line prints
        sys.exit(2)
    except BrokenPipeError:
        # The reader, `head` say, has had enough; leave nothing for the interpreter to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
