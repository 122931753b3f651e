"""What a certificate says in sentences instead of boxes: "… consigned to Rowan Ltd, are the product of Chile"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.placing import placed
from extractors.layout import Span
from extractors.values.countries import parse_country
from extractors.values.parties import parse_party
from schemas.fields import Field
from schemas.pages import Page, Word
from schemas.values import Party

_LINE: Final = 1.7
"""Text heights from one line of a sentence to the next."""
_LONGEST_COUNTRY: Final = 5
"""Words of a country's name ("the Lao People's Democratic Republic")."""

_ORIGIN: Final = re.compile(
    r"\b(?:(?:produced|manufactured|made|grown) in|originat(?:e|es|ed|ing) (?:in|from)"
    r"|(?:are|is) (?:the |a )?products? of"
    r"|(?:produites?|fabriquée?s?) (?:en|au|aux|à)|(?:sont|est) (?:le |un |les |des )?produits? (?:de|du|des)"
    r"|originaires? (?:de|du|des)|(?:producid[ao]s?|fabricad[ao]s?) en|(?:son|es) (?:un |el )?productos? de"
    r"|originari[ao]s? de|(?:prodott[aeio]|fabbricat[aeio]) in|originari[aeio] (?:di|del|della|dei)"
    r"|(?:hergestellt|erzeugt) in|Ursprung in|Ursprungswaren (?:von|der|des))(?: the| la| le| el| il| der| den)?\s+",
    re.IGNORECASE,
)
_EXPORTER: Final = re.compile(
    r"\b(?:undersigned|soussignée?s?|abajo firmantes?|sottoscritt[aeio]|Unterzeichne\w*)\b(?:\s*\([^)]*\))?"
    r",?\s+(?P<party>\S.*?),?\s+"
    r"(?:hereby\s+|do(?:es)?\s+)*(?:declare|certif|state|déclare|declara|dichiara|erklär|bescheinig)",
    re.IGNORECASE,
)
_CONSIGNEE: Final = re.compile(
    r"\b(?:consigned to|à destination de|consignad[ao]s? a|(?:destinat|spedit)[aeio] a|versandt an)"
    r"\s+(?P<party>\S.*?),?\s+"
    r"(?:are|is|which|sont|est|son|es|sono|sind|ist)\b",
    re.IGNORECASE,
)
_SIGNING: Final = re.compile(
    r"\b(?:sworn|subscribed|issued|signed|done|fait|délivrée?|établie?|serment|juramento|expedid[ao]|emitid[ao]|firmad[ao]"
    r"|rilasciat[ao]|giurament[oi]|ausgestellt|ausgefertigt)\b",
    re.IGNORECASE,
)
_CHAMBER: Final = re.compile(
    r"(?:[A-ZÀ-Ý][\w.'’-]*\s+){0,4}?(?i:chamber of commerce|chambre de commerce|cámara de comercio|camera di commercio"
    r"|industrie- und handelskammer|handelskammer)"
    r"(?:,?\s+(?:(?:and|et|e|y|of|de|di|d['’]|du|zu|&)\s+)?[A-ZÀ-Ý][\w'’-]+)*"
)


@dataclass(frozen=True)
class Paragraph:
    """Lines under one another at one edge, read as running text; `starts` says where each word begins in it."""

    page: Page
    words: tuple[Word, ...]
    text: str
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> list[Word]:
        """The words that stand from `start` to `end` in the text."""
        return [w for w, at in zip(self.words, self.starts, strict=True) if at + len(w.text) > start and at < end]


def paragraphs(form: FormPage) -> Iterator[Paragraph]:
    """All running text of the page, down the page."""
    blocks: list[list[Span]] = []
    for span in sorted(form.spans, key=lambda span: (span.box.top, span.box.x0)):
        above = next((block for block in reversed(blocks) if _follows(block[-1], span)), None)
        if above is None:
            blocks.append([span])
        else:
            above.append(span)
    return (_paragraph(form.page, [w for span in block for w in span.words]) for block in blocks)


def _follows(upper: Span, lower: Span) -> bool:
    drop = lower.box.middle_y - upper.box.middle_y
    return 0 < drop < _LINE * max(upper.height, lower.height) and abs(upper.box.x0 - lower.box.x0) < upper.height


def _paragraph(page: Page, words: Sequence[Word]) -> Paragraph:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word.text) + 1
    return Paragraph(page, tuple(words), " ".join(w.text for w in words), tuple(starts))


def origin_told(forms: Sequence[FormPage]) -> Field[str] | None:
    """The country right behind "produced in", "are the product of" and the like."""
    for told in _all(forms):
        for match in _ORIGIN.finditer(told.text):
            words = told.within(match.end(), len(told.text))[:_LONGEST_COUNTRY]
            for count in range(len(words), 0, -1):
                code = parse_country(" ".join(w.text for w in words[:count]).strip(" .,;:"))
                if code:
                    return placed(words[:count], code, told.page, parse=parse_country)
    return None


def exporter_told(forms: Sequence[FormPage]) -> Field[Party] | None:
    """Who signs: "The undersigned, …, declares"."""
    return _party(forms, _EXPORTER)


def consignee_told(forms: Sequence[FormPage]) -> Field[Party] | None:
    """To whom the goods go: "consigned to …, are"."""
    return _party(forms, _CONSIGNEE)


def _party(forms: Sequence[FormPage], pattern: re.Pattern[str]) -> Field[Party] | None:
    """A name counts with an address or a country behind it alone: else it is a word of the sentence."""
    for told in _all(forms):
        for match in pattern.finditer(told.text):
            party = parse_party([match["party"]])
            if party and party.country and party.address:
                return placed(told.within(*match.span("party")), party, told.page)
    return None


def signing_date(forms: Sequence[FormPage], context: Context) -> Field[dt.date] | None:
    """The only date of the last sentence that speaks of issuing or swearing."""
    found = [
        dates[0]
        for told in _all(forms)
        if _SIGNING.search(told.text) and len(dates := picking.dates(told.page, told.words, context)) == 1
    ]
    return found[-1] if found else None


def chamber_told(forms: Sequence[FormPage]) -> Field[str] | None:
    """The chamber of commerce that a sentence names with its town."""
    for told in _all(forms):
        match = _CHAMBER.search(told.text)
        if match and match[0].casefold() != match[0] and len(match[0].split()) > 3:  # noqa: PLR2004  with its town
            words = told.within(*match.span())
            return placed(words, re.sub(r"^(?:The|La|El)\s+", "", match[0]), told.page)
    return None


def _all(forms: Sequence[FormPage]) -> Iterator[Paragraph]:
    return (told for form in forms for told in paragraphs(form))
