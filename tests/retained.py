"""Shipments that were received, answered and lodged on chosen days, for tests of their retention."""

from __future__ import annotations

import datetime as dt

from archive.archive import Archive
from archive.keys import Revision
from archive.lodgements import Lodgements
from archive.stores.protocol import ObjectStore
from schemas.lodgements import Lodgement
from schemas.results import Intake, Status
from tests.archived import PAPERS, declaration, result_of, submission

RECEIVED = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2012, 3, 2, 8, tzinfo=dt.UTC)
MRN = "26DE27364916384831"


def received(
    store: ObjectStore,
    reference: str = "A-1",
    papers: dict[str, bytes] = PAPERS,
    *,
    at: dt.datetime = RECEIVED,
    rules: str = "1",
) -> Intake:
    """A revision that was begun and has no result."""
    archive = Archive(store, lambda: at)
    for content in papers.values():
        archive.put_original(content, media_type="application/pdf")
    return archive.begin(submission(reference, papers, rules=rules))


def answered(
    store: ObjectStore,
    intake: Intake,
    status: Status = "clear",
    *,
    jurisdiction: str | None = "DE",
    number: str = "I-7",
) -> Revision:
    result = result_of(intake, status, number=number)
    told = declaration().model_copy(update={"jurisdiction": jurisdiction}) if status != "rejected" else None
    Archive(store, lambda: RECEIVED).commit(intake, result.model_copy(update={"declaration": told}))
    return Revision(intake.broker, intake.reference, intake.revision)


def cleared(
    store: ObjectStore, reference: str = "A-1", papers: dict[str, bytes] = PAPERS, *, at: dt.datetime = RECEIVED
) -> Revision:
    return answered(store, received(store, reference, papers, at=at), number=f"I-{reference}")


def lodged(store: ObjectStore, revision: Revision, accepted: dt.date, **told: object) -> Lodgement:
    wanted = {
        "broker": revision.broker, "reference": revision.reference, "revision": revision.number, "number": 0,
        "mrn": MRN, "accepted": accepted, "recorded_by": "ann", "recorded_at": RECEIVED, **told,
    }  # fmt: skip
    record, _ = Lodgements(store).record(Lodgement.model_validate(wanted))
    return record
