"""File formats: each module reads to and writes from `Annotation`, and registers itself."""

from bench.formats import jsonl
from bench.formats.base import FORMATS, HOLDS, Format, Page, chosen, fit, target

__all__ = ["FORMATS", "HOLDS", "Format", "Page", "chosen", "fit", "jsonl", "target"]
