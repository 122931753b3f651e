"""Breadth: many like cases of which `make test` runs a few, and `make test-all` every one."""

from __future__ import annotations

from collections.abc import Container, Iterable

import pytest


def mostly_slow(cases: Iterable[object], *, quick: Container[object], named: int = 1) -> list[object]:
    """All of the cases as parameters of a test; whichever is not among `quick` is slow.

    Where the test names several parameters (`named`), each case is a tuple of their values.
    """
    return [one if one in quick else _slow(one if named > 1 else (one,)) for one in cases]


def _slow(values: object) -> object:
    if not isinstance(values, tuple):
        raise TypeError(f"{values!r} has not a value for each of several names")
    return pytest.param(*values, marks=pytest.mark.slow)
