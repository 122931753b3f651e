"""Whether the carriage is prepaid or collect."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from extractors.values.lexicon import printed_words
from extractors.values.printing import key

FreightTerms = Literal["prepaid", "collect"]
_SHORT: Final = 2


def parse_freight_terms(text: str) -> FreightTerms | None:
    """What the text says; None where it says nothing or both, as a form's two empty boxes do."""
    spelling = key(text).strip(" :;,/-*")
    codes = (
        {printed_words("freight")[spelling]}
        if len(spelling) <= _SHORT and spelling in printed_words("freight")
        else set()
    )
    found = codes or {printed_words("freight")[match[0]] for match in _words().finditer(spelling)}
    if found == {"prepaid"}:
        return "prepaid"
    return "collect" if found == {"collect"} else None


@cache
def _words() -> re.Pattern[str]:
    words = sorted(
        (word for word in printed_words("freight") if len(word) > _SHORT or not word.isascii()), key=len, reverse=True
    )
    return re.compile("|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" for word in words))
