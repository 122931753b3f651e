"""Spellings of one company's name that mean the same company."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.chance import Chance

_FORMS: Final = (
    (" Co., Ltd.", " Company Limited"),
    (" Pvt. Ltd.", " Private Limited"),
    (" Ltd.", " Limited"),
    (" Ltd", " Limited"),
    (" Inc.", " Incorporated"),
    (" Sdn. Bhd.", " SDN BHD"),
    (" B.V.", " BV"),
    (" S.A.", " SA"),
    (" A/S", " AS"),
    (" Corp.", " Corporation"),
    (" und ", " & "),
)
_UMLAUTS: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}


def variant(name: str, chance: Chance) -> str:
    """Another spelling: the legal form written out, umlauts spelt out, or capitals."""
    changed = name
    for short, full in _FORMS:
        if short in name:
            changed = name.replace(short, full)
            break
    if any(sign in changed for sign in _UMLAUTS):
        changed = "".join(_UMLAUTS.get(sign, sign) for sign in changed)
    return changed.upper() if changed == name or chance.happens(0.5) else changed
