"""Labels where they stand, and the words that may be their values: behind, right of, or below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz, process

from extractors.layout import Cells, Row, Span, rows_of, span_of
from extractors.lexicon import Label, lexicon
from extractors.lexicon.labels import tokens
from extractors.values.currencies import find_currencies
from schemas.geometry import Box
from schemas.pages import Page, Word

Relation = Literal["inline", "right", "across", "below"]

_REACH = 2.6
"""Text heights within which a value below its label begins."""
_MISREADABLE = 7
_ALIKE = 85
"""Letters from which a misspelt label is looked for, and how like (0 to 100) it must be."""
_UNDERLINE = 0.9
"""Text heights within which a rule under a label underlines it rather than closing its cell."""
_LEVEL = 0.4
"""Share of a text height by which words of one crooked line overlap."""
_ENDS = (".", ";", ",", "·", "|", "。", "；", "，")
_FAR = 0.33
"""Share of the page's width beyond which a value right of its label is looked for below the label first."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_QUALIFIER = re.compile(r"\(.*\)|\[.*\]|kgs?|m3|m³|cbm|[€$£¥%.:/-]+", re.IGNORECASE)
"""What a label may end with: a currency, a unit, a remark in brackets."""
_WEAK = frozenset({"from", "to"})
"""What is left of a misread label ("Solid to") may be one of these."""
_PARTIES = frozenset({"exporter", "consignee", "sold_to", "buyer", "notify_party"})
_ALONE = frozenset({"own_number", "country_of_origin"})
_SHORT = 2
"""Letters up to which a label of these concepts ("No.", "C/O") must stand alone or before a colon."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One label as printed. `leads` says that it begins its span or its sentence, `colon` that one follows it."""

    concept: str
    size: int
    row: int
    span: Span
    start: int
    end: int
    rest: str
    leads: bool
    colon: bool

    @property
    def words(self) -> Span:
        return span_of(self.span.page, self.span.words[self.start : self.end])

    @property
    def whole(self) -> bool:
        """True where the span is nothing but the label: with a currency, a unit or another language's words behind."""
        rest = self.span.words[self.end :]
        return self.start == 0 and (self.glossed or all(_qualifies(w.text) for w in rest))

    @property
    def glossed(self) -> bool:
        """True where another language's name for the same follows a stroke to the span's end."""
        rest = self.span.words[self.end :]
        stroke = bool(rest) and "/" in (rest[0].text[0], self.span.words[self.end - 1].text[-1])
        return stroke and not any(c.isdigit() for w in rest for c in w.text)


def _qualifies(text: str) -> bool:
    return bool(_QUALIFIER.fullmatch(text)) or text in find_currencies(text)


@dataclass(frozen=True, slots=True)
class Place:
    """Words that may be a label's value, and how they stand to it."""

    label: Occurrence
    relation: Relation
    span: Span


@dataclass(frozen=True)
class Sheet:
    """One page of a document prepared for the search: its rows, cells and labels, without its goods table.

    `begun` are the spans (by identity) of which the label goes on below ("Date of", "issue"), `tails` those below.
    """

    page: Page
    rows: tuple[Row, ...]
    cells: Cells
    labels: tuple[Occurrence, ...]
    begun: frozenset[int] = frozenset()
    tails: frozenset[int] = frozenset()

    @classmethod
    def of(cls, page: Page, tables: Sequence[Box] = ()) -> Sheet:
        """The sheet of a page; words in `tables` (boxes on the flat page) are left out."""
        words = [w for w in page.words if not any(t.contains_middle_of(w.box) for t in tables)]
        rows = tuple(rows_of(page, words))
        broken = list(_broken(rows))
        labels = (*_occurrences(rows), *_begun(rows, broken))
        begun, tails = frozenset(id(first) for first, _, _ in broken), frozenset(id(last) for _, last, _ in broken)
        return cls(page, rows, Cells(page), labels, begun, tails)

    def labels_in(self, span: Span) -> list[Occurrence]:
        return [o for o in self.labels if o.span is span]

    def is_label(self, span: Span) -> bool:
        """True where the span begins with a label that looks like one, or ends the one above it."""
        if id(span) in self.tails or id(span) in self.begun:
            return True
        return any(o.start == 0 and (o.colon or o.whole) for o in self.labels_in(span))

    def shared(self, label: Occurrence) -> frozenset[str]:
        """The other concepts that the label's words may name as well."""
        same = [o for o in self.labels_in(label.span) if (o.start, o.end) == (label.start, label.end)]
        return frozenset(o.concept for o in same) - {label.concept}


