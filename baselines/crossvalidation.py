"""Cross-validation of a trained baseline by story: `python -m baselines.crossvalidation NAME`.

Each story of the split that it learns from is read by a model that has not seen it; all articles
are then scored together. The baseline has an option `leave_out`, which names the story.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

from bench.cli.options import (
    SAMPLES,
    SEED,
    ByType,
    Json,
    Metrics,
    Out,
    Samples,
    Seed,
    print_report,
    progress,
)
from bench.cli.running import Name
from bench.cli.score import save, score
from bench.errors import DatelineError

if TYPE_CHECKING:
    from bench.extractors import Extractor
    from bench.gold import Gold
    from bench.schema import Annotation

SPLIT = "train"
METRICS = "trigger,trigger-id,argument:actor,argument,date,realis,record,coref-conll"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def command(
    name: Name,
    metric: Metrics = None,
    by_type: ByType = None,
    json: Json = False,
    output: Out = None,
    samples: Samples = SAMPLES,
    seed: Seed = SEED,
) -> None:
    """Train once for each story of `train`, without it, and score all stories together."""
    from bench import gold

    chosen = gold.load(SPLIT)
    found = progress(held_out(chosen, without(name)), total=len(chosen.documents), label=name)
    report = score(
        chosen,
        {annotation.doc_id: annotation for annotation in found},
        metrics=metric or [METRICS],
        system=f"{name}, each story left out,",
        samples=samples,
        seed=seed,
        by_type=by_type,
    )
    save(report, output)
    print_report(report, by_type=by_type, as_json=json)


def without(name: str) -> Callable[[str], Extractor]:
    """How to make the named extractor without a story; raises UnknownName like `load`."""
    from bench.extractors import load

    return lambda story: load(name, {"leave_out": story})


def held_out(gold: Gold, make: Callable[[str], Extractor]) -> Iterator[Annotation]:
    """Every article, story by story, read by the extractor that `make(story)` returns."""
    from bench.extractors import extract

    for story in dict.fromkeys(document.story for document in gold.documents):
        inside = [document for document in gold.documents if document.story == story]
        yield from extract(make(story), inside)


def main() -> None:
    """The program: what a user can mend is said in a line and exits with 2."""
    try:
        app()
    except DatelineError as error:
        typer.echo(error, err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
