"""The items of a goods table: which of its lines belong together.

An item holds one number, one count of packages, one criterion, and one quantity of each kind; a second one begins the
next item. So no single column needs to be read whole: packages or quantity make up for a lost item number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.labels import letters_of, phrases
from extractors.forms.lines import line_text, words_of
from extractors.forms.packaged import counted
from extractors.forms.table import GoodsTable
from extractors.layout import Span, span_of
from extractors.layout.spans import joined
from extractors.values.identifiers import parse_hs_code
from extractors.values.packages import parse_packages
from extractors.values.units import parse_quantity
from schemas.pages import Word

MEASURED = ("weight", "quantity")
_QUANTITY = re.compile(r"quantit|cantidad|menge|数量", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"(\d{1,3})[.)\]:]?")
_CLOSING = re.compile(
    r"^[\W_]*$|^(?:SAY\b|\*{3,}|-{4,}|={3,}|(?:\*\s?){3,})|^(?:[XKW*#]{2,5}\s+){2,}[XKW*#]{2,5}$", re.IGNORECASE
)
"""A row of stars closes the items; OCR makes "KKK KK wKK" of it."""
_MASS = frozenset({"KGM", "TNE", "GRM", "LBR"})


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of one column.

    `net_as_well` where the column's title allows net weights beside gross ones, `any_unit` where it allows weights and
    other quantities alike, so that a bare number says nothing.
    """

    concept: str
    spans: tuple[Span, ...]
    net_as_well: bool = False
    any_unit: bool = False

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


EVERY_SIGN = frozenset({"number", "packages", "packed", "hs", "criterion", "mass", "count"})
"""`packages` is a count in a column of its own, `packed` one before the description."""


def items_of(table: GoodsTable, context: Context, *, begun_by: frozenset[str] = EVERY_SIGN) -> Items:
    """The table's lines grouped to items; `begun_by` are the signs of which a second one begins another item."""
    lines = sorted(_lines(table, context), key=lambda line: line.level)
    height = table.form.text_height
    stop = min((line.level for line in lines if _closes(line)), default=float("inf")) - 0.6 * height
    body = [line for line in lines if line.level < stop]
    starts = _starts(body, context, height, begun_by)
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


def _lines(table: GoodsTable, context: Context) -> list[Line]:
    """The columns' lines; where number and goods share one, what stands left of the goods is a column of its own."""
    concepts = dict.fromkeys(c.concept for c in table.columns)
    net = {c.concept for c in table.columns if picking.says_net(c.label.text)}
    alike = {c.concept for c in table.columns if c.concept == "weight" and _QUANTITY.search(c.label.text)}
    lines = [
        Line(concept, tuple(spans), concept in net, concept in alike)
        for concept in concepts
        for spans in table.lines(concept)
        if spans
    ]
    if "item_number" in concepts:
        return lines
    border = _goods_edge([line for line in lines if line.concept == "goods"], context)
    return [part for line in lines for part in (_parted(line, border) if line.concept == "goods" else [line])]


def _goods_edge(lines: Sequence[Line], context: Context) -> float:
    """The left edge that most counts of packages share, or most lines' texts behind a number; 0 where none is seen."""
    edges = []
    for line in lines:
        words = line.words
        for at in range(min(3, len(words))):
            if counted(joined(w.text for w in words[at:]), context.number_style):
                edges.append(words[at].box.x0)
                break
        else:
            edges += [words[1].box.x0] if item_number(words) and len(words) > 1 else []
    return median(edges) if edges else 0.0


def _parted(line: Line, border: float) -> list[Line]:
    """The line's words left of the goods, and the rest."""
    words = line.words
    page = line.spans[0].page
    own = [w for w in words if w.box.x1 < border - 0.3 * w.box.height]
    rest = [w for w in words if w not in own]
    if not own or not _in_number_column(own) or _closes(line):
        return [line]
    parts = [Line("item_number", (span_of(page, own),))]
    return [*parts, Line("goods", (span_of(page, rest),))] if rest else parts


_LONGEST_NUMBER = 5
_WIDEST_NUMBER = 2.2
"""Three digits are not wider than this many text heights."""


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
    """The item's number at the beginning of a line, set off by a dot or a space wider than a word's."""
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
    signs: dict[str, Callable[[], list[str]]] = {
        "item_number": lambda: ["number"] if _in_number_column(line.words) else [],
        "goods": lambda: _before_goods(line.words, context),
        "packages": lambda: ["packages"] if parse_packages(line.text, context.number_style) else [],
        "hs_code": lambda: ["hs"] if parse_hs_code(line.text) else [],
        "criterion": lambda: ["criterion"] if any(c.isalnum() for c in line.text) else [],
        "weight": lambda: _measured(line.text, context),
        "quantity": lambda: _measured(line.text, context),
    }
    found = signs.get(line.concept)
    return found() if found else []


def _before_goods(words: Sequence[Word], context: Context) -> list[str]:
    """A number or a count of packages at the beginning of a description."""
    number = item_number(words)
    rest = words[1:] if number else words
    packed = counted(joined(w.text for w in rest), context.number_style) if rest else None
    return (["number"] if number else []) + (["packed"] if packed else [])


def _in_number_column(words: Sequence[Word]) -> bool:
    """True for a number, and for what is left of a misread one: few signs and one of them a letter or a digit."""
    text = "".join(w.text for w in words)
    width = words[-1].box.x1 - words[0].box.x0
    narrow = width < _WIDEST_NUMBER * max(w.box.height for w in words) or item_number(words) is not None
    return narrow and len(text) <= _LONGEST_NUMBER and any(c.isalnum() for c in text)


def _measured(text: str, context: Context) -> list[str]:
    quantity = parse_quantity(text, context.number_style)
    if quantity is None:
        return []
    return ["mass" if quantity[1] in _MASS else "count"]


def _starts(body: Sequence[Line], context: Context, height: float, begun_by: frozenset[str]) -> list[float]:
    """The levels at which items begin."""
    starts: list[float] = []
    held: set[str] = set()
    if any("packages" in _signals(line, context) for line in body):
        begun_by -= {"packed"}
    numbered = _well_numbered(body, context)
    for level, signals in _levels(body, context, height):
        kinds = signals - {"criterion"} if "criterion" in signals and len(signals) > 1 else signals
        begins = "number" in signals or (not numbered and (not starts or bool(kinds & held & begun_by)))
        if begins:
            starts.append(level)
            held = set()
        held |= signals
    return starts


def _well_numbered(body: Sequence[Line], context: Context) -> bool:
    """True where the numbers that were read run 1, 2, 3 … at their places and no other sign is more frequent."""
    places = [item_number(line.words) for line in body if "number" in _signals(line, context)]
    signs = [_signals(line, context) for line in body]
    most = max(sum(sign in found for found in signs) for sign in ("packages", "packed"))
    read = [int(number) == place for place, number in enumerate(places, 1) if number]
    return len(places) >= most and bool(read) and all(read)


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
