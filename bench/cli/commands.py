"""The commands of `dateline`, ours and those of others. Only the one asked for is imported.

Those of others come in under the entry-point group `dateline.commands`, the leaderboard's among
them: nothing in `bench` imports it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
import typer.core
import typer.main

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "dateline.commands"
OWN = {
    "evaluate": "evaluate:command",
    "explain": "explain:command",
    "extract": "extract:command",
    "train": "train:command",
    "score": "score:command",
    "compare": "compare:command",
    "check": "check:command",
    "diagnose": "diagnose:command",
    "report": "report:command",
    "validate": "validate:command",
    "convert": "convert:command",
    "show": "show:command",
    "list": "lists:command",
    "conformance": "conformance:command",
    "schema": "schema:command",
    "baseline": "baseline:app",
    "gold": "gold:app",
}
"""Modules of `bench.cli` and what they hold, in the order of the help: a function, or an app of
several.
"""


@cache
def _points() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # takes as long as half of the start

    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: point for point in found}


class Commands(typer.core.TyperGroup):
    """Our commands, then those of others, which are looked for only where needed."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        names: dict[str, Any] = dict.fromkeys(OWN)
        self.commands = names  # what a typing error is compared with

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as the library calls it
        """Names of all commands, for the help."""
        return [*OWN, *(name for name in _points() if name not in OWN)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as the library calls it
        """The command of that name, None where there is none."""
        if cmd_name in OWN:
            module, _, name = OWN[cmd_name].partition(":")
            found = getattr(import_module(f"bench.cli.{module}"), name)
        elif cmd_name in _points():
            found = _points()[cmd_name].load()
        else:
            return None
        command = typer.main.get_command(_as_app(found))
        command.name = cmd_name
        return command


def _as_app(found: Any) -> typer.Typer:
    """A function as an app of one command."""
    if isinstance(found, typer.Typer):
        return found
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(found)
    return app
