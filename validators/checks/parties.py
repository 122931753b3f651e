"""Who sends and who receives, under every paper's spelling of the name."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.findings import FindingCode
from schemas.values import Party
from validators.case import Case, Check
from validators.differences import difference
from validators.found import Found
from validators.names import acts_on_behalf, folded, is_bank, is_forwarder, is_same_party, is_to_order
from validators.papers import DRAFT_TYPE, Cell

_PAPERS = ("commercial_invoice", "packing_list", "certificate_of_origin", "transport_document")
_TRANSPORT = "transport_document"


def _same(case: Case, left: Cell[Party], right: Cell[Party]) -> bool:
    return is_same_party(left.value.name, right.value.name, same_name=case.tolerances.same_name)


def _note(code: FindingCode, role: str, left: Cell[Party], right: Cell[Party]) -> Found:
    message = f"{right.where} names {role} '{right.shown}', {left.where} '{left.shown}'"
    return Found(code, message, (left, right), "policy", "info")


def _role(case: Case, right: Cell[Party]) -> str | None:
    """What the other name stands for where it is not a rival: a forwarder on a master waybill, a bank."""
    name = right.value.name
    if (
        right.type == _TRANSPORT
        and is_forwarder(name)
        and case.papers.at(right.document).text("master_document_number")
    ):
        return "a forwarder"
    if right.name == "consignee" and right.type in {_TRANSPORT, "certificate_of_origin"}:
        return "a consignee to order" if is_to_order(name) else "a bank as consignee" if is_bank(name) else None
    return None


def _acts_for(left: Cell[Party], right: Cell[Party]) -> bool:
    """Whether the one name says that it stands for the other."""
    return acts_on_behalf(right.value.name) and folded(left.value.name) in folded(right.value.name)


def exporters_agree(case: Case) -> Iterator[Found]:
    cells = case.papers.parties("exporter", *_PAPERS, DRAFT_TYPE)
    for left, right in zip(cells[:1] * len(cells), cells, strict=True):
        acting = _acts_for(left, right)
        if _same(case, left, right) and not acting:
            continue
        role = "an agent" if acting else _role(case, right)
        if role is not None:
            yield _note("exporter_mismatch", role, left, right)
        else:
            yield difference("exporter_mismatch", "Exporters", left=left, right=right)


def _known_otherwise(case: Case, right: Cell[Party]) -> bool:
    """Whether the invoice itself names that party, as buyer or to be notified."""
    others = [cell for name in ("buyer", "notify_party") for cell in case.papers.parties(name, "commercial_invoice")]
    return any(_same(case, other, right) for other in others)


def consignees_agree(case: Case) -> Iterator[Found]:
    cells = case.papers.parties("consignee", *_PAPERS) + case.papers.parties("importer", DRAFT_TYPE)
    named = [cell for cell in cells if not (cell.type == "commercial_invoice" and is_to_order(cell.value.name))]
    for left, right in zip(named[:1] * len(named), named, strict=True):
        if _same(case, left, right):
            continue
        role = "the invoice's buyer or notify party" if _known_otherwise(case, right) else _role(case, right)
        if role is not None:
            yield _note("consignee_mismatch", role, left, right)
        else:
            yield difference("consignee_mismatch", "Consignees", left=left, right=right)


CHECKS = (
    Check(frozenset({"exporter_mismatch", "illegible"}), exporters_agree),
    Check(frozenset({"consignee_mismatch", "illegible"}), consignees_agree),
)
