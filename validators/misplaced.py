"""Values that were read from the wrong place: a figure or words that belong to something else on the same papers.

Neither confidence nor a second reader shows it: what was read stands there. What it belongs to tells it, beside what
the other papers say. It is asked about and held like any difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from schemas.findings import FindingCode, Severity, Suggestion
from schemas.values import Party
from validators.codelists import INCOTERMS
from validators.differences import difference
from validators.found import Found
from validators.names import folded, has_legal_form
from validators.papers import DRAFT, Cell, Papers
from validators.sameness import reference
from validators.wholes import Whole

_SUMMED: Final = ("quantity", "packages", "net_weight_kg", "gross_weight_kg", "volume_m3", "amount")
_TERMS: Final = frozenset(term for terms in INCOTERMS.values() for term in terms)
_EXCHANGED: Final = {"net_weight_kg", "gross_weight_kg"}
"""Papers have these two the wrong way round themselves, which another check tells."""
_TABLES: Final = ("packing_list", "commercial_invoice")


def misread_beside(odd: Cell[object], other: Cell[object], why: str, *, severity: Severity | None = None) -> Found:
    """The question whether `odd`, which is off for that reason, is what the other says."""
    suggestion = Suggestion(
        document=odd.type, field=odd.name, line=None if odd.line is None else odd.line + 1, value=other.shown, why=why
    )
    message = (
        f"{odd.where}: {odd.name.replace('_', ' ')} was read as '{odd.shown}' and is likely to be {other.shown}: "
        f"{why}; please look and confirm"
    )
    return Found("illegible", message, (odd, other), "misread", severity, suggestion)


def asked_once(found: Sequence[Found]) -> list[Found]:
    """One question for each value read from the wrong place, however many papers say otherwise.

    Bare questions about a value that is asked about beside another paper's are left out.
    """
    beside = {_place(one.cells[0]) for one in found if _is_beside(one)}
    asked: dict[object, int] = {}
    told: list[Found] = []
    for one in found:
        if one.code == "illegible" and _is_bare(one) and _place(one.cells[0]) in beside:
            continue
        key = (_place(one.cells[0]), one.suggestion.value) if _is_beside(one) and one.suggestion else None
        if key in asked:
            told[asked[key]] = _with_other(told[asked[key]], one)
            continue
        if key is not None:
            asked[key] = len(told)
        told.append(one)
    return told


def _is_beside(one: Found) -> bool:
    return one.code == "illegible" and len(one.cells) > 1 and one.nature == "misread"


def _with_other(one: Found, other: Found) -> Found:
    """The question with the place of the other paper too; held as hard as the harder of both."""
    known = {_place(cell) for cell in one.cells}
    severity = "error" if "error" in (one.severity, other.severity) else one.severity
    return replace(
        one, cells=(*one.cells, *(cell for cell in other.cells if _place(cell) not in known)), severity=severity
    )


def _is_bare(one: Found) -> bool:
    return len(one.cells) == 1 and not one.places and not one.pointers


def _place(cell: Cell[object]) -> tuple[int, int | None, str]:
    return cell.document, cell.line, cell.name


def no_company(cell: Cell[Party], other: Cell[Party]) -> str | None:
    """Why this is no name of a company where the other is one: words of the form, a line of an address, a term.

    A name without a legal form may be one. So may one without a country; one that has neither, a line of the other's
    own address, or what begins with a delivery term or a number of a street is not taken for it.
    """
    name = cell.value.name
    if cell.document == DRAFT or has_legal_form(name) or not has_legal_form(other.value.name):
        return None
    words = folded(name)
    begins = words.split(" ")[0] if words else ""
    in_address = bool(words) and words in folded(other.value.address or "")
    if cell.value.country is None or in_address or begins.isdigit() or begins.upper() in _TERMS:
        return f"that is no name of a company, and {other.where} has one"
    return None


def cut_wrong(stated: Cell[str], wanted: Cell[str]) -> Found | None:
    """The question about a number that was read with words beside it: "A-18 DE" where another paper says "A-18"."""
    for odd, other in ((stated, wanted), (wanted, stated)):
        beside = _beside(odd.value, other.value)
        if beside and odd.document != DRAFT:
            return misread_beside(odd, other, f"{other.where} says so, without “{beside}”")
    return None


def _beside(long: str, short: str) -> str:
    """The words that one number has before or behind the other; empty where figures are among them."""
    words, number = long.split(), reference(short)
    for at in range(1, len(words)):
        for number_words, rest in ((words[:at], words[at:]), (words[at:], words[:at])):
            told = " ".join(rest)
            if reference(" ".join(number_words)) == number and not any(one.isdigit() for one in told):
                return told
    return ""


def between(code: FindingCode, what: str, *, left: Cell[Decimal], right: Cell[Decimal], papers: Papers) -> Found:
    """Two totals that ought to be one: a question where one of them is the figure of something else."""
    for odd, other in ((left, right), (right, left)):
        if (why := taken_from(papers, odd, stated=other.value)) is not None:
            return misread_beside(odd, other, why)
    return difference(code, what, left=left, right=right)


def is_disputed(found: Sequence[Whole], total: Cell[Decimal]) -> bool:
    """Whether the papers' totals of one kind, this among them, are not one: then that is told beside the other."""
    own = any(one.cells == (total,) for one in found)
    return own and any(len(one.cells) == 1 and one.value != total.value for one in found)


def taken_from(papers: Papers, cell: Cell[Decimal], *, stated: Decimal) -> str | None:
    """What else on the papers a total is that another paper states otherwise; None where nothing tells.

    The sum of another column, where its own column comes to something else; or the figure of one line of several, where
    the lines come to what is stated.
    """
    if cell.document == DRAFT or cell.line is not None:
        return None
    own = papers.at(cell.document).column(cell.name)
    if own and _sum(own) == cell.value:
        return None
    if own and (name := next(_sums_to(papers, cell), None)) is not None:
        return f"that is what the lines' {name.replace('_', ' ')} come to"
    for paper in papers.of(*_TABLES):
        column = paper.column(cell.name)
        if len(column) > 1 and _sum(column) == stated:
            line = next((one for one in column if one.value == cell.value), None)
            if line is not None:
                return f"that is what {line.where} says of this line alone"
    return None


def _sums_to(papers: Papers, cell: Cell[Decimal]) -> Iterator[str]:
    """The other columns of the paper that come to this figure."""
    paper = papers.at(cell.document)
    for name in _SUMMED:
        column = paper.column(name)
        if {name, cell.name} != _EXCHANGED and name != cell.name and len(column) > 1 and _sum(column) == cell.value:
            yield name


def _sum(column: list[Cell[Decimal]]) -> Decimal:
    return sum((one.value for one in column), Decimal(0))
