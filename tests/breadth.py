"""Breadth: many like cases of which `make test` runs a few, and `make test-all` every one."""

from __future__ import annotations

from collections.abc import Container, Iterable

import pytest


def mostly_slow(cases: Iterable[object], *, quick: Container[object]) -> list[object]:
    """All of the cases as parameters of a test; whichever is not among `quick` is slow."""
    return [one if one in quick else pytest.param(one, marks=pytest.mark.slow) for one in cases]
