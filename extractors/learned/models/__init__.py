"""Weights with their figures, as JSON, and their digests; written by `make train`, never by hand."""
