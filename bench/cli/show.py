"""`dateline show`."""

from __future__ import annotations

from collections.abc import Sequence
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
    SkipInvalid,
    load_gold,
    read_run,
)

if TYPE_CHECKING:
    from bench.align import Aligned

Doc = Annotated[str, typer.Argument(help="A document id, or the start of its own name.")]


def command(
    file: File,
    doc: Doc,
    json: Json = False,
    skip_invalid: SkipInvalid = False,
    format: FormatName = None,  # noqa: A002 - the option's name
    gold: GoldPath = None,
    gold_format: GoldFormat = None,
    gold_offsets: GoldOffsets = Offsets.codepoint,
    offsets: Count = Offsets.codepoint,
    ground: Grounding = True,
) -> None:
    """Show gold and predicted events of one document side by side: matched, missed, spurious."""
    from bench.align import align_events
    from bench.schema import Annotation

    everything = load_gold(gold, gold_format, gold_offsets)
    doc_id = find(doc, list(everything.annotations))
    reading = read_run(
        file,
        everything,
        skip_invalid=skip_invalid,
        format_name=format,
        offsets=offsets,
        grounding=ground,
    )
    empty = Annotation(doc_id=doc_id, events=())
    rows = align_events(
        gold=everything.annotations[doc_id], predicted=reading.annotations.get(doc_id, empty)
    )
    if json:
        typer.echo(_as_json(rows))
        return
    from bench.render.table import printer
    from bench.render.views import render_alignment

    printer().print(render_alignment(doc_id, rows))


def find(name: str, known: list[str]) -> str:
    """The one document whose id is `name` or whose own name starts with it; raises UnknownName."""
    from bench.errors import UnknownName

    near = [doc_id for doc_id in known if doc_id.rpartition("/")[2].startswith(name)]
    if name not in known and len(near) != 1:
        raise UnknownName("document", [name], near or known)
    return name if name in known else near[0]


def _as_json(rows: Sequence[Aligned]) -> str:
    import json

    content = [
        {
            "verdict": row.verdict,
            "gold": row.gold and row.gold.model_dump(exclude_none=True),
            "predicted": row.predicted and row.predicted.model_dump(exclude_none=True),
        }
        for row in rows
    ]
    return json.dumps(content, indent=1, ensure_ascii=False)
