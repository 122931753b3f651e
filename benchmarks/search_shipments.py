"""Shipments for `benchmarks.search`: ten thousand made up, and copies of them made inside the database.

Those made up go through the product's own indexing. A copy has a reference, numbers and digests of its own and a later
receipt, and shares what shipments share: each exporter, code and amount is as common in a million as in ten thousand.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from random import Random
from sqlite3 import Connection as SqliteConnection
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Engine,
    MetaData,
    case,
    func,
    insert,
    select,
    text,
    type_coerce,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from archive.entering import STATUS, latest_row
from archive.entries import day_of, entries
from archive.tables import EntryRow, LatestRow, Row, ShipmentRow
from schemas.declarations import Declaration
from schemas.documents import Document
from schemas.results import Intake, IntakeFile, ShipmentResult, Status

MADE: Final = 10_000
EXPORTERS, BUYERS, CODES = 5_000, 2_000, 3_000
TOWNS: Final = ("Shenzhen", "Guangzhou", "Izmir", "Pune", "Katowice", "Porto")
BEGIN: Final = dt.datetime(2023, 1, 2, tzinfo=dt.UTC)
APART: Final = dt.timedelta(seconds=90)
_DAY: Final = 86_400_000_000  # microseconds
_KINDS: Final = (ShipmentRow, LatestRow, EntryRow)
_TYPES: Final = ("commercial_invoice", "packing_list", "certificate_of_origin", "transport_document")
_DOCUMENT: Final[TypeAdapter[Document]] = TypeAdapter(Document)
_BATCH: Final = 1_000
_MARK, _NUMBER = "-{:04}-", "X{:04}X"


def share(random: Random, count: int) -> int:
    """The few first are chosen often and most of the others seldom, as it is with names and goods."""
    return int(count ** random.random()) - 1


def exporter(number: int) -> str:
    return f"{TOWNS[number % len(TOWNS)]} {_hash('exporter', number)[:9]} Trading Co., Ltd."


def code(number: int) -> str:
    return f"{1 + number * 37 % 97:02}{int(_hash('code', number)[:12], 16) % 10**6:06}"


def broker(number: int) -> str:
    return "small" if number % 100 == 0 else "harbour" if number % 5 == 0 else "local"


def status(number: int) -> Status:
    return "rejected" if number % 101 == 0 else "held" if number % 11 == 0 else "clear"


def reference(number: int, copy: int = 0) -> str:
    return f"C{number % 20:02}{_MARK.format(copy)}{number:05}"


def invoice_number(number: int, copy: int = 0) -> str:
    return f"INV/{number:05}{_NUMBER.format(copy)}"


def digest(number: int, at: int, copy: int = 0) -> str:
    return f"{_hash('file', 4 * number + at)[:60]}{copy:04}"


def total(number: int) -> Decimal:
    """From ten to a million."""
    return Decimal(int(10 ** (3 + int(_hash("total", number)[:6], 16) % 50_000 / 10_000))) / 100


def _hash(kind: str, number: int) -> str:
    return hashlib.sha256(f"{kind} {number}".encode()).hexdigest()


def intake_of(number: int) -> Intake:
    files = tuple(
        IntakeFile(file=f"{kind}.pdf", sha256=digest(number, at), media_type="application/pdf", size=90_000)
        for at, kind in enumerate(_TYPES)
    )
    received_at = BEGIN + number * APART
    return Intake(
        broker=broker(number),
        reference=reference(number),
        as_of=received_at.date(),
        rules="benchmark",
        received_by="benchmark",
        files=files,
        revision=1,
        received_at=received_at,
    )


def result_of(intake: Intake, number: int) -> ShipmentResult:
    return ShipmentResult(
        broker=intake.broker,
        reference=intake.reference,
        revision=1,
        as_of=intake.as_of,
        status=status(number),
        documents=tuple(_papers(number)),
        declaration=Declaration(currency="EUR"),
    )


def _papers(number: int) -> Iterator[Document]:
    random = Random(number)  # noqa: S311 - for a benchmark
    parties = {"exporter": exporter(share(random, EXPORTERS)), "consignee": f"Buyer {share(random, BUYERS)} GmbH"}
    named = {role: _field({"name": name}) for role, name in parties.items()}
    told = {"number": invoice_number(number), "currency": random.choice(["EUR", "USD"]), "total_amount": total(number)}
    lines = [{"hs_code": _field(code(share(random, CODES)))} for _ in range(4)]
    for at, kind in enumerate(_TYPES):
        part = {"file": f"{kind}.pdf", "sha256": digest(number, at), "pages": (1,)}
        fields = {**named, **{name: _field(value) for name, value in told.items()}} if at == 0 else named
        paper = {"type": kind, "parts": (part,), "fields": fields, "lines": tuple(lines) if at == 0 else ()}
        yield _DOCUMENT.validate_python(paper)


def _field(value: object) -> dict[str, object]:
    return {"value": value, "confidence": 1.0, "page": 1, "box": (1.0, 1.0, 9.0, 9.0)}


def fill(engine: Engine, copies: int) -> None:
    """The rows that `find` reads, of so many times ten thousand shipments."""
    with _loading(engine) as connection:
        for start in range(0, MADE, _BATCH):
            _insert(connection, range(start, start + _BATCH))
        for kind in _KINDS:
            connection.execute(text(f"CREATE TEMPORARY TABLE made_{_of(kind)} AS SELECT * FROM {_of(kind)}"))  # noqa: S608 - our tables
        for copy in range(1, copies):
            for kind in _KINDS:
                _copy(connection, kind, copy)
    if engine.dialect.name == "postgresql":  # As the server itself does before long.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


@contextmanager
def _loading(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody looks up foreign keys."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if isinstance(driver, SqliteConnection):
            driver.executescript("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        yield connection
        connection.commit()


def _insert(connection: Connection, numbers: Sequence[int]) -> None:
    for kind in _KINDS:
        rows = [row for number in numbers for row in _rows(number) if isinstance(row, kind)]
        columns = [column.key for column in kind.__table__.columns]
        connection.execute(insert(kind), [{name: getattr(row, name) for name in columns} for row in rows])


def _rows(number: int) -> Iterator[Row]:
    intake = intake_of(number)
    result = result_of(intake, number)
    yield ShipmentRow(broker=intake.broker, reference=intake.reference)
    yield latest_row(intake, result)
    day, received_at = day_of(intake.received_at), intake.received_at
    for kind, value in ((STATUS, result.status), *((one.kind, one.value) for one in entries(intake, result))):
        yield EntryRow(
            broker=intake.broker, reference=intake.reference, kind=kind, value=value, day=day, received_at=received_at
        )


def _copy(connection: Connection, kind: type[Row], copy: int) -> None:
    columns = kind.metadata.tables[_of(kind)].to_metadata(MetaData(), name=f"made_{_of(kind)}").columns
    changed = dict(_changed(columns, copy))
    chosen = select(*(changed.get(name, column) for name, column in columns.items()))
    connection.execute(insert(kind).from_select(list(columns.keys()), chosen))


def _changed(
    columns: ReadOnlyColumnCollection[str, Column[object]], copy: int
) -> Iterator[tuple[str, ColumnElement[object] | ColumnElement[int]]]:
    """What a copy has of its own."""
    mark, number = _MARK.format(copy), _NUMBER.format(copy)
    yield "reference", func.replace(columns["reference"], _MARK.format(0), mark)
    if "invoices" in columns:
        yield "invoices", func.replace(columns["invoices"], _NUMBER.format(0), number)
    if "received_at" in columns:
        later = type_coerce(columns["received_at"], BigInteger) + copy * MADE * APART // dt.timedelta(microseconds=1)
        yield "received_at", later
        yield "day", later // _DAY
    if "value" in columns:
        kind, value = columns["kind"], columns["value"]
        own = {
            "reference": func.replace(value, _MARK.format(0), mark),
            "number": func.replace(value, _NUMBER.format(0).lower(), number.lower()),
            "digest": func.substr(value, 1, 60) + f"{copy:04}",
        }
        yield "value", case(*((kind == name, changed) for name, changed in own.items()), else_=value)


def _of(kind: type[Row]) -> str:
    return str(kind.__tablename__)
