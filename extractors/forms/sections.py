"""The box of the authority: who certified, where and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.labels import FormLabel, letters_of
from extractors.forms.lines import line_text, words_of
from extractors.forms.placing import placed
from extractors.forms.sentences import chamber_told
from extractors.layout import Span
from extractors.layout.spans import joined
from extractors.lexicon import lexicon
from extractors.lexicon.labels import tokens
from extractors.values.countries import parse_country
from extractors.values.dates import find_dates
from schemas.fields import Field
from schemas.geometry import Box
from schemas.pages import Page

SECTIONS = frozenset({"authority", "declaration", "goods", "tick_option", "cmr_boxes"})
_TICKED = re.compile(r"^\W*(?:[xX✓✔☑☒√vV]|\[[xX✓]\]|\([xX✓]\))\W*$")


def section_of(form: FormPage, label: FormLabel) -> Box:
    """From the title to the next such section under it: smaller titles inside belong to it."""
    box = form.box_of(label)
    cell = form.cells.around(Box(label.box.x0, label.box.top, label.box.x0 + 2, label.box.top + 4))
    below = [
        other.box.top - 0.5
        for other in form.labelled(*SECTIONS)
        if _begins(other)
        and other.box.top > label.box.bottom + form.text_height
        and other.box.x0 < box.x1
        and other.box.x1 > box.x0
    ]
    right = _right_edge(form, label, box.x1)
    return Box(box.x0, label.box.top - 1, right, min([cell.bottom, *below]))


def _begins(label: FormLabel) -> bool:
    """A title begins with a number or a capital: "declaration by the exporter is correct" ends a sentence."""
    first = next((c for c in label.text if c.isalpha()), "")
    return label.number is not None or not first.islower()


def _right_edge(form: FormPage, label: FormLabel, right: float) -> float:
    """The neighbouring section begins where its title does, though that stand a little higher or lower."""
    beside = [
        other.box.x0 - 1
        for other in form.labelled(*SECTIONS)
        if _begins(other)
        and other.box.x0 > label.box.x0 + 10
        and abs(other.box.top - label.box.top) < 3 * form.text_height
    ]
    return min([right, *beside])


def _authority_sections(forms: Sequence[FormPage]) -> Iterator[tuple[FormPage, FormLabel, Box]]:
    for form in forms:
        for label in form.labelled("authority"):
            yield form, label, section_of(form, label)


def issue_date(forms: Sequence[FormPage], context: Context) -> Field[dt.date] | None:
    """The date in the authority's box, the one beside a place or by the title "Place and date" first.

    The exporter's own date counts only on forms that no authority signs.
    """
    sections = list(_authority_sections(forms))
    for form, _, region in sections:
        found = _best_date(form, region, context)
        if found:
            return found
    return None if sections else declared_on(forms, context)


def declared_on(forms: Sequence[FormPage], context: Context) -> Field[dt.date] | None:
    """The date by any title "Place and date", as on papers that only the exporter signs."""

    def last(page: Page, lines: picking.Lines) -> Field[dt.date] | None:
        found = [date for line in lines for date in picking.dates(page, words_of([line]), context)]
        return found[-1] if found else None

    for form in forms:
        titles = form.labelled("place_and_date")
        found = picking.first_value(form, titles, last) or _above(form, titles, context)
        if found:
            return found
    return None


_OVER = 2.5
"""Text heights from what is filled in on a line down to the small title below it."""


def _above(form: FormPage, titles: Sequence[FormLabel], context: Context) -> Field[dt.date] | None:
    """The date right over such a title, as where one signs on a line."""
    for title in titles:
        box = title.box
        over = Box(box.x0 - form.text_height, box.top - _OVER * form.text_height, form.page.width, box.top)
        near = [line for line in form.lines_in(over) if line[0].box.x0 < box.x1]
        found = [date for line in near for date in picking.dates(form.page, line[0].words, context)]
        if len(found) == 1:
            return found[0]
    return None


def _best_date(form: FormPage, region: Box, context: Context) -> Field[dt.date] | None:
    titles = [label.box for label in form.labelled("place_and_date") if region.contains_middle_of(label.box)]
    best: tuple[float, Field[dt.date]] | None = None
    for line in form.lines_in(region):
        for field in picking.dates(form.page, words_of([line]), context):
            score = _rank(line, field, titles)
            if best is None or score >= best[0]:
                best = (score, field)
    return best[1] if best else None


def _rank(line: Sequence[Span], field: Field[dt.date], titles: Sequence[Box]) -> float:
    """A date behind a place ranks above one by the title, that above one alone, which may be the stamp's."""
    before = line_text(line).split(field.text[:4])[0] if field.text else ""
    with_place = sum(c.isalpha() for c in before) > 2  # noqa: PLR2004  shorter than any place's name
    near = any(abs(title.middle_y - line[0].box.middle_y) < 3 * title.height for title in titles)
    return 2.0 * with_place + near


