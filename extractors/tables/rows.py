"""What each printed line below a header is: a line of an item, a sum, a heading, or no part of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from extractors.layout.spans import Row
from extractors.lexicon.labels import Label, lexicon
from extractors.tables.columns import Grid
from extractors.tables.numerals import is_amount, is_numeric
from extractors.values.incoterms import parse_incoterm
from extractors.values.numbers import number_style, parse_number
from schemas.geometry import Box
from schemas.pages import Word

Kind = Literal["item", "text", "sum", "charge", "carried", "heading", "end"]

COUNTED: Final = (
    "quantity", "unit_price", "list_price", "amount", "net_weight", "gross_weight", "weight", "volume", "packages",
    "figures",
)  # fmt: skip
_ROW_LABELS: Final = frozenset({"total", "charge", "carried", "heading", "made_in", "end"})
_NAMES: Final = ("description", "part_number", "item", "code")
_CODE: Final = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9][A-Z0-9./-]{3,}")
_GROUP: Final = re.compile(r"\d{3}(?:[.,]\d{1,4})?\W?")
_RUNNING: Final = re.compile(r"\W?\d{1,4}[.)]?")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of the body, divided into the grid's lanes."""

    row: Row
    grid: Grid
    lanes: dict[int, list[Word]]
    kind: Kind = "text"

    @property
    def box(self) -> Box:
        return self.row.box

    def words(self, *concepts: str) -> list[Word]:
        return [w for at, some in self.lanes.items() if self.grid.lanes[at].column.concept in concepts for w in some]

    def counts(self) -> int:
        """In how many columns of counts, weights or money a number stands."""
        return sum(
            1 for at, some in self.lanes.items() if self.grid.lanes[at].column.concept in COUNTED and _is_count(some)
        )

    def filled(self, concept: str) -> bool:
        return any(is_numeric(w.text) for w in self.words(concept))

    @property
    def running_number(self) -> int | None:
        """The printed line number, where the column of numbers holds one and nothing else."""
        words = self.words("number")
        if len(words) != 1 or not _RUNNING.fullmatch(words[0].text):
            return None
        return int(re.sub(r"\D", "", words[0].text))

    @property
    def only_stacked(self) -> bool:
        """True where all its numbers stand in columns whose titles name two values, one above the other."""
        counted = [at for at in self.lanes if self.grid.lanes[at].column.concept in COUNTED]
        numbers = [at for at in counted if any(is_numeric(w.text) for w in self.lanes[at])]
        return all(self.grid.lanes[at].column.stack for at in numbers)

    @property
    def only_marks(self) -> bool:
        """True where all stands in the column of shipping marks, which runs beside the items on lines of its own."""
        if any(self.grid.lanes[at].column.concept != "marks" for at in self.lanes):
            return False
        following = [lane.x0 for at, lane in enumerate(self.grid.lanes) if at > max(self.lanes)]
        return not following or self.box.x1 <= min(following) + self.box.height


def _is_count(words: Sequence[Word]) -> bool:
    """A number, maybe in groups and with its unit: no two long numbers side by side, as in a bank account's."""
    texts = [w.text for w in words]
    aside = any(
        is_numeric(a) and is_numeric(b) and min(len(a), len(b)) > 1 and not _GROUP.fullmatch(b)
        for a, b in pairwise(texts)
    )
    return any(is_numeric(text) for text in texts) and not aside


def kind_of(line: Line, document_type: str) -> Kind:
    """What the line is, from its own words; where it stands is judged by `blocks`."""
    label = _label(line)
    if label == "carried":
        return "carried"
    if _is_charge(line, label, document_type):
        return "charge"
    if label == "total" and not _names_goods(line) and (line.counts() or _any_number(line)):
        return "sum"
    if (label == "end" and not _names_goods(line)) or _is_terms(line):
        return "end"
    if _is_item(line):
        return "item"
    return "heading" if _is_heading(line, label) else "text"


