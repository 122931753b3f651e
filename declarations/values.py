"""Declared values by their pointers, as far as they may be declared: withheld ones and all below them are left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from schemas.declarations import FieldRef, Source
from schemas.documents import AnyField
from schemas.shipments import Reconciled, Standing
from schemas.values import Party

V = TypeVar("V")


@dataclass(slots=True)
class Values:
    """Reads what stands for each pointer and keeps where every value taken came from."""

    reconciled: Reconciled
    sources: dict[str, Source] = field(default_factory=dict)

    def is_withheld(self, pointer: str) -> bool:
        return any(pointer == held or pointer.startswith(f"{held}/") for held in self.reconciled.withheld)

    def field(self, ref: FieldRef) -> AnyField | None:
        """The field that a reference names; None where the document has none of that name."""
        document = self.reconciled.documents[ref.document]
        return (document.fields if ref.line is None else document.lines[ref.line]).get(ref.field)

    def text(self, pointer: str) -> str | None:
        found = self._taken(pointer, lambda value: value if isinstance(value, str) else None)
        return found[0][: self.reconciled.standings[pointer].digits] if found else None

    def code(self, pointer: str) -> str | None:
        """A text of ASCII digits, as tariff codes are; None for anything else."""
        text = self.text(pointer)
        return text if text is not None and text.isascii() and text.isdigit() else None

    def number(self, pointer: str) -> Decimal | None:
        found = self._taken(pointer, lambda value: value if isinstance(value, Decimal) else None)
        return sum(found, Decimal(0)) if found else None

    def date(self, pointer: str) -> dt.date | None:
        found = self._taken(pointer, lambda value: value if isinstance(value, dt.date) else None)
        return found[0] if found else None

    def party(self, pointer: str) -> Party | None:
        found = self._taken(pointer, lambda value: value if isinstance(value, Party) else None)
        return found[0] if found else None

    def _taken(self, pointer: str, kind: Callable[[object], V | None]) -> list[V]:
        standing = self.reconciled.standings.get(pointer)
        if standing is None or self.is_withheld(pointer):
            return []
        fields = [self.field(ref) for ref in standing.fields]
        values = [value for one in fields if one is not None and (value := kind(one.value)) is not None]
        if len(values) < len(fields):  # a sum with a summand missing is another number
            return []
        source = _source(standing, fields)
        self.sources[pointer] = source.model_copy(update={"decision": self.reconciled.decided.get(pointer)})
        return values


def _source(standing: Standing, fields: Sequence[AnyField | None]) -> Source:
    witnesses = [witness for one in fields if one is not None for witness in one.witnesses]
    if standing.summed:
        witnesses.append("sum")
    return Source(fields=(*standing.fields, *standing.agreeing), witnesses=tuple(dict.fromkeys(witnesses)))
