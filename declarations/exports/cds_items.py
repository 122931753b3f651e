"""One goods item of the CDS declaration, in the schema's order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from declarations.exports.filing import Filing
from declarations.exports.markup import Element, leaf, node
from schemas.declarations import DeclarationItem, Preference, SupportingDocument, Tax
from schemas.profiles import Profile

NO_PREFERENCE = "100"
"""Third-country duty, claimed without any proof (UCC Delegated Regulation 2015/2446, annex B, 14 11)."""
_IMPORT_DUTY = "A00"
_CODE_DIGITS = 10
# Certificates that stand for a preference: declared where it is claimed, not where they merely lie among the papers.
_PREFERENTIAL = {
    "form_a", "eur1", "eur_med", "atr", "form_e", "form_d", "rcep", "usmca", "chafta", "cptpp", "invoice_declaration",
    "statement_on_origin",
}  # fmt: skip
# Under the agreement with the EU the preferential origin is that of the Union, not of a member state.
_MEMBER_STATES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - one line of codes
)
_EU = "EU"


def item(filing: Filing, n: int) -> Element | None:
    """Item `n`, 0-based."""
    one, profile = filing.declaration.items[n], filing.profile
    return node(
        "GovernmentAgencyGoodsItem",
        leaf("SequenceNumeric", one.item_number),
        *_documents(filing, one),
        *(
            node("AdditionalInformation", leaf("StatementCode", told.code), leaf("StatementDescription", told.text))
            for told in profile.additional_information
        ),
        _commodity(filing, n),
        node("CustomsValuation", leaf("MethodCode", filing.declaration.valuation_method or profile.valuation_method)),
        *_procedures(profile),
        *_origins(one),
        _packaging(filing, one),
        node("ValuationAdjustment", leaf("AdditionCode", profile.valuation_indicators)),
    )


def _procedures(profile: Profile) -> Iterator[Element | None]:
    if profile.procedure is not None:
        asked, before = profile.procedure[:2], profile.procedure[2:]
        yield node("GovernmentProcedure", leaf("CurrentCode", asked), leaf("PreviousCode", before))
    yield from (node("GovernmentProcedure", leaf("CurrentCode", code)) for code in profile.additional_procedures)


def _documents(filing: Filing, one: DeclarationItem) -> Iterator[Element | None]:
    for supporting in filing.declaration.supporting_documents:
        yield _supporting(filing, supporting)
    if one.preference is not None:
        yield proof(filing, one.preference)
    for fixed in filing.profile.documents:
        yield _document(fixed.category, filing.filled(fixed.id), fixed.type, fixed.status)


def _supporting(filing: Filing, supporting: SupportingDocument) -> Element | None:
    """A paper of the shipment; one whose kind has no code, or without a number, is no document of the declaration."""
    paper = filing.paper_of(supporting)
    names = (paper.form,) if paper is not None and paper.form else ()
    code = filing.paper_code(*names, supporting.type)
    if code is None or set(names) & _PREFERENTIAL:
        return None
    number = filing.filled(code.id, number=supporting.number, date=supporting.date)
    return _document(code.category, number, code.type, code.status)


def proof(filing: Filing, preference: Preference) -> Element | None:
    """The document that the preference rests on; None where its form has no code, or it has no number."""
    code = filing.paper_code(preference.form)
    if code is None:
        return None
    number = filing.filled(code.id, number=preference.certificate_number)
    return _document(code.category, number, code.type, code.status)


def _document(category: str, number: str | None, kind: str, status: str | None) -> Element | None:
    if number is None:
        return None
    return node(
        "AdditionalDocument",
        leaf("CategoryCode", category),
        leaf("ID", number),
        leaf("TypeCode", kind),
        leaf("LPCOExemptionCode", status),
    )


def _commodity(filing: Filing, n: int) -> Element | None:
    one, currency = filing.declaration.items[n], filing.declaration.currency
    return node(
        "Commodity",
        leaf("Description", one.description),
        *_classifications(filing, n),
        *_taxes(filing, one),
        node(
            "GoodsMeasure",
            leaf("GrossMassMeasure", one.gross_mass_kg if filing.is_weighed_by_item else None),
            leaf("NetNetWeightMeasure", one.net_mass_kg),
            leaf("TariffQuantity", one.supplementary_quantity),
        ),
        node("InvoiceLine", leaf("ItemChargeAmount", one.item_price, currencyID=currency)),
    )


def commodity_code(filing: Filing, n: int) -> str | None:
    """Ten digits of the importing country's tariff: the profile's, or the paper's where its supplier prints them."""
    one, goods, supplier = filing.declaration.items[n], filing.goods(n), filing.supplier
    if one.hs_code is None:
        return None
    if goods is not None:
        return goods.commodity_code if goods.commodity_code[:6] == one.hs_code[:6] else None
    prints = supplier is not None and supplier.prints_import_codes
    return one.hs_code if prints and len(one.hs_code) == _CODE_DIGITS else None


