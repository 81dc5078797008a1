"""Submitted runs and the static site built from them (data; the site is still to come)."""
