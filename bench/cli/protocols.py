"""`dateline score --as`: a run by the definitions of other scorers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bench.gold import Gold
    from bench.protocols import Protocol, Reading
    from bench.schema import Annotation


def parse(names: str) -> list[str]:
    """Protocol names of a list with commas, each once; raises UnknownName."""
    from bench.protocols import PROTOCOLS

    found = list(dict.fromkeys(name.strip() for name in names.split(",")))
    PROTOCOLS.check(found)
    return found


def side_by_side(
    gold: Gold,
    predicted: Mapping[str, Annotation],
    names: Sequence[str],
    *,
    system: str,
    by_type: Sequence[str] | None,
) -> dict[str, object]:
    """The scores of some protocols as plain values; raises MissingText where one needs texts."""
    import bench
    from bench.gold import require_texts
    from bench.protocols import PROTOCOLS, corpus

    protocols = [PROTOCOLS[name] for name in names]
    _check_types(by_type or [], names)
    if any(protocol.needs_text for protocol in protocols):
        require_texts(gold.documents)
    documents = corpus(gold=gold, predicted=predicted)
    return {
        "system": system,
        "version": bench.__version__,
        "gold": gold.release,
        "splits": list(gold.splits),
        "documents": len(documents),
        "unanswered": [d.doc_id for d in documents if d.doc_id not in predicted],
        "protocols": {
            protocol.name: {
                **_about(protocol),
                "scores": _plain(protocol.score(documents)),
                "types": _plain(protocol.by_type(documents)) if protocol.by_type else {},
            }
            for protocol in protocols
        },
    }


def _check_types(wanted: Sequence[str], names: Sequence[str]) -> None:
    from bench.errors import UnknownName
    from bench.protocols import PROTOCOLS

    known = [name for name in names if PROTOCOLS[name].by_type]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise UnknownName("protocol with rows per type", unknown, known)


def _about(protocol: Protocol) -> dict[str, object]:
    return {
        "summary": protocol.summary,
        "source": protocol.source,
        "adapted": list(protocol.adapted),
        "defects": list(protocol.defects),
    }


def _plain(scores: Mapping[str, Reading]) -> dict[str, dict[str, object]]:
    return {name: asdict(reading) for name, reading in scores.items()}


def print_protocols(
    found: dict[str, object], *, by_type: Sequence[str] | None, as_json: bool
) -> None:
    """The scores as one table, or as JSON."""
    if as_json:
        import json

        typer.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    from bench.render.protocols import render_protocols
    from bench.render.table import printer

    printer().print(render_protocols(found, per_type=by_type or ()))
