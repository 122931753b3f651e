"""The header fields of a certificate of origin, whatever its form: its boxes are found by their titles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.context import Context
from extractors.documents.certificate_lines import certificate_lines, certificate_tables
from extractors.documents.ordinary_lines import completed
from extractors.forms import picking
from extractors.forms.boxes import FormPage, form_pages
from extractors.forms.gross import gross_told
from extractors.forms.items import Items
from extractors.forms.labels import FormLabel
from extractors.forms.lines import line_text, words_of
from extractors.forms.placing import placed
from extractors.forms.references import invoice_of
from extractors.forms.sections import authority_name, declared_on, issue_date, retrospective
from extractors.forms.sentences import consignee_told, exporter_told, origin_told, signing_date
from extractors.forms.table import GoodsTable
from extractors.forms.voyage import means_of_transport
from extractors.values.countries import parse_country
from schemas.documents import CertificateFields, CertificateForm, CertificateLine
from schemas.fields import Field
from schemas.geometry import Box
from schemas.pages import Page

_FORMS: tuple[tuple[CertificateForm, str], ...] = (
    ("eur_med", r"\bEUR\s*[-.]?\s*MED\b"),
    ("eur1", r"\bEUR\s*\.?\s*[1Il]\b(?!\d)"),
    ("atr", r"\bA\s?\.\s?TR\b"),
    ("rcep", r"\bRCEP\b|REGIONAL COMPREHENSIVE ECONOMIC"),
    ("cptpp", r"\bCPTPP\b|TRANS-?\s?PACIFIC PARTNERSHIP"),
    ("chafta", r"\bCHAFTA\b|CHINA\s*[-–]\s*AUSTRALIA FREE TRADE"),
    ("usmca", r"\b(?:USMCA|CUSMA|T-MEC)\b|UNITED STATES[-–,\s]+MEXICO[-–,\s]+(?:AND\s+)?CANADA AGREEMENT"),
    (
        "usmca",
        r"TRATADO ENTRE (?:M[EÉ]XICO|LOS ESTADOS UNIDOS MEXICANOS)\b.{0,40}\bESTADOS UNIDOS|ACCORD CANADA[-–\s]*[EÉ]TA",
    ),
    ("form_e", r"\bFORM\s?E\b|ASEAN\s*[-–]\s*CHINA FREE TRADE"),
    ("form_d", r"\bFORM\s?D\b|ASEAN TRADE IN GOODS"),
    ("form_a", r"\bFORM\s?A\b|GENERALI[SZ]ED SYSTEM OF PREFERENCES"),
    ("form_a", r"SYST[EÈ]ME G[EÉ]N[EÉ]RALIS[EÉ] DE PR[EÉ]F[EÉ]RENCES"),
    ("chamber", r"UNDERSIGNED AUTHORITY|CHAMBER|INTERNATIONAL COMMERCE|UNTERZEICHNENDE STELLE|HANDELSKAMMER"),
    ("chamber", r"AUTORIT[EÉ] SOUSSIGN|AUTORIDAD INFRASCRITA|C[AÁ]MARA|CAMERA DI COMMERCIO|CHAMBRE|商会|贸促会"),
    ("chamber", r"CERTIFICATE OF ORIGIN|CERTIFICAT D['’]ORIGINE|URSPRUNGSZEUGNIS|CERTIFICADO DE ORIGEN"),
    ("chamber", r"CERTIFICATO D(?:I|['’]) ?ORIGINE|原产地证"),
    ("statement_on_origin", r"STATEMENT ON ORIGIN"),
    ("invoice_declaration", r"EXPORTER OF THE PRODUCTS COVERED BY THIS DOCUMENT"),
)
"""What names a form, the surest first: a Form A may be stamped by a chamber, an EUR.1 never says FORM A."""

_SELF_CERTIFIED = frozenset({"usmca", "cptpp", "statement_on_origin", "invoice_declaration"})
"""Forms that no authority signs: their date is the exporter's."""


def certificate_form(pages: Sequence[Page]) -> CertificateForm:
    """The form that the pages name; `other` where they name none."""
    text = " ".join(page.text for page in pages).upper()
    return next((form for form, words in _FORMS if re.search(words, text)), "other")


def certificate_document(
    pages: Sequence[Page], form: CertificateForm, context: Context
) -> tuple[CertificateFields, tuple[CertificateLine, ...]]:
    """Header and lines of the certificate on these pages."""
    own = context.settled_by(pages)
    forms = form_pages(pages)
    tables = certificate_tables(forms, own)
    lines = _lines(forms, tables, own)
    header = _header(forms, tables, lines, own)
    if form in _SELF_CERTIFIED:
        header = header.replacing(date=header.date or declared_on(forms, own), issued_by=None)
    return _with_sentences(header, forms, own), lines


def _with_sentences(header: CertificateFields, forms: Sequence[FormPage], context: Context) -> CertificateFields:
    """What no box states may stand in the sentences of the paper."""
    consignee = header.consignee
    lands = consignee is not None and consignee.value.country is not None
    return header.replacing(
        date=header.date or _date_at_head(forms[0], context) or signing_date(forms, context),
        exporter=header.exporter or exporter_told(forms),
        consignee=consignee if lands else consignee_told(forms) or consignee,
        country_of_origin=header.country_of_origin or origin_told(forms),
    )