def authority_name(forms: Sequence[FormPage], context: Context) -> Field[str] | None:
    """Who certified: the named customs office, else the line of the authority's box that names an office."""
    for form in forms:
        offices = form.labelled("customs_office")
        begun = next((label for label in offices if _begins_name(label)), None)
        if begun:
            words = (*begun.words, *begun.rest)
            return placed(words, joined(w.text for w in words).strip(" |_:;,*"), form.page)
        found = picking.first_value(form, offices, picking.first_line)
        if found:
            return found
    for form, _, region in _authority_sections(forms):
        lines = [line for line in form.lines_in(region) if _may_name(line, context)]
        long = [line for line in lines if _long_enough(line)]
        named = [line for line in long if _names_office(line_text(line))]
        chosen = named or [line for line in long if not _beside_title(form, line)]
        if chosen:
            return picking.text(form.page, [_without_specks(chosen[0])])
    return _letterhead(forms[0], context) or chamber_told(forms)


_OFFICES = frozenset(map(letters_of, ("customs office", "bureau de douane", "zollstelle", "aduana", "dogana")))


def _begins_name(label: FormLabel) -> bool:
    """True for "Bureau de douane Antwerpen": no title but the name itself."""
    return bool(label.rest) and letters_of(label.text) in _OFFICES and not label.text.endswith((":", "："))


def _letterhead(form: FormPage, context: Context) -> Field[str] | None:
    """The office whose paper it is: its name above the first party's box, as chambers print it."""
    floor = min((label.box.top for label in form.labelled("exporter", "consignee")), default=0.0)
    head = Box(0, 0, form.page.width, min(floor, 0.25 * form.page.height))
    for line in form.lines_in(head):
        if _may_name(line, context) and _long_enough(line) and _names_office(line_text(line)):
            named = [span for span in line if _names_office(span.text) and _long_enough([span])]
            return picking.text(form.page, [_without_specks(named[:1] or line)])
    return None


def _may_name(line: Sequence[Span], context: Context) -> bool:
    text = line_text(line)
    return not find_dates(text, context.date_order or "dmy") and parse_country(text) is None


def _names_office(text: str) -> bool:
    """True where the line holds a word for an authority, one letter of a long word misread at most."""
    letters = letters_of(text)
    parts = set(tokens(text))
    return any(
        (p in parts if len(p) < 5 else p in letters)  # noqa: PLR2004  "IHK", "CCI" are words of their own
        for p in map(letters_of, lexicon("forms").phrases("authority_word"))
    )


def _long_enough(line: Sequence[Span]) -> bool:
    """A name of an office: ten letters or more, in words and not in pieces of a stamp."""
    words = [w for span in line for w in span.words if sum(c.isalpha() for c in w.text) > 2]  # noqa: PLR2004
    return sum(c.isalpha() for w in words for c in w.text) > 9 and 1 < len(words) < _SENTENCE  # noqa: PLR2004


_SENTENCE = 13
"""Longer words than a name has: from here on a line is a sentence of the form."""


def _beside_title(form: FormPage, line: Sequence[Span]) -> bool:
    """True for the end of a printed title that a stamp has cut off."""
    level = line[0].box.middle_y
    return any(abs(w.box.middle_y - level) < 0.4 * w.box.height for label in form.labels for w in label.words[-3:])


def _without_specks(line: Sequence[Span]) -> list[Span]:
    """Without spans of one or two letters at the ends, pieces of a stamp."""
    kept = [span for span in line if sum(c.isalpha() for c in span.text) > 2]  # noqa: PLR2004
    return kept or list(line)


def retrospective(forms: Sequence[FormPage]) -> Field[bool] | None:
    """True where the mark stands on the certificate; among boxes to tick, only where its own is ticked."""
    for form in forms:
        for label in form.labelled("retrospective"):
            if not _among_options(form, label) or _ticked(form, label):
                return placed(label.words, value=True, page=form.page)
    return None


def _among_options(form: FormPage, label: FormLabel) -> bool:
    reach = 8 * form.text_height
    return any(abs(other.box.middle_y - label.box.middle_y) < reach for other in form.labelled("tick_option"))


def _ticked(form: FormPage, label: FormLabel) -> bool:
    box = label.box
    reach = 3 * form.text_height
    return any(
        _TICKED.match(w.text)
        and w.box.overlap_y(box) > 0
        and (0 <= box.x0 - w.box.x1 < reach or 0 <= w.box.x0 - box.x1 < reach or w in label.words)
        for w in form.page.words
    )
