"""Proofs of origin by form and pair of countries: terms, late issue, criteria, coverage, claims and statements."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from schemas.shipments import Reconciled
from schemas.values import OriginStatement, Party
from tests.trade_papers import AS_OF, Plain, Register, WordsInCommon, consistent, holding, only, shipment
from validators import reconcile
from validators.certificate_rules import is_known_criterion
from validators.proof_terms import ProofTerm, proof_term


def _certified(form: str, **fields: Any) -> dict[str, Plain]:  # noqa: ANN401 - any field of the certificate
    papers = consistent()
    criterion = {"form_a": '"P"', "form_d": "WO", "form_e": "WO", "rcep": "WO", "usmca": "A", "chafta": "WO"}.get(form)
    papers["certificate"] |= {"form": form, **fields}
    for line in papers["certificate"]["lines"]:
        line["origin_criterion"] = criterion
    return papers


def _judged(papers: dict[str, Plain], *, within: str | None = None, as_of: dt.date = AS_OF, draft: object = None,
            reader: str = "text_layer") -> Reconciled:  # fmt: skip
    whole = shipment(papers, draft=draft, reader=reader).model_copy(update={"as_of": as_of})
    return reconcile(whole, similarity=WordsInCommon(), earlier=Register(), jurisdiction=within)


@pytest.mark.parametrize(
    ("form", "origin", "importer", "expected"),
    [
        ("eur1", "MA", "GB", (4, 4)), ("eur1", "GB", "MA", (4, 4)), ("eur1", "CH", "GB", (10, 10)),
        ("eur1", "VN", "GB", (12, 12)), ("eur1", "DE", "CH", (4, 10)), ("eur1", "EU", "MX", (10, 10)),
        ("eur1", "AR", "BR", (4, 12)), ("form_a", "BD", "DE", (10, 10)), ("form_a", "BD", "GB", (24, 24)),
        ("form_a", "BD", None, (10, 24)), ("form_e", "CN", "TH", (12, 12)), ("usmca", "MX", "US", (48, 48)),
        ("rcep", "JP", "CN", (12, 12)), ("cptpp", "VN", "GB", (24, 24)), ("cptpp", "VN", "JP", (12, 24)),
        ("statement_on_origin", "AU", "GB", (12, 24)), ("atr", "TR", "DE", (4, 4)),
    ],
)  # fmt: skip
def test_a_proof_is_valid_as_long_as_its_agreement_says(
    form: str, origin: str, importer: str | None, expected: tuple[int, int]
) -> None:
    term = proof_term(form, origin, importer)
    assert term is not None
    assert (term.shortest, term.longest) == expected


def test_a_chambers_certificate_has_no_term() -> None:
    assert proof_term("chamber", "IN", "DE") is None


def test_a_value_limit_counts_where_every_agreement_concerned_sets_it() -> None:
    assert proof_term("invoice_declaration", "MA", "GB") == ProofTerm(
        4, 4, "UK-Morocco Association Agreement", Decimal(6000)
    )
    australia = proof_term("invoice_declaration", "AU", "GB")
    assert australia is not None
    assert australia.limit_eur is None


@pytest.mark.parametrize(
    ("form", "origin", "within", "months", "severity"),
    [
        ("eur1", "MA", "GB", 3, None), ("eur1", "MA", "GB", 5, "error"), ("eur1", "CH", "GB", 9, None),
        ("eur1", "CH", "GB", 11, "error"), ("eur1", "CH", "DE", 5, "warning"), ("eur1", "CH", "DE", 11, "error"),
        ("rcep", "JP", "CN", 11, None), ("rcep", "JP", "CN", 13, "error"), ("usmca", "MX", "US", 40, None),
        ("usmca", "MX", "US", 49, "error"), ("form_a", "IN", "GB", 20, None), ("form_a", "IN", "DE", 11, "error"),
        ("chamber", "IN", "DE", 60, None),
    ],
)  # fmt: skip
def test_a_certificate_holds_only_past_its_term(
    form: str, origin: str, within: str, months: int, severity: str | None
) -> None:
    """The month is counted from 1 April 2026, when it was issued."""
    year, month = divmod(3 + months, 12)
    papers = _certified(form, country_of_origin=origin, country_of_destination=within)
    result = _judged(papers, within=within, as_of=dt.date(2026 + year, month + 1, 1) + dt.timedelta(days=1))
    found = [one for one in result.findings if one.code == "certificate_expired"]
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_a_term_between_two_says_which_agreement_to_look_for() -> None:
    papers = _certified("eur1", country_of_origin="CH", country_of_destination="DE")
    message = only(_judged(papers, within="DE", as_of=dt.date(2026, 9, 1)), "certificate_expired").message
    assert "valid for 4 to 10 months (Pan-Euro-Mediterranean convention" in message
    assert "look which it is" in message


@pytest.mark.parametrize(
    ("form", "issued", "marked", "late"),
    [
        ("form_d", "2026-04-06", False, False), ("form_d", "2026-04-07", False, True),
        ("form_d", "2026-04-20", True, False), ("form_d", "2027-04-20", True, True),
        ("eur1", "2026-04-04", False, True), ("eur1", "2026-04-04", True, False),
        ("usmca", "2026-08-01", False, False), ("chamber", "2026-08-01", False, False),
    ],
)  # fmt: skip
def test_late_issue_by_form(form: str, issued: str, marked: bool, late: bool) -> None:  # noqa: FBT001 - columns of cases
    """The goods were shipped on 3 April 2026."""
    papers = _certified(form, date=issued, issued_retrospectively=marked or None)
    result = _judged(papers, as_of=dt.date.fromisoformat(issued))
    assert any("after shipment" in one.message for one in result.findings if one.code == "certificate_expired") is late


@pytest.mark.parametrize(
    ("form", "criterion", "known"),
    [
        ("form_a", '"P"', True), ("form_a", "W 96.18", True), ("form_a", "W", False), ("form_a", "CTH", False),
        ("form_e", "RVC 45%", True), ("form_e", "RVC 35%", False), ("form_e", "PE", True),
        ("form_d", "CTH + RVC 40%", True), ("form_d", "RVC 40,5 %", True), ("form_d", "PC 25%", True),
        ("form_d", "PC 55%", False), ("form_d", "WO or CTH", True), ("rcep", "CTC ACU", True),
        ("rcep", "RVC; CR", True), ("rcep", "P", False), ("usmca", "B", True), ("usmca", "E", False),
        ("chafta", "PSR", True), ("chafta", "CTH", False), ("eur1", "anything", True),
    ],
)  # fmt: skip
def test_each_form_knows_its_criteria(form: str, criterion: str, known: bool) -> None:  # noqa: FBT001 - a column of cases
    assert is_known_criterion(form, criterion) is known


def test_one_letter_lost_in_a_column_that_is_filled_in_alike_is_asked_for() -> None:
    papers = _certified("form_a")
    line = papers["certificate"]["lines"][0]
    papers["certificate"]["lines"] = [dict(line) for _ in range(4)]
    del papers["certificate"]["lines"][2]["origin_criterion"]
    assert "origin_criterion" not in {one.code for one in _judged(papers, reader="tesseract").findings}
    assert only(_judged(papers), "origin_criterion").message.endswith("line 3: the origin criterion is missing")


def test_a_certificate_by_weight_covers_what_weighs_no_more() -> None:
    papers = _certified("eur1")
    papers["certificate"]["lines"][0] |= {"quantity": "290", "unit": "KGM"}
    papers["certificate"]["lines"][1] |= {"quantity": "180", "unit": "KGM"}
    messages = [one.message for one in _judged(papers).findings if one.code == "certificate_coverage"]
    assert messages == [
        "certificate of origin IN-77 covers 180 kg of 300.00 kg of the goods in invoice, page 1, line 2"
    ]


def test_a_chambers_certificate_supports_no_preference() -> None:
    papers = _certified("chamber")
    draft = {"items": [{"preference": {"form": "chamber", "certificate_number": "IN-77"}}]}
    finding = only(_judged(papers, draft=draft), "certificate_missing")
    assert "a certificate of that kind never supports one" in finding.message


@pytest.mark.parametrize(
    ("destination", "within", "asked"), [("DE", "DE", False), ("EU", "DE", False), ("CH", "DE", True)]
)
def test_a_proof_made_out_for_another_country_is_asked_about(destination: str, within: str, asked: bool) -> None:  # noqa: FBT001 - a column of cases
    result = _judged(_certified("eur1", country_of_destination=destination), within=within)
    assert ("certificate_reference" in {one.code for one in holding(result)}) is asked


def _stated(total: str, currency: str, authorisation: str | None) -> dict[str, Plain]:
    papers = consistent()
    statement = OriginStatement(text="The exporter declares …", authorisation_number=authorisation, origin="IN")
    papers["invoice"] |= {"total_amount": total, "currency": currency, "origin_statement": {"value": statement}}
    return papers


@pytest.mark.parametrize(
    ("total", "currency", "authorisation", "severity"),
    [
        ("5999.00", "EUR", None, None), ("6001.00", "EUR", None, "warning"), ("6001.00", "EUR", "INREX123", None),
        ("6001.00", "USD", None, "info"),
    ],
)  # fmt: skip
def test_a_statement_of_origin_without_authorisation_holds_up_to_its_limit(
    total: str, currency: str, authorisation: str | None, severity: str | None
) -> None:
    found = [
        one for one in _judged(_stated(total, currency, authorisation)).findings if one.code == "certificate_missing"
    ]
    assert [one.severity for one in found] == ([severity] if severity else [])
    assert severity != "info" or "the rate to EUR is not known here" in found[0].message


@pytest.mark.parametrize(("form", "severity"), [("form_e", "warning"), ("eur1", "info"), ("chamber", None)])
def test_an_invoice_from_a_third_country(form: str, severity: str | None) -> None:
    papers = _certified(form, exporter=Party(name="Norwick Looms Pvt. Ltd.", country="IN"))
    papers["invoice"]["exporter"] = Party(name="Harbour Trading FZE", country="AE")
    papers["packing"]["exporter"] = papers["transport"]["exporter"] = papers["invoice"]["exporter"]
    found = [one for one in _judged(papers).findings if one.code == "certificate_reference"]
    assert [one.severity for one in found] == ([severity] if severity else [])
    assert {one.severity for one in _judged(papers).findings if one.code == "exporter_mismatch"} == {"info"}


def test_two_certificates_of_one_form_complete_each_other() -> None:
    papers = _certified("form_a")
    papers["second"] = papers["certificate"] | {"number": "IN-78", "lines": [dict(papers["certificate"]["lines"][0])]}
    papers["certificate"]["lines"][0]["quantity"] = "400"
    papers["second"]["lines"][0]["quantity"] = "200"
    assert holding(_judged(papers)) == []
    papers["second"]["lines"][0]["quantity"] = "150"
    messages = [one.message for one in holding(_judged(papers)) if one.code == "certificate_coverage"]
    assert messages[0] == "certificate of origin IN-77 covers 550 of 600 of the goods in invoice, page 1, line 1"


def test_a_line_on_none_of_two_certificates_is_told_once() -> None:
    papers = _certified("form_a")
    del papers["certificate"]["lines"][1]
    papers["second"] = papers["certificate"] | {"number": "IN-78"}
    assert only(_judged(papers), "certificate_coverage").severity == "warning"


@pytest.mark.parametrize(("origin", "severity"), [("IN", "warning"), (None, "warning"), ("PK", "info")])
def test_goods_of_another_origin_need_not_be_on_a_certificate(origin: str | None, severity: str) -> None:
    papers = _certified("chamber")
    del papers["certificate"]["lines"][1]
    papers["invoice"]["lines"][1]["origin"] = origin
    assert only(_judged(papers), "certificate_coverage").severity == severity
