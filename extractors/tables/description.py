"""What else stands in a description's cell: HS code, origin, article number, weights, and remarks on the packing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractors.layout.spans import Span
from extractors.lexicon.labels import lexicon, tokens
from extractors.tables.parts import Cell
from extractors.values.countries import parse_country
from extractors.values.identifiers import find_hs_code
from extractors.values.packages import parse_package_kind
from schemas.pages import Page, Word

_SEPARATORS: Final = frozenset("·•;|∙●▪")
_LOOSE: Final = frozenset("-–—:*°.,'+«»~")
_CODE: Final = re.compile(r"(?=[^\d]*\d)[A-Z0-9][A-Z0-9]*(?:[-./_][A-Z0-9]+)*", re.IGNORECASE)
_MEASURED: Final = frozenset(
    ["kg", "kgs", "nw", "gw", "net", "gross", "netto", "brutto", "brut", "neto", "bruto", "lordo", "cm", "cbm", "m",
     "poids", "peso", "gewicht", "weight", "净", "毛", "重"]
)  # fmt: skip
_EACH: Final = frozenset(["ea", "each", "per", "je", "pro", "par", "por", "cada", "ogni", "chaque", "single"])
_ORIGIN: Final = frozenset({"origin"})
_WEIGHTS: Final = {"net_weight": "net_weight", "gross_weight": "gross_weight"}


@dataclass(slots=True)
class Details:
    """The words of a description cell, sorted by what they say. All stand on `page`, save `words` of a broken row."""

    page: Page
    words: list[Word] = field(default_factory=list)
    found: dict[str, tuple[Word, ...]] = field(default_factory=dict)


def details_of(cell: Cell, right_edge: float, *, coded: bool = False) -> Details:
    """Takes a cell apart.

    `right_edge` is where the column's lines end, which tells wrapped lines from new ones. `coded` says that the items
    of this table have a line of their own for the article number (see `ends_in_codes`).
    """
    details = Details(cell.page)
    for at, span in enumerate(cell.spans):
        if at and _is_remark(span):
            continue
        fresh = at > 0 and (coded or _begins_anew(span, cell.spans[at - 1], cell.spans[0], right_edge))
        details.words.extend(_taken(span, details.found, first=at == 0, fresh=fresh))
    if not details.words and cell.spans:
        details.words.extend(cell.spans[0].words)
    return details


def ends_in_codes(cells: Sequence[Cell]) -> bool:
    """True where most of several descriptions have a further line that is nothing but a code."""
    own = [any(len(s.words) == 1 and _is_code(s.text) for s in cell.spans[1:]) for cell in cells]
    return len(own) > 1 and sum(own) >= 0.7 * len(own)


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
    if not (start and start.concept == "each") and not _each_package(span):
        return False
    return any(c.isdigit() for c in span.text) and not _MEASURED.isdisjoint(tokens(span.text))


def _each_package(span: Span) -> bool:
    """A word for each and a kind of package: "EA. ROLL:", "je Karton"."""
    first = tokens(span.words[0].text)
    return len(span.words) > 1 and bool(first) and first[0] in _EACH and bool(parse_package_kind(span.words[1].text))


def _taken(span: Span, found: dict[str, tuple[Word, ...]], *, first: bool, fresh: bool) -> list[Word]:
    """Puts what a line says besides describing into `found`; the rest is answered."""
    hs = _hs_words(span.words)
    if hs:
        found.setdefault("hs_code", span.words[hs[0] : hs[1]])
    sides = [span.words[: hs[0]], span.words[hs[1] :]] if hs else [span.words]
    chunks = [chunk for side in sides for chunk in _chunks(side, loosely=bool(hs) and not first)]
    rest: list[Word] = []
    for place, chunk in enumerate(chunks):
        known = None if first and place == 0 else _detail(chunk, fresh=fresh or bool(hs) or place > 0)
        if known and known[0] not in found:
            found[known[0]] = known[1]
        else:
            rest.extend(chunk)
    return rest


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


def _detail(words: tuple[Word, ...], *, fresh: bool) -> tuple[str, tuple[Word, ...]] | None:
    """What a part of a line says besides describing, and the value's words."""
    if named := _labelled(words):
        return named
    return ("part_number", words) if fresh and len(words) == 1 and _is_code(words[0].text) else None


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


def _labelled(words: Sequence[Word]) -> tuple[str, tuple[Word, ...]] | None:
    """A segment that is a label with its value: article number, origin or weight, and the value's words."""
    part = next((x for x in lexicon("tablerows").find(words) if x.start == 0 and x.concept == "part"), None)
    if part and len(words) == part.end + 1 and _is_code(words[part.end].text):
        return "part_number", tuple(words[part.end :])
    label = next((x for x in lexicon("columns").find(words) if x.start == 0), None)
    if label is None or label.end >= len(words):
        return None
    value = tuple(words[label.end :])
    text = " ".join(w.text for w in value).strip(" :.")
    if label.concept in _ORIGIN and parse_country(text):
        return "origin", value
    if label.concept in _WEIGHTS and re.fullmatch(r"[\d.,' ]+\s*(?:kgs?|KGS?|g|t)\.?", text):
        return _WEIGHTS[label.concept], value
    return None


def _is_code(text: str) -> bool:
    """Letters and digits, or digits with dashes, of four signs or more: how article numbers are printed."""
    bare = text.strip("()[],:;.")
    signs = [c for c in bare if c.isalnum()]
    mixed = any(c.isalpha() for c in bare) or "-" in bare
    return len(signs) >= 4 and mixed and bool(_CODE.fullmatch(bare)) and bare == bare.upper()  # noqa: PLR2004
