"""One shipment for each code that is found in it: what the validators say there is the example of the reference.

All are the consistent shipment of the validators' own tests with one fault in it. Lists and earlier shipments are
invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from pydantic import JsonValue

from schemas.declarations import Declaration, DeclarationItem, Tax
from schemas.findings import Finding, FindingCode
from schemas.ports import EarlierGoods
from schemas.reference import GoodsMeasure, IpRight, ListVersion, ReferenceKind, References, WatchedParty
from schemas.shipments import Shipment
from tests.trade_papers import AS_OF, Plain, Register, WordsInCommon, consistent, shipment
from validators import CATALOGUE, Tolerances, duty_findings, reconcile

Papers = dict[str, Plain]
_LAW: Final = "Textiles Act 2020, s. 4"
_TOWELS: Final = EarlierGoods(
    reference="E-0", as_of=dt.date(2026, 1, 5), description="Cotton bath towel 70 x 140 cm", hs_code="63026000",
    origin="IN", unit="C62", quantity=Decimal(500), net_mass_kg=Decimal(240), item_price=Decimal(1600), currency="EUR",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """Papers with a fault, the lists that are loaded, the earlier shipments, the draft and where it is declared."""

    papers: Papers
    lists: References = field(default_factory=References)
    earlier: Register = field(default_factory=Register)
    draft: Mapping[str, object] | None = None
    within: str | None = None

    def findings(self) -> tuple[Finding, ...]:
        judged = reconcile(
            shipment(self.papers, draft=self.draft),
            similarity=WordsInCommon(),
            earlier=self.earlier,
            tolerances=Tolerances(),
            references=self.lists,
            jurisdiction=self.within,
        )
        return judged.findings


def examples() -> Mapping[FindingCode, Finding]:
    """For each code what is found; raises `LookupError` for a code without a case, or a case without its code."""
    if without := sorted(set(CATALOGUE) - {*_CASES, "duty_mismatch"}):
        raise LookupError(f"docs/writing/examples.py has no case that yields {', '.join(without)}")
    found = {code: _of(code, case.findings()) for code, case in _CASES.items()}
    return MappingProxyType({**found, "duty_mismatch": _of("duty_mismatch", _other_duty())})


def _of(code: FindingCode, findings: tuple[Finding, ...]) -> Finding:
    for finding in findings:
        if finding.code == code:
            return finding
    raise LookupError(f"the example of {code} does not yield it, but {[one.code for one in findings]}")


def _changed(paper: str, line: int | None = None, **values: object) -> Papers:
    papers = consistent()
    (papers[paper] if line is None else papers[paper]["lines"][line]).update(values)
    return papers


def _without(paper: str) -> Papers:
    papers = consistent()
    del papers[paper]
    return papers


def _no_origin() -> Papers:
    papers = _without("certificate")
    papers["invoice"]["lines"][1]["origin"] = None
    return papers


def _one_line_certified() -> Papers:
    papers = consistent()
    del papers["certificate"]["lines"][1]
    return papers


def _uncharged() -> Papers:
    return _changed("invoice", incoterm="FCA", freight=None, insurance=None, total_amount="3420.00")


def _list(kind: ReferenceKind, **rows: object) -> References:
    version = ListVersion(
        kind=kind, name=f"{kind}.csv", source="Example list", valid_from=dt.date(2026, 2, 1), sha256="0" * 64
    )
    return References.model_validate({"versions": (version,), **rows})


def _measure(name: str, **more: object) -> GoodsMeasure:
    return GoodsMeasure.model_validate({"measure": name, "legal_source": _LAW, "line": 5, "code": "630260", **more})


def _other_duty() -> tuple[Finding, ...]:
    """The draft's duty against the computed one; the tariff behind it is left out of the example."""
    tax = Tax(type="A00", base=Decimal(1000), base_unit="GBP", expression="12.0%", amount=Decimal("120.00"))
    item = DeclarationItem(item_number=1, hs_code="630260", item_price=Decimal(1000), taxes=(tax,), duty=tax.amount)
    drafted: dict[str, JsonValue] = {"items": [{"hs_code": "6302600000", "item_price": "1000.00", "duty": "80.00"}]}
    papers = Shipment(broker="local", reference="S-1", as_of=AS_OF, documents=(), draft=drafted,
                      draft_file="draft_declaration.json")  # fmt: skip
    return duty_findings(papers, Declaration(items=(item,), customs_currency="GBP", duty_total=tax.amount))


