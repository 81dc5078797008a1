"""`dateline list`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.options import Json

if TYPE_CHECKING:
    from bench.formats import Format


class What(StrEnum):
    """What can be listed."""

    metrics = "metrics"
    matches = "matches"
    protocols = "protocols"
    causes = "causes"
    formats = "formats"
    extractors = "extractors"
    types = "types"
    splits = "splits"


def command(what: Annotated[What, typer.Argument()], json: Json = False) -> None:
    """List what there is to choose from."""
    entries = {
        What.metrics: _metrics,
        What.matches: _matches,
        What.protocols: _protocols,
        What.causes: _causes,
        What.formats: _formats,
        What.extractors: _extractors,
        What.types: _types,
        What.splits: _splits,
    }[what]()
    if json:
        import json as json_module

        typer.echo(json_module.dumps(entries, indent=1, ensure_ascii=False))
        return
    from bench.render.table import printer
    from bench.render.views import names_table

    printer().print(names_table(what.value, entries))


def _metrics() -> dict[str, str]:
    from bench.metrics import METRICS

    return {
        name: f"{metric.summary} [{', '.join(metric.matches)}]" for name, metric in METRICS.items()
    }


def _matches() -> dict[str, str]:
    from bench.matching import DATE_MATCHES, MATCHES

    of_dates = {f"date:{name}": match.summary for name, match in DATE_MATCHES.items()}
    return {name: match.summary for name, match in MATCHES.items()} | of_dates


def _protocols() -> dict[str, str]:
    from bench.protocols import PROTOCOLS

    return {name: protocol.help for name, protocol in PROTOCOLS.items()}


def _causes() -> dict[str, str]:
    from bench.diagnosis import LAYERS, causes_of

    return {name: one.summary for layer in LAYERS for name, one in causes_of(layer).items()}


def _formats() -> dict[str, str]:
    from bench.formats import FORMATS

    return {name: f"{one.summary} [{_uses(one)}]" for name, one in FORMATS.items()}


def _uses(one: Format) -> str:
    return "read, write" if one.write is not None else "read"


def _extractors() -> dict[str, str]:
    from bench.extractors import describe, discover, options_of

    found: dict[str, str] = {}
    for name, point in discover().items():
        takes = ", ".join(options_of(point))
        found[name] = describe(point) + (f" [options: {takes}]" if takes else "")
    return found


def _types() -> dict[str, str]:
    from bench import gold

    types = gold.ontology().types
    return {name: f"{entry.definition} [{entry.quad}]" for name, entry in types.items()}


def _splits() -> dict[str, str]:
    from bench import gold

    found: dict[str, str] = {}
    documents = list(gold.with_texts(gold.manifest()))
    for split in dict.fromkeys(document.split for document in documents):
        mine = [document for document in documents if document.split == split]
        texts = sum(document.text is not None for document in mine)
        found[split] = f"{len(mine)} documents, {texts} with text on this machine"
    return found
