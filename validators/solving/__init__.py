"""Solving readings: the papers as one system of constraints, and what its breaks say of the values in them."""

from validators.solving.doubts import doubts_of
from validators.solving.joining_again import with_likely_codes
from validators.solving.judging import Solved, solved

__all__ = ["Solved", "doubts_of", "solved", "with_likely_codes"]
