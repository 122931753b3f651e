"""Which header field a value may be, by the words round it, its own shape and its place: for labels never seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from extractors.layout import Row, Span
from extractors.learned.hashing import Features, hashed, ngrams
from extractors.learned.model import packaged
from extractors.lexicon.labels import tokens
from extractors.values.countries import parse_country
from extractors.values.dates import find_dates
from extractors.values.incoterms import find_incoterm
from extractors.values.packages import parse_package_kind
from schemas.pages import Word

NAME: Final = "header_fields"
DIMENSION: Final = 1 << 13
PAPERS: Final = ("commercial_invoice", "packing_list")
"""What it was fitted on."""
NONE: Final = "none"
"""The class of what is no header field."""

_LONGEST: Final = 10
"""Words of a span beyond which it is running text."""
_LABEL_WORDS: Final = 6
_REACH: Final = 2.6
"""Text heights within which a label above its value ends."""
_SHAPES: Final = (
    ("money", re.compile(r"\d[.,]\d{2}(?!\d)")),
    ("three places", re.compile(r"\d[.,]\d{3}(?!\d)")),
    ("kilograms", re.compile(r"\d\s*(?:kgs?|kilos?|kilogram\w*|千克|公斤)\b", re.IGNORECASE)),
    ("volume", re.compile(r"\d\s*(?:m3|m³|cbm|立方)", re.IGNORECASE)),
    ("tonnes", re.compile(r"\d\s*(?:t|mt|to)\b", re.IGNORECASE)),
    ("container", re.compile(r"^[A-Z]{4}\s?\d{6}")),
    ("code and number", re.compile(r"^(?=\S*\d)(?=\S*[A-Z])[A-Z0-9/\-.]{4,}$")),
    ("number", re.compile(r"^\d{4,}$")),
    ("small number", re.compile(r"^\d{1,4}$")),
    ("currency", re.compile(r"[$€£¥]|\b(?:USD|EUR|GBP|CHF|CNY|JPY|RMB)\b")),
    ("percent", re.compile(r"%")),
    ("words", re.compile(r"^[^\d]+$")),
    ("capitals", re.compile(r"^[^a-z\d]{4,}$")),
    ("mail", re.compile(r"@|www\.")),
    ("slash", re.compile(r"[A-Za-z] ?/ ?\d")),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Words that may be a value, and what is printed round them. `near` says how close the labels stand, in steps."""

    span: Span
    inline: str = ""
    beside: str = ""
    above: str = ""
    near: tuple[str, ...] = ()
    kind: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Guess:
    """A spot and the belief, 0 to 1, that it is the field."""

    spot: Spot
    belief: float


def guesses(rows: Sequence[Row], kind: str) -> dict[str, list[Guess]]:
    """For each header field the spots that may hold it, the likeliest first; `kind` is the type of the paper."""
    model = packaged(NAME)
    found: dict[str, list[Guess]] = {}
    for spot in spots(rows, kind):
        shares = model.probabilities(features_of(spot))
        concept = max(shares, key=lambda name: shares[name])
        if concept != NONE:
            found.setdefault(concept, []).append(Guess(spot, shares[concept]))
    return {concept: sorted(some, key=lambda g: -g.belief) for concept, some in found.items()}


def belief_in(concept: str, words: Sequence[Word], rows: Sequence[Row]) -> float:
    """How far the model takes these words for that field, on whichever paper; 0 where it knows no such field."""
    model = packaged(NAME)
    boxes = [w.box for w in words]
    own = (s for kind in PAPERS for s in spots(rows, kind) if any(s.span.box.contains_middle_of(b) for b in boxes))
    return max((model.probabilities(features_of(spot)).get(concept, 0.0) for spot in own), default=0.0)


