"""Counts and kinds of packages as printed; kinds are UN/ECE Recommendation 21 codes."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from extractors.values.lexicon import nearest, official_codes, printed_words, word_lists
from extractors.values.numbers import NumberStyle, parse_number
from extractors.values.printing import evened, key, unframed

# The count again in words, as waybills print it: "36 (THIRTY-SIX) CARTONS".
_IN_WORDS: Final = r"(?:\s*\([^\d()]*\))?"
_COUNT: Final = re.compile(rf"(?P<number>\d[\d.,' ]*?)(?!\d){_IN_WORDS}\s*(?P<kind>[^\d\s.,'()-].*?)?(?:\s+ONLY)?\.?")
# "C/NO.", "Carton No.", "Case #" and OCR's "CINO."; a letter without NO is part of another number.
_RANGE_LABEL: Final = (
    r"(?:(?:C[/I1l]{0,2}|CTNS?|CARTONS?|CASES?|PKGS?|PACKAGES?|PALLETS?|PLTS?|BOX(?:ES)?)?\s*(?:NOS?\b|NR\b|N°|Nº|№|#)[\s.:]*|"
    r"(?:CTNS?|CARTONS?|CASES?|PKGS?|PACKAGES?|PALLETS?|PLTS?|BOX(?:ES)?|COLIS|KARTONS?|箱号|件号)[\s.:]*)?"
)
_RANGE: Final = re.compile(
    _RANGE_LABEL + r"(?P<first>\d{1,5})(?:\s*(?:-|~|\bTO\b|\bBIS\b|\bÀ\b|\bAU\b|\bAL\b|至)\s*(?P<last>\d{1,5}))?\.?",
    re.IGNORECASE,
)
_AROUND: Final = " :;,/-_|[]{}"


def parse_package_kind(text: str) -> str | None:
    """The Rec 21 code of a printed kind or of the code itself."""
    spelling = key(text).strip(_AROUND)
    if code := printed_words("packages").get(spelling):
        return code
    code = evened(text).strip(_AROUND)
    return code if code in official_codes("packages") else nearest(spelling, printed_words("packages"))


def parse_packages(text: str, style: NumberStyle | None) -> tuple[Decimal, str | None] | None:
    """Count and kind of "263 CTNS"; the kind is None where only a number stands, and all is None for anything else."""
    found = _COUNT.fullmatch(unframed(text))
    number = parse_number(found["number"], style) if found else None
    if found is None or number is None or number != number.to_integral_value():
        return None
    if found["kind"] is None:
        return number, None
    kind = parse_package_kind(found["kind"])
    return (number, kind) if kind else None


def leading_packages(text: str, style: NumberStyle | None) -> tuple[Decimal, str, str] | None:
    """Count, kind and what follows of "12 CARTONS — CENTRIFUGAL PUMP" or "12 CARTONS OF PUMPS"."""
    found = _leading().match(unframed(text))
    number = parse_number(found["number"], style) if found else None
    kind = parse_package_kind(found["kind"]) if found else None
    if found is None or number is None or kind is None or number != number.to_integral_value():
        return None
    return number, kind, found["rest"].strip()


def parse_package_range(text: str) -> str | None:
    """Running numbers of packages as "93-172" or "263", without their label; None where they run backwards."""
    found = _RANGE.fullmatch(unframed(text))
    if found is None:
        return None
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if first == last:
        return str(first)
    return f"{first}-{last}" if 0 < first < last else None


@cache
def _leading() -> re.Pattern[str]:
    words = sorted({w for spellings in word_lists("packages").values() for w in spellings}, key=len, reverse=True)
    kinds = "|".join(re.escape(word) for word in words)
    joint = r"(?:\s*[-:,]+\s*|\s+(?:OF|VON|MIT|DE|DI|WITH|CONTAINING|STC|S\.T\.C\.)\s+|\s+|$)"
    return re.compile(rf"(?P<number>\d[\d.,']*){_IN_WORDS}\s*(?P<kind>{kinds}){joint}(?P<rest>.*)", re.IGNORECASE)
