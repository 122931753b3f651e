"""Values that answer for themselves: check digits, codes of the nomenclature, dates that cannot lie ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from schemas.nomenclature import is_subheading
from validators.confusions import lookalikes
from validators.papers import Papers
from validators.sameness import reference
from validators.solving.relations import Loose, Relation, Soft, Values
from validators.vouching import has_check_digit

_NATIONAL: Final = ("98", "99")
"""Chapters left to each country by article 3(3) of the HS convention: nothing common is known of their codes."""
_SIX: Final = 6
_RECENT: Final = dt.timedelta(days=1100)
"""Papers of goods that are declared now are not years old."""
_NEVER_AHEAD: Final = ("date", "shipped_on_board_date", "invoice_date")
"""An arrival may lie ahead: goods are declared before they arrive."""


def code_relations(papers: Papers, as_of: dt.date) -> Iterator[Relation]:
    for cell in papers.cells():
        if isinstance(cell.value, dt.date) and cell.name in _NEVER_AHEAD:
            yield Loose("the date no longer lies ahead", (cell,), holds=_not_after(as_of), fitting=_dates(as_of))
        elif not isinstance(cell.value, str):
            continue
        elif cell.name == "container_number" and ";" not in cell.value:
            yield Soft("the container's check digit fits again", (cell,), holds=_is_sound, fitting=_other_texts)
        elif cell.name == "hs_code":
            yield Soft("the code is in the nomenclature again", (cell,), holds=_is_listed, fitting=_other_codes)


def _is_sound(values: Values) -> bool:
    return has_check_digit(reference(str(values[0])))


def _is_listed(values: Values) -> bool:
    code = str(values[0])
    return code.startswith(_NATIONAL) or len(code) < _SIX or is_subheading(code)


def _not_after(as_of: dt.date) -> Callable[[Values], bool]:
    return lambda values: isinstance(values[0], dt.date) and values[0] <= as_of


def _other_texts(values: Values, _at: int) -> Iterator[str]:
    yield from (text for text in lookalikes(str(values[0])) if _is_sound([text]))


def _other_codes(values: Values, _at: int) -> Iterator[str]:
    code = str(values[0])
    yield from (other for other in lookalikes(code) if other.isdigit() and _is_listed([other]))


def _dates(as_of: dt.date) -> Callable[[Values, int], Iterator[dt.date]]:
    """Slips in the digits of a date that give a date again, of the time before that day."""

    def near(values: Values, at: int) -> Iterator[dt.date]:
        for text in lookalikes(str(values[at])):
            with suppress(ValueError):
                date = dt.date.fromisoformat(text)
                if as_of - _RECENT <= date <= as_of:
                    yield date

    return near


def order_relations(papers: Papers, as_of: dt.date) -> Iterator[Relation]:
    """A certificate or a transport document is made out for goods that are invoiced already."""
    invoiced = [cell for paper in papers.of("commercial_invoice") if (cell := paper.date("date"))]
    if len(invoiced) != 1:
        return
    near = _dates(as_of)
    for paper in papers.of("certificate_of_origin", "transport_document"):
        cell = paper.date("date")
        if cell is not None:
            pair = invoiced[0], cell
            yield Loose("the dates are in order again", pair, holds=_is_later, fitting=_in_order(near))


def _is_later(values: Values) -> bool:
    first, second = values
    return isinstance(first, dt.date) and isinstance(second, dt.date) and first <= second


def _in_order(near: Callable[[Values, int], Iterator[dt.date]]) -> Callable[[Values, int], Iterator[dt.date]]:
    def wanted(values: Values, at: int) -> Iterator[dt.date]:
        for date in near(values, at):
            if _is_later([date, values[1]] if at == 0 else [values[0], date]):
                yield date

    return wanted
