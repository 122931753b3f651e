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
    return None


def _nearest(form: FormPage, label: FormLabel, context: Context) -> Field[dt.date] | None:
    below = picking.dated(context)(form.page, form.value_lines(label))
    return below or _above(form, label, context)


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
    return None
