"""The type of one page, from its title and the phrases on it; where these leave it open, from what it is like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from rapidfuzz import fuzz, process

from extractors.layout import Row, Span, rows_of
from extractors.learned.pages import Likeness, likeness
from extractors.lexicon import lexicon
from extractors.lexicon.labels import tokens
from schemas.pages import Page

TITLE = 6.0
"""A title's weight; a phrase of evidence weighs 1, so that six phrases outvote one title-like line."""
SURE = 2.5
"""Points under which a page is called nothing but `other`."""
FUZZY = 88
"""Likeness (0 to 100) from which a misread title is taken for the title."""

CLEAR = 3.0
"""Points by which the first type must lead for its phrases and titles to settle the matter: measured on drawn papers
with other wording and no title, every page that they typed wrongly had less."""
LIKE = 0.6
LIKE_DESPITE_TITLE = 0.9
"""Belief from which the trained model decides where the rest does not; a title seen takes more to be outweighed."""

PRICES = 2.0
"""Points for an invoice against a packing list where columns of prices and of amounts stand side by side: an invoice
prints weights as well, a packing list no prices."""
_PRICED = frozenset({"unit_price", "amount"})

_LABEL_SIZE = 1.2
"""Times the usual height up to which a title's word before a colon is a label: "RECHNUNG : 4711" on a packing list."""
_FEWEST_LETTERS = 8
_PAGE_WORDS = frozenset({"page", "of", "seite", "von", "sur", "pagina", "pag", "de", "di"})
"""A page mark beside a title takes nothing from it."""


@dataclass(frozen=True, slots=True)
class PageType:
    """What a page looks like on its own. `titled` says that a title was seen, `form` only where a title names it.

    `beside` are the words on the titles' rows: a page that goes on repeats its paper's title and number in one line.
    """

    type: str
    form: str | None
    titled: bool
    scores: tuple[tuple[str, float], ...]
    reasons: tuple[str, ...]
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Title:
    concept: str
    text: str
    weight: float
    row: Row


def type_of(page: Page) -> PageType:
    """The page's type; `other` where nothing speaks for one of the four."""
    ruled = _by_rules(page)
    return ruled if _is_clear(ruled) else _by_likeness(page, ruled)


def _is_clear(ruled: PageType) -> bool:
    points = [points for _, points in ruled.scores]
    return bool(points) and points[0] - sum(points[1:2]) >= CLEAR


def _by_likeness(page: Page, ruled: PageType) -> PageType:
    """The type that the page's words and shapes are like, where the model is sure enough; else as the rules have it."""
    seen = likeness(page)
    if seen.belief < (LIKE_DESPITE_TITLE if ruled.titled else LIKE):
        return ruled
    if seen.type == "other" and ruled.titled and ruled.scores[0][1] >= TITLE:
        return ruled  # a paper under its own title is not waved off for looking unlike those learned from
    why = f"its words and columns are like those of {_spoken(seen)} ({seen.belief:.2f})"
    if seen.type == ruled.type:
        return replace(ruled, reasons=(*ruled.reasons, why))
    return PageType(seen.type, None, titled=False, scores=ruled.scores, reasons=("no title says what it is", why))


def _spoken(seen: Likeness) -> str:
    return "no paper we know" if seen.type == "other" else f"a {seen.type.replace('_', ' ')}"


def _by_rules(page: Page) -> PageType:
    rows = rows_of(page)
    titles = sorted(_titles(page, rows), key=lambda t: -t.weight)
    points: dict[str, float] = _evidence(page)
    for title in _best_by_type(titles):
        points[_kind(title.concept)] = points.get(_kind(title.concept), 0.0) + title.weight
    ranked = sorted(points.items(), key=lambda p: -p[1])
    if not ranked or ranked[0][1] < SURE:
        why = ("nothing on it names a paper we know",)
        return PageType("other", None, titled=False, scores=tuple(ranked), reasons=why)
    kind = ranked[0][0]
    own = [t for t in titles if _kind(t.concept) == kind]
    reasons = (*(f"title “{t.text}”" for t in own[:2]), f"{ranked[0][1]:.1f} points for {kind}")
    beside = frozenset(w.text for t in own for w in t.row.words)
    return PageType(kind, _form(own), titled=bool(own), scores=tuple(ranked), reasons=reasons, beside=beside)


