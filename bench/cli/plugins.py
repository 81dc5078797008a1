"""Commands of other packages, under the entry-point group `dateline.commands`, when asked for.

The leaderboard's come in this way: nothing in `bench` imports it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import typer.core
import typer.main

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "dateline.commands"


@cache
def _points() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # takes as long as half of the start

    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: point for point in found}


class WithPlugins(typer.core.TyperGroup):
    """The commands of `bench`, then those of others, which are looked for only where needed."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands, for the help."""
        own = super().list_commands(ctx)
        return [*own, *(name for name in _points() if name not in own)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, None where there is none."""
        own = super().get_command(ctx, cmd_name)
        if own is not None or cmd_name not in _points():
            return own
        command = typer.main.get_command(_points()[cmd_name].load())
        command.name = cmd_name
        return command
