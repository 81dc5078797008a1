"""Baseline extractors, one module each, found through entry points like an outsider's."""
