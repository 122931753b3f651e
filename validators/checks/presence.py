"""What has to be there: papers, their pages, and the values that a declaration needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from schemas.findings import Evidence, FindingCode, Suggestion
from validators.case import Case, Check
from validators.classification.articles import articles
from validators.classification.suggesting import proposals, suggestion
from validators.found import Found
from validators.papers import BY_EYE, TITLES, Paper

_I = "commercial_invoice"
_WITH_GOODS = (_I, "packing_list", "certificate_of_origin")

# Header values needed (contract: field_missing): the pointer or field, what a clerk calls it.
_OF_INVOICE = (("number", "invoice number"), ("date", "invoice date"), ("total_amount", "total amount"))
_DECLARED = (
    ("/exporter", "exporter", "exporter"),
    ("/importer", "consignee", "consignee or buyer"),
    ("/currency", "currency", "currency"),
    ("/incoterm", "incoterm", "delivery term"),
    ("/incoterm_place", "incoterm_place", "place of the delivery term"),
    ("/gross_mass_kg", "gross_weight_kg", "gross weight"),
    ("/packages", "packages", "number of packages"),
)
_OF_ITEM = (
    ("description", "description", "description"),
    ("quantity", "quantity", "quantity"),
    ("amount", "item_price", "amount"),
    ("hs_code", "hs_code", "tariff code of six digits"),
)
_SIX = 6


def papers_are_there(case: Case) -> Iterator[Found]:
    for kind in case.tolerances.required_documents:
        if not case.papers.of(kind):
            message = f"There is no {TITLES[kind]} among the papers: ask for it"
            yield Found("document_missing", message, nature="missing", places=(Evidence(document=kind),))


def _gaps(paper: Paper) -> list[int]:
    """Numbers of the pages that a printed count asks for and that are not there."""
    last = max((mark.of or mark.number for mark in paper.page_marks), default=0)
    there = {mark.number for mark in paper.page_marks}
    return [number for number in range(1, last + 1) if number not in there] if there else []


def _runs(numbers: Sequence[int]) -> str:
    """2, 5, 6 and 7 become "2, 5-7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def pages_are_there(case: Case) -> Iterator[Found]:
    for paper in case.papers.all:
        gaps = _gaps(paper)
        # Some forms count only from the second page on: then the unmarked pages at hand fill the gap.
        if not gaps or len(gaps) <= paper.page_count - len(paper.page_marks):
            continue
        printed = max(paper.page_marks, key=lambda mark: mark.of or mark.number)
        count = f" of {printed.of}" if printed.of else ""
        message = f"{paper.title}: page {_runs(gaps)}{count} is not there"
        places = tuple(Evidence(file=mark.file, page=mark.page, document=paper.type) for mark in paper.page_marks)
        yield Found("page_missing", message, nature="missing", places=places)


def _missing(what: str, paper: Paper, name: str, pointer: str | None, line: int | None = None) -> Found:
    at = "" if line is None else f", line {line + 1}"
    place = paper.place(name).model_copy(update={"line": None if line is None else line + 1})
    lost = line is not None and _is_lost(paper, name)
    told = f"the {what} could not be read" if lost else f"no paper gives the {what}"
    code: FindingCode = "illegible" if lost else "field_missing"
    pointers = (pointer,) if pointer else ()
    return Found(code, f"{paper.title}{at}: {told}", nature="missing", places=(place,), pointers=pointers)


def _is_lost(paper: Paper, name: str) -> bool:
    """Whether a blank cell was rather lost in reading than left blank: the reader found most of its column."""
    there = [paper.field(name, line) for line in range(len(paper.lines))]
    found = [one for one in there if one is not None]
    return 2 * len(found) > len(there) and any(one.reader in BY_EYE for one in found)


def header_values_are_there(case: Case) -> Iterator[Found]:
    # An invoice on which not even the goods could be read is asked about as a whole.
    invoices = [paper for paper in case.papers.of(_I) if paper.lines]
    for paper in invoices:
        for name, what in _OF_INVOICE:
            if paper.any(name) is None:
                yield _missing(what, paper, name, "/total_invoice_amount" if name == "total_amount" else None)
    for pointer, name, what in _DECLARED if invoices else ():
        if pointer not in case.standings.by_pointer:
            yield _missing(what, invoices[0], name, pointer)


def item_values_are_there(case: Case) -> Iterator[Found]:
    uncoded = [n for n in range(len(case.matched.items)) if not _has(case, n, "hs_code")]
    suggested = _suggested(case, uncoded)
    for n, item in enumerate(case.matched.items):
        ref = item.lines[0]
        for name, declared, what in _OF_ITEM:
            if not _has(case, n, declared):
                found = _missing(what, case.papers.at(ref.document), name, f"/items/{n}/{declared}", ref.line)
                yield replace(found, suggestion=suggested.get(n)) if name == "hs_code" else found


def _suggested(case: Case, positions: Sequence[int]) -> dict[int, Suggestion | None]:
    """Codes that may be those of goods without one, by the items' positions."""
    uncoded = [article for article in articles(case) if article.position in positions] if positions else []
    found = zip(uncoded, proposals(case, uncoded), strict=True)
    return {article.position: suggestion(article, proposed) for article, proposed in found}


def _has(case: Case, n: int, declared: str) -> bool:
    standing = case.standings.by_pointer.get(f"/items/{n}/{declared}")
    if standing is None or declared != "hs_code":
        return standing is not None
    ref = standing.fields[0]
    cell = case.papers.at(ref.document).text("hs_code", ref.line)
    return cell is not None and len(cell.value) >= _SIX


def goods_are_there(case: Case) -> Iterator[Found]:
    """A paper without a single line of goods was not read: nothing can then be checked against it."""
    for paper in case.papers.of(*_WITH_GOODS):
        if not paper.lines:
            message = f"{paper.title}: no line of goods could be read on it; look at the paper"
            yield Found("illegible", message, nature="missing", places=(paper.place(),), pointers=_no_items(paper))


def _no_items(paper: Paper) -> tuple[str, ...]:
    return ("/items",) if paper.type == _I else ()


CHECKS = (
    Check(frozenset({"document_missing"}), papers_are_there),
    Check(frozenset({"page_missing"}), pages_are_there),
    Check(frozenset({"field_missing"}), header_values_are_there),
    Check(frozenset({"field_missing", "illegible"}), item_values_are_there),
    Check(frozenset({"illegible"}), goods_are_there),
)
