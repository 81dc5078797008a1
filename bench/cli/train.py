"""`dateline train`."""

from __future__ import annotations

import typer

from bench.cli.running import Name, With, options


def command(name: Name, with_: With = None) -> None:
    """Train an extractor afresh, in place of the model that it has, and print where that lies."""
    from bench.extractors import load, train

    typer.echo(train(name, load(name, options(with_))))
