"""Addresses as letters print them: the sender in one small line, under it the recipient, with no label at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.headers import readings
from extractors.headers.blocks import block_at
from extractors.headers.occurrences import Sheet
from extractors.headers.readings import Found
from extractors.layout import Span
from extractors.values.legal_forms import ends_in_form
from extractors.values.parties import parse_party
from schemas.values import Party

_HEAD = 0.4
"""Share of the page's height in which a letter's address stands (DIN 5008: 45 to 90 mm from the top edge)."""
_FOOT = 0.85
"""Share of the page's height from which on its footer stands."""
_BETWEEN = re.compile(r"\s+[-–—·•|∙*]\s+")
_FEWEST_PARTS = 3
"""Name, street and town of a sender's line."""
_NEAR = 3.0
"""Text heights from the sender's line to the recipient's first."""
_FEWEST_LINES = 2


def recipient(sheet: Sheet) -> Found[Party] | None:
    """Who a letter is addressed to: the block right under the line that names its sender; None where none is seen."""
    for line, sender in _sender_lines(sheet):
        first = _under(sheet, line)
        lines = block_at(sheet, first) if first else []
        found = readings.party(lines) if len(lines) >= _FEWEST_LINES else None
        if found and found.value.name.casefold() != sender.name.casefold() and found.value.address:
            return found
    return None


def _sender_lines(sheet: Sheet) -> Iterator[tuple[Span, Party]]:
    for row in sheet.rows:
        for span in row.spans if row.box.bottom < _HEAD * sheet.page.height else ():
            parts = [part for part in _BETWEEN.split(span.text) if part.strip()]
            sender = parse_party(parts) if len(parts) >= _FEWEST_PARTS else None
            if sender and sender.address and not sheet.is_label(span):
                yield span, sender


def at_foot(sheet: Sheet) -> Found[Party] | None:
    """The one company that stands with address and country at the page's foot, where it has no letterhead."""
    spans = [s for row in sheet.rows if row.box.top > _FOOT * sheet.page.height for s in row.spans]
    blocks = [block_at(sheet, span) for span in spans if not sheet.is_label(span) and ends_in_form(span.text)]
    found = [f for block in blocks if len(block) >= _FEWEST_LINES and (f := readings.letterhead(block))]
    named = [f for f in found if f.value.address and f.value.country]
    return named[0] if len({f.value.name for f in named}) == 1 else None


def _under(sheet: Sheet, line: Span) -> Span | None:
    """The next span below at the line's left edge."""
    near = line.box.bottom + _NEAR * max(line.height, 7.0)
    below = [s for row in sheet.rows for s in row.spans if line.box.bottom - 1 <= s.box.top < near]
    aligned = [s for s in below if abs(s.box.x0 - line.box.x0) < line.height and not sheet.is_label(s)]
    return min(aligned, key=lambda s: s.box.top, default=None)
