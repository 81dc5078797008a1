"""Dateline: a benchmark and scorer for event extraction from news."""

__version__ = "0.1.0"
