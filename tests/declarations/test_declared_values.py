"""What is declared is what the papers support: sources kept, doubtful values null."""

import json
from decimal import Decimal

from declarations import DeclarationTerms, declare, write_json
from schemas.declarations import Declaration, FieldRef
from schemas.shipments import GoodsItem, LineRef, Reconciled, Standing
from tests.trade_papers import Plain, consistent, reconciled, shipment


def _declared(papers: dict[str, Plain], *, reader: str = "text_layer", jurisdiction: str | None = None) -> Declaration:
    given = shipment(papers, reader=reader)
    parts = [document.parts[0] for document in given.documents]
    keys = {part.sha256: f"originals/{part.file}" for part in parts}
    return declare(
        given, reconciled(papers, reader=reader), DeclarationTerms(jurisdiction=jurisdiction, archive_keys=keys)
    )


def test_consistent_papers_become_a_full_declaration() -> None:
    declaration = _declared(consistent())
    assert declaration.exporter is not None
    assert declaration.importer is not None
    assert (declaration.exporter.name, declaration.importer.name) == ("Norwick Looms Pvt. Ltd.", "Halden Textil GmbH")
    assert (declaration.currency, declaration.total_invoice_amount) == ("EUR", Decimal("3644.50"))
    assert (declaration.gross_mass_kg, declaration.packages, declaration.package_kind) == (
        Decimal(655),
        Decimal(35),
        "CT",
    )
    assert declaration.transport.document_number == "HLB5521"
    first = declaration.items[0]
    assert (first.item_number, first.hs_code, first.origin, first.unit) == (1, "63026000", "IN", "C62")
    assert first.quantity == Decimal(600)
    assert (first.net_mass_kg, first.gross_mass_kg, first.packages, first.item_price) == tuple(
        map(Decimal, (290, 330, 20, 1920))
    )


def test_the_jurisdiction_is_the_destination_unless_it_is_set() -> None:
    assert _declared(consistent()).jurisdiction == "DE"
    assert _declared(consistent(), jurisdiction="CH").jurisdiction == "CH"


def test_without_a_tariff_the_value_is_computed_and_duty_and_tax_stay_open_and_the_channel_says_why() -> None:
    declaration = _declared(consistent())
    assert declaration.customs_value == Decimal("3644.50")
    assert (declaration.duty_total, declaration.vat_total) == (None, None)
    assert declaration.channel is not None
    assert declaration.channel.colour == "green"
    assert "no tariff is loaded" in declaration.channel.reasons[-1]


def test_a_finding_that_holds_is_a_reason_for_the_yellow_channel() -> None:
    papers = consistent()
    papers["transport"]["packages"] = "36"
    declaration = _declared(papers)
    assert declaration.channel is not None
    assert declaration.channel.colour == "yellow"
    assert any("Numbers of packages differ" in reason for reason in declaration.channel.reasons)
    assert declaration.packages is None
    assert "/packages" not in declaration.sources


def test_every_declared_value_names_the_fields_it_came_from() -> None:
    declaration = _declared(consistent())
    gross = declaration.sources["/gross_mass_kg"]
    assert gross.fields[0] == FieldRef(document=1, field="gross_weight_kg")
    assert FieldRef(document=3, field="gross_weight_kg") in gross.fields
    assert declaration.sources["/items/1/net_mass_kg"].fields == (FieldRef(document=1, field="net_weight_kg", line=1),)
    assert "arithmetic" in declaration.sources["/total_invoice_amount"].witnesses


def test_weights_of_goods_packed_in_several_rows_are_summed() -> None:
    papers = consistent()
    row = papers["packing"]["lines"][0]
    papers["packing"]["lines"] = [
        row | {"quantity": "400", "packages": "12", "net_weight_kg": "190.00", "gross_weight_kg": "220.00"},
        row | {"quantity": "200", "packages": "8", "net_weight_kg": "100.00", "gross_weight_kg": "110.00"},
        papers["packing"]["lines"][1],
    ]
    declaration = _declared(papers)
    assert (declaration.items[0].net_mass_kg, declaration.items[0].packages) == (Decimal(290), Decimal(20))
    source = declaration.sources["/items/0/net_mass_kg"]
    assert [ref.line for ref in source.fields] == [0, 1]
    assert "sum" in source.witnesses


