"""What a step of the inbox may raise beside the errors of `flows.errors` and `archive`.

ClearingError
├── NotNowError            what clears shipments does not answer: the try does not count against the papers
└── SenderNotDoneError     an object is gone or another one since it was listed
"""

from __future__ import annotations

from flows.errors import ClearingError


class NotNowError(ClearingError):
    """For a `clear` that works elsewhere and cannot be reached; the shipment is put off to the next look."""


class SenderNotDoneError(ClearingError):
    """The next look finds the shipment as it is then."""
