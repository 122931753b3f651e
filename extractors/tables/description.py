"""What else stands in a description's cell: HS code, origin, article number, weights, and remarks on the packing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractors.layout.spans import Span, span_of
from extractors.lexicon.labels import lexicon, tokens
from extractors.tables.labelled import Part, ends_in_label, is_code, parts_of, unglued
from extractors.tables.parts import Cell
from extractors.tables.repeated import Labels, code_under
from extractors.values.countries import parse_country_twice
from extractors.values.identifiers import find_hs_code, parse_hs_code
from extractors.values.packages import parse_package_kind
from schemas.nomenclature import is_subheading
from schemas.pages import Page, Word

_SEPARATORS: Final = frozenset("·•;|∙●▪")
_ARTICLE: Final = re.compile(r"\d{4,13}|\d{2,}(?:[.-]\d{2,}){1,3}")
"""Numbers of articles without a letter: "39600", "70.65600"."""
_LOOSE: Final = frozenset("-–—:*°.,'+«»~")
_MEASURED: Final = frozenset(
    ["kg", "kgs", "nw", "gw", "net", "gross", "netto", "brutto", "brut", "neto", "bruto", "lordo", "cm", "cbm", "m",
     "poids", "peso", "gewicht", "weight", "净", "毛", "重"]
)  # fmt: skip
_STROKES: Final = frozenset("/|")
_EACH: Final = frozenset(["ea", "each", "per", "je", "pro", "par", "por", "cada", "ogni", "chaque", "single"])
_PACKAGES: Final = frozenset(["ve", "package", "packages", "pack", "unit", "pkg", "ctn"])
_MOST_UNITS: Final = 3
"""Words of a number with its unit, in two languages at most."""


@dataclass(slots=True)
class Details:
    """The words of a description cell, sorted by what they say. All stand on `page`, save `words` of a broken row."""

    page: Page
    words: list[Word] = field(default_factory=list)
    found: dict[str, tuple[Word, ...]] = field(default_factory=dict)


def details_of(cell: Cell, right_edge: float, *, coded: bool = False, code_labels: Labels = frozenset()) -> Details:
    """Takes a cell apart.

    `right_edge` is where the column's lines end, which tells wrapped lines from new ones. `coded` says that the items
    of this table have a line of their own for the article number (see `ends_in_codes`), `code_labels` what else than
    the known labels stands before its tariff codes (see `repeated`).
    """
    details = Details(cell.page)
    spans = _unbroken([s if at == 0 else span_of(s.page, unglued(s.words)) for at, s in enumerate(cell.spans)])
    for at, span in enumerate(spans):
        if at and _is_remark(span):
            continue
        if at and (code := code_under(span, code_labels)):
            details.found.setdefault("hs_code", span.words[slice(*code)])
            _take_behind(span, code[1], details.found)
            continue
        if at and coded and _is_number(span):
            details.found.setdefault("part_number", span.words)
            continue
        fresh = at > 0 and (coded or _begins_anew(span, spans[at - 1], spans[0], right_edge))
        details.words.extend(_taken(span, details.found, first=at == 0, fresh=fresh))
    if not details.words and cell.spans:
        details.words.extend(cell.spans[0].words)
    return details


def _take_behind(span: Span, start: int, found: dict[str, tuple[Word, ...]]) -> None:
    """What else stands behind a labelled code: other details, and no words of the description."""
    words = span.words[start:]
    if country := _country(words):
        found.setdefault("origin", country)
    elif words:
        _taken(span_of(span.page, words), found, first=False, fresh=True)


def ends_in_codes(cells: Sequence[Cell]) -> bool:
    """True where most of several descriptions have a further line that is nothing but a code."""
    own = [any(len(s.words) == 1 and is_code(s.text) for s in cell.spans[1:]) for cell in cells]
    if len(own) > 1 and sum(own) >= 0.7 * len(own):
        return True
    numbers = [s.text for cell in cells for s in cell.spans[1:] if _is_number(s)]
    tariff = sum(is_subheading(text) for text in numbers)  # those may as well be codes of the tariff
    return len(own) > 1 and len(set(numbers)) >= 0.7 * len(own) and tariff < 0.5 * len(numbers)


def _is_number(span: Span) -> bool:
    """A line of nothing but digits: an article's number, where most descriptions have such a line."""
    return len(span.words) == 1 and _ARTICLE.fullmatch(span.text) is not None


