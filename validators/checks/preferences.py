"""Claims of preference: on a proof that is there, that supports one, made out for this import and by who may."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from schemas.findings import Severity
from schemas.values import OriginStatement, Party
from validators.case import Case, Check
from validators.certificate_rules import PREFERENTIAL, RULES, STATEMENTS
from validators.checks.certificates import importing_country
from validators.differences import difference
from validators.found import Found
from validators.origins import is_same_origin
from validators.papers import DRAFT_TYPE, Cell, Paper
from validators.proof_terms import ProofTerm, proof_term
from validators.sameness import reference, same_value

_C: Final = "certificate_of_origin"
_I: Final = "commercial_invoice"
_LIMITED_IN: Final = "EUR"


def _forms(case: Case) -> set[str]:
    """Proofs at hand; a statement printed on the invoice is one without being a paper of its own."""
    forms = {str(paper.form) for paper in case.papers.of(_C)}
    return forms | STATEMENTS if any(_statement(paper) for paper in case.papers.of(_I)) else forms


def _statement(invoice: Paper) -> OriginStatement | None:
    cell = invoice.any("origin_statement")
    return cell.value if cell is not None and isinstance(cell.value, OriginStatement) else None


def claimed_proofs_are_there(case: Case) -> Iterator[Found]:
    """Each form that the draft claims a preference by; told once, with the first item that claims it."""
    told: set[str] = set()
    for draft in case.papers.of(DRAFT_TYPE):
        for line in range(len(draft.lines)):
            form = draft.text("preference_form", line)
            if form is None or form.value in told | (_forms(case) & PREFERENTIAL):
                continue
            told.add(form.value)
            yield Found(
                "certificate_missing",
                f"The draft claims a preference by {form.value}, and {_why_not(case, form.value)}",
                (form,),
                "missing",
                disputes=(),
                pointers=(f"/items/{line}/preference",),
            )


def _why_not(case: Case, form: str) -> str:
    if form in _forms(case):
        return "a certificate of that kind never supports one"
    return "there is no such certificate"


def claimed_numbers_agree(case: Case) -> Iterator[Found]:
    numbers = case.papers.texts("number", _C)
    for draft in case.papers.of(DRAFT_TYPE):
        claims = [cell for line in range(len(draft.lines)) if (cell := draft.text("certificate_number", line))]
        first = next((c for c in claims if all(reference(c.value) != reference(n.value) for n in numbers)), None)
        if first is not None and numbers:
            yield difference("certificate_reference", "Certificate numbers", left=numbers[0], right=first)


def proofs_are_for_this_import(case: Case) -> Iterator[Found]:
    """The box of destination names the country of import, or its union."""
    importer = importing_country(case)
    for paper in case.papers.of(_C):
        stated = paper.text("country_of_destination")
        if paper.form in RULES and stated and importer and not is_same_origin(stated.value, importer):
            message = f"{paper.title} is made out for {stated.value}, and the goods are declared in {importer}"
            yield Found("certificate_reference", message, (stated,), "policy")


def statements_are_within_their_limit(case: Case) -> Iterator[Found]:
    """Without an authorisation or registration an exporter states origin only up to a value, by most agreements."""
    for paper in case.papers.of(_I):
        stated, cell, total = _statement(paper), paper.any("origin_statement"), paper.number("total_amount")
        if stated is None or cell is None or total is None or stated.authorisation_number:
            continue
        term = proof_term("invoice_declaration", stated.origin, importing_country(case))
        if term is not None and term.limit_eur is not None and total.value > term.limit_eur:
            yield _above(paper, cell, total, term)


def _above(paper: Paper, statement: Cell[object], total: Cell[Decimal], term: ProofTerm) -> Found:
    money = paper.text("currency")
    currency = money.value if money else "no stated currency"
    severity: Severity = "warning" if currency == _LIMITED_IN else "info"
    compare = "" if currency == _LIMITED_IN else "; the rate to EUR is not known here, so compare it"
    message = (
        f"{paper.title}: origin is stated without an authorisation or REX number for {total.shown} {currency}, and "
        f"that holds only up to {term.limit_eur} EUR{compare}"
    )
    return Found("certificate_missing", message, (statement, total), "policy", severity, disputes=())


def third_parties_are_named(case: Case) -> Iterator[Found]:
    """An invoice from a country that is not the certificate's; some forms ask for a tick or the issuer's name."""
    for paper in case.papers.of(_C):
        rule, exporter, origin = RULES.get(str(paper.form)), paper.party("exporter"), paper.text("country_of_origin")
        for issuer in case.papers.parties("exporter", _I) if rule and exporter and origin else ():
            country = issuer.value.country
            if rule and exporter and origin and country and not _is_at_home(country, origin, exporter, issuer):
                what = "look whether it ticks third-party invoicing" if rule.names_third_party else "that is allowed"
                message = f"{issuer.where} is issued in {country}, {paper.title} for goods of {origin.value}: {what}"
                yield Found(
                    "certificate_reference",
                    message,
                    (issuer, exporter),
                    "policy",
                    "warning" if rule.names_third_party else "info",
                )


def _is_at_home(country: str, origin: Cell[str], exporter: Cell[Party], issuer: Cell[Party]) -> bool:
    if same_value("exporter", exporter.value, issuer.value):
        return True
    return is_same_origin(country, origin.value) or country == exporter.value.country


CHECKS = (
    Check(frozenset({"certificate_missing"}), claimed_proofs_are_there),
    Check(frozenset({"certificate_reference", "illegible"}), claimed_numbers_agree),
    Check(frozenset({"certificate_reference"}), proofs_are_for_this_import),
    Check(frozenset({"certificate_missing"}), statements_are_within_their_limit),
    Check(frozenset({"certificate_reference"}), third_parties_are_named),
)
