"""The papers solved together: join, witness, check, and say what may not be declared yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from schemas.documents import AnyField
from schemas.ports import EarlierShipments, Similarity
from schemas.reference import NO_LISTS, References
from schemas.shipments import Reconciled, Shipment
from schemas.values import Party
from validators.case import Case
from validators.checks import ALL_CHECKS
from validators.found import Found
from validators.matched import Matched, match
from validators.papers import Papers, papers_of
from validators.solving import doubts_of, solved
from validators.standing import standings_of
from validators.tolerances import Tolerances
from validators.twins import twins_of, united
from validators.witnesses import supports, witnessed

_WORDS = frozenset({"description", "incoterm_place", "port_of_loading", "port_of_discharge", "vessel_or_flight"})


def reconcile(
    shipment: Shipment,
    *,
    similarity: Similarity,
    earlier: EarlierShipments,
    tolerances: Tolerances = Tolerances(),  # noqa: B008 - frozen, so one default serves all calls
    references: References = NO_LISTS,
    jurisdiction: str | None = None,
) -> Reconciled:
    """Everything the papers say about each other, and the same for the same shipment.

    `jurisdiction` is the one set; where it is None, goods are declared where the papers say that they go.

    Never raises for papers that are incomplete or wrong: that is what findings are for.
    """
    twins = twins_of(shipment.documents)
    whole = shipment.model_copy(update={"documents": united(shipment.documents, twins)})
    read = match(whole, similarity, twins)
    documents = witnessed(whole.documents, supports(read))
    drafts = [paper for paper in read.papers.all if paper.index < 0]
    matched = replace(read, papers=Papers((*papers_of(documents, twins), *drafts)))
    case = Case(
        shipment.reference,
        shipment.as_of,
        matched,
        standings_of(matched),
        tolerances,
        earlier,
        similarity,
        shipment.notices,
        references,
        jurisdiction or _destination(matched),
    )
    told = solved(case, [one for check in ALL_CHECKS for one in check.run(case)])
    found = told.found
    return Reconciled(
        documents=documents,
        items=matched.goods_items(),
        findings=tuple(one.finding for one in found),
        withheld=_withheld(case, found),
        standings=case.standings.by_pointer,
        twins=tuple(twins),
        doubts=doubts_of(told, case.tolerances.evidence_limit),
    )


def _destination(matched: Matched) -> str | None:
    """The first country of destination that a paper states."""
    stated = matched.papers.texts("country_of_destination", "commercial_invoice", "certificate_of_origin")
    return next((cell.value for cell in stated), None)


def _withheld(case: Case, found: Sequence[Found]) -> tuple[str, ...]:
    """Pointers of the values in doubt, in the order found, each once."""
    pointers = [
        pointer
        for one in found
        for pointer in (*one.pointers, *(p for cell in one.in_doubt for p in case.standings.pointers(cell)))
    ]
    return tuple(dict.fromkeys((*pointers, *_unconfirmed(case))))


def _unconfirmed(case: Case) -> Iterator[str]:
    """Pointers of values that rest on one reading of a picture.

    Those that a declaration cannot do without are asked for in findings; the others are left out rather than declared
    wrong. Names and places are readable even with a letter misread; of those under the cut a check asks for the ones
    that matter, and where the goods travelled is left out.
    """
    cut = case.tolerances.confidence_cut
    for pointer, standing in case.standings.by_pointer.items():
        fields = [case.papers.at(ref.document).field(ref.field, ref.line) for ref in standing.fields]
        alone = [one for one in fields if one is not None and case.tolerances.leaves_unsupported(one)]
        if any(not _is_words(pointer, one.value) or _is_faint_place(pointer, one, cut) for one in alone):
            yield pointer


def _is_faint_place(pointer: str, field: AnyField, cut: float) -> bool:
    return pointer.startswith("/transport/") and field.confidence < cut


def _is_words(pointer: str, value: object) -> bool:
    return isinstance(value, Party) or pointer.rsplit("/", 1)[1] in _WORDS
