"""Blocks of name and address, to a party: name, address, country, tax number, without telephone and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from extractors.values.countries import parse_country_twice
from extractors.values.legal_forms import ends_in_form, is_form, mended
from extractors.values.lexicon import any_of, label_words
from extractors.values.printing import evened, key, letters
from schemas.values import Party

# Dots between the parts of a one-line letterhead, and what OCR makes of them.
_LETTERHEAD: Final = re.compile(r"\s+[·•|∙●*]\s+")
_LETTERHEAD_OCR: Final = re.compile(r"\s+[·•|∙●*:°-]\s+")
_PARTS_OF_LETTERHEAD: Final = 4
_CONTINUES: Final = re.compile(r"(?:&|\+|/|-|,|\b(?:AND|UND|ET|Y|E|FOR|VON|DE|OF|MIT))$", re.IGNORECASE)
# Every group of a tax number has a digit, except the country or form before it and the mark of a tax after it.
_TAX_GROUP: Final = r"[A-Z0-9./-]*\d[A-Z0-9./-]*"
_TAX_ID: Final = (
    r"(?=(?:[^a-z\d]*\d){4})(?P<id>(?:[A-Z]{1,5}[ .-]?)?"
    rf"{_TAX_GROUP}(?: {_TAX_GROUP})*(?: (?:MWST|TVA|IVA|VAT|HR)\b)?)"
)
_WIRE: Final = re.compile(r"\S+@\S+\.\S+|\b(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE_ALONE: Final = re.compile(r"\+?[\d\s()/.-]{7,}")
_MIN_LETTERS: Final = 2
_WITHIN_CHINA: Final = frozenset({"HK", "MO", "TW"})


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says: name, address or country as text, the country's code, the tax number that stood on it."""

    text: str
    country: str | None
    tax_id: str | None

    @property
    def kept(self) -> str:
        return "" if self.country else self.text


def parse_party(lines: Sequence[str]) -> Party | None:
    """The party that a block of lines, or a one-line letterhead, names; None for none and for "same as consignee".

    The address is every line after the name up to the country, joined with ", ", without telephone, e-mail and contact
    person. After the country only tax number and the like can follow: whatever else does is not the party's.
    """
    block = _block([_line(part) for part in _parts(lines)])
    country = _country(block)
    kept = [line.kept for line in block if line.kept]
    if country is None:
        country, kept = _country_after_comma(kept)
    name, address = _name(kept)
    if letters(name) < _MIN_LETTERS or key(name).strip(" .:*") in _nobody():
        return None
    tax_id = next((line.tax_id for line in block if line.tax_id), None)
    return Party(name=name, address=", ".join(address) or None, country=country, tax_id=tax_id)


def _country(block: Sequence[_Line]) -> str | None:
    """The first country from the name on; above it only one written out, as two letters there are a logo's."""
    named = next((at for at, line in enumerate(block) if line.kept), 0)
    above = [line.country for line in block[:named] if line.country and len(line.text) > len("USA")]
    return next((line.country for line in block[named:] if line.country), above[0] if above else None)


def _block(lines: Sequence[_Line]) -> Sequence[_Line]:
    """The lines up to the first country, and after it those that hold neither name nor address.

    Of two countries on following lines the first is a state that bears a country's name (Georgia, then USA), except
    for the customs territories that name China after themselves.
    """
    named = next((at for at, line in enumerate(lines) if line.kept), 0)
    end = next((at for at, line in enumerate(lines) if line.country and at > named), None)
    if end is None:
        return lines
    if end + 1 < len(lines) and lines[end + 1].country and lines[end].country not in _WITHIN_CHINA:
        state = replace(lines[end], country=None)
        lines, end = [*lines[:end], state, *lines[end + 1 :]], end + 1
    after = next((at for at, line in enumerate(lines) if at > end and line.kept), len(lines))
    return lines[:after]


def _line(part: str) -> _Line:
    part = _two_tongues().sub(r"\1: ", part)
    tax = _tax().search(part)
    kept = _reachable(part[: tax.start()].strip(" ,;:/") if tax else part)
    country = parse_country_twice(kept) if kept else None
    return _Line(kept, country, tax["id"].strip(" .-/") if tax else None)


def _parts(lines: Sequence[str]) -> list[str]:
    """Lines without labels before the name; letterheads in one line cut at their dots or bars."""
    parts = [part for line in lines for part in _cut(line)]
    kept = [evened(part).strip(" ;·|") for part in parts]
    kept = [part for part in kept if part]
    while kept and (first := _label().sub("", kept[0], count=1).strip(" :")) != kept[0]:
        kept = [first, *kept[1:]] if first else kept[1:]
    cut = _at_commas(kept[0]) if kept else []
    # "Rowan Table Ltd., 4 Kiln Lane," goes on with the address on the next line.
    runs_on = len(cut) > 1 and ends_in_form(cut[0])
    return [*cut, *kept[1:]] if len(kept) == 1 or runs_on else kept