def test_totals_that_no_header_prints_are_the_sum_of_the_lines() -> None:
    papers = consistent()
    for paper in ("packing", "transport", "certificate"):
        papers[paper] |= {"gross_weight_kg": None, "packages": None}
    declaration = _declared(papers)
    assert (declaration.gross_mass_kg, declaration.packages) == (Decimal(655), Decimal(35))
    assert len(declaration.sources["/gross_mass_kg"].fields) == 2


def test_a_code_of_which_only_six_digits_are_confirmed_is_not_declared_until_it_is_asked_for() -> None:
    papers = consistent()
    papers["certificate"]["lines"][0]["hs_code"] = "630260"
    assert _declared(papers, reader="tesseract").items[0].hs_code is None
    settled = reconciled(papers, reader="tesseract").model_copy(update={"withheld": ()})
    declaration = declare(shipment(papers, reader="tesseract"), settled, DeclarationTerms())
    assert declaration.items[0].hs_code == "630260"


def test_the_papers_are_listed_with_their_numbers_and_where_they_are_kept() -> None:
    papers = consistent() | {"letter": {"type": "other"}}
    listed = _declared(papers).supporting_documents
    assert [(one.type, one.number) for one in listed] == [
        ("commercial_invoice", "NL-204"),
        ("packing_list", None),
        ("certificate_of_origin", "IN-77"),
        ("transport_document", "HLB5521"),
    ]
    assert listed[0].archive_key == "originals/invoice.pdf"
    assert str(listed[0].date) == "2026-03-30"


def test_withholding_all_items_declares_none() -> None:
    papers = consistent()
    papers["copy"] = papers["invoice"]
    assert _declared(papers).items == ()


def test_a_standing_on_a_field_that_is_not_there_declares_nothing() -> None:
    given = shipment(consistent())
    gone = Standing(
        fields=(FieldRef(document=0, field="packages"), FieldRef(document=1, field="packages")), summed=True
    )
    wrong = Standing(fields=(FieldRef(document=0, field="total_amount"),))
    standings = {
        "/packages": gone,
        "/currency": wrong,
        "/gross_mass_kg": Standing(fields=(FieldRef(document=0, field="currency"),)),
    }
    item = GoodsItem(invoice=LineRef(document=0, line=0))
    of_papers = Reconciled(documents=given.documents, items=(item,), standings=standings)
    declaration = declare(given, of_papers, DeclarationTerms())
    assert (declaration.packages, declaration.currency, declaration.gross_mass_kg) == (None, None, None)
    assert declaration.sources == {}
    assert declaration.items[0].description is None


def test_a_code_that_is_no_number_is_not_declared() -> None:
    given = shipment(consistent())
    words = Standing(fields=(FieldRef(document=0, field="description", line=0),))
    item = GoodsItem(invoice=LineRef(document=0, line=0))
    of_papers = Reconciled(documents=given.documents, items=(item,), standings={"/items/0/hs_code": words})
    assert declare(given, of_papers, DeclarationTerms()).items[0].hs_code is None


def test_the_written_declaration_reads_back_as_itself() -> None:
    declaration = _declared(consistent())
    written = write_json(declaration)
    assert json.loads(written)["total_invoice_amount"] == "3644.50"
    assert Declaration.model_validate_json(written) == declaration
    assert write_json(_declared(consistent())) == written


def test_without_a_packing_list_the_invoices_own_net_weights_are_declared() -> None:
    papers = consistent()
    del papers["packing"]
    papers["invoice"]["lines"][0]["net_weight_kg"] = "290.00"
    declaration = _declared(papers)
    assert [item.net_mass_kg for item in declaration.items] == [Decimal(290), None]
