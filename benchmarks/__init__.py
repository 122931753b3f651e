"""Timings, which live here and never in tests: each prints ratios measured in one run."""