def _begins_anew(span: Span, before: Span, first: Span, right_edge: float) -> bool:
    """True where the line is no continuation: indented, in smaller print, or its first word would have fitted above."""
    if abs(span.box.x0 - first.box.x0) > 0.7 * span.height:
        return True
    if 0 < span.words[0].size < 0.95 * first.words[0].size:
        return True
    room = right_edge - before.box.x1
    return span.words[0].box.width + 0.4 * span.height < room


def _is_remark(span: Span) -> bool:
    """Remarks on shared packages, and the figures of a single package, which are not the item's."""
    labels = lexicon("tablerows").find(span.words)
    start = next((x for x in labels if x.start == 0), None)
    bracketed = span.text.startswith("(") and span.text.rstrip(" .").endswith(")")
    if any(x.concept == "shared" for x in labels) and (bracketed or (start and start.concept == "shared")):
        return True
    if _contents(span):
        return True
    if not (start and start.concept == "each") and not _each_package(span):
        return False
    return any(c.isdigit() for c in span.text) and not _MEASURED.isdisjoint(tokens(span.text))


def _unbroken(spans: Sequence[Span]) -> list[Span]:
    """The lines, one that ends in a detail's label joined with the next, which begins with its value."""
    kept = list(spans[:1])
    for span in spans[1:]:
        before = kept[-1]
        if len(kept) > 1 and before.page is span.page and ends_in_label(before.words):
            kept[-1] = span_of(span.page, [*before.words, *span.words])
        else:
            kept.append(span)
    return kept


def _contents(span: Span) -> bool:
    """What one package holds: "30 pcs per carton", "24 St. pro Packstück"."""
    words = [w.text.strip("().,") for w in span.words]
    places = [at for at, text in enumerate(words) if text.casefold() in _EACH]
    if not places or not 0 < places[0] <= _MOST_UNITS or not any(c.isdigit() for c in words[0]):
        return False
    kind = " ".join(words[places[0] + 1 :])
    return bool(parse_package_kind(kind)) or kind.casefold() in _PACKAGES


def _each_package(span: Span) -> bool:
    """A word for each and a kind of package: "EA. ROLL:", "je Karton"."""
    first = tokens(span.words[0].text)
    return len(span.words) > 1 and bool(first) and first[0] in _EACH and bool(parse_package_kind(span.words[1].text))


def _taken(span: Span, found: dict[str, tuple[Word, ...]], *, first: bool, fresh: bool) -> list[Word]:
    """Puts what a line says besides describing into `found`; the rest is answered."""
    hs = _hs_words(span.words) or (None if first else _titled_hs(span.words))
    if hs:
        found.setdefault("hs_code", span.words[hs[0] : hs[1]])
    sides = _sides(span.words, hs)
    rest: list[Word] = []
    for side, words in enumerate(sides):
        known = bool(hs) or fresh
        ways = [
            list(_sorted(words, begins=first and side == 0, fresh=known, loosely=loosely)) for loosely in (False, True)
        ]
        if side and "origin" not in found and (country := _country(words)):
            found["origin"] = country
            continue
        for part in ways[1] if hs and not first and _unsaid(ways[1]) < _unsaid(ways[0]) else ways[0]:
            if part.name and (part.name not in found or part.name == "aside"):
                found[part.name] = part.words
            else:
                rest.extend(part.words)
    return rest


