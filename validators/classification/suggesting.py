"""Tariff codes for goods that no paper gives one for: at most three, each with its reason, and never filled in.

What the user's own records say of the article comes first, then what the same goods were declared as before, then the
nomenclature by what the papers call the goods.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.findings import Suggestion
from schemas.nomenclature import HEADING, SUBHEADING, is_heading, is_subheading, subheading_text
from validators.case import Case
from validators.classification.articles import Article
from validators.classification.belonging import shortened
from validators.classification.ranking import candidates
from validators.master_data import articles_for, exporter_of, listed, named
from validators.same_goods import KnownGoods

_MOST: Final = 3
_CREDIBLE: Final = 0.7
"""Score below which a guess from words is left out: of the goods below it fewer than one in four was right."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code of six digits or more, and what speaks for it."""

    code: str
    why: str

    @property
    def shown(self) -> str:
        """The code with its text: "6109.10 'T-shirts, singlets and other vests' (t shirt, cotton)"."""
        text = shortened(subheading_text(self.code) or "")
        return f"{self.code[:HEADING]}.{self.code[HEADING:]} '{text}' ({self.why})"


def proposals(case: Case, articles: Sequence[Article]) -> list[tuple[Proposal, ...]]:
    """What may be suggested for each article, best first; nothing where nothing is known.

    A heading that a paper gives is kept to.
    """
    by_words = _by_words(case, articles)
    return [
        _first_of_each((*_recorded(case, one), *_earlier(case, one), *guesses))
        for one, guesses in zip(articles, by_words, strict=True)
    ]


def suggestion(article: Article, found: Sequence[Proposal]) -> Suggestion | None:
    """The first as the suggestion; the reason names them all."""
    if not found:
        return None
    first, *others = found
    why = first.shown + "".join(f"; or {one.shown}" for one in others)
    at = article.line.line + 1
    return Suggestion(document="commercial_invoice", field="hs_code", line=at, value=first.code, why=why)


def _first_of_each(found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    distinct = {one.code[:SUBHEADING]: one for one in reversed(found)}
    kept = [one for one in found if distinct[one.code[:SUBHEADING]] is one]
    return tuple(kept[:_MOST])


def _recorded(case: Case, article: Article) -> Iterator[Proposal]:
    for record in articles_for(case, case.matched.items[article.position]):
        if record.hs_code and is_subheading(record.hs_code):
            yield Proposal(record.hs_code, f"the article's own record, {listed(case, 'articles')}, line {record.line}")


def _earlier(case: Case, article: Article) -> Iterator[Proposal]:
    exporter = exporter_of(case, article.line)
    if exporter is None:
        return
    known = KnownGoods(case.earlier.goods_of(exporter.value.name))
    for earlier in known.like(named(case.matched.items[article.position])):
        if earlier.hs_code and earlier.reference != case.reference and is_subheading(earlier.hs_code):
            yield Proposal(earlier.hs_code, f"declared so in shipment {earlier.reference}")


def _by_words(case: Case, articles: Sequence[Article]) -> list[tuple[Proposal, ...]]:
    """By the nomenclature's texts: all articles in one question, those with a heading of their own each by itself."""
    free = [n for n, article in enumerate(articles) if not _heading(article)]
    found: dict[int, tuple[Proposal, ...]] = {}
    for n, guesses in zip(free, candidates([articles[n].texts for n in free], case.similarity), strict=True):
        found[n] = tuple(Proposal(one.code, ", ".join(one.words)) for one in guesses if one.score >= _CREDIBLE)
    for n, article in enumerate(articles):
        if n not in found:
            found[n] = tuple(within(case, article, _heading(article)))
    return [found[n] for n in range(len(articles))]


def within(case: Case, article: Article, heading: str) -> Iterator[Proposal]:
    """The likeliest subheadings of one heading."""
    for one in candidates([article.texts], case.similarity, within=heading)[0]:
        yield Proposal(one.code, ", ".join(one.words) or f"heading {heading} as stated")


def _heading(article: Article) -> str:
    """The heading of a code too short to declare; empty without one."""
    stated = (cell.value[:HEADING] for cell in article.codes if is_heading(cell.value))
    return next(stated, "")
