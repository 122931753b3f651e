"""Values that vouch for themselves: check digits, and codes that no other plausible reading could be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stdnum import iso6346
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

from schemas.nomenclature import is_subheading
from schemas.values import Party
from validators.confusions import lookalikes
from validators.papers import BY_EYE, Cell
from validators.sameness import reference

CONTAINER: Final = 11
"""Characters of a container's number (ISO 6346): owner, category, six digits and the check digit."""
_SIX: Final = 6
_VAT_GB: Final = 11
_EORI_GB: Final = 14
"""GB, nine digits of the VAT number and three more (HMRC)."""


def vouched(cell: Cell[object], ending: str) -> Iterator[str]:
    """The witnesses that a value read by eye carries in itself; `ending` limits one to the first six digits."""
    if cell.field.reader not in BY_EYE or cell.field.proposed:
        return
    value = cell.value
    if isinstance(value, Party):
        if value.tax_id is not None and has_sound_tax_number(value.tax_id):
            yield "check_digit/tax_id"
    elif not isinstance(value, str):
        return
    elif cell.name == "container_number" and ";" not in value and _is_only_container(reference(value)):
        yield "check_digit"
    elif cell.name == "hs_code" and _is_only_subheading(value):
        yield f"code_list{ending}"


def has_check_digit(number: str) -> bool:
    """Whether a container's number fits its check digit; True for what is no number of that form."""
    return len(number) != CONTAINER or bool(iso6346.is_valid(number))


def has_sound_tax_number(text: str) -> bool:
    """Whether a VAT number of the EU or GB, or an EORI made of one, fits its check digits."""
    number = reference(text)
    if number.startswith("GB"):
        return bool(gb_vat.is_valid(number[:_VAT_GB] if len(number) == _EORI_GB else number))
    return bool(eu_vat.is_valid(number))


def _is_only_container(number: str) -> bool:
    """Where a lookalike in one place fits too, the check digit cannot tell them apart."""
    others = (other for other in lookalikes(number) if len(reference(other)) == CONTAINER)
    return len(number) == CONTAINER and has_check_digit(number) and not any(iso6346.is_valid(other) for other in others)


def _is_only_subheading(code: str) -> bool:
    """The six digits of the nomenclature; further ones are each country's own."""
    start = code[:_SIX]
    return is_subheading(start) and not any(other.isdigit() and is_subheading(other) for other in lookalikes(start))
