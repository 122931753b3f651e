"""What OCR read is declared only with a witness beside its own reading."""

import pytest

from schemas.fields import Alternative, Field
from schemas.shipments import Reconciled
from tests.trade_papers import Plain, codes, consistent, holding, only, reconciled, shipment, witnesses
from validators import Tolerances
from validators.codelists import stands_alone
from validators.papers import Cell


def _asked(result: Reconciled) -> list[str]:
    return [f"{one.document}.{one.field}" for finding in holding(result) for one in finding.evidence[:1]]


def _printed() -> dict[str, Plain]:
    """The consistent papers with the texts that codes are read from."""
    papers = consistent()
    for line in papers["invoice"]["lines"]:
        line["origin"] = {"value": "IN", "text": "INDIA"}
    papers["invoice"]["lines"][0]["unit"] = {"value": "C62", "text": "PIECES"}
    return papers


def _without_certificate() -> dict[str, Plain]:
    papers = _printed()
    del papers["certificate"]
    return papers


def test_papers_read_by_ocr_witness_each_other() -> None:
    papers = _printed()
    papers["invoice"]["incoterm"] = "DAP"
    papers["certificate"]["lines"][0]["hs_code"] = "63026000"
    papers["certificate"]["lines"][1]["hs_code"] = "63022100"
    result = reconciled(papers, reader="tesseract")
    assert holding(result) == []
    assert set(witnesses(result, 0, "total_amount")) == {"arithmetic"}
    assert "document:packing_list" in witnesses(result, 0, "number")
    assert witnesses(result, 0, "currency") == ("code_list",)
    assert "document:certificate_of_origin" in witnesses(result, 0, "quantity", 0)


@pytest.mark.parametrize(("packed", "told"), [("CT", ("document:packing_list",)), ("PK", ())])
def test_a_kind_of_packages_is_witnessed_by_the_paper_that_names_the_same(packed: str, told: tuple[str, ...]) -> None:
    papers = _printed()
    papers["invoice"]["package_kind"] = "CT"
    papers["packing"]["package_kind"] = packed
    result = reconciled(papers, reader="tesseract")
    assert witnesses(result, 0, "package_kind") == told
    assert holding(result) == holding(reconciled(_printed(), reader="tesseract"))


def test_only_the_six_digits_that_another_paper_confirms_stand_and_the_others_are_asked_for() -> None:
    papers = _printed()
    papers["certificate"]["lines"][0]["hs_code"] = "630260"
    result = reconciled(papers, reader="tesseract")
    assert result.standings["/items/0/hs_code"].digits == 6
    assert witnesses(result, 0, "hs_code", 0) == ("document:certificate_of_origin/hs6",)
    asked = [f for f in holding(result) if f.evidence[0].field == "hs_code" and f.evidence[0].line == 1]
    assert [f.code for f in asked] == ["illegible"]


def test_a_value_that_nothing_confirms_is_asked_for_with_its_reading_and_place() -> None:
    result = reconciled(_without_certificate(), reader="tesseract")
    finding = next(f for f in holding(result) if f.evidence[0].field == "date")
    assert finding.code == "illegible"
    assert finding.suggestion is not None
    assert (finding.suggestion.field, finding.suggestion.value) == ("date", "2026-03-30")
    assert finding.evidence[0].box is not None
    assert "/supporting_documents/0/date" in result.withheld


def test_the_text_layer_needs_no_witness() -> None:
    assert codes(reconciled(_without_certificate())) == []


def test_a_second_reader_is_a_witness() -> None:
    papers = _without_certificate()
    papers["invoice"] |= {
        "date": {"value": "2026-03-30", "witnesses": ("reader:rapidocr",)},
        "incoterm": {"value": "CIF", "witnesses": ("reader:rapidocr",)},
    }
    for line, code in zip(papers["invoice"]["lines"], ("63026000", "63022100"), strict=True):
        line["hs_code"] = {"value": code, "witnesses": ("reader:rapidocr",)}
    assert holding(reconciled(papers, reader="tesseract")) == []


@pytest.mark.parametrize(
    ("term", "asked"), [("CIF", True), ("CIP", True), ("DAP", False), ("EXW", False), ("C1F", True)]
)
def test_a_code_list_is_a_witness_where_no_other_reading_is_in_it(term: str, *, asked: bool) -> None:
    papers = _printed()
    papers["invoice"]["incoterm"] = term
    assert ("commercial_invoice.incoterm" in _asked(reconciled(papers, reader="tesseract"))) is asked


@pytest.mark.parametrize(
    ("text", "asked"), [("India", False), ("IN", True), ("Iran", True), ("Austria", True), ("印度", True)]
)
def test_a_country_written_out_is_its_own_witness_unless_another_is_spelt_nearly_so(text: str, *, asked: bool) -> None:
    papers = _without_certificate()
    papers["invoice"]["lines"][0]["origin"] = {"value": "IN", "text": text}
    papers["invoice"]["lines"][1]["origin"] = {"value": "IN", "text": "INDIA"}
    assert ("commercial_invoice.origin" in _asked(reconciled(papers, reader="tesseract"))) is asked