def _occurrences(rows: Sequence[Row]) -> Iterator[Occurrence]:
    for index, row in enumerate(rows):
        for span in row.spans:
            found = lexicon().find(span.words, every=True)
            if all(label.concept in _WEAK for label in found):
                found = _misread(span) or found
            labels = [_occurrence(index, span, label) for label in _merged(found, span)]
            yield from (label for label in labels if _stands(label))


def _broken(rows: Sequence[Row]) -> Iterator[tuple[Span, Span, Label]]:
    """Labels over two lines ("Country of", "exportation:"): both lines, and the phrase that they make together."""
    for at, row in enumerate(rows):
        for span in row.spans:
            beneath = [s for below in rows[at + 1 : at + 3] for s in below.spans if _next_line(span, s)]
            if beneath and any(c.isalpha() for c in beneath[0].text):
                yield from ((span, beneath[0], label) for label in _crossing(span, beneath[0]))


def _crossing(upper: Span, lower: Span) -> list[Label]:
    """The phrases that begin on the first line and end with the second."""
    if max(len(upper.words), len(lower.words)) > _MOST_LABEL_WORDS:
        return []
    end = len(upper.words)
    found = lexicon().find((*upper.words, *lower.words))
    return [f for f in found if f.start < end < f.end and _adjoin(lower.words[f.end - end :])]


def _begun(rows: Sequence[Row], broken: Sequence[tuple[Span, Span, Label]]) -> Iterator[Occurrence]:
    """The labels of which the first line alone is none."""
    places = {id(span): at for at, row in enumerate(rows) for span in row.spans}
    for span, below, label in broken:
        if label.start == 0 and not lexicon().find(span.words):
            colon = below.words[-1].text.endswith((":", "："))
            yield Occurrence(
                label.concept, label.size, places[id(span)], span, 0, len(span.words), "", leads=True, colon=colon
            )


def _next_line(upper: Span, lower: Span) -> bool:
    """True where `lower` goes on with `upper` one line below, at the same edge and set alike."""
    step = lower.box.middle_y - upper.box.middle_y
    printed = upper.words[0].reader == "text_layer"
    alike = not printed or (upper.bold == lower.bold and abs(upper.words[-1].size - lower.words[0].size) < _SET_ALIKE)
    return alike and 0 < step < _LINE * max(upper.height, 6.0) and abs(upper.box.x0 - lower.box.x0) < upper.height


_MOST_LABEL_WORDS = 7
_SET_ALIKE = 0.3
_LINE = 1.6
"""Text heights between the lines of one label."""


def _stands(label: Occurrence) -> bool:
    """False for a short word that is a label only where it stands alone: the "No." of an address is none."""
    letters = "".join(t for w in label.words.words for t in tokens(w.text))
    careful = label.concept == "own_number" or (label.concept in _ALONE and len(letters) <= _SHORT)
    return not careful or (label.whole or (label.start == 0 and label.colon and len(letters) > _SHORT))


