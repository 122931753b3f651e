"""Tariff codes against the Harmonized System: whether they are in it, and whether the goods are those of the code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.findings import Nature, Suggestion
from schemas.nomenclature import (
    EDITION,
    HEADING,
    SUBHEADING,
    Placing,
    heading_text,
    is_subheading,
    placing,
    subheading_text,
    subheadings_of,
)
from validators.case import Case, Check
from validators.classification.articles import Article, articles
from validators.classification.belonging import Misplaced, misplaced, shortened
from validators.classification.naming import naming
from validators.classification.suggesting import within
from validators.confusions import confusable
from validators.found import Found
from validators.papers import Cell

_LISTED = 6
"""Subheadings named in a message."""


def codes_are_in_the_nomenclature(case: Case) -> Iterator[Found]:
    for article in articles(case):
        for cells in _by_code(article):
            said = placing(cells[0].value)
            if said != "present":
                yield _not_placed(case, article, cells, said)


def _by_code(article: Article) -> Iterator[list[Cell[str]]]:
    """The cells of each code of six digits or more, those of one subheading together."""
    found: dict[str, list[Cell[str]]] = {}
    for cell in article.codes:
        if len(cell.value) >= SUBHEADING:
            found.setdefault(cell.value[:SUBHEADING], []).append(cell)
    yield from found.values()


def _not_placed(case: Case, article: Article, cells: Sequence[Cell[str]], said: Placing) -> Found:
    cell = cells[0]
    message = f"{cell.where}: tariff code {cell.value}: {_explained(cell.value, said)}"
    if said == "national":
        return Found("hs_invalid", message, tuple(cells), "policy", "warning")
    meant = _meant(article, cells)
    nature: Nature = "misread" if meant and _by_eye(cell) else "policy"
    return Found("hs_invalid", message, tuple(cells), nature, None, meant or _present(case, article, cell, said))


def _explained(code: str, said: Placing) -> str:
    six = f"{code[:HEADING]}.{code[HEADING:SUBHEADING]}"
    if said == "national":
        return f"chapter {code[:2]} is left to each country; ask whether the importing country's tariff has it"
    if said == "unknown":
        return f"the Harmonized System of {EDITION} has no heading {code[:HEADING]}"
    present = [f"{one[:HEADING]}.{one[HEADING:]}" for one in subheadings_of(code)]
    more = " …" if len(present) > _LISTED else ""
    return (
        f"{six} is no subheading of the Harmonized System of {EDITION} and may be of an older edition; heading "
        f"{code[:HEADING]} '{shortened(heading_text(code) or '')}' has {', '.join(present[:_LISTED])}{more}"
    )


def _by_eye(cell: Cell[str]) -> bool:
    return cell.field.needs_witness


def _meant(article: Article, cells: Sequence[Cell[str]]) -> Suggestion | None:
    """The one code that was meant, where a slip makes it of the printed one and something else speaks for it."""
    cell = cells[0]
    others = {one.value[:SUBHEADING] for one in article.codes if is_subheading(one.value)}
    headings = {heading for text in article.texts for heading in naming(text).headings}
    slipped = _slipped(cell)
    stated = [one for one in slipped if one[0][:SUBHEADING] in others]
    fitting = stated or [one for one in slipped if one[0][:HEADING] in headings]
    if len({code[:SUBHEADING] for code, _ in fitting}) != 1:
        return None
    code, how = fitting[0]
    support = "another paper has it" if stated else f"the goods are those of heading {code[:HEADING]}"
    return _suggested(cell, code, f"{how}; {support}: {shortened(subheading_text(code) or '')}")


def _slipped(cell: Cell[str]) -> list[tuple[str, str]]:
    """Codes in the nomenclature that one slip makes the printed one of, each with the slip in words.

    A digit is taken for its like only where a code was read from a picture. Workbooks take codes for numbers and drop
    the zero in front: an odd number of digits shows it.
    """
    lost = [f"0{cell.value}"] if len(cell.value) % 2 and is_subheading(f"0{cell.value}") else []
    alike = _lookalikes(cell.value) if _by_eye(cell) else []
    return [(code, "one digit taken for its like") for code in alike] + [
        (code, "a zero lost in front") for code in lost
    ]


def _present(case: Case, article: Article, cell: Cell[str], said: Placing) -> Suggestion | None:
    """For a code of an older edition, the subheadings of its heading that the goods are likeliest in now."""
    found = list(within(case, article, cell.value[:HEADING])) if said == "unplaced" else []
    why = "; or ".join(one.shown for one in found)
    return _suggested(cell, found[0].code, f"by the description {why}") if found else None


def _lookalikes(code: str) -> list[str]:
    """The codes in the nomenclature that one confusion of digits within the first six makes this one of."""
    changed = (code[:at] + digit + code[at + 1 :] for at in range(SUBHEADING) for digit in "0123456789")
    return [one for one in changed if confusable(one, code) and is_subheading(one)]


def _suggested(cell: Cell[str], value: str, why: str) -> Suggestion:
    return Suggestion(
        document=cell.type, field=cell.name, line=None if cell.line is None else cell.line + 1, value=value, why=why
    )


def goods_are_those_of_the_code(case: Case) -> Iterator[Found]:
    for article in articles(case):
        for cells in _by_code(article):
            found = misplaced(article.texts, cells[0].value, case.similarity)
            if found is not None:
                yield _other_goods(article, cells, found)


def _other_goods(article: Article, cells: Sequence[Cell[str]], found: Misplaced) -> Found:
    code, named = cells[0], article.descriptions[found.at]
    message = (
        f"{named.where}: '{named.value}' are not goods of tariff code {code.value}, heading {code.value[:HEADING]} "
        f"'{shortened(heading_text(code.value) or '')}' ({code.where}); '{found.term.printed}' stands in "
        f"{found.elsewhere}"
    )
    meant = _meant_of(code, found.headings)
    nature: Nature = "misread" if meant and _by_eye(code) else "discrepancy"
    return Found("hs_description", message, (*cells, named), nature, None, meant, disputes=tuple(cells))


def _meant_of(cell: Cell[str], headings: Sequence[str]) -> Suggestion | None:
    """The one code of these headings that a misread digit or a dropped zero makes the printed one of."""
    meant = [(one, how) for one, how in _slipped(cell) if one[:HEADING] in headings]
    if len({one[:SUBHEADING] for one, _ in meant}) != 1:
        return None
    value, how = meant[0]
    return _suggested(cell, value, f"{how}; the goods are those of heading {value[:HEADING]}")


CHECKS = (
    Check(frozenset({"hs_invalid"}), codes_are_in_the_nomenclature),
    Check(frozenset({"hs_description"}), goods_are_those_of_the_code),
)
