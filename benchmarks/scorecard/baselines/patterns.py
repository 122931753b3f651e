"""The expressions: labels in six languages, and values behind a label or below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.scorecard.baselines.printed_values import amount_in, date_in, last_amount_in, number_in

Value = Callable[[str], str | None]

_TITLES: Final[Mapping[str, str]] = {
    "packing_list": r"packing list|weight (?:note|list)|packliste|versandliste|liste de colisage|note de colisage"
    r"|lista de (?:empaque|contenido|bultos)|packing|distinta (?:di imballo|colli)|lista colli|装箱单",
    "certificate_of_origin": r"certificate of origin|movement certificate|ursprungszeugnis|warenverkehrsbescheinigung"
    r"|certificat d.origine|certificat de circulation|certificado de (?:origen|circulaci[oó]n)"
    r"|certificato (?:di origine|di circolazione)|form [aed]\b|原产地证",
    "transport_document": r"bill of lading|way ?bill|consignment note|frachtbrief|lettre de (?:voiture|transport)"
    r"|connaissement|conocimiento de embarque|carta de porte|polizza di carico|lettera di vettura|\bcmr\b|提单",
    "commercial_invoice": r"invoice|rechnung|facture|factura|fattura|发票",
}  # fmt: skip
_TITLE_LINES: Final = 12

_NO: Final = (
    r"(?:n(?:o|r|um|umber|ummer|um[eé]ro|úmero|\s?\.?[º°])|ref(?:erence)?|号码|号)(?![^\W\d])"
    r"[\s.:#°º/]*(?:no\b[\s.:]*)?"
)
_INVOICE: Final = r"(?:(?:commercial |our )?invoice|inv\.|rechnungs?|rg\.|facture|factura|fattura|发票)"
_LIST: Final = r"(?:packing list|p/?l|list|packliste|lieferschein|liste|lista|distinta|装箱单|箱单)"
_CERTIFICATE: Final = r"(?:certificate|zeugnis|certificat|certificado|certificato)?"
_TRANSPORT: Final = r"(?:b/?l|fbl|bill of lading|awb|(?:air |sea )?waybill|cmr|note|frachtbrief|document|提单)"
_ORDER: Final = (
    r"(?:p\.?\s?o\.?|(?:your |customer |cust |purchase )?order|(?:kunden)?bestell(?:ung)?|auftrag|commande|pedido"
    r"|ordine|订单)"
)
_DATE: Final = r"(?:date|dated|datum|fecha|data|日期|rechnungsdatum|ausstellungsdatum)\b[^\d]{0,20}"
_TOTAL: Final = (
    r"(?:grand total|invoice total|total amount|amount due|total due|gesamtbetrag|rechnungsbetrag|endbetrag|gesamtsumme"
    r"|montant total|total (?:de la )?facture|net [aà] payer|importe total|total factura|total a pagar|totale fattura"
    r"|totale (?:da pagare|documento)|总金额|合计|总计|total|gesamt|totale)\b"
)
_GROSS: Final = r"(?:gross (?:weight|mass)|g\.?w\.?|bruttogewicht|brutto|poids brut|peso (?:bruto|lordo)|毛重)"
_NET: Final = r"(?:net (?:weight|mass)|n\.?w\.?|nettogewicht|netto|poids net|peso net[ot]o?|净重)"
_PACKAGES: Final = (
    r"(?:(?:total |no\.? of |number of )?(?:packages|pkgs|cartons)|packst[uü]cke|anzahl (?:packst[uü]cke|colli)|colis"
    r"|nombre de colis|bultos|n[uú]mero de bultos|colli|numero colli|件数|箱数)"
)
_TERM: Final = re.compile(r"\b(EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP)(?=\b|\d|[A-Z][a-z])")
_CONTAINER: Final = re.compile(r"\b([A-Z]{3}U)\s?-?(\d{6})\s?-?(\d)\b")
_CURRENCY: Final = re.compile(
    r"\b(USD|EUR|GBP|CHF|CNY|JPY|AUD|CAD|NOK|SEK|DKK|PLN|CZK|INR|TRY|THB|MYR|VND|TWD|MXN|CLP|MAD|AED|BDT|KRW)\b"
)
_SIGNS: Final = {"€": "EUR", "£": "GBP", "US$": "USD"}

CLAIMS: Final = frozenset({
    "number", "date", "invoice_number", "purchase_order", "currency", "incoterm", "total_amount", "gross_weight_kg",
    "net_weight_kg", "packages", "container_number",
})  # fmt: skip
_OWN_NUMBER: Final = {
    "commercial_invoice": _INVOICE,
    "packing_list": _LIST,
    "certificate_of_origin": _CERTIFICATE,
    "transport_document": _TRANSPORT,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's lines, and the kind of paper that its title tells, empty where none does."""

    kind: str
    lines: tuple[str, ...]


