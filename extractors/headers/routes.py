"""Ports that a sentence names as a route: "From Ningbo to Seattle"."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.headers import readings
from extractors.headers.occurrences import Occurrence, Sheet, places
from extractors.headers.readings import Found
from extractors.layout import Span


def routes(sheet: Sheet) -> Iterator[tuple[Found[str], Found[str]]]:
    """Port of loading and of discharge printed as "From Ningbo to Seattle" on one line."""
    for row in sheet.rows:
        starts = [o for o in sheet.labels if o.concept == "from" and sheet.rows[o.row] is row and o.leads]
        ends = [o for o in sheet.labels if o.concept == "to" and sheet.rows[o.row] is row]
        for start in starts:
            end = next((o for o in ends if o.words.box.x0 > start.words.box.x1), None)
            if end is None:
                continue
            loading = _between(start, end)
            discharge = next((p.span for p in places(sheet, end) if p.relation in {"inline", "right"}), None)
            pair = (loading and readings.text_of([loading]), discharge and readings.text_of([discharge]))
            if pair[0] and pair[1]:
                yield pair[0], pair[1]


def _between(start: Occurrence, end: Occurrence) -> Span | None:
    if start.span is end.span:
        return start.span.part(start.end, end.start)
    return start.span.part(start.end)
