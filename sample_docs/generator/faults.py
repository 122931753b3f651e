"""Planting labelled faults into a consistent shipment. A fault is one function here and one entry in `FAULTS`.

Each changes what the papers say, tells the fault as the truth file's `expected_findings`, names the declared values
that become disputed and the codes that may follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.companies import company
from sample_docs.generator.truth import Company, Fault, Json, Paper, ShipmentTruth
from sample_docs.layouts import BY_NAME

INVOICE: Final = "commercial_invoice"
PACKING: Final = "packing_list"
CERTIFICATE: Final = "certificate_of_origin"
TRANSPORT: Final = "transport_document"
DRAFT: Final = "draft_declaration"
_CENT: Final = Decimal("0.01")


class CannotPlantError(ValueError):
    """The shipment has no place for that fault: the paper or the value it needs is not there."""


def plant(truth: ShipmentTruth, fault: str, seed: int, *, where: str = "") -> ShipmentTruth:
    """The shipment with one more fault. `fault` is the finding's code, `where` a document type where there is a choice.

    Raises:
        CannotPlantError: the shipment lacks what the fault needs; plant another one.
        KeyError: no such fault.
    """
    return FAULTS[fault](truth, Chance(truth.id, fault, seed), where)


def _paper(truth: ShipmentTruth, kind: str) -> Paper:
    paper = truth.paper(kind)
    if paper is None:
        raise CannotPlantError(f"{truth.id} has no {kind}")
    return paper


def _told(
    truth: ShipmentTruth, fault: Fault, *, disputed: Sequence[str] = (), acceptable: Sequence[str] = ()
) -> ShipmentTruth:
    return replace(
        truth,
        faults=(*truth.faults, fault),
        disputed=(*truth.disputed, *disputed),
        acceptable=(*truth.acceptable, *acceptable),
    )


def _off(value: str, chance: Chance, low: str, high: str) -> str:
    """The number made wrong by a share between two bounds, up or down, with as many places as it had."""
    share = chance.factor(low, high) * (1 if chance.happens(0.5) else -1)
    places = Decimal(value).as_tuple().exponent
    unit = Decimal(1).scaleb(int(places))
    changed = (Decimal(value) * (1 + share)).quantize(unit, ROUND_HALF_UP)
    return f"{changed if changed != Decimal(value) else changed + unit:f}"


def _mistyped(number: str, chance: Chance) -> str:
    """One of the last digits replaced, as a clerk mistypes it."""
    places = [at for at, char in enumerate(number) if char.isdigit()][-4:]
    at = chance.pick(places)
    return number[:at] + str((int(number[at]) + chance.whole(1, 9)) % 10) + number[at + 1 :]


def _items(truth: ShipmentTruth, name: str) -> list[str]:
    items = truth.declaration["items"]
    return [f"/items/{at}/{name}" for at in range(len(items) if isinstance(items, list) else 0)]


# -- amounts


def _line_arithmetic(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """One amount is wrong; the totals follow it, so only the line gives it away."""
    paper = _paper(truth, INVOICE)
    line = chance.whole(0, len(paper.lines) - 1)
    right = paper.lines[line]["amount"]
    wrong = _off(right, chance, "0.04", "0.18")
    by = Decimal(wrong) - Decimal(right)
    changed = paper.with_cell(line, "amount", wrong)
    for name in ("subtotal", "total_amount"):
        if name in changed.fields:
            changed = changed.with_field(name, f"{Decimal(changed.text(name)) + by:f}")
    note = f"amount differs from quantity x unit price by {by:f}"
    fault = Fault("line_arithmetic", "warning", "amount", (INVOICE,), note, line + 1, {INVOICE: line + 1})
    disputed = (f"/items/{line}/item_price", "/total_invoice_amount")
    return _told(truth.with_paper(changed), fault, disputed=disputed, acceptable=("value_mismatch", "total_arithmetic"))


def _total_arithmetic(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = _paper(truth, INVOICE)
    right = paper.text("total_amount")
    wrong = _off(right, chance, "0.01", "0.08")
    fault = Fault(
        "total_arithmetic", "error", "total_amount", (INVOICE,), f"total differs by {Decimal(wrong) - Decimal(right):f}"
    )
    changed = truth.with_paper(paper.with_field("total_amount", wrong))
    return _told(changed, fault, disputed=("/total_invoice_amount",), acceptable=("value_mismatch",))


def _drafted(truth: ShipmentTruth) -> dict[str, Json]:
    """The draft declaration there is, or one that agrees with the papers."""
    if truth.draft is not None:
        return dict(truth.draft)
    names = ("currency", "total_invoice_amount", "incoterm", "incoterm_place", "gross_mass_kg", "packages", "items")
    parties: dict[str, Json] = {name: {"name": truth.declaration[name]} for name in ("exporter", "importer")}
    return {"type": "import", **parties, **{name: truth.declaration[name] for name in names}}


def _value_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    draft, right = _drafted(truth), _paper(truth, INVOICE).text("total_amount")
    wrong = _off(right, chance, "0.05", "0.15")
    note = f"draft {wrong}, invoice {right}"
    fault = Fault("value_mismatch", "error", "total_amount", (INVOICE, DRAFT), note)
    changed = replace(truth, draft={**draft, "total_invoice_amount": wrong})
    return _told(changed, fault, disputed=("/total_invoice_amount",))


def _currency_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    draft, right = _drafted(truth), _paper(truth, INVOICE).text("currency")
    wrong = chance.pick([code for code in ("USD", "EUR", "GBP", "CHF") if code != right])
    fault = Fault("currency_mismatch", "error", "currency", (INVOICE, DRAFT), f"draft {wrong}, invoice {right}")
    changed = replace(truth, draft={**draft, "currency": wrong})
    return _told(changed, fault, disputed=("/currency",), acceptable=("value_mismatch",))


# -- origin


def _origin_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = _paper(truth, CERTIFICATE)
    invoice = _paper(truth, INVOICE)
    stated = {invoice.text("country_of_origin"), *(row.get("origin", "") for row in invoice.lines)}
    others = [code for code in ("VN", "IN", "TH", "MX", "MY", "BD") if code not in stated]
    wrong = chance.pick(others)
    note = f"invoice {', '.join(sorted(stated - {''}))}, certificate {wrong}"
    fault = Fault("origin_mismatch", "error", "country_of_origin", (INVOICE, CERTIFICATE), note)
    changed = truth.with_paper(paper.with_field("country_of_origin", wrong))
    return _told(
        changed, fault, disputed=_items(truth, "origin"), acceptable=("origin_criterion", "certificate_coverage")
    )


def _origin_missing(truth: ShipmentTruth, _chance: Chance, _where: str) -> ShipmentTruth:
    """No paper states it: the certificate is left out, too."""
    paper = _paper(truth, INVOICE).with_field("country_of_origin", None)
    for line in range(len(paper.lines)):
        paper = paper.with_cell(line, "origin", None)
    fault = Fault("origin_missing", "error", "country_of_origin", (INVOICE,), "no document states the origin")
    changed = truth.without_paper(CERTIFICATE).with_paper(paper)
    items = truth.declaration["items"]
    bare: list[Json] = (
        [{**item, "origin": None} for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    )
    changed = replace(changed, declaration={**truth.declaration, "items": bare})
    return _told(changed, fault, disputed=_items(truth, "origin"))


# -- quantities, weights, packages


def _invoice_line(truth: ShipmentTruth, row: int) -> int:
    """The 0-based invoice line of the same article as a packing list row."""
    part = _paper(truth, PACKING).lines[row].get("part_number")
    lines = _paper(truth, INVOICE).lines
    return next(at for at, line in enumerate(lines) if line.get("part_number") == part)


def _quantity_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = _paper(truth, PACKING)
    row = chance.whole(0, len(paper.lines) - 1)
    right = paper.lines[row]["quantity"]
    wrong = _off(right, chance, "0.05", "0.25")
    line = _invoice_line(truth, row)
    note = f"invoice {right}, packing list {wrong}"
    lines = {INVOICE: line + 1, PACKING: row + 1}
    fault = Fault("quantity_mismatch", "error", "quantity", (INVOICE, PACKING), note, line + 1, lines)
    changed = truth.with_paper(paper.with_cell(row, "quantity", wrong))
    return _told(changed, fault, disputed=(f"/items/{line}/quantity",))


def _unit_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = _paper(truth, PACKING)
    row = chance.whole(0, len(paper.lines) - 1)
    right = paper.lines[row]["unit"]
    wrong = chance.pick([code for code in ("SET", "PR", "C62") if code != right])
    line = _invoice_line(truth, row)
    note = f"invoice {right}, packing list {wrong}"
    lines = {INVOICE: line + 1, PACKING: row + 1}
    fault = Fault("unit_mismatch", "warning", "unit", (INVOICE, PACKING), note, line + 1, lines)
    changed = truth.with_paper(paper.with_cell(row, "unit", wrong))
    return _told(changed, fault, disputed=(f"/items/{line}/unit",), acceptable=("quantity_mismatch",))


def _gross_weight_mismatch(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    """On the transport document, or as the sum that the packing list states."""
    kind = where or chance.pick((TRANSPORT, PACKING))
    paper = _paper(truth, kind)
    right = paper.text("gross_weight_kg")
    wrong = f"{Decimal(right) * (1 + chance.factor('0.04', '0.16')):.2f}"
    changed = paper.with_field("gross_weight_kg", wrong)
    if kind == TRANSPORT:
        changed = changed.with_cell(0, "gross_weight_kg", wrong)
    documents = (PACKING, TRANSPORT) if kind == TRANSPORT else (PACKING,)
    note = (
        f"packing list {right}, transport document {wrong}"
        if kind == TRANSPORT
        else f"lines add up to {right}, total {wrong}"
    )
    fault = Fault("gross_weight_mismatch", "warning", "gross_weight_kg", documents, note)
    return _told(truth.with_paper(changed), fault, disputed=("/gross_mass_kg",))


def _net_weight_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    """The packing list's total is below the sum of its lines."""
    paper = _paper(truth, PACKING)
    right = paper.text("net_weight_kg")
    wrong = f"{Decimal(right) * (1 - chance.factor('0.03', '0.12')):.2f}"
    note = f"lines add up to {right}, total says {wrong}"
    fault = Fault("net_weight_mismatch", "warning", "net_weight_kg", (PACKING,), note)
    changed = truth.with_paper(paper.with_field("net_weight_kg", wrong))
    return _told(changed, fault, disputed=_items(truth, "net_mass_kg"))


