"""The typer application and its commands, one module each."""

from __future__ import annotations

import typer

from bench.cli import (
    baseline,
    check,
    compare,
    conformance,
    convert,
    diagnose,
    evaluate,
    explain,
    extract,
    gold,
    lists,
    report,
    schema,
    score,
    show,
    train,
    validate,
)
from bench.cli.plugins import WithPlugins

app = typer.Typer(
    name="dateline",
    cls=WithPlugins,
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


app.command("evaluate")(evaluate.command)
app.command("explain")(explain.command)
app.command("extract")(extract.command)
app.command("train")(train.command)
app.command("score")(score.command)
app.command("compare")(compare.command)
app.command("check")(check.command)
app.command("diagnose")(diagnose.command)
app.command("report")(report.command)
app.command("validate")(validate.command)
app.command("convert")(convert.command)
app.command("show")(show.command)
app.command("list")(lists.command)
app.command("conformance")(conformance.command)
app.command("schema")(schema.command)
app.add_typer(baseline.app, name="baseline")
app.add_typer(gold.app, name="gold")
