"""What a person has to look at: values without a witness, doubtful names, tables that may lack a row, unread files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemas.findings import Evidence, Suggestion
from schemas.shipments import LineRef, Standing
from validators.case import Case, Check
from validators.found import Found
from validators.joining import Group
from validators.papers import BY_EYE, DRAFT_TYPE, Cell
from validators.sameness import same_value
from validators.standing import ITEM_MUST_BE_WITNESSED, MUST_BE_WITNESSED
from validators.totals import is_proven_complete

_IMPOSSIBLE_LENGTH = 7

_PLACES = ("incoterm_place", "port_of_loading", "port_of_discharge")
_PLACE_CODE = re.compile(r"\s*\(\s*(?:[A-Z]{2}\s?)?[A-Z0-9]{3}\s*\)")
"""IATA's three letters of an airport, or UN/LOCODE's five."""


def _needed(case: Case) -> Iterator[tuple[str, Standing]]:
    """Declared values that need a witness; of the papers to be named beside them, the invoice's number and date."""
    numbers = [n for n, paper in enumerate(case.papers.listed) if paper.type == "commercial_invoice"]
    invoices = {f"/supporting_documents/{n}/{name}" for n in numbers for name in ("number", "date")}
    for pointer, standing in case.standings.by_pointer.items():
        of_item = pointer.startswith("/items/") and pointer.rsplit("/", 1)[1] in ITEM_MUST_BE_WITNESSED
        if of_item or pointer in MUST_BE_WITNESSED or pointer in invoices:
            yield pointer, standing


def _cells(case: Case, standing: Standing | None) -> list[Cell[object]]:
    """The values in force; none where nothing stands."""
    refs = standing.fields if standing else ()
    cells = [case.papers.at(ref.document).any(ref.field, ref.line) for ref in refs]
    return [cell for cell in cells if cell is not None]


def _asked(cell: Cell[object], why: str) -> Found:
    line = None if cell.line is None else cell.line + 1
    suggestion = Suggestion(document=cell.type, field=cell.name, line=line, value=cell.shown, why="the best reading")
    name = cell.name.replace("_", " ")
    message = f"{cell.where}: {name} was read as '{cell.shown}', {why}; please look and confirm"
    return Found(
        "illegible", message, (cell,), "misread" if cell.field.alternatives else "policy", suggestion=suggestion
    )


def values_are_witnessed(case: Case) -> Iterator[Found]:
    """Each value is asked for once, however many declared values rest on it."""
    cells = [cell for _, standing in _needed(case) for cell in _cells(case, standing)]
    needed = [cell for cell in cells if case.tolerances.leaves_unsupported(cell.field)]
    for cell in {(cell.document, cell.line, cell.name): cell for cell in needed}.values():
        seen = "and" if cell.field.needs_witness else "by both readers, which are not always right here, and"
        yield _asked(cell, f"{seen} nothing else confirms it")


def codes_are_witnessed_to_their_end(case: Case) -> Iterator[Found]:
    """A code of eight or ten digits of which another paper repeats six: cut short it would be another value."""
    for n in range(len(case.matched.items)):
        standing = case.standings.by_pointer.get(f"/items/{n}/hs_code")
        for cell in _cells(case, standing) if standing and standing.digits else ():
            if standing and len(cell.shown) > (standing.digits or 0):
                yield _asked(cell, f"of which nothing confirms the digits after the first {standing.digits}")


def texts_are_clear(case: Case) -> Iterator[Found]:
    """Names, addresses, places and descriptions to be declared: read surely, or the same on another paper."""
    described = (f"/items/{n}/description" for n in range(len(case.matched.items)))
    for pointer in ("/exporter", "/importer", "/incoterm_place", *described):
        standing = case.standings.by_pointer.get(pointer)
        for cell in _cells(case, standing):
            by_eye = cell.field.proposed or cell.field.reader in BY_EYE
            unsure = by_eye and cell.field.confidence < case.tolerances.confidence_cut
            if unsure and not any(_says_the_same(cell, other) for other in _repeating(case, cell, standing)):
                yield _asked(cell, "with little confidence")


