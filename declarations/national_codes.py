"""The code of goods in the importing country's tariff, as far as somebody who knows that tariff gives it.

Beyond the sixth digit codes are national: those on an exporter's papers are of the exporter's tariff unless the
importer's profile says otherwise. The broker's draft is in the importing country's.
"""

from __future__ import annotations

from collections.abc import Iterator

from declarations.values import Values
from schemas.declarations import DeclarationItem, FieldRef
from schemas.profiles import Goods, Profile, same_name
from schemas.shipments import Shipment
from schemas.values import Party

HARMONISED = 6


def national_code(
    n: int, one: DeclarationItem, shipment: Shipment, values: Values, profile: Profile | None
) -> str | None:
    """The profile's code for the goods, else the draft's, else the paper's if its supplier prints import codes.

    Failing these the six digits that all tariffs share; None where the paper's code does not stand.
    """
    if one.hs_code is None:
        return None
    known = _of_profile(n, one, values, profile)
    if known is not None:
        return known
    drafted = set(_of_draft(one.hs_code, shipment))
    if len(drafted) == 1:
        return drafted.pop()
    return one.hs_code if _prints_ours(profile, values.party("/exporter")) else one.hs_code[:HARMONISED]


def _of_profile(n: int, one: DeclarationItem, values: Values, profile: Profile | None) -> str | None:
    code = one.hs_code or ""
    records = [goods for goods in profile.goods if code.startswith(goods.hs_code or "")] if profile else []
    number = _part_number(n, values)
    chosen: tuple[Goods, ...] = (
        *(one_of for one_of in records if one_of.part_number and number and same_name(number, (one_of.part_number,))),
        *(one_of for one_of in records if one_of.part_number is None and _is_described(one, one_of)),
        *(one_of for one_of in records if one_of.part_number is None and one_of.description is None),
    )
    found = next(iter(chosen), None)
    return found.commodity_code if found and found.commodity_code[:HARMONISED] == code[:HARMONISED] else None


def _is_described(one: DeclarationItem, goods: Goods) -> bool:
    return goods.description is not None and same_name(one.description or "", (goods.description,))


def _part_number(n: int, values: Values) -> str | None:
    line = values.reconciled.items[n].invoice
    found = values.field(FieldRef(document=line.document, field="part_number", line=line.line)) if line else None
    return found.value if found is not None and isinstance(found.value, str) else None


def _of_draft(code: str, shipment: Shipment) -> Iterator[str]:
    """Codes of the draft's items that go on where the six digits end."""
    listed = (shipment.draft or {}).get("items")
    for item in listed if isinstance(listed, list) else ():
        stated = item.get("hs_code") if isinstance(item, dict) else None
        if (
            isinstance(stated, str)
            and stated.isascii()
            and stated.isdigit()
            and stated[:HARMONISED] == code[:HARMONISED]
        ):
            yield stated


def _prints_ours(profile: Profile | None, exporter: Party | None) -> bool:
    supplier = profile.supplier(exporter) if profile is not None else None
    return supplier is not None and supplier.prints_import_codes
