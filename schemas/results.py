"""The result of clearing one shipment, and the record of what was received."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from schemas.declarations import Declaration
from schemas.documents import Document
from schemas.findings import Finding
from schemas.values import Frozen, Sha256

Status = Literal["clear", "held", "rejected"]


class Missing(Frozen):
    element: str
    name: str
    where_to_set: str


class Export(Frozen):
    """Whether a declaration format can be written, and what it still lacks."""

    format: str
    ready: bool
    missing: tuple[Missing, ...] = ()


class ShipmentResult(Frozen):
    """What `clear` prints and the archive stores. `declaration` is None only when rejected."""

    broker: str
    reference: str
    revision: int
    as_of: dt.date
    status: Status
    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()
    declaration: Declaration | None = None
    exports: tuple[Export, ...] = ()

    def to_json(self, *, indent: int | None = None) -> str:
        """The contract's JSON form: fields not on the paper are left out, values not declared stay as null."""
        return self.model_dump_json(indent=indent, by_alias=True)


class IntakeFile(Frozen):
    """One received file: the sender's name, the digest of its bytes, and what it is."""

    file: str
    sha256: Sha256
    media_type: str
    size: int


class Intake(Frozen):
    """Who sent what and when (UTC), and under which rules it was judged."""

    broker: str
    reference: str
    revision: int
    as_of: dt.date
    rules: str
    received_at: dt.datetime
    received_by: str
    files: tuple[IntakeFile, ...]
