"""The draft's values that no other check sets beside the papers: ways and places, items' weights, papers it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from rapidfuzz import fuzz

from schemas.findings import FindingCode
from schemas.values import plain
from validators.case import Case, Check
from validators.differences import difference
from validators.draft import DraftDocument
from validators.found import Found
from validators.joining import Group
from validators.names import folded
from validators.origins import is_same_origin
from validators.papers import DRAFT, DRAFT_TYPE, Cell, Paper
from validators.sameness import reference
from validators.wholes import last_place

_I, _P, _T, _C = "commercial_invoice", "packing_list", "transport_document", "certificate_of_origin"
_COUNTRIES: Final = ("country_of_dispatch", "country_of_destination")

# What of the draft names a place, the papers that may state it, and under which name.
_PLACES: Final = (
    ("incoterm_place", ((_I, "incoterm_place"),), "Places of the delivery term"),
    ("port_of_loading", ((_T, "port_of_loading"), (_I, "port_of_loading")), "Ports of loading"),
    ("port_of_discharge", ((_T, "port_of_discharge"), (_I, "port_of_discharge")), "Ports of discharge"),
    ("vessel_or_flight", ((_T, "vessel_or_flight"), (_I, "vessel_or_flight")), "Vessels or flights"),
)  # fmt: skip
_NUMBERS: Final = (
    ("transport_document_number", ((_T, "number"), (_T, "master_document_number"), (_I, "transport_document_number")),
     "Transport document numbers"),
    ("container_number", ((_T, "container_number"), (_P, "container_number")), "Container numbers"),
)  # fmt: skip
_ITEM: Final[tuple[tuple[str, str, FindingCode, str], ...]] = (
    ("gross_mass_kg", "gross_weight_kg", "gross_weight_mismatch", "Gross weights"),
    ("packages", "packages", "package_mismatch", "Numbers of packages"),
)

# Codes for supporting documents in customs declarations (TARIC certificate codes, UK CDS data element 2/3).
_CODES: Final = {
    "N380": _I, "N935": _I, "N325": _I, "N271": _P, "N703": _T, "N705": _T, "N714": _T, "N730": _T, "N740": _T,
    "N741": _T, "N954": _C, "N865": _C, "N861": _C, "N018": _C, "U045": _C, "U110": _C,
}  # fmt: skip
_PLACE_CODE: Final = re.compile(r"[A-Z]{2} ?[A-Z0-9]{3}")
_SAME_PLACE: Final = 85


def _one_of(stated: Cell[str], cells: Sequence[Cell[str]]) -> bool:
    parts = {part for cell in cells for one in cell.value.split(";") if (part := reference(one))}
    return all(reference(one) in parts for one in stated.value.split(";") if reference(one))


def _is_place(left: str, right: str) -> bool:
    """Whether two texts name one place: one in other words, or a code, which cannot be told from a name."""
    if _PLACE_CODE.fullmatch(left.strip()) or _PLACE_CODE.fullmatch(right.strip()):
        return True
    return fuzz.token_set_ratio(folded(left), folded(right)) >= _SAME_PLACE


def _stated(case: Case, names: Sequence[tuple[str, str]]) -> list[Cell[str]]:
    return [cell for kind, name in names for cell in case.papers.texts(name, kind)]


def headers_agree(case: Case) -> Iterator[Found]:
    for draft in case.papers.of(DRAFT_TYPE):
        yield from _countries(case, draft)
        yield from _places(case, draft)
        yield from _numbers(case, draft)


def _countries(case: Case, draft: Paper) -> Iterator[Found]:
    for name in _COUNTRIES:
        planned, stated = draft.text(name), case.papers.texts(name, _I)
        if planned and stated and not any(is_same_origin(planned.value, cell.value) for cell in stated):
            yield difference("value_mismatch", name.replace("country", "Countries").replace("_", " "),
                             left=stated[0], right=planned)  # fmt: skip


def _places(case: Case, draft: Paper) -> Iterator[Found]:
    for name, names, what in _PLACES:
        planned, stated = draft.text(name), _stated(case, names)
        if planned and stated and not any(_is_place(planned.value, cell.value) for cell in stated):
            code: FindingCode = "incoterm_mismatch" if name == "incoterm_place" else "value_mismatch"
            yield difference(code, what, left=stated[0], right=planned, severity="warning")


def _numbers(case: Case, draft: Paper) -> Iterator[Found]:
    for name, names, what in _NUMBERS:
        planned, stated = draft.text(name), _stated(case, names)
        if planned and stated and not _one_of(planned, stated):
            yield difference("reference_mismatch", what, left=stated[0], right=planned)


def items_agree(case: Case) -> Iterator[Found]:
    """Gross mass and packages of an item against the packing list's lines for the same goods."""
    for group in case.matched.draft:
        for planned_name, packed_name, code, what in _ITEM:
            planned, packed = case.matched.numbers(group.right, planned_name), _packed(case, group, packed_name)
            if planned and packed and not _comes_to(planned, packed, case, code):
                left, right = (plain(sum((cell.value for cell in cells), Decimal(0))) for cells in (packed, planned))
                message = f"{what} differ: {packed[0].where} says {left}, {planned[0].where} {right}"
                yield Found(code, message, (*packed, *planned))


