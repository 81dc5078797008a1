"""`dateline diagnose`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.options import (
    Count,
    File,
    FormatName,
    GoldFormat,
    GoldOffsets,
    GoldPath,
    Grounding,
    Json,
    Offsets,
    Out,
    SkipInvalid,
    Splits,
    load_gold,
    read_run,
    split_names,
)
from bench.cli.score import choose, write_text

if TYPE_CHECKING:
    from bench.diagnosis import Diagnosis
    from bench.gold import Gold
    from bench.schema import Annotation

TRAIN = "train"


class View(StrEnum):
    """What can be shown of a diagnosis."""

    cause = "cause"
    slice = "slice"
    confusion = "confusion"


By = Annotated[
    list[View] | None,
    typer.Option("--by", "-b", help="What to show; may be repeated. Without it: cause."),
]
Causes = Annotated[
    list[str] | None,
    typer.Option("--cause", "-c", help="Causes to show; commas or repeats. See 'list causes'."),
]
List = Annotated[bool, typer.Option("--list", help="Name every finding, a line each.")]


def command(
    file: File,
    split: Splits = None,
    by: By = None,
    cause: Causes = None,
    list_: List = False,
    json: Json = False,
    output: Out = None,
    skip_invalid: SkipInvalid = False,
    format: FormatName = None,  # noqa: A002 - the option's name
    gold: GoldPath = None,
    gold_format: GoldFormat = None,
    gold_offsets: GoldOffsets = Offsets.codepoint,
    offsets: Count = Offsets.codepoint,
    ground: Grounding = True,
) -> None:
    """Say why a run misses what it misses: each mistake gets one cause, each cause its worth in F1.

    Without --split the splits are looked at to which the answered documents belong.
    """
    from bench.diagnosis import diagnose

    causes = _named(split_names(cause))
    everything = load_gold(gold, gold_format, gold_offsets)
    answers = read_run(
        file,
        everything,
        skip_invalid=skip_invalid,
        format_name=format,
        offsets=offsets,
        grounding=ground,
    )
    chosen = choose(everything, split, answers.annotations)
    found = diagnose(
        gold=chosen,
        predicted=answers.annotations,
        train=_train(everything) if gold is None else [],
        system=file.stem,
    )
    if causes:
        kept = tuple(one for one in found.findings if one.cause in causes)
        found = found.model_copy(update={"findings": kept})
    if output is not None:
        write_text(output, found.model_dump_json(indent=1) + "\n")
    if json:
        typer.echo(found.model_dump_json(indent=1))
    elif list_:
        _list(found)
    else:
        _print(found, by or [View.cause], causes)


def _named(names: list[str]) -> set[str]:
    """Causes by `layer/name`, by the name alone in every layer, or by the layer; raises
    UnknownName.
    """
    from bench.diagnosis import CAUSES
    from bench.errors import UnknownName

    found = {name: [one for one in CAUSES if name in (one, *one.split("/"))] for name in names}
    unknown = [name for name, causes in found.items() if not causes]
    if unknown:
        raise UnknownName("cause", unknown, CAUSES)
    return {one for causes in found.values() for one in causes}


def _train(gold: Gold) -> list[Annotation]:
    if TRAIN not in gold.splits:
        return []
    return list(gold.select([TRAIN]).annotations.values())


def _list(found: Diagnosis) -> None:
    from bench.render.diagnosis import finding_lines

    for line in finding_lines(found):
        typer.echo(line)


def _print(found: Diagnosis, views: list[View], causes: set[str]) -> None:
    from bench.render.diagnosis import render_causes, render_confusion, render_slicings
    from bench.render.table import printer

    console = printer()
    for view in dict.fromkeys(views):
        if view is View.cause:
            console.print(render_causes(found, causes))
        elif view is View.slice:
            console.print(render_slicings(found))
        else:
            console.print(render_confusion(found.confusion, console.width))
