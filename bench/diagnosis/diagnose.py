"""From a gold and a run to a diagnosis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bench.diagnosis.cases import Case, cases_of
from bench.diagnosis.causes import CAUSES
from bench.diagnosis.confusion import confusion_of
from bench.diagnosis.findings import findings_of
from bench.diagnosis.layers import LAYERS
from bench.diagnosis.records import Diagnosis
from bench.diagnosis.slices import Known, slicings_of
from bench.diagnosis.view import PUBLISHED, TEXT, ZONES
from bench.diagnosis.worth import weigh
from bench.gold import Gold
from bench.schema import Annotation

UNKNOWN = {
    TEXT: "their text is not on this machine",
    PUBLISHED: "nobody says when they were published",
    ZONES: "nobody says what their pages add to them",
}


def diagnose(
    *,
    gold: Gold,
    predicted: Mapping[str, Annotation],
    train: Iterable[Annotation] = (),
    system: str = "run",
) -> Diagnosis:
    """Give everything that a run missed or made up one cause, and every cause its worth.

    A document that the run did not answer counts as empty; predictions for other documents are not
    looked at. Slices by frequency count types and words in `train`, and are left out without it.
    """
    cases = list(cases_of(gold=gold, predicted=predicted))
    types = tuple(gold.ontology.types)
    boards = [(name, one.board) for case in cases for name, one in case.boards.items()]
    slicings, not_cut = slicings_of(boards, Known(tuple(train), types))
    judged = [case.boards["event"] for case in cases]
    return Diagnosis(
        system=system,
        gold=gold.release,
        splits=gold.splits,
        documents=len(cases),
        layers=tuple(
            weigh(layer, [case.boards[name] for case in cases]) for name, layer in LAYERS.items()
        ),
        findings=tuple(finding for case in cases for finding in findings_of(case)),
        slicings=slicings,
        confusion=confusion_of(((one.board, one.groups) for one in judged), types),
        left_out=(*_not_judged(cases), *not_cut),
    )


def _not_judged(cases: Sequence[Case]) -> Iterator[str]:
    """Which causes could not be looked for, in how many documents, and why."""
    for need, why in UNKNOWN.items():
        names = [name for name, cause in CAUSES.items() if need in cause.needs]
        without = sum(need not in case.view.has for case in cases)
        if without and names:
            some = f"{without} of {len(cases)} documents"
            yield f"{', '.join(names)}: not looked for in {some}, {why}"
