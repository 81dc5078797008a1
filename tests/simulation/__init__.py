"""How often `dateline check` is right, on the real gold: `python -m tests.simulation`."""