def _label(line: Line) -> str:
    beside = [w for at in sorted(line.lanes) if line.grid.lanes[at].column.concept != "marks" for w in line.lanes[at]]
    for words in (line.row.words, beside):
        found = [x for x in lexicon("tablerows").find(words) if x.concept in _ROW_LABELS]
        first = next((x for x in found if x.start == 0 or (x.start == 1 and x.size > 1) or _rated(words, x)), None)
        if first:
            return first.concept
        if found and found[0].concept == "total" and _sole_name(line, found[0].size):
            return "total"
        if len(found) == 1 == found[0].start and found[0].concept == "total" and not line.words(*_NAMES):
            return "total"
    return ""


def _rated(words: Sequence[Word], label: Label) -> bool:
    """Whether nothing but a rate stands before the label: "19 % MwSt."."""
    before = [w.text for w in words[: label.start]]
    return (
        bool(before)
        and before[-1].endswith("%")
        and all(is_numeric(text.rstrip("%")) for text in before if text != "%")
    )


def _sole_name(line: Line, size: int) -> bool:
    """True where the goods are called "Grand total" and nothing else, behind the count of all packages."""
    words = line.words(*_NAMES)
    label = next((x for x in lexicon("tablerows").find(words) if x.concept == "total" and x.start == 0), None)
    return label is not None and label.end == len(words) and label.size >= size and not line.filled("quantity")


def _any_number(line: Line) -> bool:
    return any(is_amount(w.text) for w in line.row.words)


def _is_terms(line: Line) -> bool:
    """The terms of delivery between the titles and the goods."""
    return not line.counts() and parse_incoterm(line.row.text) is not None


def _names_goods(line: Line) -> bool:
    """A line with a price and a quantity, or with its number, is an item even if it begins with "Packing tape"."""
    if line.filled("unit_price") and line.filled("quantity"):
        return True
    marked = line.running_number is not None or line.filled("package_range")
    return marked and not _sole_name(line, 1) and line.counts() > 1 and bool(line.words(*_NAMES))


def _is_charge(line: Line, label: str, document_type: str) -> bool:
    if document_type != "commercial_invoice":
        return False
    if label == "charge" and (line.counts() == 1 or _only_rates(line)) and not _names_goods(line):
        return True
    return line.filled("amount") and _is_listed_charge(line)


def _only_rates(line: Line) -> bool:
    """An amount, and beside it no numbers but percentages ("VAT 19 %")."""
    words = line.row.words
    amount = {id(w) for w in line.words("amount")}
    rest = [at for at, w in enumerate(words) if id(w) not in amount and is_numeric(w.text)]
    after = [words[at + 1].text if at + 1 < len(words) else "" for at in rest]
    return line.filled("amount") and all("%" in words[at].text + text for at, text in zip(rest, after, strict=True))


def _is_listed_charge(line: Line) -> bool:
    """Freight, packing and the like listed among the items: all its words are such a label, no code beside them."""
    words = line.words("description", "item")
    if not words or line.words("hs_code", "part_number", "origin", "code"):
        return False
    found = [x for x in lexicon("tablerows").find(words) if x.concept == "charge" and x.start == 0]
    return any(x.end == len(words) for x in found)


def _is_item(line: Line) -> bool:
    counted = sum(1 for lane in line.grid.lanes if lane.column.concept in COUNTED)
    coded = any(_CODE.fullmatch(w.text) for w in line.words("part_number"))
    marked = line.running_number is not None or line.filled("package_range") or coded
    if line.counts() >= min(2, counted):
        return line.counts() > 0
    return marked and line.counts() >= 1 and bool(line.words(*_NAMES))


def _is_heading(line: Line, label: str) -> bool:
    if line.counts() or line.words("number", "package_range", "unit"):
        return False
    return label == "made_in" or (label == "heading" and bool(re.search(r"\d|:", line.row.text)))


def adds_up(last: Line, items: Sequence[Line]) -> bool:
    """True where a column of amounts or weights in `items` adds up to what stands in `last`."""
    lines = (*items, last)
    style = number_style(" ".join(w.text for w in some) for line in lines for some in line.lanes.values())
    for concept in ("amount", "net_weight", "gross_weight", "volume"):
        *parts, total = (
            parse_number(" ".join(w.text for w in x.words(concept)), style, trailing_unit=True) for x in lines
        )
        known = [n for n in parts if n is not None]
        if total is not None and known and len(known) == len(parts) and sum(known) == total:
            return True
    return False
