"""What kind of paper a page is like, by its words and shapes: for pages whose title says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from extractors.layout import Row, rows_of
from extractors.learned.hashing import Features, hashed
from extractors.learned.model import packaged
from extractors.lexicon import lexicon
from extractors.lexicon.labels import tokens
from schemas.pages import Page

NAME: Final = "page_types"
DIMENSION: Final = 1 << 13

_SHAPES: Final = (
    ("money", re.compile(r"\d[.,]\d{2}$")),
    ("thousands", re.compile(r"\d[.,']\d{3}\b")),
    ("weight", re.compile(r"\d[.,]\d{1,3}$")),
    ("tariff", re.compile(r"^\d{4}[. ]?\d{2}")),
    ("container", re.compile(r"^[A-Z]{4}\d{6,7}")),
    ("range", re.compile(r"^\d+-\d+$")),
    ("percent", re.compile(r"%")),
    ("mail", re.compile(r"@")),
    ("number", re.compile(r"^\d+$")),
)
_FEWEST_WORDS: Final = 20
_LARGE: Final = 1.35
"""Times the usual height from which print is large."""
_TOP: Final = 0.2


@dataclass(frozen=True, slots=True)
class Likeness:
    """The likeliest type of a page and the belief in it, 0 to 1; `second` is the next type's."""

    type: str
    belief: float
    second: float


def likeness(page: Page) -> Likeness:
    """What the model takes the page for; of a page with hardly a word it knows nothing."""
    if len(page.words) < _FEWEST_WORDS:
        return Likeness("other", 0.0, 0.0)
    shares = packaged(NAME).probabilities(features_of(page))
    (kind, belief), (_, second) = sorted(shares.items(), key=lambda s: -s[1])[:2]
    return Likeness(kind, belief, second)


def features_of(page: Page) -> Features:
    rows = rows_of(page)
    blocks = {
        "word": _words(rows),
        "pair": _pairs(rows),
        "large": _prominent(page, rows),
        "concept": _concepts(rows),
        "shape": _shapes(page, rows),
    }
    return hashed(blocks, DIMENSION)


def _words(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield from (t for w in row.words for t in tokens(w.text) if not t.isdigit())


def _pairs(rows: Sequence[Row]) -> Iterator[str]:
    """Neighbours in a span, numbers as "#"."""
    for row in rows:
        for span in row.spans:
            parts = ["#" if t.isdigit() else t for w in span.words for t in tokens(w.text)]
            yield from (f"{a} {b}" for a, b in pairwise(parts))


def _prominent(page: Page, rows: Sequence[Row]) -> Iterator[str]:
    """Words in large print near the top."""
    usual = median(w.box.height for w in page.words)
    for row in rows:
        if row.box.top < page.height * _TOP:
            large = (s for s in row.spans if s.height > _LARGE * usual)
            yield from (t for s in large for w in s.words for t in tokens(w.text) if not t.isdigit())


def _concepts(rows: Sequence[Row]) -> Iterator[str]:
    """What the lexicons know of the words: the same in every language."""
    for row in rows:
        for span in row.spans:
            for name in ("labels", "columns", "evidence"):
                yield from (f"{name} {label.concept}" for label in lexicon(name).find(span.words))


def _shapes(page: Page, rows: Sequence[Row]) -> Iterator[str]:
    """How the page's words look, in steps of doubling shares."""
    for name, shape in _SHAPES:
        share = sum(bool(shape.search(w.text)) for w in page.words) / len(page.words)
        yield f"{name} {_step(share)}"
    upright = sum(not rule.horizontal for rule in page.rules)
    yield f"rules {min(6, upright.bit_length())}"
    yield f"words {len(page.words).bit_length()}"
    spans = sum(len(row.spans) for row in rows) / len(rows)
    yield f"spans {min(6, round(spans))}"


def _step(share: float) -> int:
    """0 for none, then one more for each doubling from 1 %."""
    return (int(100 * share) + (share > 0)).bit_length()
