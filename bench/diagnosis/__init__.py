"""Why a run misses what it misses: every mistake with one cause, every cause with its worth."""

from bench.diagnosis.causes import CAUSES, Cause, causes_of
from bench.diagnosis.diagnose import diagnose
from bench.diagnosis.layers import LAYERS
from bench.diagnosis.pages import Page, anchor, pages
from bench.diagnosis.records import (
    CauseRow,
    Confusion,
    Diagnosis,
    Finding,
    Layer,
    Slice,
    Slicing,
    Thing,
)

__all__ = [
    "CAUSES",
    "LAYERS",
    "Cause",
    "CauseRow",
    "Confusion",
    "Diagnosis",
    "Finding",
    "Layer",
    "Page",
    "Slice",
    "Slicing",
    "Thing",
    "anchor",
    "causes_of",
    "diagnose",
    "pages",
]
