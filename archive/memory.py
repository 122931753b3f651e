"""What the register remembers of other shipments while one is judged: the answers to `EarlierShipments`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Final

from rapidfuzz.distance import Levenshtein
from sqlalchemy import ColumnElement, Engine, Executable, Select, and_, exists, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from archive.claims import Claims
from archive.databases import mapping
from archive.names import number_key, party_key
from archive.tables import DocumentRow, ItemRow, NameRow, PartyRow, RevisionRow
from schemas.ports import EarlierGoods

_LETTERS_TO_ONE_ERROR = 8
"""Two parties' keys are taken for one where at most one letter in so many differs: misread, not another name."""
GOODS_LIMIT: Final = 2000
"""How many earlier items are looked at: some dozens of shipments say what goods cost, older ones say less."""
_SHORTEST_CERTIFICATE = 4
"""A certificate's number of fewer signs is no serial number of an issuing authority and may recur by chance."""


_GOODS: Final = tuple(one.name for one in fields(EarlierGoods))


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of one broker as it is asked while `reference` is judged.

    Once the shipment itself is in the register, only what was received before it counts, so that clearing it anew does
    not find its successors. `claims` tell which shipments came second to an invoice of it, whenever they were received.
    Every method raises `RegisterUnavailable` (try again) or `RegisterUnusable` (rebuild), and with `claims` the errors
    of the store.
    """

    engine: Engine
    where: str
    broker: str
    reference: str
    claims: Claims | None = None

    def with_invoice(self, exporter: str, number: str) -> Sequence[str]:
        """References of shipments that carry this exporter's invoice number, first come first.

        Any revision counts, also one that was replaced since: it may have been declared.
        """
        with mapping(self.where), Session(self.engine) as session:
            carriers = _with_invoice(session, self.broker, exporter, number)
            return self._first_come(session, carriers)

    def with_certificate(self, number: str, form: str) -> Sequence[str]:
        """References of shipments that carry a certificate of this form and number, in any revision, first come first.

        The exporter is not asked for: a certificate under another name is no less the same certificate.
        """
        key = number_key(number)
        if len(key) < _SHORTEST_CERTIFICATE:
            return []
        query = (
            select(DocumentRow.reference)
            .where(DocumentRow.broker == self.broker, DocumentRow.type == "certificate_of_origin")
            .where(DocumentRow.number_key == key, DocumentRow.form == form)
        )
        with mapping(self.where), Session(self.engine) as session:
            # DISTINCT would lead SQLite to walk all documents in the order of the primary key.
            carriers = sorted(set(session.scalars(query)))
            return self._first_come(session, carriers)

    def goods_of(self, exporter: str) -> Sequence[EarlierGoods]:
        """The latest items of this exporter that were declared, of shipments that stand clear; at most 2,000."""
        with mapping(self.where), Session(self.engine) as session:
            mine = self._received_at(session)
            keys = _near_keys(session, self.broker, party_key(exporter))
            found = [row for key in keys for row in session.execute(self._items(key, mine)).mappings()]
            found.sort(key=itemgetter("received_at", "reference"), reverse=True)
            del found[GOODS_LIMIT:]
            latest = self._latest(session, {row["reference"] for row in found}, mine)
            kept = [row for row in found if row["revision"] == latest[row["reference"]]]
            return [EarlierGoods(**{name: row[name] for name in _GOODS}) for row in kept]

    def knows_party(self, name: str) -> bool:
        """Whether an earlier shipment, of whatever outcome, names this party in nearly the same letters."""
        with mapping(self.where), Session(self.engine) as session:
            mine = self._received_at(session)
            others = exists().where(
                RevisionRow.broker == self.broker, self._earlier(RevisionRow.received_at, RevisionRow.reference, mine)
            )
            if not session.scalar(select(others)):
                return True
            keys = _near_keys(session, self.broker, party_key(name))
            return any(session.scalar(select(self._named(key, mine))) for key in keys)

    def _first_come(self, session: Session, carriers: Sequence[str]) -> list[str]:
        """Those received before, first come first, without those that lost their invoice to the one in question.

        They may have been received or have finished first, as one killed after its claim is run again last.
        """
        before = session.scalars(_received_before(self.broker, self.reference, carriers)).all()
        return [reference for reference in before if not self._lost(session, reference)]

    def _lost(self, session: Session, reference: str) -> bool:
        """One that was cleared all the same, by a person who looked at both, was declared and has not lost."""
        cleared = exists().where(
            RevisionRow.broker == self.broker, RevisionRow.reference == reference, RevisionRow.status == "clear"
        )
        if self.claims is None or session.scalar(select(cleared)):
            return False
        query = (
            select(DocumentRow.exporter_key, DocumentRow.number_key)
            .where(DocumentRow.broker == self.broker, DocumentRow.reference == reference)
            .where(DocumentRow.type == "commercial_invoice")
        )
        invoices = {(exporter, number) for exporter, number in session.execute(query) if exporter and number}
        return any(self.claims.holder(self.broker, *invoice) == self.reference for invoice in sorted(invoices))

    def _named(self, key: str, mine: dt.datetime | None) -> ColumnElement[bool]:
        before = self._earlier(PartyRow.received_at, PartyRow.reference, mine)
        return exists().where(PartyRow.broker == self.broker, PartyRow.name_key == key, before)

    def _items(self, key: str, mine: dt.datetime | None) -> Executable:
        return (
            select(ItemRow.__table__)
            .where(ItemRow.broker == self.broker, ItemRow.exporter_key == key)
            .where(self._earlier(ItemRow.received_at, ItemRow.reference, mine))
            .order_by(ItemRow.received_at.desc(), ItemRow.reference.desc())
            .limit(GOODS_LIMIT)
        )

    def _latest(self, session: Session, references: set[str], mine: dt.datetime | None) -> dict[str, int]:
        """The last revision of each reference as it stood: one that was clear and is held since teaches nothing."""
        query = (
            select(RevisionRow.reference, func.max(RevisionRow.revision))
            .where(RevisionRow.broker == self.broker, RevisionRow.reference.in_(references))
            .where(self._earlier(RevisionRow.received_at, RevisionRow.reference, mine))
            .group_by(RevisionRow.reference)
        )
        return {reference: revision for reference, revision in session.execute(query)}  # noqa: C416 - rows are no pairs

    def _received_at(self, session: Session) -> dt.datetime | None:
        """When the shipment in question was first received; None while it is not in the register."""
        return session.scalar(
            select(func.min(RevisionRow.received_at)).where(
                RevisionRow.broker == self.broker, RevisionRow.reference == self.reference
            )
        )

    def _earlier(
        self,
        received_at: InstrumentedAttribute[dt.datetime],
        reference: InstrumentedAttribute[str],
        mine: dt.datetime | None,
    ) -> ColumnElement[bool]:
        """Received before; of one moment, the smaller reference came first."""
        if mine is None:
            return true()
        return (received_at < mine) | ((received_at == mine) & (reference < self.reference))


def _near_keys(session: Session, broker: str, key: str) -> Sequence[str]:
    """The keys of names that nearly are this one; none for a name without letters."""
    most = len(key) // _LETTERS_TO_ONE_ERROR
    query = (
        select(NameRow.name_key)
        .where(NameRow.broker == broker)
        .where(func.length(NameRow.name_key).between(len(key) - most, len(key) + most))
    )
    near = session.scalars(query.order_by(NameRow.name_key)) if key else ()
    return [other for other in near if Levenshtein.distance(other, key, score_cutoff=most) <= most]


def _received_before(broker: str, before: str, carriers: Sequence[str]) -> Select[tuple[str]]:
    first = (
        select(RevisionRow.reference, func.min(RevisionRow.received_at).label("at"))
        .where(RevisionRow.broker == broker, RevisionRow.reference.in_([*carriers, before]))
        .group_by(RevisionRow.reference)
        .subquery()
    )
    mine = select(first.c.at).where(first.c.reference == before).scalar_subquery()
    return (
        select(first.c.reference)
        .where(first.c.reference != before)
        .where(mine.is_(None) | (first.c.at < mine) | ((first.c.at == mine) & (first.c.reference < before)))
        .order_by(first.c.at, first.c.reference)
    )


def _with_invoice(session: Session, broker: str, exporter: str, number: str) -> list[str]:
    """References that carry the invoice in any revision; without a key to compare, none.

    The exporter is whoever any paper of that revision calls so, in nearly the same letters: one paper may have been
    read with an error or not at all, and a missed twin would be declared twice.
    """
    exporter_key, invoice_key = party_key(exporter), number_key(number)
    if not (exporter_key and invoice_key):
        return []
    query = (
        select(DocumentRow.reference, PartyRow.name_key)
        .join(PartyRow, _same_revision())
        .where(DocumentRow.broker == broker, DocumentRow.type == "commercial_invoice")
        .where(DocumentRow.number_key == invoice_key, PartyRow.role == "exporter")
    )
    named = session.execute(query).all()
    most = len(exporter_key) // _LETTERS_TO_ONE_ERROR
    return [reference for reference, key in named if key and Levenshtein.distance(key, exporter_key) <= most]


def _same_revision() -> ColumnElement[bool]:
    return and_(
        PartyRow.broker == DocumentRow.broker,
        PartyRow.reference == DocumentRow.reference,
        PartyRow.revision == DocumentRow.revision,
    )
