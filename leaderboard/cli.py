"""`dateline leaderboard …`: hand in a run, prove those handed in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Hand in runs, prove them, build the site of their scores.",
)
Run = Annotated[Path, typer.Argument(help="A run, in any format of 'list formats'.")]
SystemFile = Annotated[
    Path, typer.Option("--system", help="system.yaml: name, authors, kind, training data, …")
]
Home = Annotated[
    Path | None,
    typer.Option("--submissions", help="Folder of submissions; those of the package without it."),
]
Slugs = Annotated[
    list[str] | None, typer.Argument(help="Names of submissions' folders; all without.")
]


@app.command()
def submit(run: Run, system: SystemFile, submissions: Home = None) -> None:
    """Make the folder of a submission: a run, a report for each split it answers, a description.

    Hand it in as a pull request that adds this folder and nothing else.
    """
    from leaderboard import submissions as module

    folder = module.submit(run, system, submissions or module.home())
    for path in sorted(folder.iterdir()):
        typer.echo(path)


@app.command()
def verify(slugs: Slugs = None, submissions: Home = None) -> None:
    """Score submitted runs again: reports must be equal in every count, runs nobody else's.

    Exit code 2, with every problem of all of them, where that is not so.
    """
    from leaderboard.submissions import home
    from leaderboard.verifying import verify

    for one in verify(submissions or home(), slugs or ()):
        typer.echo(f"{one.slug}: {len(one.predicted)} documents, {', '.join(one.reports)}: proved")


@app.command()
def build(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the site.")],
    submissions: Home = None,
    reports: Annotated[
        bool, typer.Option("--reports/--no-reports", help="A page of errors for every system.")
    ] = True,
) -> None:
    """Prove all submissions and write the static site of their scores.

    It opens from the file system. A folder that holds anything but such a site is left alone.
    """
    from leaderboard.building import build

    written = build(
        output, submissions, reports=reports, say=lambda line: typer.echo(line, err=True)
    )
    typer.echo(f"{output / 'index.html'}: {len(written)} files")


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(help="Folder of a site that 'build' wrote.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
) -> None:
    """Show a site on this machine, until it is interrupted."""
    from leaderboard.building import serve

    serve(folder, port, lambda address: typer.echo(address))
