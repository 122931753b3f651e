"""The header fields that invoices and packing lists share, read from all pages of one document."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from extractors.context import Context
from extractors.fieldmaking import field_from
from extractors.headers import readings
from extractors.headers.blocks import block_at, heads, letterheads
from extractors.headers.letters import at_foot, recipient
from extractors.headers.occurrences import Sheet, places
from extractors.headers.preferring import CLOSE, preferred
from extractors.headers.readings import Found
from extractors.headers.routes import routes
from extractors.headers.search import Candidate, candidates
from extractors.layout import Span, rows_of
from extractors.layout.spans import joined
from extractors.values.incoterms import Incoterm, find_incoterm, parse_incoterm
from extractors.values.legal_forms import ends_in_form
from schemas.fields import Alternative, Field
from schemas.values import Party

T = TypeVar("T")

_HEAD = 0.45
"""Share of the first page's height in which a paper is dated."""
_GUESSED = 0.5
_EDITIONS = frozenset({"1990", "2000", "2010", "2020"})
_PLAIN_HEAD = 2
"""Lines that an unlabelled block needs before it is taken for a letterhead."""


@dataclass(frozen=True)
class HeaderSearch:
    """The candidates of one document, by concept, the likeliest first."""

    sheets: tuple[Sheet, ...]
    context: Context
    found: Mapping[str, Sequence[Candidate]]

    @classmethod
    def over(cls, sheets: Sequence[Sheet], context: Context) -> HeaderSearch:
        """Searches every page; the first page's labels win where scores are equal."""
        found: dict[str, list[Candidate]] = defaultdict(list)
        for sheet in sheets:
            for concept, some in candidates(sheet, context).items():
                found[concept].extend(some)
        ranked = {c: _ranked(c, some) for c, some in found.items() if some}
        return cls(tuple(sheets), context, {c: preferred(some, sheets) for c, some in ranked.items()})

    def best(self, concept: str, kind: type[T]) -> Found[T] | None:
        """The likeliest value of the concept, if it is of that kind."""
        first = next(iter(self.found.get(concept, ())), None)
        return (
            Found(first.found.value, first.found.words, first.found.page)
            if first and isinstance(first.found.value, kind)
            else None
        )

    def field(self, concept: str, kind: type[T]) -> Field[T] | None:
        """The likeliest value as a field; other values whose labels are as good stand as its alternatives."""
        best = self.best(concept, kind)
        if best is None:
            return None
        made = as_field(best)
        rivals = [c for c in self.found[concept][1:] if c.score > self.found[concept][0].score - CLOSE]
        others = {str(c.found.value): c.found for c in rivals if c.found.value != best.value}
        if not others:
            return made
        listed = tuple(
            Alternative[T](value=f.value, text=f.text, confidence=0.3)
            for f in others.values()
            if isinstance(f.value, kind)
        )
        return made.model_copy(
            update={"alternatives": (*made.alternatives, *listed), "confidence": min(made.confidence, 0.7)}
        )

    def first(self, concepts: Sequence[str], kind: type[T]) -> Field[T] | None:
        """The field of the first of these concepts that the paper has."""
        return next((found for concept in concepts if (found := self.field(concept, kind)) is not None), None)

    def labelled(self, *concepts: str) -> bool:
        """Whether any page has a label of these, be its value legible or not."""
        return any(label.concept in concepts for sheet in self.sheets for label in sheet.labels)

    def date(self) -> Field[dt.date] | None:
        """The document's own date; on a scan without a legible label for it, the only date left at its head."""
        return self.field("date", dt.date) or self._unlabelled_date()

    def _unlabelled_date(self) -> Field[dt.date] | None:
        """A question rather than an answer: it has no witness, so that a person looks at it."""
        sheet = self.sheets[0]
        if sheet.page.text_source != "ocr":
            return None
        claimed = {id(w) for label in sheet.labels for place in places(sheet, label) for w in place.span.words}
        rows = [row for row in sheet.rows if row.box.bottom < _HEAD * sheet.page.height]
        free = [s for row in rows for s in row.spans if not any(id(w) in claimed for w in s.words)]
        found = [f for span in free if (f := readings.day(span, self.context)) is not None]
        if len({f.value for f in found}) != 1:
            return None
        unsure = {"witnesses": (), "confidence": _GUESSED}
        return as_field(found[0]).model_copy(update=unsure)

    def party(self, concept: str) -> Field[Party] | None:
        """The party by that label."""
        found = self.best(concept, Party)
        return as_field(found) if found else None

    def exporter(self) -> Field[Party] | None:
        """The labelled exporter, else the letterhead, else who is named at the first page's foot."""
        labelled = self.best("exporter", Party) or self._from_party()
        found = labelled or self._letterhead() or at_foot(self.sheets[0])
        return as_field(found) if found else None

    def _from_party(self) -> Found[Party] | None:
        return self._route_party("from")

    def _route_party(self, concept: str) -> Found[Party] | None:
        """The party under a "From" or "To" that stands alone on its line; in a route it is a port's label."""
        for sheet in self.sheets[:1]:
            for label in sheet.labels:
                if (
                    label.concept != concept
                    or label.start != 0
                    or not (label.colon or label.end == len(label.span.words))
                ):
                    continue
                for place in places(sheet, label):
                    lines = block_at(sheet, place.span)
                    found = readings.party(lines) if len(lines) >= _PLAIN_HEAD else None
                    if found:
                        return found
        return None

    def _letterhead(self) -> Found[Party] | None:
        """The first block at the head that is an address, with the line above it that may be its name."""
        claimed = {id(w) for some in self.found.values() for c in some[:1] for w in c.found.words}
        above: list[Span] = []
        for block in letterheads(self.sheets[0]):
            if any(id(w) in claimed for span in block for w in span.words):
                continue
            found = readings.letterhead([*above, *block] if above and heads(above[0], block[0]) else block)
            if found and (found.value.country or _has_address(found.value)):
                return found
            above = block if len(block) == 1 else []
        return None

    def consignee(self) -> Field[Party] | None:
        """Who the goods go to; who they are sold to where nobody else is named."""
        found = self._goes_to() or self.best("sold_to", Party) or self.best("buyer", Party)
        return as_field(found) if found else None

    def _goes_to(self) -> Found[Party] | None:
        """Who the goods go to, by label or as the letter's addressee."""
        return self.best("consignee", Party) or self._route_party("to") or recipient(self.sheets[0])

    def buyer(self) -> Field[Party] | None:
        """The buyer where named apart, or who the goods are sold to where they go to another."""
        named = self.best("buyer", Party)
        sold = self.best("sold_to", Party)
        goes = self._goes_to()
        if named is None and sold and goes and sold.value.name.casefold() != goes.value.name.casefold():
            named = sold
        return as_field(named) if named else None

    def incoterm(self) -> tuple[Field[str] | None, Field[str] | None, Field[str] | None]:
        """Term, named place and edition."""
        found = self.best("incoterm", Incoterm) or self._unlabelled_incoterm()
        if found is None:
            return None, None, None
        term = found.value
        place = _part(found, term.place) if term.place and not term.place.isdigit() else None
        edition = _part(found, term.edition) if term.edition else self._labelled_edition()
        return _part(found, term.term), place, edition

    def _labelled_edition(self) -> Field[str] | None:
        """The year that stands in the term's label: "Incoterms 2020: FCA Graz"."""
        first = next(iter(self.found.get("incoterm", ())), None)
        words = first.label.words.words if first else ()
        year = next((w for w in words if w.text.strip("():.,") in _EDITIONS), None)
        return field_from([year], year.text.strip("():.,"), first.label.span.page) if first and year else None

    def _unlabelled_incoterm(self) -> Found[Incoterm] | None:
        for sheet in self.sheets:
            for row in sheet.rows:
                for span in row.spans:
                    term = find_incoterm(span.text)
                    if term and term.place:
                        return Found(term, span.words, span.page)
        return self._priced()

    def _priced(self) -> Found[Incoterm] | None:
        """The term on a line of its own among the goods ("FOB Ningbo, Incoterms 2020"), where no two differ."""
        rows = [(row, sheet.page) for sheet in self.sheets for row in rows_of(sheet.page)]
        short = [(tuple(row.words), page) for row, page in rows if len(row.words) <= _TERM_WORDS]
        told = [(_said_alone(joined(w.text for w in words)), words, page) for words, page in short]
        found = [Found(term, words, page) for term, words, page in told if term]
        return found[0] if len({f.value for f in found}) == 1 else None

    def ports(self) -> tuple[Field[str] | None, Field[str] | None]:
        """Ports of loading and discharge, by their own labels or as a route."""
        loading, discharge = self.field("port_of_loading", str), self.field("port_of_discharge", str)
        if loading and discharge:
            return loading, discharge
        for sheet in self.sheets:
            for first, second in routes(sheet):
                return loading or as_field(first), discharge or as_field(second)
        start, end = self._standing("from"), self._standing("to")
        if loading or (start and end):
            discharge = discharge or end
        if discharge or (start and end):
            loading = loading or start
        return loading, discharge or self.field("place_of_delivery", str)

    def _standing(self, concept: str) -> Field[str] | None:
        """The place by a "From" or "To" that is no word of a sentence."""
        own = [c for c in self.found.get(concept, ()) if c.label.start == 0 and (c.label.colon or c.label.whole)]
        found = own[0].found if len({str(c.found.value) for c in own}) == 1 else None
        return as_field(Found(str(found.value), found.words, found.page)) if found else None


