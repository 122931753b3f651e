"""Confidence that means what it says: of the values given 0.9, nine in ten are right.

`calibrated` gives every value read by eye the share of right ones among generated values of its kind that were read
under like conditions. `shipped` is the table of those shares, fitted by `make calibrate`; `Calibration.cut` says from
which confidence values may be taken at a stated risk.
"""

from extractors.calibration.applying import calibrated
from extractors.calibration.errors import CalibrationError
from extractors.calibration.table import Calibration, Cut, shipped

__all__ = ["Calibration", "CalibrationError", "Cut", "calibrated", "shipped"]
