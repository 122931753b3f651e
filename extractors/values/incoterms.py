"""Terms of delivery as printed. Whether a term is one of its edition is for the validators to say."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractors.values.lexicon import CODES
from extractors.values.printing import evened


@dataclass(frozen=True, slots=True)
class Incoterm:
    """`term` in capitals without dots, as printed ("C&F" stays so); `place` and `edition` (year) where they stand."""

    term: str
    place: str | None = None
    edition: str | None = None


# Still printed, though of no edition; a declaration must not hide that.
_OUTSIDE: Final = ("C&F", "C+F", "C&I", "CNF", "C AND F", "CIFFO", "CIF&C", "FOR", "FOT", "FOA", "FIS", "FRANCO")
# The word as OCR may see it, its trade mark sign in any shape, and the year.
_EDITION: Final = re.compile(
    r"[(\[,]*\s*\bINCOTERMS?[\W_]{0,3}(?:\(?[RCO0]\)?(?=[\W_]))?\W*(?P<year>(?:19|20)\d\d)?\b\s*[)\]]?", re.IGNORECASE
)
_BARE_YEAR: Final = re.compile(r"[(\[]\s*(?P<year>20[012]0)\s*[)\]]\s*$")
_PLACE_END: Final = re.compile(r"(?<=[^\W\d_]{4})\.\s.*|;.*|\s\|.*")
# CIF is also the Spanish tax number: "CIF B73294416"; "CIF 20457 Hamburg" has a postcode.
_TAX_NUMBER: Final = re.compile(r"[\s.:]*(?:[A-Z]{1,3}-?\d{5}|-?\d{7})")
# Terms that are words too ("DES MARCHANDISES", "FOR PORT TO PORT") are not looked for inside a text.
_WORDS_TOO: Final = frozenset({"FOR", "DES", "FIS", "FOA", "FOT", "FRANCO"})
# Letters that OCR puts for those of a term.
_LETTERS: Final = str.maketrans({"1": "I", "0": "O", "|": "I", "5": "S"})
_ANY_TERM: Final = re.compile(r"(?P<term>[A-Z]{3})(?![A-Za-z])(?P<rest>.*)")


@cache
def edition_terms(edition: str) -> frozenset[str]:
    """The terms of the edition of 2000, 2010 or 2020; empty for another year."""
    return frozenset(row["code"] for row in _rows() if row["edition"] == edition)


@cache
def sea_terms() -> frozenset[str]:
    """Terms for sea and inland waterway transport only, of any edition."""
    return frozenset(row["code"] for row in _rows() if row["sea"])


def parse_incoterm(text: str, *, labelled: bool = False) -> Incoterm | None:
    """Term, named place and edition of a text that begins with a term (or with "Incoterms 2020: ").

    With `labelled`, for a field whose label asks for a term, three capitals that are no term are kept as the term, so
    that the check can say that they are none.
    """
    edition, body = _without_edition(evened(text).strip(" .,:;-"))
    found = _known().match(body) or (_ANY_TERM.match(body) if labelled else None)
    if found is None or (found["term"].upper() == "FOR" and not labelled) or _TAX_NUMBER.match(found["rest"]):
        return None
    place = _PLACE_END.sub("", found["rest"]).strip(" ,:;-/([")
    term = _spelled(found["term"])
    return Incoterm(term, place.removesuffix(".").rstrip(" ,(") or None, edition)


def find_incoterm(text: str) -> Incoterm | None:
    """The first known term in capitals inside a longer text, with what follows as its place."""
    for start in re.finditer(r"(?<![A-Za-z0-9&/-])[A-Z]", evened(text)):
        found = parse_incoterm(evened(text)[start.start() :])
        if found and found.term not in _WORDS_TOO:
            return found
    return None


def _rows() -> list[dict[str, str]]:
    text = (CODES / "incoterms.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _without_edition(text: str) -> tuple[str | None, str]:
    found = _EDITION.search(text) or _BARE_YEAR.search(text)
    if not found:
        return None, text
    return found["year"], (text[: found.start()] + " " + text[found.end() :]).strip(" .,:;-")


@cache
def _known() -> re.Pattern[str]:
    """Terms with or without dots, OCR's figures for letters included; in capitals, or capitalised before a place."""
    terms = {row["code"] for row in _rows()}
    dotted = "|".join(r"\.?\s?".join(_ocr(mark) for mark in term) + r"\.?" for term in sorted(terms))
    outside = "|".join(re.escape(term) for term in sorted(_OUTSIDE, key=len, reverse=True))
    return re.compile(rf"(?P<term>{outside}|{dotted})(?![A-Za-z0-9&])(?P<rest>.*)", re.DOTALL)


def _ocr(mark: str) -> str:
    return {"I": "[I1l|]", "O": "[O0]", "S": "[S5]"}.get(mark, mark)


def _spelled(term: str) -> str:
    if term.upper() in _OUTSIDE:
        return term.upper()
    return re.sub(r"[.\s]", "", term).replace("l", "I").translate(_LETTERS).upper()
