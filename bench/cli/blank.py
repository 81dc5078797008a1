"""`dateline gold blank` and `dateline gold completed`: a blind check of what readers miss."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bench.cli.options import Json, read_text

Docs = Annotated[list[str], typer.Argument(help="Document ids, or the starts of their own names.")]
Seed = Annotated[int, typer.Option(min=0, help="What the choice of the events follows from.")]
Share = Annotated[float, typer.Option(min=0.001, max=0.999, help="Share of the events to remove.")]
KeyOut = Annotated[Path | None, typer.Option("--key", help="Where to keep what was removed.")]


def blank(docs: Docs, seed: Seed, share: Share = 0.1, key: KeyOut = None) -> None:
    """Print articles with some of their settled events removed, for a fresh reader to complete.

    The reader writes the missing events as a sheet, which 'gold compile' turns into a run.
    """
    from bench import gold
    from bench.blindchecks import blank as remove
    from bench.blindchecks import entries
    from bench.cli.score import write_text
    from bench.cli.show import find
    from bench.formats.sheet import number_sentences

    everything = gold.load()
    chosen = everything.keep([find(name, list(everything.annotations)) for name in docs])
    gold.require_texts(chosen.documents)
    left, removed = remove(chosen, share=share, seed=seed)
    if key is not None:
        write_text(key, removed.model_dump_json(indent=1, exclude_none=True) + "\n")
    for document in chosen.documents:
        typer.echo(number_sentences(document))
        rows = entries(left[document.id].events, document)
        typer.echo("\n".join([f"doc: {document.id}", "events:", *rows, ""]))


def completed(
    key: Annotated[Path, typer.Argument(help="What 'gold blank --key' kept.")],
    added: Annotated[Path, typer.Argument(help="The events that the reader added (JSON Lines).")],
    json: Json = False,
) -> None:
    """Count how many of the removed events a reader put back."""
    from pydantic import ValidationError

    from bench import gold
    from bench.blindchecks import Key, complete
    from bench.checks import require_valid
    from bench.cli.options import Offsets, check_run
    from bench.errors import DatelineError

    try:
        removed = Key.model_validate_json(read_text(key))
    except ValidationError as error:
        raise DatelineError(f"{key}: no key of 'dateline gold blank'") from error
    reading = require_valid(check_run(added, gold.load(), "jsonl", Offsets.codepoint))
    found = complete(removed, reading.annotations)
    if json:
        typer.echo(found.model_dump_json(indent=1, exclude_none=True))
        return
    typer.echo(
        f"{found.returned} of {found.removed} removed events put back, {found.retyped} more with"
        f" other words or another type; {found.added} added in all"
    )
