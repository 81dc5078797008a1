"""The typer application; `commands` says what it can do."""

from __future__ import annotations

import typer

from bench.cli.commands import Commands

app = typer.Typer(
    name="dateline",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help pages: the same in a pipe, a log and a terminal
    help="Score event extractors against gold annotations: precision and recall per event type.",
)


def _version(wanted: bool) -> None:
    if wanted:
        import bench

        typer.echo(f"dateline {bench.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and stop."
    ),
) -> None:
    """Score event extractors against gold annotations: precision and recall per event type."""
