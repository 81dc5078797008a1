"""`dateline explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bench.cli.options import File, Json, SkipInvalid, Splits, note, read_run
from bench.cli.score import choose

if TYPE_CHECKING:
    from bench.explain import Aside, Explanation
    from bench.gold import Gold

Scores = Annotated[
    str | None,
    typer.Option(
        "--as", help="Protocols, their scores ('textee AC+') or metrics, with commas between."
    ),
]


def command(
    file: File,
    as_: Scores = None,
    split: Splits = None,
    json: Json = False,
    skip_invalid: SkipInvalid = False,
) -> None:
    """Answer "why is my number different?": which conventions separate two scores of a run.

    Conventions are switched one at a time, and each says how many items it moves. Without --as the
    native metrics are set beside what papers quote. What no switch reaches is set beside its
    nearest, with what differs in words.
    """
    from bench import gold
    from bench.explain import UNREACHED, explain, set_beside, unreached

    names = [name.strip() for name in as_.split(",")] if as_ else []
    compared, apart = _pairs(names), [(UNREACHED[one].beside, one) for one in unreached(names)]
    everything = gold.load()
    reading = read_run(file, everything, skip_invalid=skip_invalid)
    chosen = choose(everything, split, reading.annotations)
    compared = _with_texts(chosen, compared, named=bool(names))
    apart = _with_texts(chosen, apart, named=bool(names))
    found = [explain(chosen, reading.annotations, first=a, second=b) for a, b in compared]
    asides = [set_beside(chosen, reading.annotations, name) for _, name in apart]
    if json:
        typer.echo(_as_json(found, asides))
        return
    from bench.render.explained import sentences, told_apart

    for lines in (*map(sentences, found), *map(told_apart, asides)):
        typer.echo("\n".join(lines) + "\n")


def _pairs(names: list[str]) -> list[tuple[str, str]]:
    from bench.errors import DatelineError
    from bench.explain import default_pairs, pairs, unreached

    found = pairs(names) if names else default_pairs()
    if not found and not unreached(names):
        raise DatelineError(
            f"{', '.join(names)}: two scores of triggers or of arguments are needed"
        )
    return found


def _with_texts(gold: Gold, pairs: list[tuple[str, str]], *, named: bool) -> list[tuple[str, str]]:
    """The pairs that can be scored with the texts that are here; what is named must be."""
    from bench.gold import require_texts

    needing = [pair for pair in pairs if any(map(_needs_text, pair))]
    if needing and named:
        require_texts(gold.documents)
    if all(document.text is not None for document in gold.documents):
        return pairs
    for _, other in needing:
        note(f"{other} needs the texts of the articles and is left out")
    return [pair for pair in pairs if pair not in needing]


def _needs_text(name: str) -> bool:
    from bench.protocols import PROTOCOLS

    protocol = name.partition(" ")[0]
    return protocol in PROTOCOLS and PROTOCOLS[protocol].needs_text


def _as_json(found: list[Explanation], asides: list[Aside]) -> str:
    import json
    from dataclasses import asdict

    content = {
        "pairs": [
            {
                "first": one.first,
                "second": one.second,
                "f1": list(one.f1),
                "steps": [
                    {
                        "convention": step.convention,
                        "before": step.before,
                        "after": step.after,
                        "moved": step.moved,
                        "items": step.items,
                        "f1": [step.start.f1, step.end.f1],
                    }
                    for step in one.steps
                ],
                "rest": [{"why": why, "f1": amount} for why, amount in one.rest],
            }
            for one in found
        ],
        "unreached": [asdict(one) for one in asides],
    }
    return json.dumps(content, indent=1, ensure_ascii=False)
