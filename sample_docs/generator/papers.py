"""From a shipment's facts to what each paper says: the truth before drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from sample_docs.generator import printing
from sample_docs.generator.chance import Chance
from sample_docs.generator.consignment import NOTHING, Consignment
from sample_docs.generator.goods import GoodsLine
from sample_docs.generator.names import variant
from sample_docs.generator.truth import Company, Json, Paper, ShipmentTruth, Value

_EUROPEAN_UNION = frozenset(("AT", "CZ", "DE", "DK", "ES", "FR", "IT", "NL", "PL", "PT", "SE"))
_WEIGHT_ON_LINES = frozenset(("eur1", "form_d", "form_e"))
_TARIFF_ON_LINES = frozenset(("eur1", "form_d", "form_e", "chamber", "rcep", "usmca"))
_HUNDRED = Decimal(100)
Row = dict[str, str]


def truth_of(consignment: Consignment) -> ShipmentTruth:
    """The papers of a consistent shipment, in the order they are usually sent."""
    makers = (invoice, packing_list, certificate, transport_document)
    papers = tuple(paper for make in makers if (paper := make(consignment)) is not None)
    return ShipmentTruth(
        id=consignment.id,
        papers=papers,
        declaration=_declaration(consignment),
        attributes=_attributes(consignment),
        acceptable=_acceptable(consignment),
    )


def invoice(consignment: Consignment) -> Paper | None:
    c = consignment
    if "commercial_invoice" not in c.looks:
        return None
    look = c.looks["commercial_invoice"]
    fields: dict[str, Value] = {
        **_parties(c, "commercial_invoice"),
        "number": c.invoice_number,
        "date": c.invoice_date.isoformat(),
        "purchase_order": c.purchase_order,
        "currency": c.currency,
        "incoterm": c.incoterm,
        "incoterm_place": c.incoterm_place,
        "payment_terms": c.payment,
        "country_of_destination": c.consignee.country,
        "port_of_loading": c.voyage.loading,
        "port_of_discharge": c.voyage.discharge,
        **_sums(c),
        **_charges(c),
        "total_amount": f"{c.total:f}",
    }
    fields |= _stated(c)
    if Chance(look.style.seed, "edition").happens(0.5):
        fields["incoterm_edition"] = "2020"
    if one := _stated_once(c, look.style.seed):
        fields["country_of_origin"] = one
    rows = tuple(_invoice_row(line, at, c, once=bool(one)) for at, line in enumerate(c.goods, 1))
    extras = {"bank": c.bank} if c.bank else {}
    return _made(c, "commercial_invoice", fields, rows, extras=extras)


def _stated(c: Consignment) -> dict[str, Value]:
    """What this invoice states beyond the usual."""
    all_of_them: dict[str, Value] = {
        "country_of_dispatch": c.exporter.country,
        "transport_document_number": c.voyage.number,
        "vessel_or_flight": c.voyage.vessel,
    }
    found = {name: value for name, value in all_of_them.items() if name in c.stated}
    return {**found, "buyer": c.buyer} if c.buyer else found


def _stated_once(c: Consignment, seed: int) -> str:
    """The origin where the invoice states it once for all goods instead of on each line."""
    once = len(c.origins) == 1 and Chance(seed, "origin").happens(0.5)
    return next(iter(c.origins)) if once else ""


def _charges(c: Consignment) -> Row:
    charges = {
        "freight": c.freight,
        "insurance": c.insurance,
        "other_charges": c.other_charges,
        "discount": c.discount,
    }
    shown = {name: f"{amount:f}" for name, amount in charges.items() if amount}
    return {"subtotal": f"{c.subtotal:f}", **shown} if shown else {}


def _invoice_row(line: GoodsLine, at: int, c: Consignment, *, once: bool) -> Row:
    style = c.looks["commercial_invoice"].style
    row = {
        "number": str(at),
        "description": line.description(style.language),
        "part_number": line.part_number,
        "hs_code": line.hs_code,
        "quantity": str(line.quantity),
        "unit": line.article.unit,
        "unit_price": f"{line.unit_price:f}",
        "amount": f"{line.amount:f}",
        "net_weight_kg": f"{line.net_kg:f}",
    }
    if "price_basis" in c.stated and line.unit_price < 1:
        row |= {"unit_price": f"{line.unit_price * _HUNDRED:f}", "price_basis": f"{_HUNDRED}"}
    return row if once else {**row, "origin": line.origin}


def packing_list(consignment: Consignment) -> Paper | None:
    c = consignment
    if "packing_list" not in c.looks:
        return None
    fields: dict[str, Value] = {
        **_parties(c, "packing_list"),
        "number": c.packing_number,
        "date": c.packing_date.isoformat(),
        "invoice_number": c.invoice_number,
        "purchase_order": c.purchase_order,
        **_sums(c),
        "volume_m3": f"{c.volume_m3:f}",
    }
    if c.marks:
        fields["marks"] = c.marks
    if c.voyage.container:
        fields["container_number"] = c.voyage.container
    return _made(c, "packing_list", fields, tuple(_packing_rows(c)))


def _packing_rows(c: Consignment) -> list[Row]:
    language = c.looks["packing_list"].style.language
    order = list(c.goods)
    if "line_order_differs" in c.traps:
        order = Chance(c.id, "packing order").some(order, len(order))
    rows, first = [], 1
    for at, line in enumerate(order, 1):
        last = first + line.packages - 1
        rows.append({
            "number": str(at),
            "description": line.description(language, short="short_descriptions" in c.traps),
            "part_number": line.part_number,
            "hs_code": line.hs_code,
            "quantity": str(line.quantity),
            "unit": line.article.unit,
            "packages": str(line.packages),
            "package_range": f"{first}-{last}" if last > first else f"{first}",
            "net_weight_kg": f"{line.net_kg:f}",
            "gross_weight_kg": f"{line.gross_kg:f}",
            "volume_m3": f"{line.volume_m3:f}",
        })  # fmt: skip
        first = last + 1
    return rows


def certificate(consignment: Consignment) -> Paper | None:
    c = consignment
    if c.certificate is None or "certificate_of_origin" not in c.looks:
        return None
    form = c.certificate.form
    fields: dict[str, Value] = {
        **_parties(c, "certificate_of_origin"),
        "number": c.certificate.number,
        "date": c.certificate.date.isoformat(),
        "country_of_origin": _origin(c, form),
        "country_of_destination": c.consignee.country,
        "invoice_number": c.invoice_number,
        "invoice_date": c.invoice_date.isoformat(),
        "issued_by": c.certificate.issued_by,
        "gross_weight_kg": f"{c.gross_kg:f}",
    }
    if c.voyage.mode == "sea":
        fields["vessel_or_flight"] = c.voyage.vessel
    rows = tuple(_certificate_rows(c, form))
    paper = _made(c, "certificate_of_origin", fields, rows, extras=_certificate_extras(c))
    return replace(paper, form=form)


def _origin(c: Consignment, form: str) -> str:
    origin = next(iter(sorted(c.origins)))
    return "EU" if form == "eur1" and origin in _EUROPEAN_UNION else origin


def _certificate_extras(c: Consignment) -> dict[str, str]:
    style = c.looks["certificate_of_origin"].style
    issue_place = c.certificate.issue_place if c.certificate else ""
    carriage = printing.label(f"carriage_{c.voyage.mode}", style)
    return {
        "marks": c.marks,
        "loading": c.voyage.loading.upper(),
        "discharge": c.voyage.discharge.upper(),
        "departure": printing.date(c.voyage.date.isoformat(), style),
        "route": f"{c.voyage.loading} - {c.voyage.discharge}, {carriage}",
        "issue_place": issue_place,
        "issuing_country": printing.country(c.exporter.country, style),
        "package_word": printing.package_kind(c.package_kind, style),
    }


def _certificate_rows(c: Consignment, form: str) -> list[Row]:
    """One row for each line, or for all lines of one article where the certificate joins them."""
    language = c.looks["certificate_of_origin"].style.language
    joined = "consolidated_on_certificate" in c.traps
    groups: dict[str, list[GoodsLine]] = {}
    for line in c.goods:
        groups.setdefault(line.article.key if joined else line.part_number, []).append(line)
    rows = []
    for at, lines in enumerate(groups.values(), 1):
        first = replace(lines[0], variant="") if len(lines) > 1 else lines[0]
        row = {
            "number": str(at),
            "description": first.description(language).upper()
            if form in {"form_a", "form_d", "form_e"}
            else first.description(language),
            "quantity": str(sum(line.quantity for line in lines)),
            "unit": first.article.unit,
            "packages": str(sum(line.packages for line in lines)),
        }
        if form in _TARIFF_ON_LINES:
            row["hs_code"] = first.article.hs
        if form in _WEIGHT_ON_LINES:
            row["gross_weight_kg"] = f"{sum((line.gross_kg for line in lines), NOTHING):f}"
        if form == "rcep":
            row["origin"] = first.origin
        if c.certificate and c.certificate.criterion:
            row["origin_criterion"] = c.certificate.criterion.replace("{hs}", f"{first.article.hs[:4]}")
        rows.append(row)
    return rows


def transport_document(consignment: Consignment) -> Paper | None:
    c = consignment
    if "transport_document" not in c.looks:
        return None
    fields: dict[str, Value] = {
        **_parties(c, "transport_document"),
        "number": c.voyage.number,
        "date": c.voyage.date.isoformat(),
        "vessel_or_flight": c.voyage.vessel,
        "port_of_loading": c.voyage.loading,
        "port_of_discharge": c.voyage.discharge,
        "packages": str(c.packages),
        "package_kind": c.package_kind,
        "gross_weight_kg": f"{c.gross_kg:f}",
        "volume_m3": f"{c.volume_m3:f}",
        "freight_terms": c.voyage.freight_terms,
    }
    if c.voyage.mode == "sea":
        fields |= {"shipped_on_board_date": c.voyage.date.isoformat(), "container_number": c.voyage.container}
        fields["seal_number"] = c.voyage.seal
    if c.notify:
        fields["notify_party"] = c.notify
    language = c.looks["transport_document"].style.language
    families = list(dict.fromkeys(line.article.families[language] for line in c.goods))
    row = {"description": ", ".join(families), "packages": str(c.packages), "gross_weight_kg": f"{c.gross_kg:f}"}
    paper = _made(c, "transport_document", fields, (row,), extras=_transport_extras(c))
    return replace(paper, form=c.voyage.form)


def _transport_extras(c: Consignment) -> dict[str, str]:
    chargeable = max(c.gross_kg, c.volume_m3 * 1000 / 6)
    return {
        "marks": c.marks,
        "carrier": c.voyage.carrier,
        "issue_place": c.voyage.issue_place,
        "reference": c.invoice_number,
        "currency": c.currency,
        "loading_code": c.voyage.loading[:3].upper(),
        "chargeable": f"{chargeable.quantize(Decimal('0.5')):f}",
    }


def _made(
    c: Consignment,
    kind: str,
    fields: Mapping[str, Value],
    rows: tuple[Row, ...],
    *,
    extras: Mapping[str, str] | None = None,
) -> Paper:
    look = c.looks[kind]
    filled = {name: value for name, value in fields.items() if value}
    return Paper(
        kind,
        look.layout,
        look.style,
        filled,
        rows,
        extras=extras or {},
        level=look.level,
        effects=look.effects,
        pool=look.pool,
    )


def _sums(c: Consignment) -> Row:
    return {
        "packages": str(c.packages),
        "package_kind": c.package_kind,
        "net_weight_kg": f"{c.net_kg:f}",
        "gross_weight_kg": f"{c.gross_kg:f}",
    }


def _parties(c: Consignment, kind: str) -> dict[str, Value]:
    """Exporter and consignee as this kind of paper writes them; variants of one name are a harmless trap."""
    varied = "party_name_variants" in c.traps and kind in {"packing_list", "transport_document"}
    chance = Chance(c.id, "names", kind)

    def written(company: Company) -> Company:
        return replace(company, name=variant(company.name, chance)) if varied else company

    return {"exporter": written(c.exporter), "consignee": written(c.consignee)}


def _declaration(c: Consignment) -> dict[str, Json]:
    """The reconciled values, from the facts."""
    language = c.looks["commercial_invoice"].style.language
    items: list[Json] = [
        {
            "description": line.description(language),
            "hs_code": line.hs_code,
            "origin": line.origin,
            "quantity": str(line.quantity),
            "unit": line.article.unit,
            "net_mass_kg": f"{line.net_kg:f}",
            "item_price": f"{line.amount:f}",
        }
        for line in c.goods
    ]
    return {
        "exporter": c.exporter.name,
        "importer": c.consignee.name,
        "currency": c.currency,
        "total_invoice_amount": f"{c.total:f}",
        "incoterm": c.incoterm,
        "incoterm_place": c.incoterm_place,
        "gross_mass_kg": f"{c.gross_kg:f}",
        "packages": str(c.packages),
        "items": items,
    }


def _attributes(c: Consignment) -> dict[str, Json]:
    style = c.looks["commercial_invoice"].style
    short = {
        "commercial_invoice": "inv",
        "packing_list": "pl",
        "certificate_of_origin": "co",
        "transport_document": "td",
    }
    shown: dict[str, Json] = {short[kind]: look.layout for kind, look in c.looks.items()}
    return {
        "language": style.language if style.language != "zh" else "zh-en",
        "number_style": style.numbers,
        "date_style": style.dates,
        "currency": c.currency,
        "mode": c.voyage.mode,
        "lines": len(c.goods),
        "layouts": shown,
        "co_form": c.certificate.form if c.certificate else None,
        "traps": [*sorted(c.traps)],
        "duplicate_of": None,
        "as_of": c.as_of.isoformat(),
    }


def _acceptable(c: Consignment) -> tuple[str, ...]:
    """A term that leaves freight or insurance out may raise `charges_missing`, by the importing country's policy."""
    left_out = c.incoterm in {"EXW", "FCA", "FAS", "FOB", "CFR", "CPT"}
    return ("charges_missing",) if left_out else ()
