"""The items of a goods table: which of its lines belong together.

An item holds one number, one count of packages, one criterion, and one quantity of each kind; a second one begins the next
item. So no single column needs to be read whole: a lost item number is made up for by the packages or the quantity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.context import Context
from extractors.forms.labels import letters_of, phrases
from extractors.forms.lines import line_text, words_of
from extractors.forms.table import GoodsTable
from extractors.layout import Span
from extractors.layout.spans import joined
from extractors.values.packages import leading_packages, parse_packages
from extractors.values.units import parse_quantity
from schemas.pages import Word

MEASURED = ("weight", "quantity")
_ITEM_NUMBER = re.compile(r"[(\[]?(\d{1,3})[.)\]:]?")
_CLOSING = re.compile(r"^[\W_]*$|^(?:SAY\b|\*{3,}|-{4,}|={3,})", re.IGNORECASE)
_MASS = frozenset({"KGM", "TNE", "GRM", "LBR"})


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of one column."""

    concept: str
    spans: tuple[Span, ...]

    @property
    def words(self) -> list[Word]:
        return words_of([self.spans])

    @property
    def text(self) -> str:
        return line_text(self.spans)

    @property
    def level(self) -> float:
        return self.spans[0].words[0].box.middle_y


@dataclass(frozen=True)
class Item:
    """The lines of one item, each column's from top to bottom."""

    lines: list[Line] = field(default_factory=list)

    def column(self, *concepts: str) -> list[Line]:
        return [line for line in self.lines if line.concept in concepts]


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a table, the lines above the first (marks, say), and the words of its closing lines (totals)."""

    items: tuple[Item, ...]
    above: tuple[Line, ...]
    closing: tuple[tuple[Word, ...], ...]


def items_of(table: GoodsTable, context: Context) -> Items:
    """The table's lines grouped to items."""
    lines = sorted(_lines(table), key=lambda line: line.level)
    height = table.form.text_height
    stop = min((line.level for line in lines if _closes(line)), default=float("inf")) - 0.6 * height
    body = [line for line in lines if line.level < stop]
    starts = _starts(body, context, height)
    items = [Item() for _ in starts]
    above = []
    for line in body:
        at = sum(start <= line.level + 0.6 * height for start in starts) - 1
        if at >= 0:
            items[at].lines.append(line)
        else:
            above.append(line)
    closing = tuple(tuple(words_of([line])) for line in table.all_lines() if _level(line) >= stop)
    return Items(tuple(items), tuple(above), closing)


def _level(line: Sequence[Span]) -> float:
    return line[0].words[0].box.middle_y


def _lines(table: GoodsTable) -> list[Line]:
    concepts = dict.fromkeys(c.concept for c in table.columns)
    return [Line(concept, tuple(spans)) for concept in concepts for spans in table.lines(concept) if spans]


def _closes(line: Line) -> bool:
    """A line of totals, of stars, or the count in words ends the items."""
    if line.concept in {"waybill_boxes", "total", "kg_lb", "value_fob"}:
        return False
    text = line.text.strip()
    first = letters_of(text)
    if line.concept in {"item_number", "marks", "packages", "goods"} and any(first.startswith(t) for t in _totals()):
        return True
    return line.concept in {"goods", "marks"} and bool(_CLOSING.match(text)) and len(text) > 3  # noqa: PLR2004


def _totals() -> tuple[str, ...]:
    weights = {"grossweight", "grossmass", "poidsbrut", "pesobruto", "pesolordo", "bruttogewicht", "rohmasse"}
    return tuple(p.letters for p in phrases() if p.concept == "total" or p.letters in weights)


def item_number(words: Sequence[Word]) -> str | None:
    """The item's number at the beginning of a line, where a space wider than a word's sets it off or a dot follows it."""
    if not words:
        return None
    found = _ITEM_NUMBER.fullmatch(words[0].text.strip("|"))
    if found is None or found[1].startswith("0"):
        return None
    if len(words) == 1 or words[0].text.endswith((".", ")")):
        return found[1]
    gap = words[1].box.x0 - words[0].box.x1
    return found[1] if gap > 0.8 * words[0].box.height else None


def _signals(line: Line, context: Context) -> list[str]:
    """What this line tells of an item, each of which an item has once."""
    words, text = line.words, line.text
    if line.concept == "item_number":
        return ["number"] if item_number(words) else []
    if line.concept == "goods":
        number = item_number(words)
        rest = words[1:] if number else words
        counted = leading_packages(joined(w.text for w in rest), context.number_style) if rest else None
        return (["number"] if number else []) + (["packages"] if counted else [])
    if line.concept == "packages":
        return ["packages"] if parse_packages(text, context.number_style) else []
    if line.concept == "criterion":
        return ["criterion"] if any(c.isalnum() for c in text) else []
    if line.concept in MEASURED:
        return _measured(text, context)
    return []


def _measured(text: str, context: Context) -> list[str]:
    quantity = parse_quantity(text, context.number_style)
    if quantity is None:
        return []
    return ["mass" if quantity[1] in _MASS else "count"]


def _starts(body: Sequence[Line], context: Context, height: float) -> list[float]:
    """The levels at which items begin."""
    starts: list[float] = []
    held: set[str] = set()
    numbered = _well_numbered(body, context)
    for level, signals in _levels(body, context, height):
        kinds = signals - {"criterion"} if "criterion" in signals and len(signals) > 1 else signals
        if numbered:
            begins = "number" in signals
        else:
            begins = not starts or "number" in signals or bool(kinds & held)
        if begins:
            starts.append(level)
            held = set()
        held |= signals
    return starts


def _well_numbered(body: Sequence[Line], context: Context) -> bool:
    """True where the item numbers run 1, 2, 3 … and are at least as many as any other sign of an item."""
    numbers = []
    others: dict[str, int] = {}
    for line in body:
        signals = _signals(line, context)
        if "number" in signals:
            numbers.append(int(item_number(line.words) or 0))
        for signal in signals:
            others[signal] = others.get(signal, 0) + (signal in {"packages"})
    return bool(numbers) and numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= max(others.values())


def _levels(body: Sequence[Line], context: Context, height: float) -> list[tuple[float, set[str]]]:
    """Signals by the level they stand at, from top to bottom."""
    levels: list[tuple[float, set[str]]] = []
    for line in body:
        signals = set(_signals(line, context))
        if not signals:
            continue
        if levels and line.level - levels[-1][0] < 0.6 * height and not (signals & levels[-1][1]):
            levels[-1][1].update(signals)
        else:
            levels.append((line.level, signals))
    return levels