def _sorted(words: Sequence[Word], *, begins: bool, fresh: bool, loosely: bool) -> Iterator[Part]:
    """The parts of a line, or of what stands on one side of its HS code."""
    for place, chunk in enumerate(_chunks(words, loosely=loosely)):
        yield from _parts(chunk, begins=begins and place == 0, fresh=fresh or place > 0)


def _unsaid(parts: Sequence[Part]) -> int:
    return sum(len(p.words) for p in parts if not p.name)


def _parts(words: tuple[Word, ...], *, begins: bool, fresh: bool) -> list[Part]:
    """What parts of a line say besides describing; a code alone on a line of its own is the article's number."""
    if not begins and fresh and len(words) == 1 and is_code(words[0].text):
        return [Part("part_number", words)]
    return parts_of(words, open_start=not begins)


def only_details(words: Sequence[Word]) -> bool:
    """True for a line of labels with their values and nothing else, which runs on over the columns beside it."""
    words = unglued(words)
    hs = _hs_words(words) or _titled_hs(words)
    parts = [
        p
        for side in _sides(words, hs)
        for chunk in _chunks(side, loosely=False)
        for p in parts_of(chunk, open_start=True)
    ]
    return bool(hs or parts) and all(p.name for p in parts)


def _chunks(words: Sequence[Word], *, loosely: bool) -> Iterator[tuple[Word, ...]]:
    """A line's parts between dots, bars and semicolons; `loosely` also between dashes, as OCR takes a dot for one."""
    between = _SEPARATORS | _LOOSE if loosely else _SEPARATORS
    part: list[Word] = []
    for word in words:
        if not set(word.text) <= between:
            part.append(word)
        if part and (set(word.text) <= between or word.text.endswith(";")):
            yield from _bare(part)
            part = []
    yield from _bare(part)


def _bare(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    if any(c.isalnum() for w in words for c in w.text):
        yield tuple(words)


def _hs_words(words: Sequence[Word]) -> tuple[int, int] | None:
    """Which words are an HS code with its label."""
    texts = [w.text.rstrip("-–—:,;") for w in words]
    hit = find_hs_code(" ".join(texts))
    if hit is None:
        return None
    start, end = 0, len(words)
    while end - start > 1 and find_hs_code(" ".join(texts[start + 1 : end])) == hit:
        start += 1
    while end - start > 1 and find_hs_code(" ".join(texts[start : end - 1])) == hit:
        end -= 1
    return start, end


def _titled_hs(words: Sequence[Word]) -> tuple[int, int] | None:
    """A line that begins with what a column of HS codes is called, and a code: "Partida 70133710, México"."""
    title = next((x for x in lexicon("columns").find(words) if x.start == 0 and x.concept == "hs_code"), None)
    if title is None or title.rest or title.end >= len(words):
        return None
    code = words[title.end].text.rstrip(",;")
    return (title.end, title.end + 1) if parse_hs_code(code) and code[0].isdigit() else None


def _country(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words where they are a country's name and nothing else: what stands behind an HS code."""
    bare = tuple(w for w in words if any(c.isalnum() for c in w.text))
    return bare if bare and parse_country_twice(" ".join(w.text for w in bare).strip(" ,;")) else ()


def _sides(words: Sequence[Word], hs: tuple[int, int] | None) -> list[Sequence[Word]]:
    """What stands before and behind the HS code, less its label in a second language."""
    if hs is None:
        return [words]
    start = hs[0]
    while start and (before := _label_before(words[: start + 1], start)) < start:
        start = before
    return [words[:start], words[hs[1] :]]


def _label_before(words: Sequence[Word], end: int) -> int:
    """Where a label of HS codes begins that reaches up to or into the word at `end`; strokes between count with it."""
    while end and words[end - 1].text in _STROKES:
        end -= 1
    labels = [x for x in lexicon("columns").find(words) if x.concept == "hs_code" and x.start < end <= x.end]
    return min((x.start for x in labels), default=end)
