"""HS codes, container numbers, page marks and reference numbers as printed."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from stdnum import iso6346

from extractors.values.lexicon import any_of, label_words
from extractors.values.printing import evened

# In a longer text groups are parted by dots throughout or by spaces throughout, so that a quantity after the code is
# not joined to it. Where nothing else stands in the cell, both are met: OCR sees a dot in a narrow space.
_HS_JOINED: Final = (
    r"\d{4}\.\d{2}(?:\.\d{2}(?:\.?\d{2})?|\.\d{3,4}|\d{2}(?:\.?\d{2})?)?|"
    r"\d{4}\.?\d{2}-\d{3}|\d{6}\.\d{2}(?:\d{2})?|\d{6,10}"
)
_HS_SPACED: Final = r"\d{4} \d{2}(?: \d{2}(?: \d{2})?)?|\d{4} \d{4}"
_HS_MIXED: Final = r"\d{4}[. ]\d{2}[. ]\d{2}"
_HS_DOTTED: Final = re.compile(r"(?<![\w.,/-])(?P<code>\d{4}\.\d{2}\.\d{2}(?:\.?\d{2})?)(?![\w,/-]|\.\d)")
# Chapters of the Harmonized System (WCO, HS 2022): 77 is reserved, 98 and 99 are national.
_CHAPTERS: Final = frozenset(range(1, 98)) - {77}
# Seven digits are an eight-digit code that lost one; nine are Japan's statistical codes.
_HS_LENGTHS: Final = frozenset({6, 8, 9, 10})
_CONTAINER: Final = re.compile(
    r"(?<![A-Z0-9])(?P<owner>[A-Z]{3}[UJZ])[ -]?(?P<serial>[\dOIQ]{3} ?[\dOIQ]{3})[ /-]?"
    r"\[?(?P<check>[\dOIQ])\]?(?![A-Z0-9])"
)
_LETTERS: Final = str.maketrans({"O": "0", "Q": "0", "I": "1", "l": "1", "|": "1"})
# A space on one side only of a stroke or dash is OCR's, not the printer's ("SWPL/ 191/25 -26").
_TORN: Final = re.compile(r"(?<=\w)(?:(?<=\w)([/-]) (?=\w)| ([/-])(?=\w))")
_MOST_PAGES: Final = 999
_CHINESE_PAGE: Final = re.compile(r"第\s*(?P<n>\d{1,3})\s*页[\s,/]*共\s*(?P<of>\d{1,3})\s*页")
_PAIR: Final = re.compile(r"[-(]?\s*(?P<n>\d{1,3}) ?/ ?(?P<of>\d{1,3})\s*[-)]?")


def parse_hs_code(text: str) -> str | None:
    """The 6 to 10 digits of a text that is nothing but an HS code, with or without its label."""
    body = evened(text).strip(" ,;:()[].")
    found = re.fullmatch(rf"(?:{_hs_label()})?(?P<code>{_HS_JOINED}|{_HS_SPACED}|{_HS_MIXED})", body, re.IGNORECASE)
    return _hs(found["code"]) if found else None


def find_hs_code(text: str) -> tuple[str, str] | None:
    """The first HS code in a longer text, and what of the text is the code with its label and brackets.

    Without a label only three dotted groups are taken for one, as 8413.70 may be a price. Groups parted by spaces must
    end the text or a bracket, as a number after them may be one more group or a quantity.
    """
    body = evened(text)
    for pattern in (_labelled_hs(), _HS_DOTTED):
        for found in pattern.finditer(body):
            if code := _hs(found["code"]):
                return code, found[0]
    return None


def parse_container(text: str) -> tuple[str, bool] | None:
    """Container number of ISO 6346 as eleven signs, and whether its check digit is right."""
    found = _CONTAINER.fullmatch(evened(text).strip(" .,:;"))
    return _container(found) if found else None


def find_containers(text: str) -> list[tuple[str, bool]]:
    """All container numbers in a text, each once, with whether the check digit is right."""
    return list(dict.fromkeys(_container(found) for found in _CONTAINER.finditer(evened(text))))


def find_page_mark(text: str) -> tuple[int, int] | None:
    """Page and number of pages of "Page 2 of 3", "第 1 页 共 1 页", or of "2/3" where the text is nothing else."""
    body = evened(text)
    found = _PAIR.fullmatch(body) or _CHINESE_PAGE.search(body) or _page().search(body)
    if found is None:
        return None
    printed = [found[part].translate(_LETTERS) for part in ("n", "of")]
    if not all(number.isdecimal() for number in printed):
        return None
    page, pages = map(int, printed)
    return (page, pages) if 1 <= page <= pages <= _MOST_PAGES else None


def clean_reference(text: str) -> str | None:
    """The number without label and marks round it; what stands inside is kept. None where no digit is left."""
    body = _TORN.sub(r"\1\2", evened(text))
    while (shorter := _reference_label().sub("", body, count=1).strip(" :;,.*|#")) != body:
        body = shorter
    return body if any(mark.isdigit() for mark in body) else None


def _hs(printed: str) -> str | None:
    digits = re.sub(r"\D", "", printed)
    return digits if len(digits) in _HS_LENGTHS and int(digits[:2]) in _CHAPTERS else None


def _container(found: re.Match[str]) -> tuple[str, bool]:
    digits = (found["serial"] + found["check"]).replace(" ", "").translate(_LETTERS)
    number = found["owner"] + digits
    return number, iso6346.is_valid(number)


@cache
def _hs_label() -> str:
    return rf"(?:{any_of('hs')})\s*(?:(?:NO|NR|N°|CODE|#)\b\.?)?\s*[:=#.-]?\s*"


@cache
def _labelled_hs() -> re.Pattern[str]:
    code = rf"(?P<code>(?:{_HS_JOINED})(?![\w-]|[.,]\d)|(?:{_HS_SPACED})(?=\s*(?:$|[),;])))"
    return re.compile(rf"\(?(?<![^\W_]){_hs_label()}{code}\)?", re.IGNORECASE)


@cache
def _page() -> re.Pattern[str]:
    number = r"[\dIl|]{1,3}"
    western = (
        rf"(?<![^\W\d_])(?:{any_of('pages')})\s*[:.]?\s*(?P<n>{number})\s*(?:{any_of('of')}|/)\s*(?P<of>{number})(?!\w)"
    )
    return re.compile(western, re.IGNORECASE)


@cache
def _reference_label() -> re.Pattern[str]:
    """A label and its separator. Letters that touch the number are part of it, a sign (N°, #, 号) never is."""
    words = label_words("numbers")
    signs = "|".join(_parted(word) for word in words if not word.isascii() or word == "#")
    letters = "|".join(_parted(word.rstrip(".")) for word in words if word.isascii() and len(word.rstrip(".")) > 1)
    single = "|".join(_parted(word) for word in words if word.isascii() and len(word.rstrip(".")) == 1 and word != "#")
    return re.compile(rf"^(?:(?:{signs})[\s.:]*|(?:{letters})[\s.:#]+|(?:{single})\s*)(?=\S)", re.IGNORECASE)


def _parted(word: str) -> str:
    """Dots and spaces inside are optional, a degree sign and a raised o are one."""
    parts = [re.escape(part) for part in re.split(r"[. ]+", word) if part]
    body = r"[. ]*".join(parts) + (r"\." if word.endswith(".") else "")
    return re.sub("[°º]", "[°º]", body)