def _weight_order(truth: ShipmentTruth, _chance: Chance, _where: str) -> ShipmentTruth:
    """Net and gross total of the packing list changed places."""
    paper = _paper(truth, PACKING)
    net, gross = paper.text("net_weight_kg"), paper.text("gross_weight_kg")
    changed = paper.with_field("net_weight_kg", gross).with_field("gross_weight_kg", net)
    fault = Fault("weight_order", "error", "net_weight_kg", (PACKING,), "net above gross on the packing list")
    disputed = ("/gross_mass_kg", *_items(truth, "net_mass_kg"))
    acceptable = ("gross_weight_mismatch", "net_weight_mismatch")
    return _told(truth.with_paper(changed), fault, disputed=disputed, acceptable=acceptable)


def _package_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    paper = _paper(truth, TRANSPORT)
    right = paper.text("packages")
    wrong = str(int(right) + chance.whole(1, 5))
    changed = paper.with_field("packages", wrong).with_cell(0, "packages", wrong)
    note = f"packing list {right}, transport document {wrong}"
    fault = Fault("package_mismatch", "warning", "packages", (PACKING, TRANSPORT), note)
    return _told(truth.with_paper(changed), fault, disputed=("/packages",))


# -- parties and references


def _other(mine: Company, chance: Chance) -> Company:
    """Another company of the same country, with no word of the name in common."""
    for _ in range(20):
        other = company(mine.country, chance)
        if not set(other.name.split()[:2]) & set(mine.name.split()):
            return other
    raise CannotPlantError(f"no other company in {mine.country}")


