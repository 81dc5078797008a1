"""File formats: each module reads to and writes from `Annotation`, and registers itself."""

from bench.formats import answer, brat, conll, dygie, jsonl, maven, oneie, rams, wikievents  # noqa: F401 - each adds itself to FORMATS
from bench.formats.base import FORMATS, HOLDS, Files, Format, Page, chosen, fit, target

__all__ = ["FORMATS", "HOLDS", "Files", "Format", "Page", "chosen", "fit", "target"]
