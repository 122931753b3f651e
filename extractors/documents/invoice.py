"""The commercial invoice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from extractors.context import Context
from extractors.fieldmaking import field_from
from extractors.headers.goods_paper import HeaderSearch
from extractors.headers.occurrences import Sheet
from extractors.values.currencies import find_currencies
from schemas.documents import InvoiceFields
from schemas.fields import Field
from schemas.pages import Page, Word

_PRICED: Final = re.compile(
    r"[(\[]?[A-Za-z]{0,3}[$€£¥]?[)\]:.,]?|[A-Za-z]{0,3}[$€£¥]?\d[\d.,']*[.,]\d{2,4}[$€£¥]?[A-Za-z]{0,3}"
)
"""A code or symbol alone, in brackets, or beside an amount with decimals: "RM0001" and "CHE-116.447" are neither."""
_UNITS: Final = frozenset({"KGS", "LBS", "CBM"})
"""Trade spellings of units that are also currency codes (KGS, the som) or look like them."""


def invoice_fields(sheets: Sequence[Sheet], pages: Sequence[Page], context: Context) -> InvoiceFields:
    """The header, summary and footer fields of an invoice; `sheets` leave out the goods table, `pages` hold it."""
    search = HeaderSearch.over(sheets, context)
    term, place, edition = search.incoterm()
    loading, discharge = search.ports()
    count, kind = packages_of(search)
    return InvoiceFields(
        number=search.first(("invoice_number", "own_number"), str),
        date=search.date(),
        purchase_order=search.field("purchase_order", str),
        exporter=search.exporter(),
        consignee=search.consignee(),
        buyer=search.buyer(),
        notify_party=search.party("notify_party"),
        currency=currency_of(pages),
        incoterm=term,
        incoterm_place=place,
        incoterm_edition=edition,
        payment_terms=search.field("payment_terms", str),
        country_of_origin=search.field("country_of_origin", str),
        country_of_dispatch=search.field("country_of_dispatch", str),
        country_of_destination=search.field("country_of_destination", str),
        port_of_loading=loading,
        port_of_discharge=discharge,
        vessel_or_flight=search.field("vessel_or_flight", str),
        transport_document_number=search.field("transport_document_number", str),
        packages=count,
        package_kind=kind,
        gross_weight_kg=search.field("gross_weight_kg", Decimal) or weight_of_packages(search),
        net_weight_kg=search.field("net_weight_kg", Decimal),
        reason_for_export=search.field("reason_for_export", str),
        subtotal=amount(search, "subtotal"),
        freight=amount(search, "freight"),
        insurance=amount(search, "insurance"),
        discount=amount(search, "discount"),
        other_charges=amount(search, "other_charges"),
        total_amount=amount(search, "total_amount"),
    )


def amount(search: HeaderSearch, concept: str) -> Field[Decimal] | None:
    """An amount of the summary, without its sign: a discount is printed with and without one."""
    chosen = next((c for c in search.found.get(concept, ()) if isinstance(c.found.value, tuple)), None)
    if chosen is None or not isinstance(chosen.found.value, tuple):
        return None
    value = chosen.found.value[0]
    return field_from(chosen.found.words, abs(Decimal(value)), chosen.found.page, text=chosen.found.text)


def packages_of(search: HeaderSearch) -> tuple[Field[Decimal] | None, Field[str] | None]:
    """The number of packages and their kind, printed together as "36 CARTONS"."""
    chosen = next((c for c in search.found.get("packages", ()) if isinstance(c.found.value, tuple)), None)
    if chosen is None or not isinstance(chosen.found.value, tuple):
        return None, None
    count, kind = chosen.found.value
    words = chosen.found.words
    number = field_from(words[:1], Decimal(count), chosen.found.page)
    return number, field_from(words[1:] or words, kind, chosen.found.page) if kind else None


def weight_of_packages(search: HeaderSearch) -> Field[Decimal] | None:
    """What all packages weigh is gross, on a paper that counts them and has no word for gross."""
    weight = search.field("shipment_weight", Decimal)
    net = search.best("net_weight_kg", Decimal)
    counted = search.best("packages", tuple) is not None
    if weight is None or not counted or search.labelled("gross_weight_kg"):
        return None
    return None if net and net.value >= weight.value else weight


def currency_of(pages: Sequence[Page]) -> Field[str] | None:
    """The currency named most often by a code or an unmistakable symbol; others stand as alternatives."""
    seen: list[tuple[str, Word, Page]] = [
        (code, word, page) for page in pages for word in page.words for code in _codes_in(word)
    ]
    if not seen:
        return None
    ranked = Counter(code for code, _, _ in seen).most_common()
    code = ranked[0][0]
    _, word, page = max((s for s in seen if s[0] == code), key=lambda s: s[1].confidence)
    return field_from([word], code, page)


def _codes_in(word: Word) -> list[str]:
    """Currencies of a word that is a code or symbol with at most an amount: no part of a tax number, no "KGS"."""
    letters = re.sub(r"[^A-Za-z$€£¥]", "", word.text)
    if letters.upper() in _UNITS or not _PRICED.fullmatch(word.text):
        return []
    return find_currencies(word.text)
