"""File formats: each module reads to and writes from `Annotation`, and registers itself."""

from bench.formats import (  # noqa: F401 - each adds itself to FORMATS
    answer,
    brat,
    conll,
    doccano,
    dygie,
    hf,
    jsonl,
    labelstudio,
    maven,
    muc4,
    omnievent,
    oneie,
    plover,
    prodigy,
    rams,
    tbf,
    timeml,
    webanno,
    wikievents,
)
from bench.formats.base import FORMATS, HOLDS, Files, Format, Page, chosen, fit, target

__all__ = ["FORMATS", "HOLDS", "Files", "Format", "Page", "chosen", "fit", "target"]
