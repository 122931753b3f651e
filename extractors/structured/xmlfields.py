"""Fields of an e-invoice, as the standard writes values, each with its XPath. What is invalid is told, not guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeVar

from extractors.structured.xmltree import Node
from extractors.values.countries import parse_country
from extractors.values.identifiers import parse_hs_code
from extractors.values.incoterms import parse_incoterm
from extractors.values.lexicon import official_codes
from extractors.values.numbers import NumberStyle
from extractors.values.packages import parse_package_kind
from extractors.values.units import parse_unit
from extractors.values.weights import parse_volume_m3, parse_weight_kg
from schemas.fields import Field
from schemas.values import Party, plain

T = TypeVar("T")

_DECIMAL: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
"""XML Schema's decimal: a point, no groups."""
_DAY: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:Z|[-+]\d{2}:\d{2}|T.*)?", re.ASCII)
"""ISO 8601 with or without hyphens (CII's format 102), a time zone ignored."""
_POINT: Final = NumberStyle(".")
_HS_LISTS: Final = frozenset({"HS", "HTS", "CN", "TARIC", "HTSUS"})


@dataclass(slots=True)
class XmlFields:
    """Makes the fields of one file. `prefix` goes before each locator; `faults` says what could not be taken."""

    file: str
    prefix: str = ""
    currency: str | None = None
    faults: list[str] = field(default_factory=list)

    def made(self, node: Node, value: T, text: str | None = None) -> Field[T]:
        shown = node.text if text is None else text
        return Field[T](
            value=value,
            confidence=1.0,
            file=self.file,
            locator=self.prefix + node.path,
            text=shown,
            reader="structured",
        )

    def parsed(self, node: Node | None, parse: Callable[[str], T | None], what: str) -> Field[T] | None:
        """The value of a node; None where there is none, and a fault where its text is none."""
        if node is None or not node.text:
            return None
        value = parse(node.text)
        if value is None:
            self.faults.append(f"“{node.text[:60]}” at {self.prefix}{node.path} is no {what}")
            return None
        return self.made(node, value)

    def text(self, node: Node | None) -> Field[str] | None:
        return self.made(node, node.text) if node is not None and node.text else None

    def number(self, node: Node | None) -> Field[Decimal] | None:
        return self.parsed(node, decimal, "number")

    def amount(self, node: Node | None) -> Field[Decimal] | None:
        """An amount in the invoice's currency; one that says another is a fault."""
        stated = node.attribute("currencyID") if node is not None else ""
        if node is not None and self.currency and stated not in ("", self.currency):
            self.faults.append(f"{self.prefix}{node.path} is in {stated}, the invoice in {self.currency}")
            return None
        return self.number(node)

    def total(self, nodes: Sequence[Node]) -> Field[Decimal] | None:
        """The sum of several amounts, each with its place in the locator."""
        found = [one for node in nodes if (one := self.amount(node)) is not None]
        if len(found) <= 1:
            return found[0] if found else None
        locator = " | ".join(one.locator or "" for one in found)
        text = " + ".join(one.text for one in found)
        update = {"value": sum((one.value for one in found), Decimal(0)), "locator": locator, "text": text}
        return found[0].model_copy(update=update)

    def day(self, node: Node | None) -> Field[dt.date] | None:
        return self.parsed(node, day, "date")

    def country(self, node: Node | None) -> Field[str] | None:
        return self.parsed(node, parse_country, "country")

    def coded_currency(self, node: Node | None) -> Field[str] | None:
        return self.parsed(node, lambda text: text if re.fullmatch(r"[A-Z]{3}", text) else None, "currency")

    def weight(self, node: Node | None) -> Field[Decimal] | None:
        return self._measure(node, lambda text, unit: parse_weight_kg(text, _POINT, default_unit=unit), "KGM")

    def volume(self, node: Node | None) -> Field[Decimal] | None:
        return self._measure(node, lambda text, unit: parse_volume_m3(text, _POINT, default_unit=unit), "MTQ")

    def _measure(
        self, node: Node | None, parse: Callable[[str, str], Decimal | None], usual: str
    ) -> Field[Decimal] | None:
        unit = (node.attribute("unitCode") if node is not None else "") or usual
        return self.parsed(node, lambda text: parse(plain(n), unit) if (n := decimal(text)) is not None else None, unit)

    def unit(self, node: Node | None) -> Field[str] | None:
        """The unit beside a quantity; a kind of package is X and its code, as Recommendation 20 asks."""
        code = node.attribute("unitCode") if node is not None else ""
        known = unit_code(code)
        return self.made(node, known, code) if node is not None and known else None

    def hs_code(self, nodes: Sequence[Node]) -> Field[str] | None:
        """The first commodity code of a customs nomenclature: there are lists of all kinds beside it."""
        own = [node for node in nodes if node.attribute("listID").upper() in _HS_LISTS]
        return next((self.parsed(node, parse_hs_code, "tariff code") for node in own), None)

    def kind(self, node: Node | None) -> Field[str] | None:
        return self.parsed(node, parse_package_kind, "kind of packages")

    def incoterm(self, node: Node | None) -> Field[str] | None:
        """A term of delivery; codes of other lists are none, and no fault."""
        term = parse_incoterm(node.text) if node is not None else None
        return self.made(node, term.term) if node is not None and term else None


@dataclass(frozen=True, slots=True)
class PartyPaths:
    """Where a standard keeps a party's parts; of each several places, the first that has something counts."""

    name: tuple[str, ...]
    address: tuple[str, ...]
    country: tuple[str, ...]
    tax_id: tuple[str, ...]


def party(fields: XmlFields, node: Node | None, paths: PartyPaths) -> Field[Party] | None:
    """The party at a node; None where it has no name."""
    name = node.first(*paths.name) if node is not None else None
    if node is None or name is None or not name.text:
        return None
    country, tax = node.first(*paths.country), node.first(*paths.tax_id)
    lines = [part.text for path in paths.address if (part := node.first(path)) is not None]
    value = Party(
        name=name.text,
        address=", ".join(lines) or None,
        country=parse_country(country.text) if country is not None else None,
        tax_id=tax.text if tax is not None else None,
    )
    return fields.made(node, value, name.text)


def decimal(text: str) -> Decimal | None:
    return Decimal(text) if _DECIMAL.fullmatch(text) and len(text) <= 40 else None  # noqa: PLR2004  no amount is longer


def day(text: str) -> dt.date | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:  # a 31st of February
        return None


def unit_code(code: str) -> str | None:
    if code in official_codes("units"):
        return code
    return code if code[:1] == "X" and code[1:] in official_codes("packages") else parse_unit(code)