def _comes_to(planned: Sequence[Cell[Decimal]], packed: Sequence[Cell[Decimal]], case: Case, code: str) -> bool:
    left, right = (sum((cell.value for cell in cells), Decimal(0)) for cells in (packed, planned))
    if code == "package_mismatch":
        return left == right
    rounding = sum((last_place(cell) / 2 for cell in (*planned, *packed)), Decimal(0))
    return abs(left - right) <= case.tolerances.weight_share * max(left, right) + rounding


def _packed(case: Case, group: Group, name: str) -> list[Cell[Decimal]]:
    """The packing list's figures of exactly these goods; none where the two are cut differently."""
    refs = {ref for one in group.left for ref in one.lines}
    packed = {id(found): found for ref in refs if (found := case.matched.packing.of(ref)) is not None}.values()
    rows = [one for found in packed for one in found.right]
    cells = case.matched.numbers(rows, name)
    whole = refs == {ref for found in packed for one in found.left for ref in one.lines}
    return cells if whole and len(cells) == sum(len(one.lines) for one in rows) else []


def named_papers_are_there(case: Case) -> Iterator[Found]:
    """Each paper that the draft names by number, and its date."""
    for named in case.matched.drafted_documents:
        kind = _kind(named)
        papers = case.papers.of(kind) if kind else []
        numbers = [cell for paper in papers if (cell := paper.text("number")) is not None]
        planned = _cell(named)
        if planned is None or not numbers:
            continue
        same = [cell for cell in numbers if reference(cell.value) == reference(planned.value)]
        if same:
            yield from _dates(case.papers.at(same[0].document), named)
        else:
            yield difference("reference_mismatch", "Numbers", left=numbers[0], right=planned)


def _kind(named: DraftDocument) -> str | None:
    stated = named.type.value if named.type else ""
    return stated if stated in {_I, _P, _T, _C} else _CODES.get(stated.strip().upper())


def _cell(named: DraftDocument) -> Cell[str] | None:
    return Cell(DRAFT, DRAFT_TYPE, "number", named.number.value, named.number) if named.number else None


def _dates(paper: Paper, named: DraftDocument) -> Iterator[Found]:
    stated = paper.date("date")
    if stated is not None and named.date is not None and stated.value != named.date.value:
        planned = Cell(DRAFT, DRAFT_TYPE, "date", named.date.value, named.date)
        yield difference("value_mismatch", "Dates", left=stated, right=planned)


def criteria_agree(case: Case) -> Iterator[Found]:
    """The origin criterion of a claim against that of the certificate's lines for the same goods."""
    for group in case.matched.draft:
        refs = [ref for one in group.left for ref in one.lines]
        proved = [line for _, groups in case.matched.certificates for ref in refs for line in groups.beside(ref)]
        stated = [cell for line in proved if (cell := case.matched.text(line, "origin_criterion")) is not None]
        for planned in case.matched.texts(group.right, "preference_criterion") if stated else []:
            if all(folded(planned.value) != folded(cell.value) for cell in stated):
                yield difference("value_mismatch", "Origin criteria", left=stated[0], right=planned, severity="warning")


CHECKS = (
    Check(frozenset({"value_mismatch", "incoterm_mismatch", "reference_mismatch"}), headers_agree),
    Check(frozenset({"gross_weight_mismatch", "package_mismatch"}), items_agree),
    Check(frozenset({"reference_mismatch", "value_mismatch"}), named_papers_are_there),
    Check(frozenset({"value_mismatch"}), criteria_agree),
)
