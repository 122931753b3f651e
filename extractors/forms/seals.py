"""The seal of a container: beside its own title, behind the word "seal", or behind the container's number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.lines import words_of
from extractors.forms.placing import covering, placed
from extractors.forms.table import Column, GoodsTable
from extractors.layout.spans import joined
from extractors.values.identifiers import find_containers
from schemas.fields import Field
from schemas.geometry import Box
from schemas.pages import Page, Word

_SEAL = r"SEALS?|SIEGEL|PLOMBEN?|PLOMBS?|SCELL[EÉ]S?|PRECINTOS?|SIGILL[OI]|封号|封条号|铅封号"
_NUMBER = r"(?P<number>(?:[A-Z]{1,5}[ -]?)?\d{4,12}[A-Z]?)(?![\w,.]*\d)"
_TOLD = re.compile(rf"(?<!\w)(?i:{_SEAL})(?P<sign>\s*(?i:\b(?:NOS?|NR|NUMBER|NUM|N)\b)?[\s.:#°º/-]*){_NUMBER}")
_BARE = re.compile(rf"^{_NUMBER}")
_TITLE = re.compile(_SEAL, re.IGNORECASE)


def seal_of(forms: Sequence[FormPage], tables: Sequence[GoodsTable]) -> Field[str] | None:
    """The first seal that the papers name."""
    for form in forms:
        goods = [c.region for t in tables if t.form is form for c in t.columns if c.concept == "goods"]
        found = picking.first_value(form, form.labelled("seal"), _in_box) or _told(form, goods) or _both_on_line(form)
        if found:
            return found
    return next((found for table in tables if (found := _behind_container(table))), None)


def _in_box(page: Page, lines: picking.Lines) -> Field[str] | None:
    return _leading(page, words_of(lines[:1]))


def _leading(page: Page, words: Sequence[Word]) -> Field[str] | None:
    """The number these words begin with, its letters perhaps set apart: "TW 558201"."""
    while words and not any(c.isalnum() for c in words[0].text):
        words = words[1:]
    found = _BARE.match(joined(w.text for w in words))
    return _placed(page, words, found["number"]) if found else None


def _told(form: FormPage, goods: Sequence[Box]) -> Field[str] | None:
    """A number behind the word; among goods, which may be seals, only behind "No", a colon or the like."""
    for span in form.spans:
        found = _TOLD.search(span.text)
        among_goods = any(region.contains_middle_of(span.words[0].box) for region in goods)
        if found and (found["sign"].strip() or not among_goods):
            return _placed(form.page, span.words, found["number"])
    return None


def _placed(page: Page, words: Sequence[Word], number: str) -> Field[str] | None:
    run = covering(words, number)
    return placed(words[run[0] : run[1]], number, page) if run and not find_containers(number) else None


def _both_on_line(form: FormPage) -> Field[str] | None:
    """What follows the container's number on a line that begins with "Container / seal"."""
    for span in form.spans:
        at = next((i for i, w in enumerate(span.words) if find_containers(w.text)), None)
        if at and _TITLE.search(joined(w.text for w in span.words[:at])):
            found = _leading(form.page, span.words[at + 1 : at + 4])
            if found:
                return found
    return None


def _behind_container(table: GoodsTable) -> Field[str] | None:
    """Under "Container / seal": what follows the container's number, on its line or the next."""
    for column in table.columns:
        if _names_both(column):
            words = words_of(table.lines(column.concept))
            at = next((i for i, w in enumerate(words) if find_containers(w.text)), None)
            found = _leading(table.form.page, words[at + 1 : at + 4]) if at is not None else None
            if found:
                return found
    return None


def _names_both(column: Column) -> bool:
    title = joined(w.text for w in (*column.label.words, *column.label.rest))
    return column.concept in {"container", "marks", "seal"} and bool(_TITLE.search(title))
