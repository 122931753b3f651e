"""Which proof supports a preference, and the reason where none does."""

from __future__ import annotations

import pytest

from declarations.preferences import NoProof, Proof, proof_for
from declarations.values import Values
from tests.trade_papers import Plain, consistent, reconciled, shipment


def _proof(papers: dict[str, Plain], *, n: int = 0, origin: str | None = "IN", place: str = "GB") -> Proof | NoProof:
    """As if every finding were settled: what the proof itself says is looked at."""
    settled = reconciled(consistent()).model_copy(
        update={"documents": shipment(papers).documents, "withheld": (), "findings": ()}
    )
    return proof_for(n, origin, Values(settled), place)


def _reason(papers: dict[str, Plain], *, n: int = 0, origin: str | None = "IN", place: str = "GB") -> str:
    found = _proof(papers, n=n, origin=origin, place=place)
    assert isinstance(found, NoProof)
    return found.reason


def _with_statement(origin: str | None = "IN", **field: object) -> dict[str, Plain]:
    papers = consistent()
    papers["certificate"]["form"] = "chamber"
    statement = {"text": "The exporter of the products …", "authorisation_number": None, "origin": origin}
    papers["invoice"]["origin_statement"] = {"value": statement, **field}
    return papers


def test_a_certificate_that_names_the_goods_is_a_proof() -> None:
    assert _proof(consistent()) == Proof("form_a", "IN-77", '"P"')
    assert _proof(consistent(), n=1) == Proof("form_a", "IN-77", "W 6302.21")


def test_a_certificate_for_another_origin_is_none() -> None:
    assert "goods of IN" in _reason(consistent(), origin="PK")
    assert "goods of IN" in _reason(consistent(), origin=None)


def test_a_certificate_for_another_destination_is_none() -> None:
    papers = consistent()
    papers["certificate"]["country_of_destination"] = "DE"
    assert "going to DE" in _reason(papers)
    assert isinstance(_proof(papers, place="DE"), Proof)
    papers["certificate"]["country_of_destination"] = "EU"
    assert isinstance(_proof(papers, place="DE"), Proof)


@pytest.mark.parametrize("where", ["number", "origin_criterion"])
def test_a_number_or_criterion_that_one_engine_alone_read_is_not_relied_on(where: str) -> None:
    papers = consistent()
    scope = papers["certificate"] if where == "number" else papers["certificate"]["lines"][0]
    scope[where] = {"value": scope[where], "reader": "tesseract"}
    assert "not confirmed" in _reason(papers)
    scope[where] |= {"witnesses": ("reader:rapidocr",)}
    assert isinstance(_proof(papers), Proof)


def test_a_certificate_without_a_line_for_the_goods_is_none() -> None:
    base = reconciled(consistent())
    items = tuple(one.model_copy(update={"certificate": ()}) for one in base.items)
    settled = base.model_copy(update={"items": items, "withheld": (), "findings": ()})
    found = proof_for(0, "IN", Values(settled), "GB")
    assert found == NoProof("the certificate does not name these goods")


def test_a_disputed_origin_or_preference_has_no_proof() -> None:
    base = reconciled(consistent())
    for pointer in ("/items/0/origin", "/items/0/preference", "/items"):
        settled = base.model_copy(update={"withheld": (pointer,), "findings": ()})
        found = proof_for(0, "IN", Values(settled), "GB")
        assert isinstance(found, NoProof)
        assert "in question" in found.reason


def test_a_statement_on_the_invoice_is_a_proof_by_its_authorisation_or_the_invoices_number() -> None:
    assert _proof(_with_statement()) == Proof("statement_on_origin", "NL-204")
    papers = _with_statement()
    papers["invoice"]["origin_statement"]["value"]["authorisation_number"] = "INREX1"
    assert _proof(papers) == Proof("statement_on_origin", "INREX1")


def test_a_statement_without_an_origin_for_another_one_or_unconfirmed_is_none() -> None:
    for papers in (_with_statement(None), _with_statement("PK"), _with_statement(reader="tesseract")):
        assert isinstance(_proof(papers), NoProof)
