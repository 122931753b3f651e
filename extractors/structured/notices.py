"""What could not be read of a structured original, said to a clerk: which file, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.reading.notices import notice
from extractors.structured.errors import BrokenFileError, ForbiddenXmlError, StructuredError
from schemas.pages import Notice

_MOST_NAMED = 3
"""Faults of one file named in one sentence."""


def refused(file: str, error: StructuredError, inside: str = "") -> Notice:
    """The file, or what is `inside` it (" holds “factur-x.xml”, which"), cannot be read for this reason."""
    if isinstance(error, ForbiddenXmlError):
        return notice(file, "unsupported", f"{inside}{error}")
    return notice(file, "damaged" if isinstance(error, BrokenFileError) else "too_large", f"{inside}{error}")


def some(faults: Sequence[str]) -> str:
    """The first faults, and how many there are more."""
    more = f" and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else ""
    return "; ".join(faults[:_MOST_NAMED]) + more


def values_not_taken(file: str, faults: Sequence[str]) -> Notice:
    says = f"has values that could not be taken: {some(faults)}. Ask the sender, or clear it by a paper that has them."
    return notice(file, "unreadable", says)
