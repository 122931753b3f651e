"""What can go wrong with the table of confidences.

CalibrationError
"""

from __future__ import annotations


class CalibrationError(Exception):
    """The table is not the one that was fitted, or holds what none can."""
