"""Trains, runs and scores every baseline: `make baselines` writes baselines/RESULTS.md."""
