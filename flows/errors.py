"""What can stop a shipment before a result stands.

    ClearingError
    ├── NoSuchPathError       what was named is not there, or may not be opened
    ├── NoPapersError         it is there and holds nothing that could be a paper
    ├── NoSuchShipmentError   nothing was ever stored under this reference
    ├── NoSuchListError       no reference list of this kind is in force
    ├── WrongListError        a file that is no reference list of its kind
    ├── NoSuchHintError       no hint of that name was ever learned
    ├── WrongDecisionError    a decision that names no finding, or cannot settle the one it names
    ├── RefusedRecordError    a lodgement, hold or disposal that cannot be as it was told
    ├── TargetTakenError      what was asked for cannot be written where it was asked for
    ├── UnprovableError       there is nothing to prove it with
    ├── MissingProgramError   a system program that reads pages is not installed
    └── WrongSettingsError    a setting has a value that it cannot have
        └── UnprotectedEndpointError    an address beyond this machine without TLS

A paper that cannot be read is none of these: it is a finding of the shipment, and the other papers go on.
"""

from __future__ import annotations


class ClearingError(Exception):
    """Says what, where and what to do, in one sentence for the person at the terminal."""


class NoSuchPathError(ClearingError):
    """The path is missing or closed to this user."""


class NoPapersError(ClearingError):
    """An empty folder, or one with litter only."""


class NoSuchShipmentError(ClearingError):
    """The message names the archive that was looked into."""


class NoSuchListError(ClearingError):
    """The message names the kind, the day and what is loaded."""


class WrongListError(ClearingError):
    """The message names the file, its line and column, and what to change. Nothing was stored."""


class NoSuchHintError(ClearingError):
    """The message names the hint and where they are listed."""


class WrongDecisionError(ClearingError):
    """The message says what can be decided instead. Nothing was recorded."""


class RefusedRecordError(ClearingError):
    """The message says what is wrong with the lodgement, hold or disposal. Nothing was recorded."""


class TargetTakenError(ClearingError):
    """The message names the place and what to do. Nothing that was there has changed."""


class UnprovableError(ClearingError):
    """The message says what is lacking."""


class MissingProgramError(ClearingError):
    """The message names the package to install."""


class WrongSettingsError(ClearingError):
    """The message names the setting and what it may be."""


class UnprotectedEndpointError(WrongSettingsError):
    """The message names the setting, the address, and the setting that allows it."""
