"""`dateline evaluate`."""

from __future__ import annotations

from bench.cli.extract import Name, documents_of, run
from bench.cli.options import (
    SAMPLES,
    SEED,
    ByType,
    Grounding,
    Json,
    Metrics,
    Out,
    Samples,
    Seed,
    Splits,
    print_report,
)
from bench.cli.score import save, score


def command(
    name: Name,
    split: Splits = None,
    metric: Metrics = None,
    by_type: ByType = None,
    json: Json = False,
    output: Out = None,
    samples: Samples = SAMPLES,
    seed: Seed = SEED,
    ground: Grounding = True,
) -> None:
    """Run an extractor and score what it finds: extract and score in one.

    Without --split the articles are those of `dev`.
    """
    from bench import grounding

    gold = documents_of(split)
    predicted = {found.doc_id: found for found in run(name, gold)}
    if ground:
        texts = {document.id: document.text or "" for document in gold.documents}
        predicted = {key: grounding.ground(one, texts[key]) for key, one in predicted.items()}
    report = score(
        gold,
        predicted,
        metrics=metric,
        system=name,
        samples=samples,
        seed=seed,
        by_type=by_type,
    )
    save(report, output)
    print_report(report, by_type=by_type, as_json=json)