_WATCHED: Final = _list("watch_list", watch_list=(WatchedParty(names=("Halden Textil",), programme="SHIP", line=7),))
_BAN: Final = _list("restricted_goods", restricted_goods=(_measure("Ban on towels"),))
_LICENCE: Final = _list("licences", licences=(_measure("Towel licence", document_codes=("X-1",)),))
_BRAND: Final = _list("ip_rights", ip_rights=(IpRight(brand="Otterline", holder="Otterline Brands Inc.", line=3),))
_DEARER: Final = Register(
    goods=[replace(_TOWELS, item_price=Decimal(price), reference=f"E-{price}") for price in (4000, 4100, 3900)]
)

_CASES: Final[Mapping[FindingCode, Case]] = MappingProxyType({
    "line_arithmetic": Case(_changed("invoice", 0, amount="1925.00")),
    "total_arithmetic": Case(_changed("invoice", total_amount="3654.50")),
    "value_mismatch": Case(consistent(), draft={"total_invoice_amount": "4008.95"}),
    "currency_mismatch": Case(consistent(), draft={"currency": "USD"}),
    "undervaluation": Case(consistent(), earlier=_DEARER),
    "origin_mismatch": Case(_changed("certificate", 0, origin="LK")),
    "origin_missing": Case(_no_origin()),
    "certificate_missing": Case(
        _without("certificate"), draft={"items": [{"preference": {"form": "form_a"}}]}
    ),
    "certificate_expired": Case(_changed("certificate", date="2025-05-20")),
    "certificate_reference": Case(_changed("certificate", invoice_number="NL-208")),
    "certificate_coverage": Case(_one_line_certified()),
    "origin_criterion": Case(_changed("certificate", 0, origin_criterion=None)),
    "description_mismatch": Case(_changed("packing", 0, description="Vacuum flask")),
    "description_vague": Case(_changed("invoice", 0, description="Spare parts")),
    "hs_mismatch": Case(_changed("packing", 0, hs_code="63029100")),
    "hs_invalid": Case(_changed("invoice", 0, hs_code="61001200")),
    "hs_description": Case(_changed("invoice", 0, hs_code="83026000")),
    "quantity_mismatch": Case(_changed("packing", 0, quantity="560")),
    "unit_mismatch": Case(_changed("packing", 0, unit="SET")),
    "package_mismatch": Case(_changed("transport", packages="36")),
    "gross_weight_mismatch": Case(_changed("transport", gross_weight_kg="690.00")),
    "net_weight_mismatch": Case(_changed("packing", 0, net_weight_kg="305.00")),
    "weight_order": Case(_changed("packing", 0, gross_weight_kg="280.00")),
    "exporter_mismatch": Case(_changed("transport", exporter="Sagar Mills Ltd")),
    "consignee_mismatch": Case(_changed("packing", consignee="Orlan Import BV")),
    "denied_party": Case(consistent(), _WATCHED),
    "reference_mismatch": Case(_changed("packing", invoice_number="NL-208")),
    "date_order": Case(_changed("transport", date="2026-03-03")),
    "duplicate_invoice": Case(consistent(), earlier=Register({"NL-204": ["S-0"]})),
    "document_missing": Case(_without("packing")),
    "page_missing": Case(_changed("invoice", pages=(1, 2), page_marks=((1, 3), (3, 3)))),
    "field_missing": Case(_changed("invoice", incoterm_place=None)),
    "illegible": Case(_changed("invoice", incoterm={"value": "CIF", "reader": "tesseract", "confidence": 0.9})),
    "incoterm_invalid": Case(_changed("invoice", incoterm="C&F")),
    "incoterm_mismatch": Case(consistent(), draft={"incoterm": "DAP"}),
    "charges_missing": Case(_uncharged(), within="DE"),
    "restricted_goods": Case(consistent(), _BAN),
    "licence_required": Case(consistent(), _LICENCE),
    "ip_watch": Case(_changed("invoice", 0, description="OTTERLINE cotton bath towel"), _BRAND),
})  # fmt: skip
