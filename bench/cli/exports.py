"""`dateline gold export …` and `dateline gold stamp`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.convert import save
from bench.cli.options import note

if TYPE_CHECKING:
    from collections.abc import Mapping

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Write the gold for other tools, with the texts that it ships and no others.",
)
Out = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write.")]


@app.command()
def hf(out: Out) -> None:
    """Parquet by split and the dataset card: a folder for `datasets.load_dataset`."""
    from bench.exports import hf as files

    _write(out, files())


@app.command()
def brat(out: Out) -> None:
    """Texts, annotations and configuration: a folder that opens in brat."""
    from bench.exports import brat as files

    _write(out, files())


def _write(out: Path, files: Mapping[str, str | bytes]) -> None:
    save(out, files)
    note(f"{out}: {len(files)} files")


def stamp() -> None:
    """Put the canary into every file of this checkout's gold, and the sizes into its card."""
    from importlib.resources import as_file

    from bench import gold
    from bench.exports import refresh
    from bench.inventory import stamped

    with as_file(gold.root()) as root:
        changed = stamped(root)
        card = (root / "README.md").read_text(encoding="utf-8")
        changed["README.md"] = refresh(changed.get("README.md", card))
        if changed["README.md"] == card:
            del changed["README.md"]
        save(root, changed)
    for name in changed:
        typer.echo(name)
