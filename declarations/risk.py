"""What speaks for a look at the papers or the goods, how much, and where the indicator comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from schemas.findings import FindingCode
from schemas.reference import ReferenceKind

Group = Literal["value", "parties", "classification", "weight and quantity", "origin", "controls", "papers"]

_VALUATION = "customs valuation fraud indicators; UCC Implementing Regulation (EU) 2015/2447, art. 140"
_WCO = "WCO SAFE Framework of Standards, standard 4 (risk-management systems); Revised Kyoto Convention, standard 6.3"
_ORIGIN = "verification of proofs of origin: UCC Implementing Regulation (EU) 2015/2447, art. 108 to 110"
_CONTROLS = "prohibitions and restrictions: UCC art. 134(1), 267(3)"


@dataclass(frozen=True, slots=True)
class Indicator:
    """Points of 100 that a finding of this code adds: `open` while it holds, `told` as information or once decided.

    The weights are the project's own judgement, in steps: 40 what a customs officer would stop, 20 what one would ask
    about, 10 a contradiction of small consequence; a quarter of it where it is information.
    """

    group: Group
    open: int
    told: int
    source: str


_NONE = Indicator("papers", 10, 0, _WCO)

_INDICATORS: dict[FindingCode, Indicator] = {
    "denied_party": Indicator("controls", 100, 40, _CONTROLS),
    "restricted_goods": Indicator("controls", 100, 40, _CONTROLS),
    "licence_required": Indicator("controls", 40, 10, _CONTROLS),
    "ip_watch": Indicator("controls", 40, 10, "Regulation (EU) No 608/2013, art. 17"),
    "undervaluation": Indicator("value", 40, 10, _VALUATION),
    "value_mismatch": Indicator("value", 40, 10, _VALUATION),
    "currency_mismatch": Indicator("value", 40, 10, _VALUATION),
    "total_arithmetic": Indicator("value", 20, 5, _VALUATION),
    "line_arithmetic": Indicator("value", 20, 5, _VALUATION),
    "incoterm_invalid": Indicator("value", 20, 0, _VALUATION),
    "incoterm_mismatch": Indicator("value", 20, 0, _VALUATION),
    "charges_missing": Indicator("value", 20, 0, _VALUATION),
    "duty_mismatch": Indicator("value", 40, 10, _WCO),
    "duplicate_invoice": Indicator("papers", 40, 10, _WCO),
    "exporter_mismatch": Indicator("parties", 20, 5, _WCO),
    "consignee_mismatch": Indicator("parties", 20, 5, _WCO),
    "hs_invalid": Indicator("classification", 20, 5, _WCO),
    "hs_mismatch": Indicator("classification", 20, 10, _WCO),
    "hs_description": Indicator("classification", 20, 5, _WCO),
    "description_mismatch": Indicator("classification", 40, 10, _WCO),
    "description_vague": Indicator("classification", 20, 5, _WCO),
    "quantity_mismatch": Indicator("weight and quantity", 40, 10, _WCO),
    "unit_mismatch": Indicator("weight and quantity", 10, 0, _WCO),
    "package_mismatch": Indicator("weight and quantity", 20, 5, _WCO),
    "gross_weight_mismatch": Indicator("weight and quantity", 20, 5, _WCO),
    "net_weight_mismatch": Indicator("weight and quantity", 20, 5, _WCO),
    "weight_order": Indicator("weight and quantity", 20, 5, _WCO),
    "origin_mismatch": Indicator("origin", 40, 10, _ORIGIN),
    "origin_missing": Indicator("origin", 40, 10, _ORIGIN),
    "origin_criterion": Indicator("origin", 20, 5, _ORIGIN),
    "certificate_missing": Indicator("origin", 40, 5, _ORIGIN),
    "certificate_expired": Indicator("origin", 40, 5, _ORIGIN),
    "certificate_reference": Indicator("origin", 20, 5, _ORIGIN),
    "certificate_coverage": Indicator("origin", 20, 5, _ORIGIN),
}

INDICATORS: Mapping[FindingCode, Indicator] = MappingProxyType(_INDICATORS)
"""Indicators by code; a code that is not here is about the papers alone and counts as `indicator` says."""

HARD_TRIGGERS: frozenset[FindingCode] = frozenset({"denied_party", "restricted_goods"})
"""Open errors of these codes alone make a shipment red: a denied party, prohibited goods, an embargo."""

SCREENED: tuple[tuple[ReferenceKind, str], ...] = (
    ("watch_list", "watch list"),
    ("restricted_goods", "prohibitions and restrictions"),
    ("licences", "licences"),
    ("ip_rights", "intellectual property rights"),
)
"""Lists without which a group of indicators cannot speak, with their names in words."""


def indicator(code: FindingCode) -> Indicator:
    return INDICATORS.get(code, _NONE)


@dataclass(frozen=True, slots=True)
class Risk:
    """What the user sets, and which lists are in use (`loaded`).

    `random_share` of the shipments that nothing speaks against are drawn for a look all the same; from `yellow_from`
    points on, the papers would be asked for.
    """

    random_share: float = 0.01
    yellow_from: int = 25
    loaded: frozenset[ReferenceKind] = frozenset()
