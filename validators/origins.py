"""When two statements of origin agree: the European Union stands for any of its member states."""

from __future__ import annotations

# Member states of the European Union since 2020-02-01 (Treaty on European Union, art. 52, less the United Kingdom).
EU_MEMBERS = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip


def is_same_origin(left: str, right: str) -> bool:
    """`EU` agrees with itself and with every member state, on either side."""
    if left == right:
        return True
    return {left, right} & {"EU"} != set() and ({left, right} - {"EU"}) <= EU_MEMBERS
