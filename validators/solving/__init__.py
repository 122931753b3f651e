"""Solving readings: the papers as one system of constraints, and what its breaks say of the values in them."""

from validators.solving.doubts import doubts_of

__all__ = ["doubts_of"]
