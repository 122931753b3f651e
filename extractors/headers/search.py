"""All candidates for the header fields of one document, and the choice among them."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from extractors.context import Context
from extractors.headers import readings
from extractors.headers.blocks import block_at, continued, is_title, wrapped
from extractors.headers.occurrences import Occurrence, Place, Sheet, distant, places
from extractors.headers.pairs import is_of_another, paired
from extractors.headers.readings import Found
from extractors.layout import Span
from extractors.lexicon import lexicon
from extractors.values.countries import parse_country
from extractors.values.currencies import find_currencies
from extractors.values.dates import parse_date
from extractors.values.identifiers import find_containers
from extractors.values.incoterms import Incoterm, parse_incoterm
from extractors.values.money import parse_money
from extractors.values.packages import parse_package_kind, parse_packages
from extractors.values.weights import parse_volume_m3, parse_weight_kg
from schemas.values import Party

_NEAR: Mapping[str, float] = {"inline": 0.5, "right": 0.45, "across": 0.25, "below": 0.3}
"""How much the place of a value says that it belongs to the label."""

_PAIRED = 0.3
"""What it adds that label and value have two halves each."""
_SURE_LABEL = 3
"""Words of a label that needs no colon and no beginning of a sentence ("for goods shipped from")."""

Reading = Callable[[Sheet, Place, Context], Found[object] | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible value of a concept. `score` orders candidates of one concept; it is no probability."""

    concept: str
    found: Found[object]
    score: float
    label: Occurrence


def candidates(sheet: Sheet, context: Context) -> dict[str, list[Candidate]]:
    """For each concept the values that stand by its labels on this page, the likeliest first."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    marked = _marked(sheet, context)
    for label in sheet.labels:
        reading = READINGS.get(label.concept)
        if reading is None or is_of_another(label):
            continue
        if label.concept != "marks" and marked.intersection(map(id, label.words.words)):
            continue
        found[label.concept].extend(_readings_of(sheet, label, reading, context))
    for place in paired(sheet):
        reading = READINGS.get(place.label.concept)
        if reading is not None and (value := reading(sheet, place, context)) is not None:
            found[place.label.concept].append(
                Candidate(place.label.concept, value, _score(place) + _PAIRED, place.label)
            )
    return {concept: sorted(_outermost(some), key=lambda c: -c.score) for concept, some in found.items()}


def _outermost(some: list[Candidate]) -> list[Candidate]:
    """Without those whose label is a word of another's value: "Payment" before "payment in advance"."""
    return [c for c in some if not any(_holds(other, c) for other in some if other is not c)]


def _holds(outer: Candidate, inner: Candidate) -> bool:
    label = {id(w) for w in inner.label.words.words}
    value = {id(w) for w in outer.found.words}
    return label < value and not value.intersection(id(w) for w in outer.label.words.words)


def _readings_of(sheet: Sheet, label: Occurrence, reading: Reading, context: Context) -> list[Candidate]:
    """The nearest value of a label; of a party the fullest, since an address block may stand beside or below."""
    found = []
    for place in places(sheet, label):
        value = reading(sheet, place, context)
        if value is None:
            continue
        score = _score(place) + _fullness(value.value) - _prose(value, place)
        found.append(Candidate(label.concept, value, score, label))
        if not isinstance(value.value, Party):
            break
    return sorted(found, key=lambda c: -c.score)[:1]


def _prose(found: Found[object], place: Place) -> float:
    """What small letters right behind a label without a colon take away: "Payment by bank transfer only."."""
    runs_on = place.relation == "inline" and not place.label.colon and found.text[:1].islower()
    return 0.4 if runs_on else 0.0


def _fullness(value: object) -> float:
    """What an address and a country add to the likeliness that a block of lines is a party."""
    if not isinstance(value, Party):
        return 0.0
    return 0.4 * (value.country is not None) + 0.2 * (value.address is not None)


def _marked(sheet: Sheet, context: Context) -> frozenset[int]:
    """The words of shipping marks (by identity): "P.O. 7898" among them is no field of the paper."""
    labels = [o for o in sheet.labels if o.concept == "marks"]
    found = [f for o in labels for p in places(sheet, o) if (f := _marks(sheet, p, context))]
    return frozenset(id(w) for f in found[:1] for w in f.words)


