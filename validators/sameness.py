"""Whether two papers say the same of one thing, by the kind of value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from schemas.values import Party
from validators.names import folded, is_same_party
from validators.origins import is_same_origin
from validators.tolerances import Tolerances
from validators.units import is_same_unit

_NO_CODE = re.compile(r"[^0-9A-Z]+")
_LABEL = re.compile(r"^(?:NO|NR|NUM|INV|INVOICE|REF|PO)(?=\d)")


def reference(text: str) -> str:
    """A number of a document without punctuation, blanks or a label printed with it."""
    return _LABEL.sub("", _NO_CODE.sub("", text.upper()))


_BY_NAME: Mapping[str, Callable[[str, str], bool]] = MappingProxyType({
    "origin": is_same_origin,
    "country_of_origin": is_same_origin,
    "unit": is_same_unit,
})  # fmt: skip
_CODES = frozenset({"hs_code", "purchase_order", "currency", "incoterm"})


def same_value(name: str, left: object, right: object, tolerances: Tolerances | None = None) -> bool:
    """Equality by the field's kind; `name` is the contract's name of either field."""
    if isinstance(left, Party) and isinstance(right, Party):
        return is_same_party(left.name, right.name, same_name=(tolerances or Tolerances()).same_name)
    if not isinstance(left, str) or not isinstance(right, str):
        return left == right
    if name in _BY_NAME:
        return _BY_NAME[name](left, right)
    if name.endswith("number") or name in _CODES:
        return reference(left) == reference(right)
    return folded(left) == folded(right)
