"""Cells of a goods table read as numbers, money, weights and quantities."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractors.fieldmaking import field_from
from extractors.layout.spans import joined
from extractors.tables.parts import Cell, Column, TableRow
from extractors.tables.repeated import Labels
from extractors.values.money import parse_money
from extractors.values.numbers import NumberStyle, numeric_readings, parse_number
from extractors.values.units import parse_quantity, parse_unit
from extractors.values.weights import parse_volume_m3, parse_weight_kg
from schemas.fields import Alternative, Field
from schemas.pages import Page, Word

DOUBTFUL: Final = 0.5
"""The most confidence that a value has whose print had to be put right before it was a value at all."""

_GROUPED: Final = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_LEADING_NUMBER: Final = re.compile(r"\d[\d.,']*(?: \d{3}(?!\d))*")
_QUOTES: Final = "\"'‘’“”`´*~_ "
BASIS: Final = re.compile(
    r"(?:/|\b(?:per|pro|je|pour|por|par|à)\b|\bp\.)\s*(?P<basis>1[\s.,']?000|100|10|1)\b", re.IGNORECASE
)
"""For how many units a price is, behind it or in the column's title."""
_CREDIT: Final = re.compile(r"(?<=\d)\s*(?:CR|Cr\.?)")
_EDGES: Final = " ,;:()[]{}*~_—–-|'\"‘’“”«»"