def kind_of(lines: tuple[str, ...]) -> str:
    """By the first line near the top that names a kind."""
    for line in lines[:_TITLE_LINES]:
        for kind, title in _TITLES.items():
            if re.search(title, line, re.IGNORECASE):
                return kind
    return ""


def fields_of(sheet: Sheet) -> dict[str, str]:
    """What the expressions find on a page of that kind."""
    return {name: value for name, value in _found(sheet) if value is not None}


def _found(sheet: Sheet) -> Iterator[tuple[str, str | None]]:
    lines = sheet.lines
    if sheet.kind in _OWN_NUMBER:
        yield "number", _numbered(_OWN_NUMBER[sheet.kind], lines)
    yield "date", _behind(_DATE, date_in, lines) or _first(date_in, lines)
    if sheet.kind in {"packing_list", "certificate_of_origin"}:
        yield "invoice_number", _numbered(_INVOICE, lines)
    if sheet.kind in {"commercial_invoice", "packing_list"}:
        yield "purchase_order", _numbered(_ORDER, lines)
    if sheet.kind == "commercial_invoice":
        yield "currency", _first(_currency_in, lines)
        yield "incoterm", _first(_term_in, lines)
        yield "total_amount", _behind(_TOTAL, last_amount_in, lines, last=True)
    if sheet.kind in {"packing_list", "transport_document"}:
        yield "container_number", _first(_container_in, lines)
    yield "gross_weight_kg", _behind(_GROSS, amount_in, lines, last=True)
    if sheet.kind in {"commercial_invoice", "packing_list"}:
        yield "net_weight_kg", _behind(_NET, amount_in, lines, last=True)
    yield "packages", _behind(_PACKAGES, amount_in, lines, last=True)


def _numbered(noun: str, lines: tuple[str, ...]) -> str | None:
    """The number behind a noun with a sign for number, or else in the rest of a line that has the noun alone."""
    signed = _behind(rf"{noun}[\s.\-/]*{_NO}", number_in, lines)
    return signed or _behind(rf"{noun}\b[\s.:]*", number_in, lines, below=False) if noun else signed


def _behind(label: str, value: Value, lines: tuple[str, ...], *, last: bool = False, below: bool = True) -> str | None:
    """The value in the rest of a label's line, or else in the line below it; of the first such label, or the last."""
    found: list[str] = []
    for at, line in enumerate(lines):
        if match := re.search(rf"(?<!\w){label}", line, re.IGNORECASE):
            under = lines[at + 1] if below and at + 1 < len(lines) else ""
            told = value(line[match.end() :]) or value(under)
            found += [told] if told else []
    return (found[-1] if last else found[0]) if found else None


def _first(value: Value, lines: tuple[str, ...]) -> str | None:
    return next((told for line in lines if (told := value(line))), None)


def _term_in(text: str) -> str | None:
    match = _TERM.search(text)
    return match[1] if match else None


def _container_in(text: str) -> str | None:
    match = _CONTAINER.search(text)
    return "".join(match.groups()) if match else None


def _currency_in(text: str) -> str | None:
    if match := _CURRENCY.search(text):
        return match[1]
    return next((code for sign, code in _SIGNS.items() if sign in text), None)