def _score(place: Place) -> float:
    label = place.label
    begins = 0.3 if label.start == 0 else 0.1 if label.leads else -0.35
    return 0.15 * min(label.size, 4) + begins + (0.2 if label.colon else 0.0) + _NEAR[place.relation]


def _reference(_sheet: Sheet, place: Place, _context: Context) -> Found[str] | None:
    """A number by its label; what stands below a paper's title in large print is none of it."""
    printed = place.span.words[0].reader == "text_layer"  # heights on scans waver
    titled = printed and place.relation == "below" and place.label.span.height > _TITLE * place.span.height
    return None if titled else readings.reference(place.span)


_TITLE = 1.4
"""How much larger than the text under it a title is."""


def _transport_number(sheet: Sheet, place: Place, _context: Context) -> Found[str] | None:
    """None by a label that a delivery note has as well: "BL" is a bill of lading and a "bon de livraison"."""
    return None if "delivery_note" in sheet.shared(place.label) else readings.reference(place.span)


def _day(_sheet: Sheet, place: Place, context: Context) -> Found[object] | None:
    return readings.day(place.span, context)


def _country(_sheet: Sheet, place: Place, _context: Context) -> Found[str] | None:
    return readings.country(place.span)


def _party(sheet: Sheet, place: Place, _context: Context) -> Found[object] | None:
    lines = block_at(sheet, place.span)
    if not _is_title(place.label) or lines[0].text[0].islower():  # "… of the seller. Claims …", "… invoice to be true"
        return None
    if _of_another(sheet, place.span) or is_title(lines[0]) or _is_signed(sheet, place.label):
        return None
    one_of_many = len(lines) == 1 and sheet.shared(place.label)  # "Destination": a country, a port or a party
    return None if one_of_many or _of_delivery(sheet, place, lines[0].text) else readings.party(lines)


def _of_another(sheet: Sheet, span: Span) -> bool:
    """True where the words begin with another field's label of several words ("Luogo di scarico Jebel Ali")."""
    labels = [o for o in sheet.labels_in(span) if o.start == 0 and o.concept in READINGS]
    return any(o.size > 1 for o in labels)


def _is_signed(sheet: Sheet, label: Occurrence) -> bool:
    """True for the caption of a signature: "Shipper / Date"."""
    return any(o.concept == "date" and o.start >= label.end for o in sheet.labels_in(label.span)) and label.whole


def _of_delivery(sheet: Sheet, place: Place, text: str) -> bool:
    """True for a term of delivery under a label that means those as well ("Terms", "Livraison")."""
    return "incoterm" in sheet.shared(place.label) and parse_incoterm(text) is not None


def _cell(sheet: Sheet, place: Place) -> list[Span]:
    """The place's own line, and in a form cell those below it."""
    if place.relation in {"right", "across"}:
        return continued(sheet, place)
    if place.relation == "below" or sheet.cells.closed(place.span.box):
        return list(takewhile(lambda line: not _titled(sheet, place, line), block_at(sheet, place.span)))
    return [place.span]


def _titled(sheet: Sheet, place: Place, line: Span) -> bool:
    """True for a line further down that has a title of its own under the place's label, left of it."""
    if place.label.start == place.label.end:  # proposed without a label
        return False
    row = next((r for r in sheet.rows if line in r.spans), None)
    label = place.label.words.box
    beside = [s for s in row.spans if s.box.x1 < line.box.x0 and s.box.overlap_x(label) > 0] if row else []
    return any(map(sheet.is_label, beside))


def _text(sheet: Sheet, place: Place, _context: Context) -> Found[str] | None:
    label = place.label
    if not (label.colon or label.start == 0 or (label.leads and label.size > 1)):  # "vol" inside a sentence
        return None
    return readings.text_of(_lines_of(sheet, place))


_NEW_SENTENCE = re.compile(r"[^\W\d_]{3}\.\s+[A-Z][a-z]+ ")
_LETTERS = re.compile(r"[^\W\d_]{2}|/[A-Z]|[\u3400-\u9fff]")


