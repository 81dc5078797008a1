"""Submitted runs, the proof that their scores are what they say, and the site built from them."""
