"""`dateline conformance`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.options import Json

if TYPE_CHECKING:
    from bench.conformance import Outcome

Command = Annotated[
    str | None,
    typer.Option(
        help="A command that scores a folder: it is given the folder last and prints JSON."
    ),
]


def command(
    scorer: Command = None,
    peers: Annotated[
        bool, typer.Option("--peers", help="Also run the scorers that are installed here.")
    ] = False,
    json: Json = False,
) -> None:
    """Run a scorer through inputs that would break a promise; without --scorer, Dateline's own.

    The command's folder holds documents.jsonl, gold.jsonl and predicted.jsonl; it prints
    {"trigger": {"precision": …, "recall": …, "f1": …}, "argument-attached": {…}}. Exit code 1 if
    it breaks a promise.
    """
    found = outcomes(scorer, peers=peers)
    if json:
        import json as json_module

        content = {name: [vars(one) for one in rows] for name, rows in found.items()}
        typer.echo(json_module.dumps(content, indent=1, ensure_ascii=False))
    else:
        from bench.render.table import printer
        from bench.render.views import render_conformance

        printer().print(render_conformance(found))
    asked = next(iter(found.values()))
    if any(outcome.verdict == "broken" for outcome in asked):
        raise typer.Exit(1)


def outcomes(scorer: str | None, *, peers: bool) -> dict[str, list[Outcome]]:
    """Outcomes by scorer: the one asked for first, then the installed ones."""
    from bench.conformance import run
    from bench.conformance.adapters import ADAPTERS, installed
    from bench.conformance.command import command_scorer

    names = installed() if peers else ([] if scorer else ["dateline"])
    first = {scorer: run(command_scorer(scorer))} if scorer else {}
    return first | {name: run(ADAPTERS[name]) for name in names}
