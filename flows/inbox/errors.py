"""What a step of the inbox may raise beside the errors of `flows.errors` and `archive`.

ClearingError
├── NotNowError            what clears shipments does not answer: the try does not count against the papers
├── SenderNotDoneError     an object is gone or another one since it was listed
└── WrongMarkError         what a `_READY` says cannot be understood
"""

from __future__ import annotations

from flows.errors import ClearingError


class NotNowError(ClearingError):
    """For a `clear` that works elsewhere and cannot be reached; the shipment is put off to the next look."""


class SenderNotDoneError(ClearingError):
    """The next look finds the shipment as it is then."""


class WrongMarkError(ClearingError):
    """Nothing of the shipment is taken: the day at which it is to be judged is not for us to guess."""
