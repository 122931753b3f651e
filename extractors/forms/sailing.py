"""When a transport document was issued, and when the goods were on board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.labels import FormLabel
from extractors.forms.lines import words_of
from schemas.fields import Field
from schemas.geometry import Box


def issued_on(forms: Sequence[FormPage], context: Context) -> Field[dt.date] | None:
    """The date in or right above the box "Place and date of issue", whichever stands nearer the title."""
    for form in reversed(forms):
        for label in form.labelled("place_and_date"):
            found = _nearest(form, label, context)
            if found:
                return found
    return _beside_number(forms[0], context)


def _beside_number(form: FormPage, context: Context) -> Field[dt.date] | None:
    """The date under "No. / date of issue", which is the number's title as well."""
    titles = [label for label in form.labelled("number") if "dat" in label.text.casefold() or "fech" in label.text]
    return picking.first_value(form, titles, picking.dated(context))


def _nearest(form: FormPage, label: FormLabel, context: Context) -> Field[dt.date] | None:
    below = picking.dated(context)(form.page, form.value_lines(label))
    return below or _above(form, label, context) or _alone(form, label, context)


_NEAR_SIGNATURE = 6.0
"""Text heights under a title within which its date may be written, left or right of it."""


def _alone(form: FormPage, label: FormLabel, context: Context) -> Field[dt.date] | None:
    """The only date right under "Signature / date", wherever the line for it begins."""
    box = form.box_of(label)
    near = Box(box.x0, box.top, box.x1, min(box.bottom, label.box.bottom + _NEAR_SIGNATURE * form.text_height))
    dates = [date for line in form.lines_in(near) for date in picking.dates(form.page, words_of([line]), context)]
    return dates[0] if len(dates) == 1 else None


def _above(form: FormPage, label: FormLabel, context: Context) -> Field[dt.date] | None:
    """The air waybill prints "Executed on (date) at (place)" under the line that is filled in."""
    box, height = label.box, form.text_height
    region = Box(box.x0 - 2 * height, box.top - 2.6 * height, max(box.x1, box.x0 + 200), box.top + 1)
    for line in reversed(form.lines_in(region)):
        found = picking.dates(form.page, words_of([line]), context)
        if found:
            return found[0]
    return None


def on_board_on(forms: Sequence[FormPage], context: Context) -> Field[dt.date] | None:
    """The date beside or under "Shipped on board", where that is a note of its own and not the issue box's title."""
    for form in forms:
        for label in form.labelled("shipped_on_board"):
            box, height = label.box, form.text_height
            region = Box(box.x0 - 6 * height, box.top - 1, box.x1 + 14 * height, box.bottom + 3 * height)
            for line in form.lines_in(region):
                found = picking.dates(form.page, words_of([line]), context)
                if found:
                    return found[0]
    return _board_listed(forms, context)


def _board_listed(forms: Sequence[FormPage], context: Context) -> Field[dt.date] | None:
    """The date behind such a title in a list, however far."""
    titled = (picking.first_value(form, form.labelled("shipped_on_board"), picking.dated(context)) for form in forms)
    return next((found for found in titled if found), None)
