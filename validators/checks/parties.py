"""Who sends and who receives, under every paper's spelling of the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.findings import FindingCode
from schemas.values import Party
from validators.case import Case, Check
from validators.catalogue import CATALOGUE
from validators.differences import difference, dissenters
from validators.found import Found
from validators.misplaced import misread_beside, no_company
from validators.names import acts_on_behalf, folded, is_bank, is_forwarder, is_same_party, is_to_order
from validators.origins import is_same_origin
from validators.papers import DRAFT_TYPE, Cell

_PAPERS = ("commercial_invoice", "packing_list", "certificate_of_origin", "transport_document")
_INVOICE, _CERTIFICATE = "commercial_invoice", "certificate_of_origin"


def _same(case: Case, left: Cell[Party], right: Cell[Party]) -> bool:
    return is_same_party(left.value.name, right.value.name, same_name=case.tolerances.same_name)


def _role(case: Case, cell: Cell[Party], named: Sequence[Cell[Party]]) -> str | None:
    """What a name stands for where it is no rival: an agent, a forwarder on a master waybill, a bank, "to order"."""
    name = cell.value.name
    if acts_on_behalf(name) and any(folded(o.value.name) in folded(name) for o in named if o is not cell):
        return "an agent"
    if cell.name == "consignee" and is_to_order(name):
        return "a consignee to order"
    if cell.type == _INVOICE:
        return None
    if cell.name == "consignee" and is_bank(name):
        return "a bank as consignee"
    if cell.type == _CERTIFICATE and cell.name == "exporter" and _is_invoiced_from_abroad(case, cell):
        return "the exporter under a third-party invoice"
    master = case.papers.at(cell.document).text("master_document_number")
    return "a forwarder" if is_forwarder(name) and master else None


def _is_invoiced_from_abroad(case: Case, cell: Cell[Party]) -> bool:
    """Whether every invoice is issued in another country than the certificate's, which its own check looks into."""
    origin = case.papers.at(cell.document).text("country_of_origin")
    home = [country for country in (cell.value.country, origin.value if origin else None) if country]
    issued = [issuer.value.country for issuer in case.papers.parties("exporter", _INVOICE)]
    return bool(home and issued) and all(
        country is not None and not any(is_same_origin(country, one) for one in home) for country in issued
    )


def _notes(code: FindingCode, base: Cell[Party], roles: Sequence[tuple[Cell[Party], str]]) -> Iterator[Found]:
    for cell, role in roles:
        message = f"{cell.where} names {role} '{cell.shown}', {base.where} '{base.shown}'"
        yield Found(code, message, (base, cell), "policy", "info")


def _parties(case: Case, code: FindingCode, what: str, named: Sequence[Cell[Party]]) -> Iterator[Found]:
    """Roles are told beside the first party named by itself; of the others, whoever most papers do not name."""
    roles = [(cell, role) for cell in named if (role := _role(case, cell, named))]
    rivals = [cell for cell in named if all(cell is not other for other, _ in roles)]
    yield from _notes(code, rivals[0], roles) if rivals else ()
    for left, right in dissenters(rivals, lambda a, b: _same(case, a, b)):
        if _known_otherwise(case, left, right):
            yield from _notes(code, left, [(right, "the invoice's buyer or notify party")])
        else:
            yield _misread(code, left, right) or difference(code, what, left=left, right=right)


def _misread(code: FindingCode, left: Cell[Party], right: Cell[Party]) -> Found | None:
    """The question about a name that is none; held as hard as the difference that it would be."""
    for odd, other in ((left, right), (right, left)):
        if (why := no_company(odd, other)) is not None:
            return misread_beside(odd, other, why, severity=CATALOGUE[code].severity)
    return None


def _known_otherwise(case: Case, left: Cell[Party], right: Cell[Party]) -> bool:
    """Whether the invoice itself names that consignee, as buyer or to be notified."""
    names = ("buyer", "notify_party") if left.name == "consignee" else ()
    return any(_same(case, other, right) for name in names for other in case.papers.parties(name, _INVOICE))


def exporters_agree(case: Case) -> Iterator[Found]:
    cells = case.papers.parties("exporter", *_PAPERS, DRAFT_TYPE)
    yield from _parties(case, "exporter_mismatch", "Exporters", cells)


def consignees_agree(case: Case) -> Iterator[Found]:
    cells = case.papers.parties("consignee", *_PAPERS) + case.papers.parties("importer", DRAFT_TYPE)
    yield from _parties(case, "consignee_mismatch", "Consignees", cells)


CHECKS = (
    Check(frozenset({"exporter_mismatch", "illegible"}), exporters_agree),
    Check(frozenset({"consignee_mismatch", "illegible"}), consignees_agree),
)