def _exporter_mismatch(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    kind = where or chance.pick((TRANSPORT, PACKING))
    paper = _paper(truth, kind)
    other = _other(paper.company("exporter"), chance)
    note = f"{kind} names {other.name}"
    fault = Fault("exporter_mismatch", "warning", "exporter", (INVOICE, kind), note)
    return _told(truth.with_paper(paper.with_field("exporter", other)), fault, disputed=("/exporter",))


def _consignee_mismatch(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    kind = where or chance.pick((TRANSPORT, PACKING))
    paper = _paper(truth, kind)
    other = _other(paper.company("consignee"), chance)
    note = f"{kind} names {other.name}"
    fault = Fault("consignee_mismatch", "error", "consignee", (INVOICE, kind), note)
    return _told(truth.with_paper(paper.with_field("consignee", other)), fault, disputed=("/importer",))


def _renumbered(truth: ShipmentTruth, kind: str, chance: Chance) -> tuple[ShipmentTruth, str]:
    paper = _paper(truth, kind)
    right = paper.text("invoice_number")
    if not right:
        raise CannotPlantError(f"the {kind} of {truth.id} names no invoice")
    wrong = _mistyped(right, chance)
    return truth.with_paper(paper.with_field("invoice_number", wrong)), f"names {wrong}, invoice is {right}"


def _reference_mismatch(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    changed, note = _renumbered(truth, PACKING, chance)
    fault = Fault("reference_mismatch", "warning", "invoice_number", (INVOICE, PACKING), f"packing list {note}")
    return _told(changed, fault)


def _certificate_reference(truth: ShipmentTruth, chance: Chance, _where: str) -> ShipmentTruth:
    changed, note = _renumbered(truth, CERTIFICATE, chance)
    fault = Fault("certificate_reference", "warning", "invoice_number", (INVOICE, CERTIFICATE), f"certificate {note}")
    return _told(changed, fault, acceptable=("reference_mismatch",))


# -- what is not there


def _document_missing(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    kind = where or chance.pick((PACKING, TRANSPORT))
    _paper(truth, kind)
    fault = Fault("document_missing", "error", None, (kind,), f"no {kind.replace('_', ' ')}")
    disputed = _items(truth, "net_mass_kg") if kind == PACKING else ()
    return _told(truth.without_paper(kind), fault, disputed=disputed, acceptable=("field_missing",))


def _page_missing(truth: ShipmentTruth, _chance: Chance, _where: str) -> ShipmentTruth:
    paper = _paper(truth, INVOICE)
    pages = BY_NAME[paper.pool, paper.layout].draw(paper).pages
    if pages < 2:  # noqa: PLR2004 - a paper of one page has none to lose
        raise CannotPlantError(f"the invoice of {truth.id} has one page only")
    fault = Fault("page_missing", "error", None, (INVOICE,), f"page 2 of {pages} is not there")
    acceptable = (
        "certificate_coverage", "description_mismatch", "gross_weight_mismatch", "hs_mismatch", "net_weight_mismatch",
        "origin_mismatch", "package_mismatch", "quantity_mismatch", "total_arithmetic", "value_mismatch",
        "field_missing",
    )  # fmt: skip
    changed = truth.with_paper(replace(paper, lost_page=2))
    disputed = ("/items", "/total_invoice_amount", "/gross_mass_kg", "/packages")
    return _told(changed, fault, disputed=disputed, acceptable=acceptable)


_MANDATORY: Final = {
    "number": (("invoice_number",), (), ("certificate_reference", "reference_mismatch")),
    "date": (("invoice_date",), (), ("certificate_reference", "date_order")),
    "currency": ((), ("currency",), ("value_mismatch",)),
    "incoterm": (("incoterm_place", "incoterm_edition"), ("incoterm", "incoterm_place"), ("incoterm_mismatch",)),
}


def _field_missing(truth: ShipmentTruth, chance: Chance, where: str) -> ShipmentTruth:
    """A mandatory value on none of the papers; `where` may name it."""
    name = where or chance.pick(sorted(_MANDATORY))
    others, declared, acceptable = _MANDATORY[name]
    papers = []
    for paper in truth.papers:
        without = paper.with_field(name, None) if paper.type == INVOICE else paper
        for other in others:
            without = without.with_field(other, None)
        extras = {key: text for key, text in without.extras.items() if key not in {"reference", "currency"}}
        papers.append(replace(without, extras=extras))
    fault = Fault("field_missing", "error", name, (INVOICE,), f"no document gives the invoice's {name}")
    declaration = {**truth.declaration, **dict.fromkeys(declared)}
    changed = replace(truth, papers=tuple(papers), declaration=declaration)
    return _told(changed, fault, disputed=[f"/{one}" for one in declared], acceptable=(*acceptable, "charges_missing"))


FAULTS: Final[dict[str, Callable[[ShipmentTruth, Chance, str], ShipmentTruth]]] = {
    "line_arithmetic": _line_arithmetic,
    "total_arithmetic": _total_arithmetic,
    "value_mismatch": _value_mismatch,
    "currency_mismatch": _currency_mismatch,
    "origin_mismatch": _origin_mismatch,
    "origin_missing": _origin_missing,
    "quantity_mismatch": _quantity_mismatch,
    "unit_mismatch": _unit_mismatch,
    "gross_weight_mismatch": _gross_weight_mismatch,
    "net_weight_mismatch": _net_weight_mismatch,
    "weight_order": _weight_order,
    "package_mismatch": _package_mismatch,
    "exporter_mismatch": _exporter_mismatch,
    "consignee_mismatch": _consignee_mismatch,
    "reference_mismatch": _reference_mismatch,
    "certificate_reference": _certificate_reference,
    "document_missing": _document_missing,
    "page_missing": _page_missing,
    "field_missing": _field_missing,
}
