"""Ranges of package numbers on a packing list ("C/NO. 1-20"): how many packages they count, and up to which number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from validators.papers import Cell, Paper

_RANGE: Final = re.compile(r"^\D*(\d{1,6})\s*(?:[-\u2013\u2014~/]|TO|BIS|AL?)\s*\D{0,3}(\d{1,6})\D*$", re.IGNORECASE)
_SINGLE: Final = re.compile(r"^\D*(\d{1,6})\D*$")
_MOST: Final = Decimal("0.7")
"""Share of a paper's ranges that must count their packages before they are taken for ranges of packages at all."""


def ends(text: str) -> tuple[int, int] | None:
    """First and last number of one range, of a single number twice; None for what is none or runs backwards."""
    found = _RANGE.match(text) or _SINGLE.match(text)
    if found is None:
        return None
    first, last = int(found.group(1)), int(found.group(found.re.groups))
    return (first, last) if first <= last else None


def counted(text: str) -> Decimal | None:
    """How many packages a range of two numbers holds; a single number may be the number of one or a count."""
    if _RANGE.match(text) is None:
        return None
    of = ends(text)
    return Decimal(of[1] - of[0] + 1) if of else None


def counting(paper: Paper) -> list[tuple[Cell[str], Cell[Decimal]]]:
    """The ranges that can be counted beside the packages of their lines; none where they count something else."""
    pairs = [
        (stated, packages)
        for line in range(len(paper.lines))
        if (stated := paper.text("package_range", line)) is not None and counted(stated.value) is not None
        if (packages := paper.number("packages", line)) is not None
    ]
    right = sum(counted(stated.value) == packages.value for stated, packages in pairs)
    return pairs if right >= _MOST * len(pairs) else []


def numbered_through(paper: Paper) -> int | None:
    """The last number where the ranges of all lines follow each other from 1 on; mixed packages may be named twice."""
    found = [paper.text("package_range", line) for line in range(len(paper.lines))]
    ranges = [ends(cell.value) for cell in found if cell is not None]
    last = 0
    for of in sorted(of for of in ranges if of is not None):
        if of[0] > last + 1:
            return None
        last = max(last, of[1])
    return last if last and None not in ranges and len(ranges) == len(paper.lines) else None
