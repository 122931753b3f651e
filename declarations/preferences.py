"""Which proof of origin supports a preference for an item, and why none does where one does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from declarations.values import Values
from schemas.documents import AnyField, CertificateOfOrigin, CommercialInvoice
from schemas.findings import Finding, FindingCode
from schemas.jurisdictions import jurisdiction
from schemas.shipments import GoodsItem
from schemas.values import OriginStatement

FORGO: Final = "forgo_preference"
# While one of these holds, no proof of the shipment is relied on.
_IN_THE_WAY: Final[frozenset[FindingCode]] = frozenset({
    "certificate_missing", "certificate_expired", "certificate_reference", "certificate_coverage", "origin_criterion",
    "origin_mismatch",
})  # fmt: skip
_NEVER: Final = frozenset({"chamber", "other"})
"""Forms that prove origin and never support a preference."""
FREE_CIRCULATION: Final = "atr"
"""Form A.TR: no proof of origin; it supports only a rate that names it (Decision 1/95, EU and Türkiye)."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate or statement that covers the item; `criterion` is None where its form has none."""

    form: str
    number: str | None
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class NoProof:
    """Why nothing supports a preference."""

    reason: str


def proof_for(n: int, origin: str | None, values: Values, place: str) -> Proof | NoProof:
    """The first proof that covers item `n` (0-based) and speaks of its origin, for goods going to `place`."""
    if values.is_withheld(f"/items/{n}/preference") or values.is_withheld(f"/items/{n}/origin"):
        return NoProof("its origin or its preference is in question")
    stopped = _stopped(values.reconciled.findings)
    if stopped is not None:
        return NoProof(stopped)
    proofs = list(_proofs(values, values.reconciled.items[n], origin, place))
    good = next((one for one in proofs if isinstance(one, Proof)), None)
    return good or next(iter(proofs), NoProof("no proof of preferential origin is among the papers"))


def _stopped(findings: Sequence[Finding]) -> str | None:
    forgone = any(one.decision is not None and one.decision.action == FORGO for one in findings)
    if forgone:
        return "the preference was forgone"
    found = next((one for one in findings if one.code in _IN_THE_WAY and one.holds), None)
    return None if found is None else f"{found.code} is open"


def _proofs(values: Values, item: GoodsItem, origin: str | None, place: str) -> Iterator[Proof | NoProof]:
    for index, paper in enumerate(values.reconciled.documents):
        if isinstance(paper, CertificateOfOrigin) and index not in values.reconciled.twins:
            yield _of_certificate(paper, index, item, origin, place)
        if isinstance(paper, CommercialInvoice) and paper.fields.origin_statement is not None:
            yield _of_statement(paper, origin)


def _of_certificate(
    paper: CertificateOfOrigin, index: int, item: GoodsItem, origin: str | None, place: str
) -> Proof | NoProof:
    lines = [ref.line for ref in item.certificate if ref.document == index]
    if paper.form in _NEVER:
        return NoProof(f"a certificate of the form {paper.form} supports no preference")
    if not lines:
        return NoProof("the certificate does not name these goods")
    stated = paper.lines[lines[0]].origin or paper.fields.country_of_origin
    if stated is not None and paper.form != FREE_CIRCULATION and not _same_origin(stated.value, origin):
        return NoProof(f"the certificate is for goods of {stated.value}")
    bound = paper.fields.country_of_destination
    if bound is not None and not _same_origin(bound.value, place):
        return NoProof(f"the certificate is for goods going to {bound.value}")
    number, criterion = paper.fields.number, paper.lines[lines[0]].origin_criterion
    if number is None or _is_unsure(number) or _is_unsure(criterion):
        return NoProof("the certificate's number or criterion is not confirmed")
    return Proof(paper.form, number.value, criterion.value if criterion is not None else None)


def _of_statement(paper: CommercialInvoice, origin: str | None) -> Proof | NoProof:
    """A statement on the invoice, which is its reference; the exporter's authorisation where it names one."""
    field, number = paper.fields.origin_statement, paper.fields.number
    statement = field.value if field is not None else None
    if not isinstance(statement, OriginStatement) or statement.origin is None:
        return NoProof("the origin statement on the invoice names no origin")
    if not _same_origin(statement.origin, origin):
        return NoProof(f"the origin statement is for goods of {statement.origin}")
    if number is None or _is_unsure(number) or _is_unsure(field):
        return NoProof("the origin statement is not confirmed")
    return Proof("statement_on_origin", statement.authorisation_number or number.value)


def _same_origin(stated: str, other: str | None) -> bool:
    """The same country, or the Union and a member of it."""
    if other is None or stated == other:
        return stated == other
    return other in _members(stated) or stated in _members(other)


def _members(code: str) -> tuple[str, ...]:
    found = jurisdiction(code)
    return found.members if found is not None else ()


def _is_unsure(field: AnyField | None) -> bool:
    return field is not None and field.needs_witness
