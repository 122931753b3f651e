"""Where a code list is a witness: when no other reading that a scanner might have meant is in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pycountry

from schemas.delivery_terms import terms_without
from validators.confusions import confusable
from validators.papers import Cell

INCOTERMS: Mapping[str, frozenset[str]] = MappingProxyType({
    "2020": frozenset({"EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"}),
    "2010": frozenset({"EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAT", "DAP", "DDP"}),
    "2000": frozenset({"EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAF", "DES", "DEQ", "DDU", "DDP"}),
})  # fmt: skip
"""Terms by edition of the ICC's Incoterms."""

SEA_ONLY = frozenset({"FAS", "FOB", "CFR", "CIF"})
WITHOUT_FREIGHT = terms_without("carriage")
WITHOUT_INSURANCE = terms_without("insurance")

_CURRENCIES = frozenset(str(currency.alpha_3) for currency in pycountry.currencies)
# Those of 2000 are out of use: DAF would leave DAP, the commonest of today, in doubt.
_TERMS = INCOTERMS["2020"] | INCOTERMS["2010"]

# Names of countries, in any language of the papers, that a letter or two turns into each other; every other name
# written out says which country it is.
_TWIN_NAMES = frozenset({
    "IRAN", "IRAQ", "NIGER", "NIGERIA", "AUSTRIA", "AUSTRALIA", "SLOVAKIA", "SLOVENIA", "GAMBIA", "ZAMBIA", "GUINEA",
    "GUYANA", "MALI", "MALTA", "OMAN", "DOMINICA", "DOMINICAN", "ICELAND", "IRELAND", "ISLAND", "IRLAND", "ISLANDE",
    "IRLANDE", "ISLANDA", "IRLANDA", "CHILE", "CHINE", "GAMBIE", "ZAMBIE", "SAMBIA", "IRAK",
})  # fmt: skip
_NAME_LENGTH = 5
# Words and codes for units that one letter turns into each other.
_TWIN_UNITS = frozenset({"MTR", "MTK", "MTQ", "CMT", "CMK", "CMQ", "KMT", "LTR", "TNE", "DPR", "DPC"})
_UNIT_LENGTH = 3


def _letters(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalpha())


def _alone_in(code: str, known: frozenset[str], text: str) -> bool:
    return code in known and code in text.upper() and not any(confusable(code, other) for other in known)


def stands_alone(cell: Cell[object]) -> bool:
    """Whether the value's own list of codes is enough of a witness for the text it was read from."""
    value, text = cell.value, cell.field.text
    if not isinstance(value, str):
        return False
    if cell.name == "currency":
        return _alone_in(value, _CURRENCIES, text)
    if cell.name == "incoterm":
        return _alone_in(value, _TERMS, text)
    if cell.name in {"origin", "country_of_origin"}:
        return text.isascii() and len(_letters(text)) >= _NAME_LENGTH and not _TWIN_NAMES & set(text.upper().split())
    return cell.name == "unit" and len(_letters(text)) >= _UNIT_LENGTH and _letters(text) not in _TWIN_UNITS
