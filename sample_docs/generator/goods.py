"""The articles of fictitious companies, from `goods.csv` and `goods_names.csv`, and a shipment's lines of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Final

from typing_extensions import override

_TABLE: Final = Path(__file__).parent.parent / "goods.csv"
_NAMES: Final = _TABLE.with_name("goods_names.csv")
_NAMED_APART: Final = ("fr", "es", "it")  # languages whose names are in the second table
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Article:
    """`hs` is the HS 2022 subheading, `price` in euro, weights in kg of one unit and of one empty package."""

    key: str
    hs: str
    unit: str
    price: Decimal
    net_kg: Decimal
    per_package: int
    package: str
    tare_kg: Decimal
    volume_m3: Decimal
    families: dict[str, str]
    names: dict[str, str]
    short_names: dict[str, str]

    @override
    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """So many full packages of one article. `variant` is a colour or the like that is added to the name."""

    article: Article
    packages: int
    unit_price: Decimal
    origin: str
    part_number: str
    hs_code: str
    variant: str = ""

    @property
    def quantity(self) -> int:
        return self.packages * self.article.per_package

    @property
    def amount(self) -> Decimal:
        return (self.quantity * self.unit_price).quantize(_CENT, ROUND_HALF_UP)

    @property
    def net_kg(self) -> Decimal:
        return (self.quantity * self.article.net_kg).quantize(_CENT, ROUND_HALF_UP)

    @property
    def gross_kg(self) -> Decimal:
        return self.net_kg + (self.packages * self.article.tare_kg).quantize(_CENT, ROUND_HALF_UP)

    @property
    def volume_m3(self) -> Decimal:
        return (self.packages * self.article.volume_m3).quantize(Decimal("0.001"), ROUND_HALF_UP)

    def description(self, language: str, *, short: bool = False) -> str:
        """As papers of that language name the goods; Chinese ones put the English name behind."""
        names = self.article.short_names if short else self.article.names
        return f"{names[language]}, {self.variant}" if self.variant else names[language]


@cache
def articles() -> dict[str, Article]:
    """All articles by their key."""
    named = {row["key"]: row for row in _rows(_NAMES)}
    return {row["key"]: _article(row, named[row["key"]]) for row in _rows(_TABLE)}


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _article(row: dict[str, str], apart: dict[str, str]) -> Article:
    families = {language: apart[f"{language}_family"] for language in _NAMED_APART}
    names = {language: apart[language] for language in _NAMED_APART}
    short_names = {language: apart[f"{language}_short"] for language in _NAMED_APART}
    return Article(
        key=row["key"],
        hs=row["hs"],
        unit=row["unit"],
        price=Decimal(row["price"]),
        net_kg=Decimal(row["net_kg"]),
        per_package=int(row["per_package"]),
        package=row["package"],
        tare_kg=Decimal(row["tare_kg"]),
        volume_m3=Decimal(row["volume_m3"]),
        families={"en": row["family"], "de": row["gattung"], "zh": row["family"], **families},
        names={"en": row["en"], "de": row["de"], "zh": f"{row['zh']} {row['en']}", **names},
        short_names={"en": row["short"], "de": row["kurz"], "zh": f"{row['zh']} {row['short']}", **short_names},
    )
