"""A shipment's rows leave the register, when the shipment itself was disposed of."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, select

from archive.tables import FileRow, NameRow, OriginalRow, PartyRow, Row


def delete_shipment(connection: Connection, broker: str, reference: str) -> None:
    """Every row of the shipment, and those of its originals and names that no other one brought."""
    files = select(FileRow.sha256).filter_by(broker=broker, reference=reference)
    parties = select(PartyRow.name_key).filter_by(broker=broker, reference=reference)
    digests, names = set(connection.scalars(files)), set(connection.scalars(parties))
    for table in reversed(Row.metadata.sorted_tables):
        if "reference" in table.columns:
            connection.execute(delete(table).where(table.c.broker == broker, table.c.reference == reference))
    for digest in digests:
        unused = ~exists().where(FileRow.sha256 == digest)
        connection.execute(delete(OriginalRow).where(OriginalRow.sha256 == digest, unused))
    for name in names:
        unused = ~exists().where(PartyRow.broker == broker, PartyRow.name_key == name)
        connection.execute(delete(NameRow).where(NameRow.broker == broker, NameRow.name_key == name, unused))
