"""The published gold in the shapes of other tools; only texts that it ships are in them.

A text that somebody has attached belongs to its publisher and is never part of an export.
"""

from bench.exports.brat import brat
from bench.exports.card import refresh
from bench.exports.hf import hf

__all__ = ["brat", "hf", "refresh"]
