"""The papers solved together: join, witness, check, and say what may not be declared yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.documents import AnyField, Document
from schemas.ports import EarlierShipments, Similarity
from schemas.reference import NO_LISTS, References
from schemas.shipments import Reconciled, Shipment
from schemas.values import Party
from validators.case import Case
from validators.checks import ALL_CHECKS
from validators.deciding import Question, answered, decided_values, settled
from validators.found import Found
from validators.matched import Matched, match
from validators.misplaced import asked_once
from validators.papers import Papers, papers_of
from validators.solving import Solved, doubts_of, solved, with_likely_codes
from validators.standing import standings_of
from validators.tolerances import Tolerances
from validators.twins import twins_of, united
from validators.witnesses import supports, witnessed

_WORDS = frozenset({"description", "incoterm_place", "port_of_loading", "port_of_discharge", "vessel_or_flight"})


@dataclass(frozen=True, slots=True)
class _Terms:
    """What papers are examined with, beside themselves."""

    similarity: Similarity
    earlier: EarlierShipments
    tolerances: Tolerances
    references: References
    jurisdiction: str | None
    twins: Mapping[int, int]

    def examined(self, shipment: Shipment, *, joined_as: Shipment) -> tuple[tuple[Document, ...], Case, Solved]:
        """The papers witnessed, checked and solved; their lines are joined as the other shipment's are."""
        read = self._on(match(joined_as, self.similarity, self.twins), shipment.documents)
        documents = witnessed(shipment.documents, supports(read))
        matched = self._on(read, documents)
        case = Case(
            shipment.reference,
            shipment.as_of,
            matched,
            standings_of(matched),
            self.tolerances,
            self.earlier,
            self.similarity,
            shipment.notices,
            self.references,
            self.jurisdiction or _destination(matched),
        )
        return documents, case, solved(case, asked_once([one for check in ALL_CHECKS for one in check.run(case)]))

    def _on(self, read: Matched, documents: Sequence[Document]) -> Matched:
        """The joined lines with these documents' values, and the draft's."""
        drafts = [paper for paper in read.papers.all if paper.index < 0]
        return replace(read, papers=Papers((*papers_of(documents, self.twins), *drafts)))


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

    A code that was likely misread joins lines to the wrong goods: then they are joined once more by the likely code.
    The value stays the one that was read, and in question. What people decided before is in force: see
    `validators.deciding`.

    `jurisdiction` is the one set; where it is None, goods are declared where the papers say that they go.

    Never raises for papers that are incomplete or wrong: that is what findings are for.
    """
    twins = twins_of(shipment.documents)
    given = settled(shipment.model_copy(update={"documents": united(shipment.documents, twins)}))
    whole = given.shipment
    terms = _Terms(similarity, earlier, tolerances, references, jurisdiction, twins)
    documents, case, told = terms.examined(whole, joined_as=whole)
    likelier = with_likely_codes(whole, told)
    if likelier is not whole:
        documents, case, told = terms.examined(whole, joined_as=likelier)
    asked = [Question(one.finding, _pointers(case, one)) for one in told.found]
    answers, questions = answered(asked, given, case.standings.by_pointer)
    return Reconciled(
        documents=documents,
        items=case.matched.goods_items(),
        findings=tuple(one.finding for one in answers),
        withheld=_withheld(case, answers),
        questions=questions,
        decided=decided_values(given, case.standings.by_pointer),
        standings=case.standings.by_pointer,
        twins=tuple(twins),
        doubts=doubts_of(told, case.tolerances.evidence_limit),
    )


def _destination(matched: Matched) -> str | None:
    """The first country of destination that a paper states."""
    stated = matched.papers.texts("country_of_destination", "commercial_invoice", "certificate_of_origin")
    return next((cell.value for cell in stated), None)


def _pointers(case: Case, one: Found) -> tuple[str, ...]:
    """The declared values that a finding puts in doubt, each once."""
    return tuple(dict.fromkeys((*one.pointers, *(p for cell in one.in_doubt for p in case.standings.pointers(cell)))))


def _withheld(case: Case, asked: Sequence[Question]) -> tuple[str, ...]:
    """Pointers of the values in doubt, in the order found, each once."""
    return tuple(dict.fromkeys((*(pointer for one in asked for pointer in one.pointers), *_unconfirmed(case))))


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