def _terms(sheet: Sheet, place: Place, context: Context) -> Found[str] | None:
    """Terms of payment: no term of delivery and no mere date, which "Terms" and "Échéance" stand before as well."""
    found = _text(sheet, place, context)
    if found is None or not _LETTERS.search(found.value) or _of_delivery(sheet, place, found.value):
        return None
    if not place.label.colon and _NEW_SENTENCE.search(found.value):
        return None
    dated: Found[dt.date] | None = readings.leading(place.span, partial(parse_date, order=context.date_order))
    return None if dated and dated.words == found.words else found


def _vessel(sheet: Sheet, place: Place, context: Context) -> Found[str] | None:
    """A ship, a flight, a lorry: never an amount alone, which stands behind "Transport" as well."""
    found = _text(sheet, place, context)
    named = found and any(c.isalpha() for c in found.value) and parse_money(found.value, context.number_style) is None
    return found if named else None


def _lines_of(sheet: Sheet, place: Place) -> list[Span]:
    """The place's line with those that plainly go on: below it in a form cell, or under a value beside its label."""
    if sheet.cells.closed(place.span.box):
        return _cell(sheet, place)
    if place.relation == "below":
        return wrapped(sheet, place)
    return continued(sheet, place) if place.relation == "right" else [place.span]


def _marks(sheet: Sheet, place: Place, _context: Context) -> Found[str] | None:
    if place.relation == "below":
        return readings.marks_of(block_at(sheet, place.span, through_labels=True))
    return readings.marks_of(continued(sheet, place) if place.relation == "right" else [place.span])


def _port(sheet: Sheet, place: Place, _context: Context) -> Found[str] | None:
    label = place.label
    stands = label.leads or label.colon or label.size >= _SURE_LABEL
    a_partys = label.concept in {"from", "to"} or "consignee" in sheet.shared(label)
    if not stands or _of_another(sheet, place.span) or (a_partys and len(block_at(sheet, place.span)) > 1):
        return None
    found = readings.text_of([place.span])
    return found if found and _names_place(found.value) else None


_POSTCODE = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{3,4})?\s+(?=\D)|\s+[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}$")
_CITY_STATES = frozenset({"SG", "HK", "MO", "MC", "GI", "DJ", "PA", "KW", "LU"})


def _names_place(text: str) -> bool:
    """True for a town, with or without its postcode; not for a bare country."""
    bare = _POSTCODE.sub("", text)
    return not any(c.isdigit() for c in bare) and (parse_country(text) or "SG") in _CITY_STATES


def _incoterm(sheet: Sheet, place: Place, _context: Context) -> Found[Incoterm] | None:
    found = readings.text_of(_lines_of(sheet, place))
    only = "payment_terms" not in sheet.shared(place.label)  # behind "Terms" three capitals may be "NET"
    term = parse_incoterm(found.value, labelled=only) if found else None
    known = term and (term.term in find_currencies(term.term) or lexicon().concept_of(term.term))  # "EUR", "POD"
    return Found(term, found.words, found.page) if found and term and not known else None


def _amount(sheet: Sheet, place: Place, context: Context) -> Found[object] | None:
    """The money that stands farthest right on the label's row: a total row may hold counts before it."""
    if place.label.start != 0 and not place.label.colon:
        return None
    if place.relation == "below" and not (_heads_columns(sheet, place.label) or find_currencies(place.span.text)):
        return None
    spans = [place.span]
    if place.relation in {"right", "across"}:
        row = sheet.rows[place.label.row]
        spans = [s for s in reversed(row.spans) if s.box.x0 > place.label.words.box.x1]
    if _names_packages(sheet, place.label) and any(_counted(s, context) for s in spans):
        return None
    return next((f for s in spans if (f := _money(s, context)) is not None), None)


def _names_packages(sheet: Sheet, label: Occurrence) -> bool:
    """True where the label, or that of which it is the gloss ("包装 Packing"), may name packages as well."""
    around = [o for o in sheet.labels_in(label.span) if o.start <= label.start and label.end <= o.end]
    return any(o.concept == "packages" for o in around)