def test_a_rounded_price_does_not_witness_the_amount_but_the_sum_does() -> None:
    papers = _printed()
    papers["invoice"]["lines"][0] |= {"quantity": "60000", "unit_price": "0.032", "amount": "1920.00"}
    assert witnesses(reconciled(papers, reader="tesseract"), 0, "amount", 0) == ("arithmetic",)
    papers["invoice"]["total_amount"] = None
    assert witnesses(reconciled(papers, reader="tesseract"), 0, "amount", 0) == ()


def test_a_misread_digit_is_told_as_such_and_holds() -> None:
    papers = _printed()
    papers["packing"]["lines"][0]["quantity"] = "800"
    finding = only(reconciled(papers, reader="tesseract"), "quantity_mismatch")
    assert finding.nature == "misread"
    assert finding.suggestion is not None
    assert finding.suggestion.value == "600"
    assert finding.holds


def test_a_misread_letter_is_told_as_such() -> None:
    papers = _printed()
    papers["packing"]["invoice_number"] = "NL-2O4"
    assert only(reconciled(papers, reader="tesseract"), "reference_mismatch").nature == "misread"


def test_papers_that_differ_by_more_than_a_slip_contradict_each_other() -> None:
    papers = _printed()
    papers["packing"]["lines"][0]["quantity"] = "452"
    assert only(reconciled(papers, reader="tesseract"), "quantity_mismatch").nature == "discrepancy"


def test_what_the_reader_itself_left_open_is_a_question() -> None:
    papers = _printed()
    open_reading = (Alternative[str](value="NL-204", text="NL-204", confidence=0.4),)
    papers["packing"]["invoice_number"] = {"value": "HL-294", "alternatives": open_reading}
    result = reconciled(papers, reader="tesseract")
    assert "reference_mismatch" not in codes(result)
    (finding,) = [f for f in holding(result) if "HL-294" in f.message]
    assert (finding.code, finding.nature) == ("illegible", "misread")


def test_one_misread_digit_that_repairs_line_and_total_is_asked_about_once() -> None:
    papers = _printed()
    papers["invoice"]["lines"][0]["amount"] = "1928.00"
    result = reconciled(papers, reader="tesseract")
    assert not {"line_arithmetic", "total_arithmetic"} & set(codes(result))
    assert {"/items/0/item_price", "/total_invoice_amount"} <= set(result.withheld)
    (finding,) = [one for one in holding(result) if one.nature == "misread"]
    assert (finding.code, len(finding.evidence) > 3) == ("illegible", True)
    assert finding.suggestion is not None
    assert (finding.suggestion.field, finding.suggestion.value) == ("amount", "1920.00")


def _faint() -> dict[str, Plain]:
    """One description, which no other paper repeats, read with little confidence."""
    papers = _printed()
    papers["invoice"]["lines"][0]["description"] = {"value": "Cotton bath towel, dyed", "confidence": 0.3}
    return papers


def test_a_description_read_with_little_confidence_is_asked_for() -> None:
    found = [f for f in holding(reconciled(_faint(), reader="tesseract")) if f.evidence[0].field == "description"]
    assert len(found) == 1
    assert "little confidence" in found[0].message


def test_a_faint_description_that_another_paper_repeats_is_no_question() -> None:
    papers = _printed()
    papers["invoice"]["lines"][0]["description"] = {"value": "Cotton bath towel", "confidence": 0.3}
    assert "commercial_invoice.description" not in _asked(reconciled(papers, reader="tesseract"))


def test_a_faint_place_is_no_question_where_another_paper_names_it_as_its_port() -> None:
    papers = _printed()
    papers["invoice"]["incoterm_place"] = {"value": "FRANKFURT", "confidence": 0.3}
    assert "commercial_invoice.incoterm_place" in _asked(reconciled(papers, reader="tesseract"))
    papers["transport"]["port_of_discharge"] = "Frankfurt (FRA)"
    assert "commercial_invoice.incoterm_place" not in _asked(reconciled(papers, reader="tesseract"))


def test_the_cut_of_confidence_is_a_setting() -> None:
    result = reconciled(_faint(), reader="tesseract", tolerances=Tolerances(confidence_cut=0.2))
    assert "commercial_invoice.description" not in _asked(result)


def test_a_second_engine_is_no_witness_of_what_is_often_wrong() -> None:
    papers = _without_certificate()
    papers["packing"]["invoice_number"] = None
    papers["invoice"]["number"] = {"value": "NL-204", "confidence": 0.9, "witnesses": ("reader:rapidocr",)}
    strict, loose = Tolerances(confidence_cut=0.95), Tolerances(confidence_cut=0.85)
    assert "commercial_invoice.number" in _asked(reconciled(papers, reader="tesseract", tolerances=strict))
    assert "commercial_invoice.number" not in _asked(reconciled(papers, reader="tesseract", tolerances=loose))


