"""A kit that any scorer can be run through: promises, each with an input that would break it."""

from bench.conformance.checks import CHECKS, Check, Outcome, run
from bench.conformance.corpus import Corpus, Reading, Scorer

__all__ = ["CHECKS", "Check", "Corpus", "Outcome", "Reading", "Scorer", "run"]
