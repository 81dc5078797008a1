"""File formats: each module reads to and writes from `Annotation`, and registers itself."""

from bench.formats import brat, jsonl
from bench.formats.base import FORMATS, HOLDS, Files, Format, Page, chosen, fit, target

__all__ = [
    "FORMATS",
    "HOLDS",
    "Files",
    "Format",
    "Page",
    "brat",
    "chosen",
    "fit",
    "jsonl",
    "target",
]
