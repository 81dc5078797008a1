"""Protocols: other scorers, number for number. Importing the package registers them all."""

from bench.protocols import (  # noqa: F401 - they register themselves
    ceaf_ree,
    ceaf_rme,
    conll,
    kbp,
    nervaluate,
    omnievent,
    seqeval,
    textee,
    wikievents,
)
from bench.protocols.base import PROTOCOLS, Corpus, Paired, Protocol, Reading, Readings, corpus

__all__ = ["PROTOCOLS", "Corpus", "Paired", "Protocol", "Reading", "Readings", "corpus"]
