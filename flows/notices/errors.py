"""Why a notice was not delivered; no message has a word of a paper."""

from __future__ import annotations

from flows.errors import ClearingError


class NoticeError(ClearingError):
    """Says what, where and what to do."""


class TargetRefusedError(NoticeError):
    """The message names the setting."""


class NotDeliveredError(NoticeError):
    """It is tried again, some times."""