def _heads_columns(sheet: Sheet, label: Occurrence) -> bool:
    """True on a row of titles alone, as of a summary set as a small table."""
    spans = sheet.rows[label.row].spans
    return len(spans) > 1 and all(map(sheet.is_label, spans))


def _counted(span: Span, context: Context) -> bool:
    """True where the span counts packages of a named kind."""
    found = readings.leading(span, partial(parse_packages, style=context.number_style), most=4)
    return found is not None and found.value[1] is not None


def _money(span: Span, context: Context) -> Found[object] | None:
    """Money at the span's beginning; "2.00 %" and "243 cartons" are none."""
    found = readings.leading(span, partial(parse_money, style=context.number_style), most=4)
    rest = span.part(len(found.words)) if found else None
    return None if rest and (rest.text.startswith("%") or parse_package_kind(rest.text)) else found


_AMOUNTS = frozenset({"subtotal", "total_amount", "freight", "other_charges"})


def _packages(sheet: Sheet, place: Place, context: Context) -> Found[object] | None:
    """A count; under a label that amounts have as well ("Packing") only with the kind of package."""
    if not _is_title(place.label):
        return None
    found = readings.leading(place.span, partial(parse_packages, style=context.number_style), most=4)
    doubtful = _apart(place) or sheet.shared(place.label) & _AMOUNTS or (found and _DECIMALS.search(found.text))
    return None if found is None or (found.value[1] is None and doubtful) else found


def _apart(place: Place) -> bool:
    """True for words of another cell or so far right that they may be another column's."""
    return place.relation == "across" or (place.relation == "right" and distant(place))


_DECIMALS = re.compile(r"[.,]\d{1,2}\b(?![.,])")


def _is_title(label: Occurrence) -> bool:
    """True for a label that is no word of a sentence or of another value."""
    return label.start == 0 or label.colon or label.leads


def _weight(sheet: Sheet, place: Place, context: Context) -> Found[object] | None:
    if not _is_title(place.label):
        return None
    found = readings.leading(place.span, partial(parse_weight_kg, style=context.number_style), most=4)
    if sheet.shared(place.label) & _AMOUNTS or _apart(place):  # "Total bruto" sums up money or kilograms
        return found if found and any(c.isalpha() for c in found.text) else None
    bare = place.label.size == 1 and not place.label.colon  # "Net 60 days" is no weight
    return None if found and bare and not re.search(r"[^\W\d_]|[.,]\d", found.text) else found


def _volume(_sheet: Sheet, place: Place, context: Context) -> Found[object] | None:
    return readings.leading(place.span, partial(parse_volume_m3, style=context.number_style), most=4)


def _container(_sheet: Sheet, place: Place, _context: Context) -> Found[str] | None:
    numbers = find_containers(place.span.text)
    words = readings.spelling(place.span.words, numbers[0][0]) if numbers else ()
    return Found(numbers[0][0], words, place.span.page) if words else None


READINGS: Mapping[str, Reading] = {
    "invoice_number": _reference,
    "own_number": _reference,
    "document_number": _reference,
    "delivery_note": _reference,
    "purchase_order": _reference,
    "transport_document_number": _transport_number,
    "date": _day,
    "exporter": _party,
    "consignee": _party,
    "sold_to": _party,
    "buyer": _party,
    "notify_party": _party,
    "incoterm": _incoterm,
    "payment_terms": _terms,
    "country_of_origin": _country,
    "country_of_destination": _country,
    "country_of_dispatch": _country,
    "port_of_loading": _port,
    "port_of_discharge": _port,
    "place_of_delivery": _port,
    "from": _port,
    "to": _port,
    "vessel_or_flight": _vessel,
    "packages": _packages,
    "gross_weight_kg": _weight,
    "net_weight_kg": _weight,
    "shipment_weight": _weight,
    "volume_m3": _volume,
    "marks": _marks,
    "container_number": _container,
    "subtotal": _amount,
    "freight": _amount,
    "insurance": _amount,
    "discount": _amount,
    "other_charges": _amount,
    "total_amount": _amount,
    "reason_for_export": _text,
}