def _date_at_head(form: FormPage, context: Context) -> Field[dt.date] | None:
    """The date of a list of particulars above the goods: "Issued on 3 May 2026"."""
    floor = min((label.box.top for label in form.labelled("goods")), default=0.5 * form.page.height)
    titles = [label for label in form.labelled("place_and_date") if label.box.bottom < floor]
    return picking.first_value(form, titles, picking.dated(context))


def _lines(
    forms: Sequence[FormPage], tables: Sequence[tuple[GoodsTable, Items]], context: Context
) -> tuple[CertificateLine, ...]:
    """Those of the form; of a paper without numbered boxes what an ordinary table has more of."""
    lines = certificate_lines(tables, context)
    figures = any(line.quantity or line.packages or line.gross_weight_kg for line in lines)
    if figures and _has_numbered_boxes(forms):
        return lines
    return completed([form.page for form in forms], lines, context)


def _has_numbered_boxes(forms: Sequence[FormPage]) -> bool:
    return sum(label.number is not None for form in forms for label in form.labels) >= _BOXES


_BOXES = 5
"""Titles with a number of which a form has at least so many; most have eight and more."""


def _header(
    forms: Sequence[FormPage],
    tables: Sequence[tuple[GoodsTable, Items]],
    lines: Sequence[CertificateLine],
    context: Context,
) -> CertificateFields:
    first = forms[0]
    number, date = invoice_of(forms, tables, context)
    return CertificateFields(
        number=picking.first_value(first, _at_head(first), picking.reference),
        date=issue_date(forms, context),
        exporter=picking.first_value(first, first.labelled("exporter"), picking.party),
        consignee=picking.first_value(first, first.labelled("consignee"), picking.party),
        producer=picking.first_value(first, first.labelled("producer"), picking.party),
        country_of_origin=_country(forms, "produced_in", "country_of_origin"),
        country_of_destination=_country(forms, "country_of_destination", "exported_to"),
        invoice_number=number,
        invoice_date=date,
        issued_by=authority_name(forms, context),
        issued_retrospectively=retrospective(forms),
        gross_weight_kg=_gross_weight(tables, lines, context) or gross_told(forms, context, heads=_heads(tables)),
        vessel_or_flight=means_of_transport(first),
    )


def _heads(tables: Sequence[tuple[GoodsTable, Items]]) -> list[FormLabel]:
    return [column.label for table, _ in tables for column in table.columns]


def _at_head(form: FormPage) -> list[FormLabel]:
    """Titles of the certificate's number: above the goods, with "No" alone last."""
    limit = 0.45 * form.page.height
    found = [label for label in form.labelled("number") if label.box.top < limit]
    return sorted(found, key=lambda label: (len(label.text) < 4, label.box.top))  # noqa: PLR2004  "No."


def _country(forms: Sequence[FormPage], *concepts: str) -> Field[str] | None:
    for form in forms:
        titles = form.labelled(*concepts)
        found = picking.first_value(form, titles, picking.country) or _over_caption(form, titles)
        if found:
            return found
    return None


_OVER = 2.5
"""Text heights from a country typed on a line down to the caption in brackets under it."""


def _over_caption(form: FormPage, titles: Sequence[FormLabel]) -> Field[str] | None:
    """The country right above "(Importing Country)": so the declarations of Forms A, D and E are filled in."""
    for title in titles:
        box = title.box
        if title.text.startswith("("):
            over = Box(box.x0 - 6 * form.text_height, box.top - _OVER * form.text_height, box.x1, box.top)
            for line in form.lines_in(over):
                code = parse_country(line_text(line))
                if code:
                    return placed(words_of([line]), code, form.page, parse=parse_country)
    return None


def _gross_weight(
    tables: Sequence[tuple[GoodsTable, Items]], lines: Sequence[CertificateLine], context: Context
) -> Field[Decimal] | None:
    """The total under the items; of a single item its own. Beside a column of quantities it must be called gross."""
    for table, items in reversed(tables):
        for words in items.closing:
            if not table.has("weight") and not any(picking.says_gross(w.text) for w in words):
                continue
            found = picking.weight(table.form.page, picking.behind_gross(words), context)
            if found:
                return found
    return lines[0].gross_weight_kg if len(lines) == 1 else _sum_below(tables, lines, context)


def _sum_below(
    tables: Sequence[tuple[GoodsTable, Items]], lines: Sequence[CertificateLine], context: Context
) -> Field[Decimal] | None:
    """The figure without any word under the column of weights, where it is what all lines add up to."""
    weights = [line.gross_weight_kg for line in lines]
    if len(weights) < 2 or not all(weights) or not tables[-1][1].items:  # noqa: PLR2004  a sum of two or more
        return None
    total = sum(weight.value for weight in weights if weight)
    table, items = tables[-1]
    for line in reversed(items.items[-1].column("weight")):
        found = picking.weight(table.form.page, line.words, context, default_unit="KGM")
        if found and found.value == total:
            return found.witnessed("arithmetic")
    return None