def _misread(span: Span) -> list[Label]:
    """A label that OCR misspelt, where the span, or what stands before its colon, is nothing else."""
    if span.page.text_source != "ocr":
        return []
    end = next((i + 1 for i, w in enumerate(span.words) if w.text.endswith((":", "："))), len(span.words))
    letters = "".join(t for w in span.words[:end] for t in tokens(w.text))
    known = lexicon().squeezed
    near = [k for k in known if abs(len(k) - len(letters)) <= 1] if len(letters) >= _MISREADABLE else []
    best = process.extractOne(letters, near, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return [Label(known[best[0]], 0, end, 2)] if best else []


def _merged(labels: Sequence[Label], span: Span) -> list[Label]:
    """Two names of one thing side by side ("付款方式 Payment", "Exporter / Shipper") are one label."""
    merged: list[Label] = []
    for label in labels:
        before = [m for m in merged if m.end <= label.start and _adjoin(span.words[m.end : label.start])]
        same = next((m for m in before if m.concept == label.concept), None)
        gloss = [m for m in before if not m.rest and _glossed(span, m, label)]
        if same and not _two_names(span, same, label):
            continue
        if same:
            merged[merged.index(same)] = replace(label, start=same.start, size=same.size + label.size)
        elif gloss:
            merged = [replace(m, end=label.end, rest=label.rest) if m in gloss else m for m in merged]
        else:
            merged.append(label)
    return merged


def _two_names(span: Span, label: Label, other: Label) -> bool:
    """True for a stroke or another script between them: in "Cond. pago Pago anticipado" the second begins the value."""
    words = [w.text for w in span.words[label.start : other.end]]
    parts = [" ".join(w.text for w in span.words[part.start : part.end]) for part in (label, other)]
    scripts = {bool(_CHINESE.search(part)) for part in parts}
    return len(scripts) > 1 or any(not c.isalnum() and c not in ".:'’#" for word in words for c in word)


def _adjoin(between: Sequence[Word]) -> bool:
    return not any(c.isalnum() for w in between for c in w.text)


def _glossed(span: Span, label: Label, other: Label) -> bool:
    """True where a Chinese label is followed by an English one that says less ("起运港 From")."""
    words = [" ".join(w.text for w in span.words[part.start : part.end]) for part in (label, other)]
    return bool(_CHINESE.search(words[0])) and not _CHINESE.search(words[1])


def _occurrence(row: int, span: Span, label: Label) -> Occurrence:
    before = span.words[label.start - 1].text if label.start else ""
    last = span.words[label.end - 1].text
    after = span.words[label.end].text if label.end < len(span.words) else ""
    colon = last.endswith((":", "：", "#", "..", "°", "º")) or after[:1] in {":", "："} or ":" in last.rstrip(":")
    leads = label.start == 0 or before.endswith((*_ENDS, ":")) or not any(c.isalnum() for c in before)
    return Occurrence(label.concept, label.size, row, span, label.start, label.end, label.rest, leads, colon)


def places(sheet: Sheet, label: Occurrence) -> Iterator[Place]:
    """The words that may be the label's value, the nearest first."""
    inline = _inline(sheet, label)
    if inline is not None:
        yield Place(label, "inline", inline)
    beside, below = list(_right(sheet, label)), list(_below(sheet, label))
    own = sheet.cells.around(label.words.box)
    closely = [place for place in below if _closely(place)] if beside and distant(beside[0]) else []
    right = [place for place in beside if place.relation == "right"]
    inside = [place for place in below if own.contains_middle_of(place.span.box)]
    yield from dict.fromkeys((*closely, *right, *inside, *(p for p in beside if p not in right), *below))


def _closely(place: Place) -> bool:
    """True for the next line below at the label's own edge."""
    label, value = place.label.span.box, place.span.box
    height = max(label.height, value.height, 6.0)
    return value.middle_y - label.middle_y < _LINE * height and abs(value.x0 - label.x0) < height


def distant(place: Place) -> bool:
    """True for words so far right that they may be another column's."""
    gap = place.span.box.x0 - place.label.words.box.x1
    return gap > _COLUMN * max(place.label.span.height, 6.0)


_COLUMN = 8.0
"""Text heights between a label and words right of it, from which on a value right below it goes first."""


def _inline(sheet: Sheet, label: Occurrence) -> Span | None:
    """What follows in the label's own span, up to the next label that begins a sentence."""
    span = label.span
    if label.glossed or id(span) in sheet.begun:
        return None
    first = label.end
    while first < len(span.words) and not any(c.isalnum() for c in span.words[first].text):
        first += 1
    others = [o for o in sheet.labels_in(span) if o.start > first and o.concept != label.concept]
    stops = [o.start for o in others if o.leads or o.colon]
    if label.concept == "marks":  # "HAMBURG / P.O. 6563 / C/NO. 1-333" is all marks
        stops = []
    words = list(span.words[first : min(stops, default=len(span.words))])
    if label.rest:
        words.insert(0, _rest_of(span.words[label.end - 1], label.rest))
    return span_of(span.page, words) if words else None


def _rest_of(word: Word, rest: str) -> Word:
    """The part of a word behind the label, its box cut in proportion to the letters."""
    share = len(rest) / max(1, len(word.text))
    box = Box(word.box.x1 - word.box.width * share, word.box.top, word.box.x1, word.box.bottom)
    return Word(rest, box, word.confidence, word.reader, word.confirmed_by, (), word.size, word.bold)


def _right(sheet: Sheet, label: Occurrence) -> Iterator[Place]:
    """The next spans of the row that are no labels; those behind a vertical rule are `across`."""
    row = sheet.rows[label.row]
    cell = sheet.cells.around(label.words.box)
    at = row.spans.index(label.span)
    for span in row.spans[at + 1 :] or _beside(sheet, label):
        if sheet.is_label(span):
            return
        near = span.box.x0 - label.span.box.x1 < _FAR * sheet.page.width
        yield Place(
            label,
            "right" if near and cell.contains_middle_of(span.box) else "across",
            _before_label(sheet, span, label.concept),
        )


def _before_label(sheet: Sheet, span: Span, concept: str) -> Span:
    """The span without the next field's label that closely follows the value ("ESKVALE BANGKOK 体积 Volume")."""
    others = [o for o in sheet.labels_in(span) if o.start > 0 and o.concept != concept]
    last = [o for o in others if o.end == len(span.words) and (o.colon or o.size > 1)]
    return span.part(0, min(o.start for o in last)) or span if last else span


def _beside(sheet: Sheet, label: Occurrence) -> list[Span]:
    """On a crooked page, what stands right of the label in the rows next to its own, at nearly the same height."""
    near = [s for row in sheet.rows[max(0, label.row - 1) : label.row + 2] for s in row.spans]
    box = label.span.box
    level = [s for s in near if s.box.x0 > box.x1 and s.box.overlap_y(box) > _LEVEL * min(s.height, box.height)]
    return sorted(level, key=lambda s: s.box.x0)


def _below(sheet: Sheet, label: Occurrence) -> Iterator[Place]:
    """The nearest span under the label and in its cell, no label itself."""
    if label.start != 0:
        return
    cell = _cell_below(sheet, label)
    reach = label.span.box.bottom + _REACH * max(8.0, label.span.height)
    for row in sheet.rows[label.row + 1 :]:
        if row.box.top > reach:
            return
        if row.box.top < label.span.box.bottom + _LINE * label.span.height and all(map(sheet.is_label, row.spans)):
            reach = max(reach, row.box.bottom + _REACH * max(8.0, label.span.height))
        for span in row.spans:
            if id(span) in sheet.tails:
                continue
            if cell.grown(2).contains_middle_of(span.box) and under(label.span, span):
                if not sheet.is_label(span) or (label.concept in _PARTIES and _is_detail(sheet, span)):
                    yield Place(label, "below", span)
                return


def _is_detail(sheet: Sheet, span: Span) -> bool:
    """True for a line of a party's block with a label of its own ("EORI: …"), which may stand over the name."""
    own = [o for o in sheet.labels_in(span) if o.start == 0]
    return bool(own) and all(o.concept == "party_detail" and o.colon and not o.whole for o in own)


def _cell_below(sheet: Sheet, label: Occurrence) -> Box:
    """The label's cell, with the one beneath where a rule underlines the label or its cell has room for it alone."""
    box = label.span.box
    cell = sheet.cells.around(label.words.box)
    beneath = sheet.cells.around(Box(box.x0, cell.bottom + 1, box.x1, cell.bottom + 2))
    edges = abs(beneath.x0 - cell.x0) + abs(beneath.x1 - cell.x1)
    head = label.whole and sheet.cells.closed(box) and edges < _EDGES and cell.height < _HEAD * max(8.0, box.height)
    if not head and cell.bottom - box.bottom > _UNDERLINE * max(8.0, box.height):
        return cell
    return Box(min(cell.x0, beneath.x0), cell.top, max(cell.x1, beneath.x1), beneath.bottom)


_EDGES = 6.0
"""Points by which the cells of one column differ."""
_HEAD = 4.5
"""Text heights of a cell that holds column titles alone, on up to three lines."""


def under(upper: Span, lower: Span) -> bool:
    """True where `lower` stands in the column of `upper`: aligned on the left or the right, or overlapping."""
    letter = 1.2 * max(4.0, lower.box.width / max(1, len(lower.text)))
    aligned = abs(upper.box.x0 - lower.box.x0) < letter or abs(upper.box.x1 - lower.box.x1) < letter
    return aligned or upper.box.overlap_x(lower.box) > 0.3 * min(upper.box.width, lower.box.width)