def _repeating(case: Case, cell: Cell[object], standing: Standing | None) -> Iterator[Cell[object]]:
    """What on the other papers may say the same: the party, the goods joined to a line, the ports beside a place."""
    refs = standing.agreeing if standing else ()
    yield from (one for ref in refs if (one := case.papers.at(ref.document).any(ref.field, ref.line)) is not None)
    if cell.line is not None:
        line = LineRef(document=cell.document, line=cell.line)
        joined = [group for _, groups in case.matched.groups() if (group := groups.of(line)) is not None]
        yield from (one for group in joined for one in case.matched.texts(group.right, cell.name))
    if cell.name in _PLACES:
        yield from (one for paper in case.papers.all for name in _PLACES if (one := paper.any(name)) is not None)


def _says_the_same(cell: Cell[object], other: Cell[object]) -> bool:
    """The code behind a place's name is no part of it: "FRANKFURT (FRA)"."""
    if other.document == cell.document:
        return False
    if cell.name in _PLACES:
        return same_value(cell.name, _PLACE_CODE.sub("", cell.shown), _PLACE_CODE.sub("", other.shown))
    return same_value(cell.name, cell.value, other.value)


def codes_have_a_possible_length(case: Case) -> Iterator[Found]:
    """No country's tariff has codes of seven digits: a digit was lost or taken up by mistake."""
    for n in range(len(case.matched.items)):
        for cell in _cells(case, case.standings.by_pointer.get(f"/items/{n}/hs_code")):
            if len(cell.shown) == _IMPOSSIBLE_LENGTH:
                yield _asked(cell, "which no tariff has")


def _same_goods_throughout(groups: Sequence[Group]) -> bool:
    """Every line of both papers has its counterpart with a quantity: a row lost on one would be alone on the other."""
    return bool(groups) and all(
        group.left and group.right and all(one.quantity is not None for one in (*group.left, *group.right))
        for group in groups
    )


def tables_are_complete(case: Case) -> Iterator[Found]:
    """No confidence shows that a row is missing: the sums, the reader's count of rows, or the other paper must."""
    joined = _same_goods_throughout(case.matched.packing)
    for paper in case.papers.of("commercial_invoice", "packing_list"):
        if paper.lines and not is_proven_complete(paper) and not joined:
            message = (
                f"{paper.title}: nothing proves that all its {len(paper.lines)} lines were read; compare with the paper"
            )
            yield Found("illegible", message, nature="policy", places=(paper.place(),))


def files_were_read(case: Case) -> Iterator[Found]:
    for notice in case.notices:
        if notice.holds:
            place = Evidence(file=notice.file, page=notice.page)
            yield Found("illegible", notice.message, nature="missing", places=(place,))


def draft_can_be_read(case: Case) -> Iterator[Found]:
    for pointer in case.matched.unreadable:
        draft = case.papers.of(DRAFT_TYPE)[0]
        place = Evidence(file=draft.file, document=DRAFT_TYPE, field=pointer.rsplit("/", 1)[-1], value=pointer)
        yield Found(
            "illegible",
            f"{draft.file}: the value at {pointer} is not what its name says",
            nature="policy",
            places=(place,),
        )


CHECKS = (
    Check(frozenset({"illegible"}), values_are_witnessed),
    Check(frozenset({"illegible"}), codes_are_witnessed_to_their_end),
    Check(frozenset({"illegible"}), texts_are_clear),
    Check(frozenset({"illegible"}), codes_have_a_possible_length),
    Check(frozenset({"illegible"}), tables_are_complete),
    Check(frozenset({"illegible"}), files_were_read),
    Check(frozenset({"illegible"}), draft_can_be_read),
)
