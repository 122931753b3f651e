"""How long the register's questions take once many shipments stand in it.

`python -m benchmarks.register [SHIPMENTS] [postgresql]`

Made-up shipments of four papers and four items, of one exporter in 200, go through the product's own indexing into a
SQLite file, or into a PostgreSQL server of its own, in a temporary folder; then each question of `EarlierShipments` is
asked about shipments chosen evenly, as new ones and as ones cleared anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from pydantic import TypeAdapter
from sqlalchemy import func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from archive.databases import engine_for, writing
from archive.indexing import detail_rows, revision_row, shared_rows
from archive.register import Register
from archive.tables import Row
from schemas.declarations import Declaration, DeclarationItem, FieldRef, Source
from schemas.documents import Document
from schemas.ports import EarlierShipments
from schemas.results import Intake, IntakeFile, ShipmentResult
from tests import servers

SHIPMENTS = 25_000
EXPORTERS = 200
ASKED = 200
_BATCH = 1_000
_BEGIN = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
_DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)
_TYPES = ("commercial_invoice", "packing_list", "certificate_of_origin", "transport_document")


def intake_of(number: int) -> Intake:
    files = tuple(
        IntakeFile(file=f"{kind}.pdf", sha256=_sha256(number, at), media_type="application/pdf", size=90_000)
        for at, kind in enumerate(_TYPES)
    )
    return Intake(
        broker="local",
        reference=f"R{number:07}",
        as_of=(_BEGIN + dt.timedelta(minutes=number)).date(),
        rules="benchmark",
        received_by="benchmark",
        files=files,
        revision=1,
        received_at=_BEGIN + dt.timedelta(minutes=number),
    )


def _sha256(number: int, at: int) -> str:
    return f"{number * len(_TYPES) + at:064x}"


def exporter_of(number: int) -> str:
    """A name unlike the others': near ones would be taken for misreadings of one exporter."""
    return f"{hashlib.sha256(str(number % EXPORTERS).encode()).hexdigest()[:20]} Trading Company Ltd."


def result_of(intake: Intake, number: int) -> ShipmentResult:
    lines = [{"part_number": _field(f"P-{number % EXPORTERS}-{at}")} for at in range(4)]
    documents = tuple(_document(number, at, lines if not at else []) for at in range(len(_TYPES)))
    items = tuple(_item(number, at) for at in range(4))
    sources = {
        f"/items/{at}/item_price": Source(fields=(FieldRef(document=0, field="amount", line=at),)) for at in range(4)
    }
    return ShipmentResult(
        broker=intake.broker,
        reference=intake.reference,
        revision=1,
        as_of=intake.as_of,
        status="clear",
        documents=documents,
        declaration=Declaration(currency="EUR", items=items, sources=sources),
    )


def _field(value: object) -> dict[str, object]:
    return {"value": value, "confidence": 1.0, "page": 1, "box": (1.0, 1.0, 9.0, 9.0)}


def _document(number: int, at: int, lines: Sequence[object]) -> Document:
    parties = {
        "exporter": _field({"name": exporter_of(number)}),
        "consignee": _field({"name": f"Buyer {number % 977}"}),
    }
    form = {"form": "eur1"} if _TYPES[at] == "certificate_of_origin" else {}
    part = {"file": f"{_TYPES[at]}.pdf", "sha256": _sha256(number, at), "pages": (1,)}
    fields = {"number": _field(f"N{at}-{number:07}"), **parties}
    return _DOCUMENT.validate_python(
        {"type": _TYPES[at], "parts": (part,), "fields": fields, "lines": tuple(lines), **form}
    )


def _item(number: int, at: int) -> DeclarationItem:
    return DeclarationItem(
        item_number=at + 1,
        description=f"Article {at} of range {number % EXPORTERS}",
        hs_code="84818000",
        origin="IN",
        quantity=Decimal(100 + at),
        unit="C62",
        net_mass_kg=Decimal("40.5"),
        item_price=Decimal(1000 + number % 37),
    )


