"""Goods that no table lists: each fact behind or under a title of its own, as on waybills printed by a system."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.labels import FormLabel
from extractors.forms.lines import line_text, words_of
from extractors.forms.placing import placed
from extractors.values.packages import parse_package_kind, parse_packages
from schemas.documents import TransportLine
from schemas.fields import Field
from schemas.geometry import Box

_SAME = 3.0
"""Points by which the edges of boxes above one another may differ."""
_UNITS = (("kg", "KGM"), ("公斤", "KGM"))


def stated_line(forms: Sequence[FormPage], context: Context) -> TransportLine | None:
    """The one line of goods, where packages, weight and goods stand each by their own title on one page."""
    for form in forms:
        packages, weight = _packages(form, context), _weight(form, context)
        goods = picking.first_value(form, form.labelled("goods"), picking.text)
        if packages and weight and goods:
            return TransportLine(description=goods, packages=packages, gross_weight_kg=weight)
    return None


def stated_kind(forms: Sequence[FormPage], context: Context) -> Field[str] | None:
    """What is counted, where the count names it."""
    for form in forms:
        for label in form.labelled("packages"):
            for line in _values(form, label)[:1]:
                counted = parse_packages(line_text(line), context.number_style)
                words = [w for w in words_of([line]) if parse_package_kind(w.text)]
                if counted and counted[1] and words:
                    return placed(words, counted[1], form.page)
    return None


def stated_volume(forms: Sequence[FormPage], context: Context) -> Field[Decimal] | None:
    """The volume by its title; a bare number only where the title gives the unit."""
    for form in forms:
        for label in form.labelled("measurement"):
            bare = any(unit in _title(label) for unit in ("m³", "m3", "cbm"))
            found = picking.volume(form.page, words_of(_values(form, label)[:1]), context, bare=bare)
            if found:
                return found
    return None


def _values(form: FormPage, label: FormLabel) -> picking.Lines:
    """What stands in the title's box, else in the untitled box of the same width right under it.

    Nothing where a further box under that one holds another value: one row does not speak for several containers.
    """
    lines = form.value_lines(label)
    cell = form.cells.around(label.box)
    if lines or cell.x1 >= form.page.width:
        return lines
    middle = cell.middle_x
    under = form.cells.around(Box(middle - 1, cell.bottom + 3, middle + 1, cell.bottom + 5))
    alike = abs(under.x0 - cell.x0) < _SAME and abs(under.x1 - cell.x1) < _SAME
    return form.alone_in(under) if alike else []


def _title(label: FormLabel) -> str:
    return " ".join(w.text for w in (*label.words, *label.rest)).casefold()


def _packages(form: FormPage, context: Context) -> Field[Decimal] | None:
    for label in form.labelled("packages"):
        for line in _values(form, label)[:1]:
            counted = parse_packages(line_text(line), context.number_style)
            if counted:
                return placed(words_of([line]), counted[0], form.page)
    return None


def _weight(form: FormPage, context: Context) -> Field[Decimal] | None:
    for label in form.labelled("weight"):
        unit = next((code for sign, code in _UNITS if sign in _title(label)), None)
        found = picking.weight(form.page, words_of(_values(form, label)[:1]), context, default_unit=unit)
        if found:
            return found
    return None