@dataclass(frozen=True, slots=True)
class CellReader:
    """What all lines of one table are read with.

    `right_edge`, `coded` and `code_labels` tell its descriptions' lines apart; `codes_below` says that tariff codes
    stand under the article numbers.
    """

    style: NumberStyle | None
    columns: dict[str, Column]
    right_edge: float
    coded: bool
    code_labels: Labels
    codes_below: bool

    def number(self, cell: Cell | None, parse: Callable[[str], Decimal | None]) -> Field[Decimal] | None:
        """A cell's one number. Where its print is none as it stands, the likeliest repair, plainly doubted."""
        if cell is None:
            return None
        words = on_first_page(cell)
        value = parse(joined(w.text for w in words))
        if value is not None:
            return field_from(words, value, cell.page, parse=parse)
        return self._repaired(words, cell.page, parse)

    def price(self, cell: Cell | None) -> Field[Decimal] | None:
        """A unit price. None is negative: a dash before it is a piece of the table's frame."""
        return self.number(cell, lambda text: self._amount(text.lstrip(_EDGES)))

    def _repaired(
        self, words: Sequence[Word], page: Page, parse: Callable[[str], Decimal | None]
    ) -> Field[Decimal] | None:
        digits = [w for w in words if any(c.isdigit() for c in w.text)]
        if not digits:
            return None
        text = joined(w.text for w in digits)
        single = parse(text)
        if single is not None:
            return field_from(digits, single, page, parse=parse)
        bare = parse(text.strip(_QUOTES))
        if bare is not None:  # a speck read as a quotation mark, or a digit: doubted
            field = field_from(digits, bare, page)
            return field.model_copy(update={"confidence": min(field.confidence, DOUBTFUL)})
        readings = numeric_readings(text, self.style)
        several = sum(parse_number(w.text, self.style) is not None for w in digits) > 1 and not _GROUPED.fullmatch(text)
        if not readings or several:  # two numbers in one cell are not one: better none than a wrong one
            return None
        field = field_from(digits, readings[0], page)
        left = (1 - DOUBTFUL) / max(1, len(readings) - 1)
        others = tuple(Alternative[Decimal](value=v, text=str(v), confidence=left) for v in readings[1:])
        return field.model_copy(update={"confidence": min(field.confidence, DOUBTFUL), "alternatives": others})

    def money(self, cell: Cell | None) -> Field[Decimal] | None:
        return self.number(cell, self._amount)

    def _amount(self, text: str) -> Decimal | None:
        bare = _without_basis(text)
        plain = _CREDIT.sub("", bare)
        money = parse_money(plain, self.style) or parse_money(
            re.sub(r"\s*(?:/|per|pro|je|par|por)\s*\w+\.?$|\s*(?:%o|‰)$", "", plain), self.style
        )
        if money is None:
            return None
        return -abs(money[0]) if plain != bare else money[0]

    def weight(self, cell: Cell | None, concept: str) -> Field[Decimal] | None:
        unit = self._label_unit(concept, ("KGM", "GRM", "TNE", "LBR")) or "KGM"
        return self.number(cell, lambda text: parse_weight_kg(text, self.style, default_unit=unit))

    def volume(self, cell: Cell | None) -> Field[Decimal] | None:
        return self.number(cell, lambda text: parse_volume_m3(text, self.style))

    def _label_unit(self, concept: str, known: Sequence[str]) -> str | None:
        """The unit that the column's label names."""
        column = self.columns.get(concept)
        if column is None or column.label is None:
            return None
        codes = [parse_unit(w.text.strip("()[]/ ")) for w in column.label.words]
        return next((c for c in codes if c in known), None)

    def quantity(self, row: TableRow) -> tuple[Field[Decimal] | None, Field[str] | None]:
        """Quantity and unit, which stand in one cell, in two, or the unit in the label."""
        cell = row.cells.get("quantity")
        unit = self._unit_cell(row.cells.get("unit"))
        if cell is None:
            return None, unit
        words = on_first_page(cell)
        whole = parse_quantity(joined(w.text for w in words), self.style)
        if whole is None:
            plain = self._in_two_tongues(words, cell.page) or self._in_two_units(words, row)
            return plain or (self._counted(words, cell.page), unit or self._unit_behind(words, cell.page))
        numbers, rest = _split_at_unit(words)
        found = field_from(numbers or words, whole[0], cell.page, parse=self._count)
        own = field_from(rest or words, whole[1], cell.page) if whole[1] else None
        return found, own or unit or self._label_as_unit()

    def _in_two_tongues(self, words: Sequence[Word], page: Page) -> tuple[Field[Decimal], Field[str]] | None:
        """A number with its unit printed twice: "1,920 件 PCS"; None where the two do not say the same."""
        numbers, rest = _split_at_unit(words)
        codes = {parse_unit(w.text) for w in rest}
        value = self._count(joined(w.text for w in numbers)) if numbers else None
        code = codes.pop() if len(codes) == 1 else None
        if value is None or code is None:
            return None
        return field_from(numbers, value, page, parse=self._count), field_from(rest, code, page)

    def _in_two_units(self, words: Sequence[Word], row: TableRow) -> tuple[Field[Decimal], Field[str]] | None:
        """Of "100 PCS / 250.50 KG" the quantity that the price is for; where none plainly is, a doubted one.

        That is the first, or where nothing is priced the one that counts no packages: "33 colli 2.640 pz".
        """
        pairs = self._two_counts(words, row.page)
        if not pairs:
            return None
        price, amount = (self.money(row.cells.get(c)) for c in ("unit_price", "amount"))
        if price and amount:
            fitting = [p for p in pairs if round(p[0].value * price.value - amount.value, 2) == 0]
            if len(fitting) == 1:
                return fitting[0]
        goods = [pair for pair in pairs if not pair[1].value.startswith("X")]
        count, unit = pairs[0] if price or not goods else goods[0]
        return _doubted(count), unit

    def packages_within(self, cell: Cell | None) -> Field[Decimal] | None:
        """The packages of "33 colli 2.640 pz", doubted; None where the cell does not count both."""
        pairs = self._two_counts(on_first_page(cell), cell.page) if cell else []
        packed = [count for count, unit in pairs if unit.value.startswith("X")]
        return _doubted(packed[0]) if len(packed) == 1 else None

    def _two_counts(self, words: Sequence[Word], page: Page) -> list[tuple[Field[Decimal], Field[str]]]:
        """Two numbers, each with a unit of its own; empty for anything else."""
        starts = [at for at, w in enumerate(words) if any(c.isdigit() for c in w.text)]
        if len(starts) != 2 or starts[0] or starts[1] == 1:  # noqa: PLR2004  two numbers, each with a unit
            return []
        pairs = [pair for some in (words[: starts[1]], words[starts[1] :]) if (pair := self._pair(some, page))]
        return pairs if len({unit.value for _, unit in pairs}) == 2 else []  # noqa: PLR2004  as said

    def _pair(self, words: Sequence[Word], page: Page) -> tuple[Field[Decimal], Field[str]] | None:
        """A number and its unit, with what else stands round them ("/", brackets) left out."""
        bare = [w for w in words if any(c.isalnum() for c in w.text)]
        value = self._count(bare[0].text.strip("(/|=")) if bare else None
        code = parse_unit(joined(w.text for w in bare[1:]).strip("()/|= "))
        if value is None or code is None:
            return None
        return field_from(bare[:1], value, page), field_from(bare[1:], code, page)

    def _count(self, text: str) -> Decimal | None:
        found = parse_quantity(text, self.style)
        return found[0] if found else None

    def _counted(self, words: Sequence[Word], page: Page) -> Field[Decimal] | None:
        """The number before a unit that is none as printed ("144 fF"): taken, but doubted."""
        found = _LEADING_NUMBER.match(joined(w.text for w in words))
        value = parse_number(found[0].strip(), self.style) if found else None
        if value is None:
            return self._repaired(words, page, self._count)
        field = field_from(words, value, page, parse=self._count)
        return field.model_copy(update={"confidence": min(field.confidence, DOUBTFUL)})

    def _unit_cell(self, cell: Cell | None) -> Field[str] | None:
        if cell is None:
            return None
        words = on_first_page(cell)
        code = parse_unit(joined(w.text for w in words))
        if code:
            return field_from(words, code, cell.page, parse=parse_unit)
        twice = {parse_unit(w.text) for w in words}  # "件 PCS"
        code = twice.pop() if len(twice) == 1 else None
        return field_from(words, code, cell.page) if code else None

    def _unit_behind(self, words: Sequence[Word], page: Page) -> Field[str] | None:
        """The unit behind a number that was read with a repair or in groups: "1 000 unités"."""
        rest = _split_at_unit(words)[1]
        code = parse_unit(joined(w.text for w in rest)) if rest else None
        return field_from(rest, code, page, parse=parse_unit) if code else self._label_as_unit()

    def _label_as_unit(self) -> Field[str] | None:
        """A unit that only the label gives: "Quantity (PCS)"."""
        column = self.columns.get("quantity")
        if column is None or column.label is None or len(column.label.words) < 2:  # noqa: PLR2004  label and unit
            return None
        last = column.label.words[-1]
        code = parse_unit(last.text.strip("()[]/ "))
        return field_from([last], code, column.label.page) if code else None


def _doubted(field: Field[Decimal]) -> Field[Decimal]:
    return field.model_copy(update={"confidence": min(field.confidence, DOUBTFUL)})


def on_first_page(cell: Cell) -> list[Word]:
    """A field has one place: of a row broken over two pages, what stands on the first."""
    return [w for s in cell.spans if s.page is cell.page for w in s.words]


def _split_at_unit(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words of the number, and those behind it."""
    first = next((i for i, w in enumerate(words) if not any(c.isdigit() for c in w.text)), len(words))
    return list(words[:first]), list(words[first:])


def _without_basis(text: str) -> str:
    """The price less what says for how many units it is, which may stand before it."""
    found = BASIS.search(text)
    if found is None:
        return text
    before = text[: found.start()]
    return before if any(c.isdigit() for c in before) else text[found.end() :]
