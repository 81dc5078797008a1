"""`dateline schema`."""

from __future__ import annotations

import typer

from bench.cli.options import Out
from bench.cli.score import write_text


def command(output: Out = None) -> None:
    """Print the JSON Schema of one line of a run or of the gold."""
    from bench.schema import json_schema

    if output is None:
        typer.echo(json_schema(), nl=False)
    else:
        write_text(output, json_schema())
