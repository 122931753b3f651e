"""The lines of a certificate of origin, out of its goods table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.items import MEASURED, Item, Items, Line, item_number, items_of
from extractors.forms.packaged import counted
from extractors.forms.placing import covering, placed, squeezed, words_for
from extractors.forms.table import GoodsTable, goods_table
from extractors.layout.spans import joined
from extractors.values.countries import parse_country
from extractors.values.identifiers import find_hs_code, parse_hs_code
from extractors.values.packages import parse_packages
from extractors.values.units import parse_quantity
from schemas.documents import CertificateLine
from schemas.fields import Field
from schemas.pages import Page, Word

_TRAILING = " \t-–—,;:.*\\/|_"
_MASS = frozenset({"KGM", "TNE", "GRM", "LBR"})


def certificate_tables(forms: Sequence[FormPage], context: Context) -> list[tuple[GoodsTable, Items]]:
    """The goods table of each page that has one, with its items."""
    tables = [table for form in forms if (table := goods_table(form))]
    return [(table, items_of(table, context)) for table in tables]


def certificate_lines(tables: Sequence[tuple[GoodsTable, Items]], context: Context) -> tuple[CertificateLine, ...]:
    """The items in printed order; what holds neither packages nor a quantity nor a description is none."""
    found = [(table.form.page, item) for table, items in tables for item in items.items]
    lines = _numbered([(page, item, _line(page, item, context)) for page, item in found])
    return tuple(line for line in lines if line.description or line.quantity or line.packages)


_SURMISED = 0.5
"""Confidence of an item number that only its place in the sequence tells."""


def _numbered(found: Sequence[tuple[Page, Item, CertificateLine]]) -> list[CertificateLine]:
    """A number that is printed but illegible is the one due at its place, where most others stand at theirs."""
    places = [(place, line.number.value) for place, (_, _, line) in enumerate(found, 1) if line.number]
    lines = [line for _, _, line in found]
    if 2 * len(places) < len(lines) or any(value != str(place) for place, value in places):
        return lines
    for at, (page, item, line) in enumerate(found):
        ink = item.column("item_number")
        if line.number is None and ink:
            number = placed(ink[0].words, str(at + 1), page)
            unsure = number.model_copy(update={"confidence": min(number.confidence, _SURMISED)})
            lines[at] = line.replacing(number=unsure)
    return lines


def _line(page: Page, item: Item, context: Context) -> CertificateLine:
    goods = _Goods(page, item, context)
    quantity, unit, mass = _measures(page, item, context)
    hs_line = _first(page, item.column("hs_code"), parse_hs_code)
    return CertificateLine(
        number=goods.number,
        marks=picking.text(page, [line.spans for line in item.column("marks")]),
        description=goods.description,
        hs_code=hs_line or goods.hs_code,
        origin_criterion=picking.text(page, [line.spans for line in item.column("criterion")]),
        origin=_first(page, item.column("country_of_origin", "origin_column"), parse_country),
        quantity=quantity,
        unit=unit,
        packages=goods.packages,
        gross_weight_kg=mass,
    )


class _Goods:
    """What stands in the column of the goods: number, packages, description and HS code of one item."""

    def __init__(self, page: Page, item: Item, context: Context) -> None:
        self._page = page
        self._context = context
        self.number: Field[str] | None = self._own_number(item)
        self.packages: Field[Decimal] | None = self._packages_column(item)
        self.hs_code: Field[str] | None = None
        words = self._after_marks([self._without_number(line) for line in item.column("goods")])
        self.description = self._describe(self._after_packages(words))

    def _own_number(self, item: Item) -> Field[str] | None:
        for line in item.column("item_number"):
            number = item_number(line.words)
            if number:
                return placed(line.words[:1], number, self._page)
        return None

    def _packages_column(self, item: Item) -> Field[Decimal] | None:
        style = self._context.number_style
        for line in item.column("packages"):
            found = parse_packages(line.text, style)
            if found:
                return placed(line.words, found[0], self._page)
        return None

    def _without_number(self, line: Line) -> list[Word]:
        words = line.words
        number = item_number(words) if self.number is None else None
        if number is None:
            return words
        self.number = placed(words[:1], number, self._page)
        return words[1:]

    def _after_marks(self, lines: Sequence[list[Word]]) -> list[Word]:
        """From the line that counts packages on: what stands above it in the same box are marks."""
        for at, words in enumerate(lines):
            if words and counted(joined(w.text for w in words), self._context.number_style):
                return [w for line in lines[at:] for w in line]
        return [w for line in lines for w in line]

    def _after_packages(self, words: list[Word]) -> list[Word]:
        found = counted(joined(w.text for w in words), self._context.number_style) if words else None
        if found is None:
            return words
        count, _, rest = found
        start = next((at for at in range(len(words)) if _spelt(words[at:]) == squeezed(rest)), None)
        if start is None:
            return words
        before = words[:start] or words
        if self.packages is None:
            self.packages = placed(_trimmed(before), count, self._page)
        return words[start:]

    def _describe(self, words: list[Word]) -> Field[str] | None:
        found = find_hs_code(joined(w.text for w in words)) if words else None
        if found:
            code, matched = found
            run = covering(words, matched) or (len(words), len(words))
            self.hs_code = placed(words[run[0] : run[1]] or words, code, self._page, parse=parse_hs_code)
            words = [*words[: run[0]], *words[run[1] :]]
        value = joined(w.text for w in words).strip(_TRAILING)
        value = re.sub(r"\(\s*\)", "", value).strip(_TRAILING)
        return placed(words, value, self._page) if sum(c.isalpha() for c in value) > 1 else None


def _spelt(words: Sequence[Word]) -> str:
    return squeezed(" ".join(w.text for w in words))


def _trimmed(words: list[Word]) -> list[Word]:
    """Without the dash behind the count."""
    return [w for w in words if any(c.isalnum() for c in w.text)] or words


def _first(page: Page, lines: Sequence[Line], parse: picking.Reading) -> Field[str] | None:
    for line in lines:
        value = parse(line.text)
        if value:
            return placed(line.words, value, page, parse=parse)
    return None


def _measures(
    page: Page, item: Item, context: Context
) -> tuple[Field[Decimal] | None, Field[str] | None, Field[Decimal] | None]:
    """Quantity, unit and gross mass: a column of weights may hold pieces, one of quantities may count kilograms."""
    quantity: Field[Decimal] | None = None
    unit: Field[str] | None = None
    mass: Field[Decimal] | None = None
    for line in item.column(*MEASURED):
        found = parse_quantity(line.text, context.number_style) or _in_groups(line)
        if found is None:
            continue
        number, code = found
        if code is None and (line.any_unit or ")" in line.text):
            continue
        if line.concept == "weight" and (code in _MASS or (code is None and mass is None)):
            mass = mass if _may_be_net(line) else mass or picking.weight(page, line.words, context, default_unit="KGM")
        elif quantity is None:
            quantity = _quantity(page, line, number, context)
            unit = placed(_unit_words(line.words), code, page) if code else None
    return quantity, unit, mass


_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+(?= ?[^\W\d])")


def _in_groups(line: Line) -> tuple[Decimal, str | None] | None:
    """A whole number in groups of three parted by narrow spaces, with its unit: "1 800 pcs"."""
    grouped = _GROUPED.match(line.text)
    words = line.words
    figures = [w for w in words if w.text.isdigit()]
    narrow = all(b.box.x0 - a.box.x1 < 0.7 * b.box.height for a, b in pairwise(figures))
    if grouped is None or not narrow:
        return None
    return parse_quantity(grouped[0].replace(" ", "") + line.text[grouped.end() :], None)


def _may_be_net(line: Line) -> bool:
    """True for a mass under "gross weight or net weight …" (Form E), unless it says which it is."""
    return line.net_as_well and not picking.says_gross(line.text)


def _quantity(page: Page, line: Line, number: Decimal, context: Context) -> Field[Decimal]:
    def parse(text: str) -> Decimal | None:
        found = parse_quantity(text, context.number_style)
        return found[0] if found else None

    grouped = _GROUPED.match(line.text)
    figure = next((w.text for w in line.words if any(c.isdigit() for c in w.text)), line.text)
    words = words_for(line.words, grouped[0] if grouped else figure)
    return placed(words, number, page, parse=parse)


def _unit_words(words: list[Word]) -> list[Word]:
    return [w for w in words if not w.text[0].isdigit()] or words
