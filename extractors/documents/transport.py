"""The header fields and lines of transport documents: bills of lading, sea and air waybills, CMR notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.airway import airway_number, marked_terms
from extractors.forms.boxes import FormPage, form_pages
from extractors.forms.cargo import Cargo, cargo_of
from extractors.forms.lines import line_text, visual_lines, words_of
from extractors.forms.placing import placed
from extractors.forms.sailing import issued_on, on_board_on
from extractors.forms.voyage import vessel_with_voyage
from extractors.layout.spans import joined
from extractors.values.freight import FreightTerms, parse_freight_terms
from schemas.documents import TransportFields, TransportForm, TransportLine
from schemas.fields import Field
from schemas.pages import Page, Word

_FORMS: tuple[tuple[TransportForm, str], ...] = (
    ("air_waybill", r"\bAIR\s?WAYBILL\b|\bAIR CONSIGNMENT NOTE\b|AIRPORT OF DEPARTURE"),
    ("air_waybill", r"LUFTFRACHTBRIEF|LETTRE DE TRANSPORT A[EÉ]RIEN|航空货运单"),
    ("cmr", r"\bCMR\b|INTERNATIONAL CONSIGNMENT NOTE|LETTRE DE VOITURE INTERNATIONALE|INTERNATIONALER FRACHTBRIEF"),
    ("cmr", r"LETTERA DI VETTURA INTERNAZIONALE|CARTA DE PORTE INTERNACIONAL"),
    ("sea_waybill", r"\bSEA\s?WAYBILL\b|NON[- ]NEGOTIABLE (?:SEA )?WAYBILL|SEEFRACHTBRIEF|海运单"),
    ("sea_waybill", r"LETTRE DE TRANSPORT MARITIME"),
    ("bill_of_lading", r"BILL OF LADING|BILL OF LAD|\bB\(?S?\)?/L\b|KONNOSSEMENT|CONNAISSEMENT|提单"),
    ("bill_of_lading", r"CONOCIMIENTO DE EMBARQUE|POLIZZA DI CARICO"),
    ("bill_of_lading", r"\bFBL\b|\bMULTIMODAL TRANSPORT BILL\b|\bCONOCIMIENTO DE EMBARQUE\b"),
    ("sea_waybill", r"\bEXPRESS (?:CARGO )?BILL\b|\bWAYBILL\b"),
)
"""What names a form, the surest first."""


_ABOUT_FREIGHT = re.compile(r"FREIGHT|FRACHT|FRET|FLETE|NOLO|\bPORT[EO]?\b|运费", re.IGNORECASE)


def transport_form(pages: Sequence[Page]) -> TransportForm:
    """The form that the pages name; `other` where they name none."""
    text = " ".join(page.text for page in pages).upper()
    named = next((form for form, words in _FORMS if re.search(words, text)), None)
    return named or _by_boxes(pages)


_BOXES: tuple[tuple[TransportForm, str], ...] = (("air_waybill", "waybill_boxes"), ("cmr", "cmr_boxes"))
_SEVERAL = 3
"""Boxes that no other form has, from which on they name the form whose title a fax has lost."""


def _by_boxes(pages: Sequence[Page]) -> TransportForm:
    labels = [label.concept for page in form_pages(pages) for label in page.labels]
    return next((form for form, concept in _BOXES if labels.count(concept) >= _SEVERAL), "other")


def transport_document(
    pages: Sequence[Page], form: TransportForm, context: Context
) -> tuple[TransportFields, tuple[TransportLine, ...]]:
    """Header and lines of the transport document on these pages."""
    own = context.settled_by(pages)
    forms = form_pages(pages)
    cargo = cargo_of(forms, own)
    return _header(forms, form, cargo, own), cargo.lines


def _header(forms: Sequence[FormPage], form: TransportForm, cargo: Cargo, context: Context) -> TransportFields:
    first = forms[0]

    def pick(concept: str, how: picking.Picker[picking.T]) -> Field[picking.T] | None:
        return picking.first_value(first, first.labelled(concept), how)

    flown = form == "air_waybill"
    goal = pick("place_of_delivery", picking.place)  # a lorry ends its way where box 3 of the CMR note says
    return TransportFields(
        number=airway_number(first) if form == "air_waybill" else _number(first),
        master_document_number=pick("master_number", picking.reference),
        date=issued_on(forms, context),
        shipped_on_board_date=on_board_on(forms, context),
        arrival_date=picking.first_value(first, first.labelled("arrival_date"), picking.dated(context)),
        exporter=pick("exporter", picking.party),
        consignee=pick("consignee", picking.party),
        notify_party=pick("notify_party", picking.party),
        vessel_or_flight=vessel_with_voyage(first),
        port_of_loading=pick("port_of_loading", picking.place)
        or (pick("origin_column", picking.place) if flown else None),
        port_of_discharge=pick("port_of_discharge", picking.place)
        or (goal if form == "cmr" else pick("flown_to", picking.place) if flown else None),
        packages=cargo.packages,
        package_kind=cargo.package_kind,
        gross_weight_kg=cargo.gross_weight_kg,
        volume_m3=cargo.volume_m3,
        container_number=cargo.container_number,
        seal_number=cargo.seal_number,
        freight_terms=_terms(forms),
    )


_NAMES_ITSELF = re.compile(
    r"B\W?/?\W?L\b|BILL|LADING|WAYBILL|SWB|CMR|FRACHTBRIEF|CONNAISS|CONOCIM|POLIZZA|提单|运单", re.IGNORECASE
)


def _number(form: FormPage) -> Field[str] | None:
    """The number by the title that names the document; by "Reference No." only where no title does."""
    labels = form.labelled("number")
    named = [label for label in labels if _NAMES_ITSELF.search(label.text)]
    return picking.first_value(form, named or labels, picking.reference)


def _terms(forms: Sequence[FormPage]) -> Field[FreightTerms] | None:
    """Prepaid or collect: a mark in one of two columns, the freight box, else a line that says so."""
    for form in forms:
        found = marked_terms(form) or picking.first_value(form, form.labelled("freight", "charges_code"), _told)
        if found:
            return found
    for form in forms:
        for words in _phrases(form):
            text = joined(w.text for w in words)
            terms = parse_freight_terms(text) if _ABOUT_FREIGHT.search(text) else None
            if terms:
                return placed(words, terms, form.page)
    return None


_WIDE_SPACE = 2.0
"""Text heights that a fax's coarse boxes may leave between two words of a phrase."""


def _phrases(form: FormPage) -> Iterator[list[Word]]:
    """The page's spans, each with the one close behind it where there is one."""
    yield from (list(span.words) for span in form.spans)
    for line in visual_lines(form.spans):
        for left, right in pairwise(line):
            if right.box.x0 - left.box.x1 < _WIDE_SPACE * form.text_height:
                yield [*left.words, *right.words]


def _told(page: Page, lines: picking.Lines) -> Field[FreightTerms] | None:
    for line in lines:
        terms = parse_freight_terms(line_text(line))
        if terms:
            return placed(words_of([line]), terms, page)
    return None
