"""What the register knows of a finished revision: its rows, computed from nothing but intake and result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from archive.names import number_key, party_key
from archive.tables import (
    DocumentRow,
    FileRow,
    FindingRow,
    ItemRow,
    NameRow,
    OriginalRow,
    PartyRow,
    RevisionRow,
    Row,
    ShipmentRow,
)
from schemas.declarations import Declaration, FieldRef
from schemas.documents import AnyField, Document
from schemas.results import Intake, ShipmentResult
from schemas.values import Party

_NAMING: Final = ("packing_list", "transport_document", "certificate_of_origin")


def shared_rows(intake: Intake, result: ShipmentResult) -> Iterator[ShipmentRow | NameRow | OriginalRow]:
    """Rows that other revisions may have brought already."""
    yield ShipmentRow(broker=intake.broker, reference=intake.reference)
    parties = (party for document in result.documents for _, party in _named(document))
    for key in sorted({party_key(party.name) for party in parties}):
        yield NameRow(broker=intake.broker, name_key=key)
    for sha256, size in sorted({(file.sha256, file.size) for file in intake.files}):
        yield OriginalRow(sha256=sha256, size=size)


def revision_row(intake: Intake, result: ShipmentResult) -> RevisionRow:
    return RevisionRow(
        broker=intake.broker,
        reference=intake.reference,
        revision=intake.revision,
        as_of=intake.as_of,
        rules=intake.rules,
        identity=intake.identity,
        received_at=intake.received_at,
        received_by=intake.received_by,
        status=result.status,
    )


def detail_rows(intake: Intake, result: ShipmentResult) -> Iterator[Row]:
    """Rows of this revision alone, which refer to the rows of the two functions above."""
    yield from _files(intake)
    for position, document in enumerate(result.documents):
        yield _document(result, position, document)
        yield from _parties(intake, position, document)
    yield from _items(intake, result)
    yield from _findings(result)


def _files(intake: Intake) -> Iterator[FileRow]:
    for position, file in enumerate(intake.files):
        yield FileRow(
            broker=intake.broker,
            reference=intake.reference,
            revision=intake.revision,
            position=position,
            file=file.file,
            media_type=file.media_type,
            sha256=file.sha256,
        )


def _document(result: ShipmentResult, position: int, document: Document) -> DocumentRow:
    number = _text(document.fields.get("number"))
    exporter = _seller(result, document)
    return DocumentRow(
        broker=result.broker,
        reference=result.reference,
        revision=result.revision,
        position=position,
        type=document.type,
        form=document.form,
        file=document.parts[0].file,
        sha256=document.parts[0].sha256,
        page=next(iter(document.parts[0].pages), None),
        number=number,
        number_key=number_key(number) if number else None,
        date=_date(document.fields.get("date")),
        exporter_key=party_key(exporter.name) if exporter else None,
    )


def _seller(result: ShipmentResult, document: Document) -> Party | None:
    """The exporter that the document names; of an invoice without one, as the other papers name it."""
    others = [other for kind in _NAMING for other in result.documents if other.type == kind]
    named = (_party(one.fields.get("exporter")) for one in (document, *others))
    return next((party for party in named if party is not None), None)


def _named(document: Document) -> Iterator[tuple[str, Party]]:
    """The parties of a document by the field that names them."""
    for role, field in document.fields.present().items():
        if party := _party(field):
            yield role, party


def _parties(intake: Intake, position: int, document: Document) -> Iterator[PartyRow]:
    for role, party in _named(document):
        yield PartyRow(
            broker=intake.broker,
            reference=intake.reference,
            revision=intake.revision,
            document=position,
            role=role,
            name=party.name,
            name_key=party_key(party.name),
            country=party.country,
            tax_id=party.tax_id,
            received_at=intake.received_at,
        )


def _items(intake: Intake, result: ShipmentResult) -> Iterator[ItemRow]:
    declaration = result.declaration
    if result.status != "clear" or declaration is None:
        return
    for position, item in enumerate(declaration.items):
        line = _line_of(declaration, position)
        exporter = _seller(result, result.documents[line.document]) if line else declaration.exporter
        yield ItemRow(
            broker=intake.broker,
            reference=intake.reference,
            revision=intake.revision,
            position=position,
            exporter_key=party_key(exporter.name) if exporter else "",
            received_at=intake.received_at,
            as_of=intake.as_of,
            description=item.description,
            part_number=_part_number(result, line),
            hs_code=item.hs_code,
            origin=item.origin,
            unit=item.unit,
            quantity=item.quantity,
            net_mass_kg=item.net_mass_kg,
            item_price=item.item_price,
            currency=declaration.currency,
        )


def _line_of(declaration: Declaration, position: int) -> FieldRef | None:
    """The invoice line that an item was declared from, by what its price or its description rests on."""
    at = f"/items/{position}"
    sources = (declaration.sources.get(f"{at}/{name}") for name in ("item_price", "description", "quantity"))
    return next((source.fields[0] for source in sources if source and source.fields), None)


def _part_number(result: ShipmentResult, line: FieldRef | None) -> str | None:
    if line is None or line.line is None:
        return None
    return _text(result.documents[line.document].lines[line.line].get("part_number"))


def _findings(result: ShipmentResult) -> Iterator[FindingRow]:
    for position, finding in enumerate(result.findings):
        placed = next((one for one in finding.evidence if one.file), None)
        yield FindingRow(
            broker=result.broker,
            reference=result.reference,
            revision=result.revision,
            position=position,
            code=finding.code,
            severity=finding.severity,
            nature=finding.nature,
            message=finding.message,
            file=placed.file if placed else None,
            page=placed.page if placed else None,
            holds=finding.holds,
        )


def _text(field: AnyField | None) -> str | None:
    return field.value if field and isinstance(field.value, str) else None


def _date(field: AnyField | None) -> dt.date | None:
    return field.value if field and isinstance(field.value, dt.date) else None


def _party(field: AnyField | None) -> Party | None:
    return field.value if field and isinstance(field.value, Party) else None