def spots(rows: Sequence[Row], kind: str) -> Iterator[Spot]:
    """Whole spans, and what stands in a span behind words that may be its label."""
    for index, row in enumerate(rows):
        for at, span in enumerate(row.spans):
            if len(span.words) > _LONGEST:
                continue
            left = row.spans[at - 1] if at else None
            over = _over(rows, index, span)
            near = (*_distance("beside", left, span), *(("above",) if over else ()))
            beside, above = _text(left), _text(over)
            yield Spot(span, "", beside, above, near, kind, index)
            for cut in _cuts(span):
                value = span.part(cut)
                if value is not None:
                    inline = " ".join(w.text for w in span.words[:cut])
                    yield Spot(value, inline, beside, above, near, kind, index)


def _text(span: Span | None) -> str:
    return " ".join(w.text for w in span.words[-_LABEL_WORDS:]) if span else ""


def _cuts(span: Span) -> Iterator[int]:
    """Where a label may end inside its span: at a colon, else before the first word with a digit."""
    texts = [w.text for w in span.words]
    colon = next((at for at, text in enumerate(texts[:-1]) if text.endswith((":", "："))), None)
    if colon is not None:
        yield colon + 1
        return
    digit = next((at for at, text in enumerate(texts) if any(c.isdigit() for c in text)), 0)
    if 0 < digit <= _LABEL_WORDS:
        yield digit


def _over(rows: Sequence[Row], index: int, span: Span) -> Span | None:
    """The nearest span above in the same column."""
    for row in reversed(rows[:index]):
        if span.box.top - row.box.bottom > _REACH * max(8.0, span.height):
            return None
        for upper in row.spans:
            letter = span.box.width / max(1, len(span.text))
            aligned = abs(upper.box.x0 - span.box.x0) < letter or abs(upper.box.x1 - span.box.x1) < letter
            if aligned or upper.box.overlap_x(span.box) > 0.3 * min(upper.box.width, span.box.width):
                return upper
    return None


def _distance(name: str, left: Span | None, span: Span) -> tuple[str, ...]:
    if left is None:
        return ()
    letters = (span.box.x0 - left.box.x1) * max(1, len(left.text)) / max(1.0, left.box.width)
    return (f"{name} {min(5, int(max(0.0, letters) / 4).bit_length())}",)


def features_of(spot: Spot) -> Features:
    """The numbers that the model weighs."""
    shape = _shape(spot.span.text)
    label = [*_letters(spot.inline or spot.beside)]
    blocks: Mapping[str, Iterable[str]] = {
        "label": label,
        "inline": _letters(spot.inline),
        "beside": () if spot.inline else _letters(spot.beside),
        "above": () if spot.inline else _letters(spot.above),
        "shape": (*shape, *(f"{spot.kind} {s}" for s in shape)),
        "value": _letters(spot.span.text),
        "place": _place(spot),
        "near": (*spot.near, "inline" if spot.inline else "alone", *(f"{spot.kind} {n}" for n in spot.near)),
    }
    return hashed(blocks, DIMENSION)


def _letters(text: str) -> Iterator[str]:
    """Words and their runs of three to five letters; Chinese signs one by one and in pairs."""
    words = [t for t in tokens(text) if not t.isdigit()]
    for word in words:
        yield word
        if word.isascii():
            yield from ngrams(word, 3, 5)
    yield from (a + b for a, b in pairwise(words))


def _shape(text: str) -> list[str]:
    found = [name for name, shape in _SHAPES if shape.search(text)]
    if find_dates(text, "dmy"):
        found.append("date")
    if find_incoterm(text):
        found.append("incoterm")
    if parse_country(text):
        found.append("country")
    if parse_package_kind(text.lstrip("0123456789., ")):
        found.append("package kind")
    return [*found, " ".join(sorted(found)) or "nothing", f"words {min(6, len(text.split()))}"]


def _place(spot: Spot) -> Iterator[str]:
    span, page = spot.span, spot.span.page
    down, across = int(10 * span.box.middle_y / page.height), int(6 * span.box.x0 / page.width)
    yield f"down {down}"
    yield f"across {across}"
    yield f"{spot.kind} down {down}"
    yield f"bold {span.bold}"
    yield f"first page {page.number == 1}"
    yield f"right edge {span.box.x1 > 0.85 * page.width}"
