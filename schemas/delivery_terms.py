"""What the price of each delivery term includes of the costs of carriage: the table `codes/incoterm_costs.csv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal, get_args

Cost = Literal["origin", "carriage", "insurance"]
COSTS: Final[tuple[Cost, ...]] = get_args(Cost)
"""The way to the port of export, carriage to the country of import, and its insurance."""


@cache
def costs_by_term() -> Mapping[str, frozenset[Cost]]:
    """By the term's code, those of every edition; a term that is not there is not known."""
    text = files("schemas.codes").joinpath("incoterm_costs.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["code"]: frozenset(cost for cost in COSTS if row[cost] == "yes") for row in rows}


def terms_without(cost: Cost) -> frozenset[str]:
    """The terms whose price leaves that cost to the buyer."""
    return frozenset(term for term, included in costs_by_term().items() if cost not in included)