_SUM = re.compile(r"\d[.,]\d\d\b|[€$£¥]")
_PRICE = re.compile(r"\d[.,]\d")
_TERM_WORDS = 9
"""Words of a line that says a term of delivery and no more."""


def _said_alone(text: str) -> Incoterm | None:
    """The term that begins the line with its place; what is no term only where "Incoterms" says that it is meant."""
    term = parse_incoterm(text, labelled="incoterms" in text.casefold())
    placed = term and term.place and not _PRICE.search(term.place)
    return term if term and placed and term.term.isupper() and text.startswith(term.term[0]) else None


def _has_address(party: Party) -> bool:
    """Titles under one another, or over a sum, read as a name over an address, have no number and no legal form."""
    address = party.address or ""
    numbered = any(c.isdigit() for c in address) and not _SUM.search(address)
    return party.address is not None and (numbered or ends_in_form(party.name))


_SUMS = frozenset({"net_weight_kg", "gross_weight_kg", "volume_m3"})
_ALIKE = 0.4
"""Scores within which the larger of two weights goes first: the paper's total is no less than any line's."""


def _ranked(concept: str, some: Sequence[Candidate]) -> list[Candidate]:
    ranked = sorted(some, key=lambda x: -x.score)
    if concept not in _SUMS or not ranked:
        return ranked
    near = [c for c in ranked if c.score > ranked[0].score - _ALIKE and isinstance(c.found.value, Decimal)]
    largest = max(near, key=_amount, default=ranked[0])
    return [largest, *(c for c in ranked if c is not largest)]


def _amount(candidate: Candidate) -> Decimal:
    return candidate.found.value if isinstance(candidate.found.value, Decimal) else Decimal(0)


def _part(found: Found[Incoterm], text: str) -> Field[str]:
    """A field of the words that spell a part of the found text, or of all of them where OCR spelt it otherwise."""
    words = readings.spelling(found.words, text) or found.words
    return field_from(words, text, found.page)


def as_field(found: Found[T]) -> Field[T]:
    """The field of a found value: its words' place, text and reader."""
    return field_from(found.words, found.value, found.page, text=found.text)
