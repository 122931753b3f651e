"""The header of a goods table: rows of column labels, in one language or two, on one printed line or several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from extractors.layout.spans import Row, Span, joined, span_of
from extractors.lexicon.labels import Label, lexicon, tokens
from extractors.tables.numerals import is_amount
from extractors.tables.parts import Column
from extractors.tables.rulings import lines_across
from schemas.geometry import Box, union
from schemas.pages import Page, Word

MEASURES: Final = frozenset(
    {"quantity", "unit_price", "amount", "net_weight", "gross_weight", "volume", "packages", "package_range"}
)
NAMES: Final = frozenset({"description", "part_number", "hs_code", "item", "code", "marks", "package_range"})
PRICED: Final = frozenset({"quantity", "unit_price", "amount"})
"""Titles that only goods have, whatever the words before them are called."""

FUZZY_LIKENESS: Final = 82
FUZZY_LETTERS: Final = 5
"""Labels shorter than this are not matched by likeness: too many short words are like each other."""

_ANNEX: Final = re.compile(r"[(\[（【].*|.*[)\]）】]|[%/#*.:·-]+|[$€£¥]+")
_CUBED: Final = re.compile(r"[(\[]?c?m[23][)\]]?", re.IGNORECASE)
"""Units whose digit is no number of a row."""
_MOST_ROWS: Final = 4
_NAMED_ENOUGH: Final = 4
"""So many columns named make a header of goods though the labels of the numbers are run together or misread."""
_REACH: Final = 8.0
"""Text heights between rows of numbers of one table: an item may have so many lines of words."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: its columns from left to right, and the box of all its rows."""

    page: Page
    columns: tuple[Column, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one header line that belong to one column."""

    span: Span
    concept: str
    size: int

    @property
    def annex(self) -> bool:
        return not self.concept and all(_is_annex(w.text) for w in self.span.words)


STRONG: Final = 2.4
"""Three labels, one of which may be read by likeness only."""
WEAK: Final = 1.6
"""Two labels: enough only where a document has no better header, as when OCR lost the others."""


def headers_of(page: Page, rows: Sequence[Row], *, least: float = STRONG) -> list[Header]:
    """The table headers of the page, top to bottom; none overlaps another. `least` is the strength asked for."""
    lines = [pieces_of(row) for row in rows]
    found: list[Header] = []
    for at in sorted(range(len(rows)), key=lambda i: (-_strength(lines[i]), i)):
        if _strength(lines[at]) < least:
            break
        first, last = _block(page, rows, lines, at)
        header = _header(page, lines[first : last + 1], weak=least < STRONG)
        if header and not any(h.box.overlap_y(header.box) > 0 for h in found):
            found.append(header)
    return sorted(found, key=lambda h: h.box.top)


def imagined_header(page: Page, rows: Sequence[Row]) -> Header | None:
    """A header without labels above the page's largest group of rows of numbers; None where there is no such row."""
    groups: list[list[Row]] = []
    for row in rows:
        if sum(is_amount(w.text) for w in row.words) < 2 or len(row.words) < 4:  # noqa: PLR2004
            continue
        if groups and row.box.top - groups[-1][-1].box.bottom < _REACH * row.box.height:
            groups[-1].append(row)
        else:
            groups.append([row])
    if not groups:
        return None
    first = max(groups, key=len)[0].box
    return Header(page, (), Box(first.x0, first.top - 0.1, first.x1, first.top))


def pieces_of(row: Row) -> list[_Piece]:
    """The row's spans, divided where one span holds the labels of several columns."""
    return [piece for span in row.spans for piece in _divided(span)]


def _divided(span: Span) -> Iterator[_Piece]:
    labels = _labels(span)
    if not labels:
        concept, size = _alike(span.text)
        yield _Piece(span, concept, size)
        return
    starts = [0, *(label.start for label in labels[1:]), len(span.words)]
    for label, start, end in zip(labels, starts, starts[1:], strict=False):
        yield _Piece(span_of(span.page, span.words[start:end]), label.concept, label.size)


def _labels(span: Span) -> list[Label]:
    """Labels that begin a column: one in brackets, behind a stroke, or of the same meaning belongs to that before."""
    kept: list[Label] = []
    for label in lexicon("columns").find(span.words):
        bracketed = span.words[label.start].text[:1] in "([（【"
        if label.concept == "annex" or (kept and (bracketed or label.concept == kept[-1].concept)):
            continue
        if kept and (label.start < kept[-1].end or _behind_stroke(span.words, label)):
            continue
        kept.append(label)
    return kept


def _behind_stroke(words: Sequence[Word], label: Label) -> bool:
    """True for "Description" in "Bezeichnung / Description": another name, or a lower line's, of one column."""
    before = words[label.start - 1].text if label.start else ""
    return before.endswith("/") or words[label.start].text.startswith("/")


def _is_annex(text: str) -> bool:
    return bool(_ANNEX.fullmatch(text)) or lexicon("columns").concept_of(text) == "annex"


@cache
def _phrases() -> dict[str, str]:
    known = lexicon("columns")
    pairs = {"".join(tokens(p)): c for c in known.entries if c != "annex" for p in known.phrases(c)}
    return {phrase: concept for phrase, concept in pairs.items() if len(phrase) >= FUZZY_LETTERS and phrase.isascii()}


@cache
def _alike(text: str) -> tuple[str, int]:
    """The concept of a label that was misread, with size 0; "" where none is alike."""
    spelling = "".join(tokens(text))
    if len(spelling) < FUZZY_LETTERS or any(c.isdigit() for c in spelling):
        return "", 0
    best = process.extractOne(spelling, _phrases().keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_LIKENESS)
    return (_phrases()[best[0]], 0) if best else ("", 0)


def _strength(pieces: Sequence[_Piece]) -> float:
    """How many columns a line names, 0 where too much of it is no label."""
    exact = {p.concept for p in pieces if p.concept and p.size}
    alike = {p.concept for p in pieces if p.concept and not p.size} - exact
    labelled = sum(1 for p in pieces if p.concept or p.annex)
    words = [w.text for p in pieces for w in p.span.words]
    numbers = sum(sum(c.isdigit() for c in text) > len(text) / 2 for text in words)
    if numbers and any(text.endswith((":", "：")) for text in words):  # labels with their values
        return 0.0
    if not exact or labelled < 0.5 * len(pieces) or numbers > len(pieces) // 4:
        return 0.0
    return len(exact) + 0.7 * len(alike)


def _block(page: Page, rows: Sequence[Row], lines: Sequence[Sequence[_Piece]], at: int) -> tuple[int, int]:
    """First and last index of the rows that make one header with row `at`."""
    ruled = lines_across(page, rows[at].box.x0, rows[at].box.x1)
    first = last = at
    while first > 0 and last - first + 1 < _MOST_ROWS and _continues(rows, lines, (first, first - 1), ruled):
        first -= 1
    while last + 1 < len(rows) and last - first + 1 < _MOST_ROWS and _continues(rows, lines, (last, last + 1), ruled):
        last += 1
    return first, last


def _continues(
    rows: Sequence[Row], lines: Sequence[Sequence[_Piece]], pair: tuple[int, int], ruled: Sequence[float]
) -> bool:
    """True where row `pair[1]`, next to `pair[0]`, belongs to the same header."""
    own, other = (rows[i].box for i in pair)
    low, high = sorted((own.middle_y, other.middle_y))
    if -own.overlap_y(other) > 0.9 * max(own.height, other.height) or any(low < y < high for y in ruled):
        return False
    pieces = lines[pair[1]]
    if not _titles(rows[pair[1]]) and _titles(rows[pair[0]]):
        return False
    upper, lower = (pair[1], pair[0]) if pair[1] < pair[0] else pair
    fitting = sum(1 for p in pieces if p.concept or p.annex or _improves(p, lines[pair[0]], above=upper == pair[1]))
    bare = [w.text for p in pieces for w in p.span.words if not _CUBED.fullmatch(w.text)]
    digits = any(any(c.isdigit() for c in text) and not _is_annex(text) for text in bare)
    return fitting > 0.5 * len(pieces) and not digits and lower != upper


def _titles(row: Row) -> bool:
    """False for a line that gives a value behind a label with a colon, as a group's heading does."""
    colons = [at for at, w in enumerate(row.words) if w.text.endswith((":", "："))]
    return not colons or colons == [len(row.words) - 1]


def _improves(piece: _Piece, others: Sequence[_Piece], *, above: bool) -> bool:
    """True where the piece and the one under or over it make one longer label ("Partida" and "arancelaria")."""
    for other in others:
        if _stacked(piece.span.box, other.span.box):
            words = (*piece.span.words, *other.span.words) if above else (*other.span.words, *piece.span.words)
            if any(label.size > max(piece.size, other.size) for label in lexicon("columns").find(words)):
                return True
    return False


def _stacked(one: Box, other: Box) -> bool:
    return one.overlap_x(other) > 0.3 * min(one.width, other.width)


def _header(page: Page, lines: Sequence[Sequence[_Piece]], *, weak: bool) -> Header | None:
    """The columns of a block of header lines; None where they are not those of a goods table."""
    stacks: list[list[_Piece]] = []
    for line in lines:
        _stack(stacks, line)
    columns = [Column(_concept(stack), _box(stack), _label(stack), _meanings(stack)) for stack in stacks]
    columns = sorted((c for c in columns), key=lambda c: c.box.middle_x)
    concepts = {c.concept for c in columns}
    named = len(concepts - {"", "annex"})
    measured = bool(concepts & MEASURES) or (named >= _NAMED_ENOUGH and "description" in concepts)
    goods = (concepts & NAMES and named > 2) or concepts >= PRICED  # noqa: PLR2004
    if not measured or named < 2 or not (weak or goods):  # noqa: PLR2004
        return None
    return Header(page, tuple(columns), union(c.box for c in columns))


def _stack(stacks: list[list[_Piece]], line: Sequence[_Piece]) -> None:
    """Puts each piece under the stack it stands below. Two labels below one make columns of their own."""
    below: dict[int, list[_Piece]] = {}
    new: list[list[_Piece]] = []
    for piece in line:
        overlaps = [
            (piece.span.box.overlap_x(_box(s)) / min(piece.span.box.width, _box(s).width), i)
            for i, s in enumerate(stacks)
        ]
        best = max(overlaps, default=(0.0, -1))
        if best[0] > 0.3:  # noqa: PLR2004  a third of the narrower one
            below.setdefault(best[1], []).append(piece)
        else:
            new.append([piece])
    for place, pieces in below.items():
        if len(pieces) > 1 and all(p.concept for p in pieces):
            top = stacks[place]
            stacks[place] = [*top[:0], pieces[0]]
            new.extend([p] for p in pieces[1:])
        else:
            stacks[place].extend(pieces)
    stacks.extend(new)


def _box(stack: Sequence[_Piece]) -> Box:
    return union(p.span.box for p in stack)


def _label(stack: Sequence[_Piece]) -> Span:
    return span_of(stack[0].span.page, [w for p in stack for w in p.span.words])


def _meanings(stack: Sequence[_Piece]) -> tuple[str, ...]:
    """What labels one above the other, or parted by strokes, mean where they differ; empty for one label alone."""
    words = [w for p in stack for w in p.span.words]
    begin = {sum(len(p.span.words) for p in stack[:at]) for at in range(len(stack))}
    labels = [x for x in lexicon("columns").find(words) if x.concept != "annex"]
    parted = [x for x in labels if x.start in begin or _behind_stroke(words, x)]
    found = tuple(dict.fromkeys(x.concept for x in parted))
    return found if len(found) > 1 else ()


def _concept(stack: Sequence[_Piece]) -> str:
    """What the column is called: the longest label of all its lines together, else what one line alone says."""
    words = [w for p in stack for w in p.span.words]
    labels = [label for label in lexicon("columns").find(words) if label.concept != "annex"]
    if labels:
        if len(stack) > 1 and stack[0].concept == "description" and stack[0].size >= len(stack[0].span.words):
            return "description"  # over "Billed qty", say, which stands below the words in each item
        longest = max(label.size for label in labels)
        best = [label.concept for label in labels if label.size == longest]
        return "description" if "description" in best else best[0]
    alone = next((p.concept for p in stack if p.concept), "")
    whole = joined(w.text for w in words)
    if alone or not tokens(whole):
        return alone or ("number" if whole.strip() == "#" else "")
    return "weight" if set(tokens(whole)) <= {"kg", "kgs"} else _alike(whole)[0]
