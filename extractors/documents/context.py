"""How one document prints its numbers and dates, decided from the document's own evidence."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.values.dates import DateOrder
from extractors.values.numbers import NumberStyle


@dataclass(frozen=True, slots=True)
class Context:
    """The styles that the readings of one document rest on; None where neither it nor its companions prove one."""

    number_style: NumberStyle | None = None
    date_order: DateOrder | None = None
    language: str | None = None
