"""`dateline extract`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.options import Out, Splits, note, progress
from bench.cli.score import write_text

if TYPE_CHECKING:
    from bench.gold import Gold
    from bench.schema import Annotation

Name = Annotated[str, typer.Argument(help="Name of an extractor. See 'list extractors'.")]


def command(name: Name, output: Out = None, split: Splits = None) -> None:
    """Run an extractor over articles and write what it finds.

    Without --split the articles are those of `dev`: `test` is read when you ask for it.
    """
    from bench.formats import jsonl

    annotations = run(name, documents_of(split))
    text = "".join(jsonl.write(annotations))
    if output is None:
        typer.echo(text, nl=False)
        return
    write_text(output, text)
    events = sum(len(annotation.events) for annotation in annotations)
    note(f"{output}: {len(annotations)} documents, {events} events")


def documents_of(splits: Sequence[str] | None) -> Gold:
    """The gold of some splits, by default `dev`; raises MissingText."""
    from bench import gold

    chosen = gold.load().select(splits or gold.default_splits())
    gold.require_texts(chosen.documents)
    return chosen


def run(name: str, gold: Gold) -> list[Annotation]:
    """What an extractor finds in the documents of the gold, with a progress bar."""
    from bench import extractors

    extractor = extractors.load(name)
    found = extractors.extract(extractor, gold.documents)
    return list(progress(found, total=len(gold.documents), label=name))
