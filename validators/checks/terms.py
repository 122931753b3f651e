"""The delivery term: one of its edition, the same everywhere, fit for the transport."""

from __future__ import annotations

from collections.abc import Iterator

from validators.case import Case, Check
from validators.codelists import INCOTERMS, SEA_ONLY
from validators.differences import difference, dissenters
from validators.found import Found
from validators.papers import DRAFT_TYPE
from validators.sameness import same_value

_I = "commercial_invoice"
_LATEST = "2020"
_NOT_BY_SEA = frozenset({"air_waybill", "cmr"})


def terms_are_known(case: Case) -> Iterator[Found]:
    for paper in case.papers.of(_I):
        term, edition = paper.text("incoterm"), paper.text("incoterm_edition")
        stated = edition.value if edition and edition.value in INCOTERMS else _LATEST
        if term is not None and term.value not in INCOTERMS[stated]:
            yield Found(
                "incoterm_invalid", f"{term.where}: {term.value} is not a term of Incoterms {stated}", (term,), "policy"
            )


def terms_agree(case: Case) -> Iterator[Found]:
    cells = case.papers.texts("incoterm", _I, DRAFT_TYPE)
    for left, right in dissenters(cells, lambda a, b: same_value("incoterm", a.value, b.value)):
        yield difference("incoterm_mismatch", "Delivery terms", left=left, right=right)


def terms_fit_the_transport(case: Case) -> Iterator[Found]:
    forms = {paper.form for paper in case.papers.of("transport_document")}
    for term in case.papers.texts("incoterm", _I):
        if term.value in SEA_ONLY and forms and forms <= _NOT_BY_SEA:
            message = f"{term.where}: {term.value} is a term for sea transport, and the goods did not come by sea"
            yield Found("incoterm_invalid", message, (term,), "policy", "info")


CHECKS = (
    Check(frozenset({"incoterm_invalid"}), terms_are_known),
    Check(frozenset({"incoterm_mismatch", "illegible"}), terms_agree),
    Check(frozenset({"incoterm_invalid"}), terms_fit_the_transport),
)
