"""`dateline evaluate`."""

from __future__ import annotations

from bench.cli.extract import Name, documents_of, run
from bench.cli.options import (
    SAMPLES,
    SEED,
    ByType,
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
) -> None:
    """Run an extractor and score what it finds: extract and score in one.

    Without --split the articles are those that ship with their text.
    """
    from bench.grounding import ground

    gold = documents_of(split)
    texts = {document.id: document.text or "" for document in gold.documents}
    predicted = {found.doc_id: ground(found, texts[found.doc_id]) for found in run(name, gold)}
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
