"""Tables of many layouts drawn by chance: whatever stands where, every cell is read back."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tables.sheets import PITCH, Sheet, invoice, line_width, values

LABELS = {
    "number": ("No.", "Pos.", "Ligne", "Riga"),
    "part_number": ("Part No.", "SKU", "Artikel-Nr.", "Référence", "Codice"),
    "description": ("Description", "Goods", "Bezeichnung", "Désignation", "Descripción"),
    "hs_code": ("HS Code", "Tariff No.", "Zolltarifnummer", "Nomenclature"),
    "quantity": ("Qty", "Quantity", "Menge", "Quantité", "Cantidad"),
    "unit_price": ("Unit price", "Rate", "Einzelpreis", "P.U.", "Precio"),
    "amount": ("Amount", "Extended", "Betrag", "Montant", "Importe"),
}
WORDS = ("steel", "cotton", "pump", "valve", "blue", "round", "with", "cover", "sleeve", "bearing", "drive", "plate")


@dataclass
class Layout:
    """One table of one chance: which columns, how wide, how aligned, how ruled."""

    chance: random.Random
    columns: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    left: dict[str, float] = field(default_factory=dict)
    width: dict[str, float] = field(default_factory=dict)
    items: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        optional = [c for c in ("number", "part_number", "hs_code") if self.chance.random() < 0.6]
        order = ["number", "part_number", "description", "hs_code", "quantity", "unit_price", "amount"]
        self.columns = [c for c in order if c in optional or c not in ("number", "part_number", "hs_code")]
        self.labels = {c: self.chance.choice(LABELS[c]) for c in self.columns}
        self.items = [self.item(n) for n in range(1, self.chance.choice((1, 2, 3, 8, 14)) + 1)]
        x, space = 40.0, self.chance.choice((7.0, 12.0))
        for column in self.columns:
            widest = max(line_width(t) for t in (self.labels[column], *(i[column] for i in self.items)))
            self.width[column] = self.chance.choice((110.0, 150.0)) if column == "description" else widest
            self.left[column] = x
            x += self.width[column] + space

    def item(self, number: int) -> dict[str, str]:
        quantity, cents = self.chance.randint(1, 40000), self.chance.randint(5, 99999)
        part = f"{self.chance.randint(10, 99)}-{self.chance.randint(1000, 9999)}"
        return {
            "number": str(number),
            "part_number": self.chance.choice("ABK") + part,
            "description": " ".join(self.chance.choices(WORDS, k=self.chance.randint(2, 9))),
            "hs_code": f"8413.{self.chance.randint(10, 99)}.00",
            "quantity": f"{quantity:,} PCS",
            "unit_price": f"{Decimal(cents) / 100:,.2f}",
            "amount": f"{Decimal(cents) * quantity / 100:,.2f}",
        }

    def put(self, sheet: Sheet, column: str, text: str, top: float, *, flush: str) -> None:
        spare = self.width[column] - line_width(text)
        sheet.put(self.left[column] + {"l": 0.0, "c": spare / 2, "r": spare}[flush], text, at=top)

    def wrapped(self, text: str) -> list[str]:
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if line_width(longer) <= self.width["description"]:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def drawn(self) -> Sheet:
        sheet = Sheet()
        ruled = self.chance.choice(("none", "header", "rows", "dashed"))
        where = self.chance.choice((0.0, 0.0, 0.5, 1.0))
        space = 9.0 if where and ruled in ("none", "header") else 5.0
        right = self.left["amount"] + self.width["amount"]
        for column in self.columns:
            self.put(sheet, column, self.labels[column], sheet.y, flush=self.chance.choice("lcr"))
        sheet.y += PITCH + 5
        if ruled != "none":
            sheet.across(38, right + 2)
        flush = {c: "l" if c in ("part_number", "description") else self.chance.choice("rrc") for c in self.columns}
        for item in self.items:
            lines = self.wrapped(item["description"])
            for n, text in enumerate(lines):
                self.put(sheet, "description", text, sheet.y + n * PITCH, flush="l")
            top = sheet.y + where * (len(lines) - 1) * PITCH
            for column in self.columns:
                if column != "description":
                    self.put(sheet, column, item[column], top, flush=flush[column])
            sheet.y += len(lines) * PITCH + space
            if ruled in ("rows", "dashed"):
                sheet.across(38, right + 2, dashes=5.0 if ruled == "dashed" else 0.0, lift=space / 2)
        return sheet


def plain(column: str, text: str) -> str:
    if column in ("quantity", "unit_price", "amount"):
        return text.removesuffix(" PCS").replace(",", "")
    return text.replace(".", "") if column == "hs_code" else text


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_every_cell_of_a_drawn_table_is_read_back(seed: int) -> None:
    layout = Layout(random.Random(seed))  # noqa: S311  a layout, no secret
    expected = [tuple(plain(c, item[c]) for c in layout.columns) for item in layout.items]
    assert values(invoice(layout.drawn()), *layout.columns) == expected
