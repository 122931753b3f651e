"""What keeps a clerk from settling a case; none of it loses what was decided.

    CaseworkError
    ├── DraftChangedError     someone else decided on the same case meanwhile: look again
    ├── DraftStaleError       the shipment has a new revision: carry the decisions over
    ├── NotAllowedError       this person may not do that
    ├── NotReleasableError    nothing is decided, or a second person is needed
    └── WrongMoveError        a page cannot be sorted so, or is already

They are errors of the person's request, as `WrongDecisionError` is.
"""

from __future__ import annotations

from flows.errors import ClearingError


class CaseworkError(ClearingError):
    """Says what, where and what to do, in one sentence for the clerk."""


class DraftChangedError(CaseworkError):
    """The message names who wrote. Nothing was written over."""


class DraftStaleError(CaseworkError):
    """The message says what came. The decisions are still in the draft."""


class NotAllowedError(CaseworkError):
    """The message names who may."""


class NotReleasableError(CaseworkError):
    """The message says what is lacking."""


class WrongMoveError(CaseworkError):
    """The message says why, and what can be done instead."""