def _classifications(filing: Filing, n: int) -> Iterator[Element | None]:
    code, goods = commodity_code(filing, n) or "", filing.goods(n)
    yield _classification(code[:8], "TSP")
    yield _classification(code[8:], "TRC")
    if goods is not None:
        yield from (_classification(one, "TRA") for one in goods.tariff_additional)
        yield from (_classification(one, "GN") for one in goods.national_additional)


def _classification(code: str, kind: str) -> Element | None:
    return node("Classification", leaf("ID", code), leaf("IdentificationTypeCode", kind)) if code else None


def _taxes(filing: Filing, one: DeclarationItem) -> Iterator[Element | None]:
    """A line for each tax, the import duty first: it carries the preference."""
    methods = {payment.tax: payment.method for payment in filing.profile.payments}
    declared = {tax.type: tax for tax in one.taxes}
    kinds = sorted(dict.fromkeys((*declared, *methods)), key=lambda kind: kind != _IMPORT_DUTY)
    regime = NO_PREFERENCE if one.preference is None else one.preference.code
    for kind in kinds or (None,):
        amounts = declared.get(kind or "") if filing.profile.tax_amounts == "declared" else None
        yield _tax(kind, methods.get(kind or ""), regime, amounts=amounts)
        regime = None


def _tax(kind: str | None, method: str | None, regime: str | None, *, amounts: Tax | None) -> Element | None:
    by_value = amounts is not None and _is_currency(amounts.base_unit)
    base, unit = (amounts.base, amounts.base_unit) if amounts is not None else (None, None)
    return node(
        "DutyTaxFee",
        leaf("AdValoremTaxBaseAmount", base, currencyID=unit) if by_value else None,
        leaf("DutyRegimeCode", regime),
        None if by_value else leaf("SpecificTaxBaseQuantity", base),
        leaf("TaxRateNumeric", _percentage(amounts)),
        leaf("TypeCode", kind),
        node(
            "Payment",
            leaf("MethodCode", method),
            leaf("TaxAssessedAmount", amounts.amount if amounts is not None else None),
            leaf("PaymentAmount", _payable(amounts)),
        ),
    )


def _is_currency(unit: str | None) -> bool:
    return unit is None or unit == "GBP"


def _percentage(tax: Tax | None) -> str | None:
    """4/5 holds one percentage; a compound rate has no place in it."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", tax.expression or "") if tax is not None else None
    return found[1] if found else None


def _payable(tax: Tax | None) -> str | None:
    if tax is None or tax.amount is None:
        return None
    return format(tax.amount - (tax.relieved or 0) - (tax.suspended or 0), "f")


def _origins(one: DeclarationItem) -> Iterator[Element | None]:
    """5/15 is a country; "EU" alone says of which goods of the Union they are, not of which country."""
    yield _origin(None if one.origin == _EU else one.origin, "1")
    if one.preference is not None:
        yield _origin(_EU if one.origin in _MEMBER_STATES else one.origin, "2")


def _origin(country: str | None, kind: str) -> Element | None:
    return node("Origin", leaf("CountryCode", country), leaf("TypeCode", kind)) if country else None


def _packaging(filing: Filing, one: DeclarationItem) -> Element | None:
    packages = one.packages
    whole = packages is not None and packages == packages.to_integral_value()
    return node(
        "Packaging",
        leaf("SequenceNumeric", 1),
        leaf("MarksNumbersID", filing.marks),
        leaf("QuantityQuantity", int(packages) if packages is not None and whole else packages),
        leaf("TypeCode", filing.declaration.package_kind),
    )
