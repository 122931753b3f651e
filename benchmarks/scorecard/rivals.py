"""Other readers on the same pages: of the fields that they claim, how many are right, wrong, missing.

Both sides are judged alike, by `benchmarks.judging`. A rival is not asked for typing: its values are taken from the
pages of the true paper, amounts from the last page that gives one, all else from the first. That helps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Final

from benchmarks.judging import agrees
from benchmarks.scorecard.cases import Case
from benchmarks.scorecard.keeping import kept_or_made, spending
from benchmarks.scorecard.protocol import FieldReader, PageFields
from benchmarks.scorecard.sets import Drawn
from benchmarks.scorecard.truths import Printed, Truth
from benchmarks.scorecard.values import Value, values_of
from schemas.values import Frozen, Party

_AMOUNTS: Final = frozenset({
    "total_amount", "subtotal", "freight", "insurance", "discount", "other_charges", "packages", "gross_weight_kg",
    "net_weight_kg", "volume_m3",
})  # fmt: skip
_PARTIES: Final = frozenset({"exporter", "consignee", "buyer", "notify_party", "producer"})


class RivalReading(Frozen):
    """What a reader found in one shipment, and what it cost."""

    seconds: float
    cpu: float
    pages: tuple[PageFields, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Counts of the claimed fields that are printed, and `beyond` them.

    `asked_wrong` and `asked_missing`: of the wrong and of the missing ones, those that a person is asked to read.
    """

    reader: str
    printed: int
    right: int
    wrong: int
    missing: int
    beyond: int
    asked_wrong: int
    asked_missing: int
    pages: int
    seconds: float
    cpu: float

    @property
    def asked(self) -> int:
        return self.asked_wrong + self.asked_missing


def reading(reader: FieldReader, drawn: Drawn) -> RivalReading:
    def read() -> RivalReading:
        with spending() as spent:
            pages = tuple(reader.read(drawn.papers))
        return RivalReading(seconds=spent.seconds, cpu=spent.cpu, pages=pages)

    return kept_or_made(drawn.kept(_kept_as(reader)), RivalReading, read)


def _kept_as(reader: FieldReader) -> str:
    """Names the reader with its version and settings: what another one found is not taken for this one's."""
    name = re.sub(r"[^a-z0-9]+", "-", reader.name.casefold())
    return f"{name}-{sha256(reader.about().encode()).hexdigest()[:12]}"


def compared(name: str, claims: frozenset[str], readings: Iterable[tuple[Truth, RivalReading]]) -> Compared:
    """Of one reader over all shipments."""
    known = list(readings)
    values = [value for truth, read in known for value in rival_values(truth, read.pages, claims)]
    spent = (sum(read.seconds for _, read in known), sum(read.cpu for _, read in known))
    return _counted(name, values, sum(truth.pages for truth, _ in known), spent)


def product_compared(name: str, claims: frozenset[str], cases: Iterable[Case]) -> Compared:
    """Of the product over the same fields, whatever else it reads; a right value that it asks about is right."""
    known = list(cases)
    values = [value for case in known for value in values_of(case) if not value.in_line and value.name in claims]
    spent = (sum(case.seconds for case in known), sum(case.cpu for case in known))
    return _counted(name, values, sum(case.truth.pages for case in known), spent)


def _counted(name: str, values: Sequence[Value], pages: int, spent: tuple[float, float]) -> Compared:
    printed = [value for value in values if value.printed]
    read = [value for value in printed if value.confidence is not None]
    right = sum(value.right for value in read)
    return Compared(
        reader=name,
        printed=len(printed),
        right=right,
        wrong=len(read) - right,
        missing=len(printed) - len(read),
        beyond=len(values) - len(printed),
        asked_wrong=sum(value.asked and not value.right for value in read),
        asked_missing=sum(value.asked for value in printed if value.confidence is None),
        pages=pages,
        seconds=spent[0],
        cpu=spent[1],
    )


def rival_values(truth: Truth, pages: Sequence[PageFields], claims: frozenset[str]) -> Iterator[Value]:
    """Each claimed field of every true paper; confidence 1 stands for what was read, as such readers name none."""
    for paper in truth.papers():
        found = _of_paper(paper, pages)
        for name in sorted(claims):
            wanted, text = paper.fields.get(name), found.get(name)
            if wanted is None and text is None:
                continue
            right = text is not None and agrees(name, wanted, _typed(name, text))
            told = None if text is None else 1.0
            yield Value(paper.type, name, in_line=False, printed=wanted is not None, right=right, asked=False,
                        confidence=told)  # fmt: skip


def _of_paper(paper: Printed, pages: Sequence[PageFields]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for one in sorted(pages, key=lambda one: (one.file, one.page)):
        if (one.file, one.page) in paper.pages:
            found |= {name: value for name, value in one.fields.items() if name in _AMOUNTS or name not in found}
    return found


def _typed(name: str, text: str) -> object:
    if name in _PARTIES:
        return Party(name=text)
    if name in _AMOUNTS:
        try:
            return Decimal(text)
        except InvalidOperation:
            return text
    return text