def fill(database: Path | str, shipments: int) -> None:
    """All rows as the register would index them, written many at once."""
    Register(database).close()
    engine = engine_for(database)
    kind = postgresql if engine.dialect.name == "postgresql" else sqlite
    for start in range(0, shipments, _BATCH):
        with writing(engine) as connection:
            rows = _rows(range(start, min(shipments, start + _BATCH)))
            for table in Row.metadata.sorted_tables:
                if found := rows.get(table.name):
                    connection.execute(kind.insert(table).on_conflict_do_nothing(), found)
    with writing(engine) as connection:
        connection.execute(text("ANALYZE"))  # As either database does by itself in time.
    engine.dispose()


def _rows(numbers: Iterable[int]) -> dict[str, list[dict[str, object]]]:
    rows: dict[str, list[dict[str, object]]] = {}
    for row in (row for number in numbers for row in _of_one(number)):
        values = {column.key: getattr(row, column.key) for column in row.__table__.columns}
        rows.setdefault(row.__tablename__, []).append(values)
    return rows


def _of_one(number: int) -> Iterator[Row]:
    intake = intake_of(number)
    result = result_of(intake, number)
    yield from shared_rows(intake, result)
    yield revision_row(intake, result)
    yield from detail_rows(intake, result)


QUESTIONS: dict[str, Callable[[EarlierShipments, int], object]] = {
    "with_invoice": lambda earlier, number: earlier.with_invoice(exporter_of(number), f"N0-{number:07}"),
    "with_certificate": lambda earlier, number: earlier.with_certificate(f"N2-{number:07}", "eur1"),
    "goods_of": lambda earlier, number: earlier.goods_of(exporter_of(number)),
    "knows_party": lambda earlier, number: earlier.knows_party(exporter_of(number)),
    "knows_party, new": lambda earlier, number: earlier.knows_party(f"Nobody {number}"),
}


def asked(register: Register, shipments: int) -> Iterator[str]:
    """For each question the median and the slowest twentieth in milliseconds, for new shipments and for old ones."""
    chosen = range(0, shipments, max(1, shipments // ASKED))
    for name, question in QUESTIONS.items():
        for what, reference in (("new", "{}-new"), ("anew", "{}")):
            taken = [_milliseconds(register, question, reference, number) for number in chosen]
            cuts = quantiles(taken, n=20)
            yield f"{name:18} {what:5} median {cuts[9]:7.2f} ms   p95 {cuts[18]:7.2f} ms"


def _milliseconds(
    register: Register, question: Callable[[EarlierShipments, int], object], reference: str, number: int
) -> float:
    earlier = register.earlier("local", reference.format(f"R{number:07}"))
    begun = time.perf_counter()
    question(earlier, number)
    return 1000 * (time.perf_counter() - begun)


@contextmanager
def place(kind: str) -> Iterator[Path | str]:
    with TemporaryDirectory() as folder:
        if kind != "postgresql":
            yield Path(folder) / "register.sqlite"
            return
        Path(folder).chmod(0o755)  # The server runs as somebody else.
        (Path(folder) / "server").mkdir()
        with servers.postgresql(Path(folder) / "server") as server:
            yield server.new_database()


def main() -> None:
    shipments = int(sys.argv[1]) if len(sys.argv) > 1 else SHIPMENTS
    with place(sys.argv[-1]) as database:
        begun = time.perf_counter()
        fill(database, shipments)
        print(f"{shipments} shipments in {time.perf_counter() - begun:.0f} s")
        engine = engine_for(database)
        with engine.connect() as connection:
            for table in Row.metadata.sorted_tables:
                print(f"{table.name:12} {connection.scalar(select(func.count()).select_from(table)):9}")
        engine.dispose()
        register = Register(database)
        for line in asked(register, shipments):
            print(line)
        register.close()


if __name__ == "__main__":
    main()