def test_a_port_read_with_little_confidence_is_left_out() -> None:
    papers = _printed()
    papers["transport"]["port_of_loading"] = {"value": "Mundra", "confidence": 0.3}
    assert "/transport/port_of_loading" in reconciled(papers, reader="tesseract").withheld


def test_a_table_that_nothing_proves_complete_is_asked_about() -> None:
    papers = consistent()
    for name in ("gross_weight_kg", "net_weight_kg", "packages"):
        papers["packing"][name] = None
    papers["packing"]["lines"][0]["quantity"] = None
    result = reconciled(papers)
    assert any("nothing proves that all its 2 lines were read" in f.message for f in holding(result))
    papers["packing"]["complete_by"] = ("row_numbers",)
    assert not any("nothing proves" in f.message for f in holding(reconciled(papers)))


def test_the_other_paper_proves_a_table_complete() -> None:
    papers = consistent()
    for name in ("gross_weight_kg", "net_weight_kg", "packages"):
        papers["packing"][name] = None
    assert codes(reconciled(papers)) == []


def test_a_paper_without_any_line_was_not_read() -> None:
    papers = consistent()
    papers["invoice"]["lines"] = []
    result = reconciled(papers)
    assert "/items" in result.withheld
    assert any("no line of goods could be read" in f.message for f in holding(result))


def test_values_nobody_asks_about_are_left_out_rather_than_declared_wrong() -> None:
    result = reconciled(_printed(), reader="tesseract")
    assert "/transport/document_number" in result.withheld
    assert "/transport/vessel_or_flight" not in result.withheld


def test_the_draft_is_a_witness_too() -> None:
    papers = _without_certificate()
    plan = {
        "incoterm": "CIF", "items": [
            {"description": "Towels", "hs_code": "63026000", "origin": "IN", "quantity": "600", "unit": "C62",
             "net_mass_kg": "290.00", "item_price": "1920.00"},
            {"description": "Linen", "hs_code": "63022100", "origin": "IN", "quantity": "250", "unit": "SET",
             "net_mass_kg": "300.00", "item_price": "1500.00"},
        ],
    }  # fmt: skip
    result = reconciled(papers, reader="tesseract", draft=plan)
    assert _asked(result) == ["commercial_invoice.date"]
    assert "document:draft_declaration" in witnesses(result, 1, "net_weight_kg", 0)


def test_a_draft_and_the_invoices_own_net_weight_witness_each_other() -> None:
    papers = consistent()
    papers["invoice"]["lines"][0]["net_weight_kg"] = "290.00"
    plan = {"items": [{"quantity": "600", "net_mass_kg": "290.00"}, {"quantity": "250"}]}
    result = reconciled(papers, reader="tesseract", draft=plan)
    assert set(witnesses(result, 0, "net_weight_kg", 0)) == {
        "document:packing_list",
        "document:draft_declaration",
    }


def test_the_origin_of_lines_and_that_of_the_certificate_witness_each_other() -> None:
    papers = consistent()
    result = reconciled(papers, reader="tesseract")
    assert "document:certificate_of_origin" in witnesses(result, 0, "origin", 0)
    assert "document:commercial_invoice" in witnesses(result, 2, "country_of_origin")


def test_nothing_is_lost_or_changed_when_witnesses_are_added() -> None:
    given = shipment(_printed(), reader="tesseract").documents
    result = reconciled(_printed(), reader="tesseract").documents
    for before, after in zip(given, result, strict=True):
        scopes = zip((before.fields, *before.lines), (after.fields, *after.lines), strict=True)
        for left, right in scopes:
            bare = {name: field.model_copy(update={"witnesses": ()}) for name, field in right.present().items()}
            assert bare == left.present()


def test_a_document_keeps_its_own_readers_witnesses() -> None:
    plain = consistent()["invoice"] | {"date": {"value": "2026-03-30", "witnesses": ("reader:rapidocr",)}}
    result = reconciled(consistent() | {"invoice": plain}, reader="tesseract")
    assert witnesses(result, 0, "date") == ("reader:rapidocr", "document:certificate_of_origin")


@pytest.mark.parametrize(("text", "code"), [("Ireland", "IE"), ("Islande", "IS"), ("Chile", "CL"), ("Irak", "IQ")])
def test_a_country_that_one_letter_makes_another_is_no_witness_of_itself(text: str, code: str) -> None:
    field = Field[str](value=code, confidence=1, page=1, box=(0, 0, 1, 1), text=text, reader="tesseract")
    assert not stands_alone(Cell(0, "commercial_invoice", "origin", code, field, 0))
    told = field.model_copy(update={"value": "VN", "text": "Vietnam"})
    assert stands_alone(Cell(0, "commercial_invoice", "origin", "VN", told, 0))