def _kind(concept: str) -> str:
    return concept.split(".", maxsplit=1)[0]


def _form(titles: Sequence[_Title]) -> str | None:
    """The form that the titles name; a form of its own outranks the general "certificate of origin"."""
    forms = [t.concept.split(".", maxsplit=1)[1] for t in titles if "." in t.concept]
    return next((f for f in forms if f != "chamber"), forms[0] if forms else None)


def _best_by_type(titles: Sequence[_Title]) -> list[_Title]:
    best: dict[str, _Title] = {}
    for title in titles:
        best.setdefault(_kind(title.concept), title)
    return list(best.values())


def _evidence(page: Page) -> dict[str, float]:
    """One point for each different phrase, none for a phrase twice; common ones count for each type they speak for."""
    points: dict[str, float] = defaultdict(float)
    seen: set[tuple[str, str]] = set()
    priced = False
    for row in rows_of(page):
        for label in lexicon("evidence").find(row.words):
            printed = [t for w in row.words[label.start : label.end] for t in tokens(w.text)]
            # "KG:846.00" and "KG:12.50" are one phrase, whatever is glued to it.
            phrase = " ".join(printed[: label.size])
            if (label.concept, phrase) not in seen:
                seen.add((label.concept, phrase))
                points[label.concept] += min(1.0, 0.4 + 0.2 * label.size)
        priced = priced or {label.concept for label in lexicon("columns").find(row.words)} >= _PRICED
    if priced and "packing_list" in points:
        points["commercial_invoice"] += PRICES
    return points


def _titles(page: Page, rows: Sequence[Row]) -> Iterator[_Title]:
    if not rows:
        return
    usual = median(w.box.height for w in page.words)
    for row in rows:
        for at, span in enumerate(row.spans):
            concept, cover = _title_in(span)
            beside = row.spans[at + 1].text if at + 1 < len(row.spans) else ""
            label = beside.startswith((":", "：")) and span.height <= _LABEL_SIZE * usual
            if concept is not None and not label:
                weight = TITLE * cover * _prominence(page, row, span, usual)
                if weight > 1:
                    yield _Title(concept, span.text, weight, row)


def _prominence(page: Page, row: Row, span: Span, usual: float) -> float:
    """How much a span stands out: large, high on the page, alone on its line. 0.2 to 1.6."""
    large = min(2.0, span.height / usual) if usual else 1.0
    high = 1.0 if span.box.top < page.height / 3 else 0.5
    alone = 1.1 if len(row.spans) == 1 else 0.9
    return min(1.6, (0.2 + 0.6 * (large - 0.6)) * high * alone + (0.15 if span.bold else 0.0))


def _title_in(span: Span) -> tuple[str | None, float]:
    """The title concept of a span and the share of the span that it covers."""
    words = tokens(span.text)
    if not words or len(words) > 24:  # noqa: PLR2004  a paragraph is no title
        return None, 0.0
    squeezed = "".join(w for w in words if not w.isdigit() and w not in _PAGE_WORDS) or "".join(words)
    found = lexicon("titles").find(span.words)
    # "Delivery note / packing list": a paper under two titles is the one that the clearance knows.
    known = [label for label in found if label.concept != "other"]
    best = max(known or found, key=lambda label: label.size, default=None)
    if best is not None:
        part_of = {at for label in (found if known else [best]) for at in range(label.start, label.end)}
        covered = sum(len(t) for at in part_of for t in tokens(span.words[at].text))
        return best.concept, min(1.0, covered / len(squeezed))
    return _misread_title(squeezed)


def _misread_title(squeezed: str) -> tuple[str | None, float]:
    """A title with letters printed apart or misread, compared without spaces. Short words are too alike for that."""
    titles = lexicon("titles").squeezed
    if len(squeezed) < _FEWEST_LETTERS:
        return None, 0.0
    near = [t for t in titles if len(t) >= _FEWEST_LETTERS and abs(len(t) - len(squeezed)) <= 2]  # noqa: PLR2004
    best = process.extractOne(squeezed, near, scorer=fuzz.ratio, score_cutoff=FUZZY)
    return (titles[best[0]], best[1] / 100) if best else (None, 0.0)
