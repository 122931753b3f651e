"""When two statements of origin agree: the European Union stands for any of its member states."""

from __future__ import annotations

from functools import cache

from schemas.jurisdictions import jurisdiction

_UNION = "EU"


def is_same_origin(left: str, right: str) -> bool:
    """`EU` agrees with itself and with every member state, on either side."""
    if left == right:
        return True
    return _UNION in {left, right} and {left, right} - {_UNION} <= _members()


@cache
def _members() -> frozenset[str]:
    """Those since 2020-02-01 (Treaty on European Union, art. 52, less the United Kingdom)."""
    found = jurisdiction(_UNION)
    return frozenset(found.members) if found is not None else frozenset()
