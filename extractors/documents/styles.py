"""How documents print its numbers and dates, what one does not prove is taken from its companions."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from extractors.context import Context
from extractors.layout import rows_of
from extractors.values.countries import find_country
from extractors.values.dates import DateOrder, find_dates
from schemas.pages import Page

T = TypeVar("T")

_DOTTED: Final = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?![\d.])")
_CLOSER: Final = 3
"""Dates of one shipment lie weeks apart: an order under which they spread this many times less is the right one."""
_MONTH_FIRST: Final = frozenset({"US"})
"""Countries whose papers print the month first (Unicode CLDR, short date formats of business use)."""


def dotted_order(lines: Iterable[str]) -> DateOrder | None:
    """Day first where dates are printed with dots: no country prints the month first so (Unicode CLDR)."""
    return "dmy" if any(_DOTTED.search(line) for line in lines) else None


def completed(contexts: Sequence[Context], pages: Sequence[Page]) -> list[Context]:
    """Each context with what it lacks taken from the other documents of the shipment."""
    style = _most(c.number_style for c in contexts)
    order: DateOrder | None = (
        _most(c.date_order for c in contexts) or _order_by_spread(pages) or _order_by_country(pages)
    )
    return [replace(c, number_style=c.number_style or style, date_order=c.date_order or order) for c in contexts]


def _most(values: Iterable[T | None]) -> T | None:
    counts = Counter(v for v in values if v is not None)
    return counts.most_common(1)[0][0] if counts else None


def _order_by_spread(pages: Sequence[Page]) -> DateOrder | None:
    """The order under which the shipment's dates lie plainly closer together; None where both do alike."""
    lines = [span.text for p in pages for row in rows_of(p) for span in row.spans]
    day_first, month_first = _spread(lines, "dmy"), _spread(lines, "mdy")
    if day_first is None or month_first is None:
        return None
    if day_first * _CLOSER < month_first:
        return "dmy"
    return "mdy" if month_first * _CLOSER < day_first else None


def _spread(lines: Iterable[str], order: DateOrder) -> int | None:
    """Days between the earliest and the latest date, at least one; None for fewer than two different dates."""
    days: set[dt.date] = {day for line in lines for day, _ in find_dates(line, order)}
    return max(1, (max(days) - min(days)).days) if len(days) > 1 else None


def _order_by_country(pages: Sequence[Page]) -> DateOrder | None:
    """By the first country named in a letterhead or sender's block: the custom of the writer's country."""
    for page in pages:
        country = next((c for row in rows_of(page)[:12] for s in row.spans if (c := find_country(s.text))), None)
        if country:
            return "mdy" if country in _MONTH_FIRST else "dmy"
    return None