def _cut(line: str) -> list[str]:
    """A letterhead's parts; dashes cut only where there are several, as a name may have one."""
    parts = _LETTERHEAD_OCR.split(evened(line))
    return parts if len(parts) >= _PARTS_OF_LETTERHEAD else _LETTERHEAD.split(evened(line))


def _at_commas(line: str) -> list[str]:
    """A single line cut at commas, except before a legal form ("Co., Ltd.")."""
    parts: list[str] = []
    for part in (part.strip() for part in line.split(",") if part.strip()):
        if parts and is_form(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _reachable(part: str) -> str:
    """What is left of a line without telephone, e-mail and person; empty where it was only that."""
    cut = _contact().sub("", _WIRE.sub("", part)).strip(" ,;:/|")
    return "" if _PHONE_ALONE.fullmatch(cut) and cut.startswith("+") else cut


def _country_after_comma(lines: list[str]) -> tuple[str | None, list[str]]:
    """The country after the last comma of the last line ("90210 Los Angeles, USA"), and the lines without it."""
    head, comma, tail = lines[-1].rpartition(",") if len(lines) > 1 else ("", "", "")
    code = parse_country_twice(tail) if comma and len(tail.strip(" .")) > len("US") else None
    return (code, [*lines[:-1], head.strip()]) if code else (None, lines)


def _name(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The name, with the lines that plainly continue it, and the lines after it without commas at their ends."""
    if not lines:
        return "", []
    name, at = lines[0], 1
    while at < len(lines) and (_CONTINUES.search(name) or is_form(lines[at]) or _brings_the_form(name, lines[at])):
        name, at = f"{name} {lines[at]}", at + 1
    return mended(name.strip(" ,;:")), [part for line in lines[at:] if (part := line.strip(" ,;"))]


def _brings_the_form(name: str, line: str) -> bool:
    """A second line without a number that ends in the legal form which the first lacks ("… / ANTRIEBSTECHNIK GMBH")."""
    return not re.search(r"\d", name + line) and ends_in_form(line) and not ends_in_form(name)


@cache
def _nobody() -> frozenset[str]:
    return frozenset(key(word) for word in label_words("none", "parties"))


@cache
def _label() -> re.Pattern[str]:
    """A label before the name: with a colon, alone on its line, or one of the forms of address."""
    words = any_of("labels", "parties")
    return re.compile(
        rf"^(?:致\s*)?(?:(?:{words})\s*(?::\s*|$)|(?:Messrs|M/s|Firma|Fa\.|Spett\.le|致)\.?\s*:?\s+)", re.IGNORECASE
    )


@cache
def _tax() -> re.Pattern[str]:
    """The label begins its part of the line or has a colon, as short ones (RC, IF, MB) may stand in addresses too."""
    words = any_of("tax", "parties")
    number = r"(?:\s*(?i:NO|NR|N°|NUMBER)\b\.?)?"
    label = rf"(?i:{words})(?![^\W\d_]){number}"
    return re.compile(rf"(?:(?:^|[,;/|(]\s*){label}\s*[:.#]*\s*|(?<![\w-]){label}\s*[:：]\s*){_TAX_ID}")


@cache
def _two_tongues() -> re.Pattern[str]:
    """A Chinese label with the Latin one behind it ("税号 Tax ID", "联系人 Contact"), which stands for both."""
    words = {kind: label_words(kind, "parties") for kind in ("tax", "phones", "wires")}
    chinese = "|".join(re.escape(word) for of in words.values() for word in of if not word.isascii() and len(word) > 1)
    latin = sorted((word for of in words.values() for word in of if word.isascii() and len(word) > 1), key=len)
    behind = "|".join(_dotted(word) for word in reversed(latin))
    return re.compile(rf"^(?:{chinese})\s*[/:：]?\s*({behind})(?![^\W_])\.?\s*[:：]?\s*", re.IGNORECASE)


@cache
def _contact() -> re.Pattern[str]:
    """From a contact's label to the end of the line; a single letter counts only with a colon or a plus after it."""
    phones = "|".join(_dotted(word) for word in label_words("phones", "parties") if len(word) > 1)
    wires = "|".join(_dotted(word) for word in label_words("wires", "parties"))
    persons = "|".join(_dotted(word) for word in label_words("persons", "parties"))
    single = "".join(word for word in label_words("phones", "parties") if len(word) == 1)
    called = rf"(?:{phones})\.?\s*(?::|(?=[+(\d])|$)|[{single}]\.?\s*(?::|(?=\+))"
    return re.compile(
        rf"(?<![^\W_])(?:{called}|(?:{wires})\s*(?::|$))[^\n]*|^(?:{persons})(?![^\W_])[^\n]*", re.IGNORECASE
    )


def _dotted(word: str) -> str:
    return re.escape(word.rstrip("."))
