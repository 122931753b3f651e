"""Whether a printed word is a number, judged by its shape alone."""

from __future__ import annotations

import re
from typing import Final

_AMOUNT: Final = re.compile(r"[(\-+]?\s*[A-Z]{0,3}[$€£¥]?\s*\d[\d.,' ]*[-)]?\s*[$€£¥]?[A-Za-z]{0,3}\.?")


def is_numeric(text: str) -> bool:
    """A number, maybe with a currency or unit stuck to it: mostly digits and marks."""
    digits = sum(c.isdigit() for c in text)
    return digits > 0 and sum(c.isalpha() for c in text) <= max(3, digits)


def is_amount(text: str) -> bool:
    """Digits with the marks and currency signs that money, weights and counts have, nothing else."""
    return _AMOUNT.fullmatch(text) is not None
