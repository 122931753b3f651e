"""What a document's print may not settle and the shipment's other papers do: number style, order of dates, language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout import rows_of
from extractors.values.dates import DateOrder, date_order
from extractors.values.numbers import NumberStyle, number_style
from schemas.pages import Page


@dataclass(frozen=True, slots=True)
class Context:
    """How a document prints numbers and dates; None where neither it nor the other papers prove it."""

    number_style: NumberStyle | None = None
    date_order: DateOrder | None = None
    language: str | None = None

    def settled_by(self, pages: Sequence[Page]) -> Context:
        """The same with what these pages prove themselves, which goes before what was handed in."""
        texts = [span.text for page in pages for row in rows_of(page) for span in row.spans]
        return Context(
            number_style(texts) or self.number_style,
            date_order(texts) or self.date_order,
            self.language,
        )
