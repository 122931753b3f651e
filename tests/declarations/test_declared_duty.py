"""Duty and VAT in a declaration: the rate's source, preference only with a valid proof, null where nothing is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from declarations import DeclarationTerms, Procedure, declare
from declarations.duty.tariff_files import parse_tariff
from schemas.declarations import Declaration, DeclarationItem
from schemas.exchange import PeriodRate, RateTable
from schemas.findings import Decision
from schemas.profiles import Profile
from schemas.reference import ListVersion
from schemas.shipments import Reconciled
from schemas.tariffs import Tariff
from tests.trade_papers import Plain, consistent, reconciled, shipment

ONE_TO_ONE = {
    currency: RateTable(currency, "a test", {"EUR": (PeriodRate(Decimal(1), dt.date(2026, 1, 1), dt.date.max),)})
    for currency in ("GBP", "USD", "AUD", "NZD", "ZAR", "CAD", "CNY")
}
ROWS = (
    "63026000,12.0%,,,,,20",
    "63026000,Free,IN,200,UK DCTS,form_a,20",
    "63022100,8.0%,,,,,20",
    "63022100,4.0% + 10 GBP/100kg,IN,200,UK DCTS,form_a,20",
)


def _tariff(*rows: str, place: str = "GB") -> Tariff:
    version = ListVersion(
        kind="tariff", scope=place, name="t.csv", source="a test", valid_from=dt.date(2021, 1, 1), sha256="0" * 64
    )
    header = "commodity,duty_expression,origin,preference,agreement,proofs,vat_rate"
    return parse_tariff("\n".join((header, *rows)) + "\n", version)


def _terms(place: str = "GB", *rows: str, **more: object) -> DeclarationTerms:
    tariff = _tariff(*(rows or ROWS), place=place)
    rates = (
        ONE_TO_ONE[{"GB": "GBP", "US": "USD", "AU": "AUD", "NZ": "NZD", "ZA": "ZAR", "CN": "CNY", "CA": "CAD"}[place]],
    )
    return DeclarationTerms(jurisdiction=place, tariff=tariff, rates=rates, **more)  # type: ignore[arg-type]


def _papers(**changed: str | None) -> dict[str, Plain]:
    papers = consistent()
    papers["invoice"] |= changed
    papers["invoice"]["country_of_destination"] = None
    return papers


def _declared(
    papers: dict[str, Plain] | None, terms: DeclarationTerms, result: Reconciled | None = None
) -> Declaration:
    given = papers or _papers()
    return declare(shipment(given), result or reconciled(given), terms)


def _said(declaration: Declaration) -> str:
    assert declaration.channel is not None
    return "\n".join(declaration.channel.reasons)


def _first(declaration: Declaration) -> DeclarationItem:
    return declaration.items[0]


def test_a_valid_certificate_gives_the_preferential_rate_and_is_named() -> None:
    declaration = _declared(None, _terms())
    towels, linen = declaration.items
    assert towels.preference is not None
    assert towels.preference.model_dump() == {
        "code": "200",
        "agreement": "UK DCTS",
        "form": "form_a",
        "certificate_number": "IN-77",
        "criterion": '"P"',
    }
    assert towels.duty == Decimal("0.00")
    assert linen.customs_value is not None
    assert linen.duty == Decimal("93.93")  # 4 % of 1598.45 and 10 GBP for each of 3 dt, cut to the penny
    assert declaration.duty_total == Decimal("93.93")


def test_each_tax_says_on_what_by_what_and_from_where_it_is_charged() -> None:
    duty, vat = _first(_declared(None, _terms())).taxes
    assert (duty.type, duty.base, duty.base_unit, duty.expression) == ("A00", Decimal("2046.05"), "GBP", "Free")
    assert duty.source is not None
    assert duty.source.startswith("t.csv, line 3: 630260,")
    assert (vat.type, vat.base, vat.amount) == ("B00", Decimal("2046.05"), Decimal("409.21"))


@pytest.mark.parametrize("code", ["certificate_expired", "certificate_reference", "origin_criterion"])
def test_without_a_valid_certificate_the_normal_rate_holds_and_the_duty_at_stake_is_told(code: str) -> None:
    papers = _papers()
    if code == "certificate_expired":
        papers["certificate"]["date"] = "2025-01-01"
    elif code == "certificate_reference":
        papers["certificate"]["invoice_number"] = "XX-999"
    else:
        papers["certificate"]["lines"][0]["origin_criterion"] = "Q"
    declaration = _declared(papers, _terms())
    assert all(one.preference is None for one in declaration.items)
    assert _first(declaration).duty == Decimal("245.52")
    assert "the duty is 245.52 GBP, under UK DCTS: Free it would be 0.00 GBP" in _said(declaration)
    assert f"{code} is open" in _said(declaration)


def test_papers_without_a_certificate_pay_the_normal_rate() -> None:
    papers = _papers()
    del papers["certificate"]
    declaration = _declared(papers, _terms())
    assert [one.duty for one in declaration.items] == [Decimal("245.52"), Decimal("127.87")]
    assert "no proof of preferential origin is among the papers" in _said(declaration)


def test_a_preference_that_a_person_forgoes_is_not_claimed() -> None:
    papers = _papers()
    papers["certificate"]["date"] = "2025-01-01"
    found = reconciled(papers)
    decision = Decision(action="forgo_preference", by="ann", at=dt.datetime(2026, 5, 4, tzinfo=dt.UTC), reason="late")
    settled = tuple(
        one.model_copy(update={"decision": decision}) if one.code == "certificate_expired" else one
        for one in found.findings
    )
    declaration = _declared(papers, _terms(), found.model_copy(update={"findings": settled}))
    assert _first(declaration).preference is None
    assert "forgone" in _said(declaration)


def test_a_chambers_certificate_supports_no_preference() -> None:
    papers = _papers()
    papers["certificate"]["form"] = "chamber"
    declaration = _declared(papers, _terms())
    assert _first(declaration).preference is None
    assert "chamber" in _said(declaration)


def test_a_form_that_the_agreement_does_not_take_supports_no_preference() -> None:
    rows = ("63026000,12.0%,,,,,20", "63026000,Free,IN,300,CETA,origin-declaration,20", "63022100,8.0%,,,,,20")
    declaration = _declared(None, _terms("GB", *rows))
    assert _first(declaration).preference is None
    assert "takes no form_a" in _said(declaration)


def test_the_union_as_origin_covers_its_members() -> None:
    rows = ("630260,12.0%,,,,,20", "630260,Free,EU,300,TCA,statement_on_origin,20", "630221,8.0%,,,,,20")
    papers = _papers()
    del papers["certificate"]
    for line in papers["invoice"]["lines"]:
        line["origin"] = "PT"
    papers["invoice"]["origin_statement"] = {
        "value": {"text": "The exporter …", "authorisation_number": "PTREX1", "origin": "EU"},
    }
    given = shipment(papers)
    declaration = declare(given, reconciled(papers), _terms("GB", *rows))
    assert _first(declaration).preference is not None
    assert _first(declaration).duty == Decimal("0.00")


def test_beyond_six_digits_a_papers_code_is_the_exporters_and_decides_nothing() -> None:
    rows = ("63026000,12.0%,,,,,20", "63026090,6.0%,,,,,20", "63022100,8.0%,,,,,20")
    declaration = _declared(None, _terms("GB", *rows))
    assert _first(declaration).hs_code == "63026000"
    assert _first(declaration).duty is None
    assert declaration.items[1].duty == Decimal("127.87")
    assert declaration.duty_total is None
    assert "item 1: duty is not computed: 630260: needs the full national code" in _said(declaration)


def _profile(**more: object) -> Profile:
    return Profile.model_validate(
        {
            "jurisdiction": "GB",
            "valid_from": dt.date(2026, 1, 1),
            "importer": {"names": ["Halden Textil GmbH"]},
            **more,
        }
    )


def test_the_profile_gives_the_national_code_and_the_procedure() -> None:
    rows = ("63026000,12.0%,,,,,20", "63026090,6.0%,,,,,20", "63022100,8.0%,,,,,20")
    goods = [{"hs_code": "630260", "commodity_code": "6302609000"}]
    declaration = _declared(None, _terms("GB", *rows, profiles=(_profile(goods=goods, procedure="4000"),)))
    assert declaration.procedure == "4000"
    assert _first(declaration).duty == Decimal("122.76")


def test_the_draft_gives_the_national_code() -> None:
    rows = ("63026000,12.0%,,,,,20", "63026090,6.0%,,,,,20", "63022100,8.0%,,,,,20")
    papers = _papers()
    given = shipment(papers).model_copy(update={"draft": {"items": [{"hs_code": "6302609000"}]}})
    declaration = declare(given, reconciled(papers), _terms("GB", *rows))
    assert _first(declaration).duty == Decimal("122.76")


def test_a_relief_without_its_authorisation_is_refused_and_with_it_suspends() -> None:
    without = _declared(None, _terms(procedure=Procedure("5100", ("000",))))
    assert without.duty_total is None
    assert "authorisation IPO" in _said(without)
    held = _declared(None, _terms(procedure=Procedure("5100", ("000",), frozenset({"IPO"}))))
    duty = held.items[1].taxes[0]
    assert (duty.amount, duty.suspended) == (Decimal("93.93"), Decimal("93.93"))


def test_end_use_needs_its_procedure_and_authorisation() -> None:
    header = "commodity,duty_expression,end_use,vat_rate"
    version = ListVersion(
        kind="tariff", scope="GB", name="t.csv", source="t", valid_from=dt.date(2021, 1, 1), sha256="0" * 64
    )
    text = f"{header}\n630260,12.0%,,20\n630260,Free,yes,20\n630221,8.0%,,20\n"
    terms = replace(_terms(), tariff=parse_tariff(text, version))
    assert _first(_declared(None, terms)).duty == Decimal("245.52")
    refused = _declared(None, replace(terms, procedure=Procedure("4400")))
    assert refused.duty_total is None
    given = _declared(None, replace(terms, procedure=Procedure("4400", (), frozenset({"EUS"}))))
    assert _first(given).duty == Decimal("0.00")


def test_a_quantity_that_the_duty_asks_for_and_nobody_declares_leaves_it_open() -> None:
    declaration = _declared(None, _terms("GB", "63026000,2 GBP/l,,,,,20", "63022100,8.0%,,,,,20"))
    assert _first(declaration).duty is None
    assert _first(declaration).taxes == ()
    assert "not declared" in _said(declaration)


def test_vat_of_goods_whose_rate_may_be_another_stays_open() -> None:
    papers = _papers()
    for line in papers["invoice"]["lines"]:
        line["hs_code"] = "490199"
    undisputed = reconciled(papers).model_copy(update={"withheld": (), "findings": ()})
    declaration = _declared(papers, _terms("GB", "490199,0.0%,,,,,"), undisputed)
    assert declaration.duty_total == Decimal("0.00")
    assert declaration.vat_total is None
    assert "may have another rate of VAT" in _said(declaration)


def test_a_tariff_of_another_country_is_not_used() -> None:
    declaration = _declared(None, replace(_terms(), tariff=_tariff(*ROWS, place="US")))
    assert declaration.duty_total is None
    assert "no tariff is loaded for the jurisdiction" in _said(declaration)


def test_a_disputed_code_or_origin_leaves_the_duty_open() -> None:
    papers = _papers()
    papers["packing"]["lines"][0]["hs_code"] = "640351"
    declaration = _declared(papers, _terms())
    assert _first(declaration).hs_code is None
    assert _first(declaration).duty is None


def test_a_small_consignment_is_told_of_the_relief_and_not_given_it() -> None:
    papers = _papers(incoterm="DAP", freight=None, insurance=None, subtotal=None, total_amount="27.00")
    papers["invoice"]["lines"][0] |= {"unit_price": "0.02", "amount": "12.00"}
    papers["invoice"]["lines"][1] |= {"unit_price": "0.06", "amount": "15.00"}
    declaration = _declared(papers, _terms())
    assert "relief may be claimed with the additional procedure code C07" in _said(declaration)
    claimed = _declared(papers, _terms(procedure=Procedure("4000", ("C07",))))
    assert claimed.duty_total == Decimal("0.00")


def test_a_relief_looks_at_the_price_of_the_goods_without_their_freight() -> None:
    papers = _papers(freight="60.00", insurance=None, subtotal=None, total_amount="190.00")
    papers["invoice"]["lines"][0] |= {"unit_price": "0.10", "amount": "60.00"}
    papers["invoice"]["lines"][1] |= {"unit_price": "0.28", "amount": "70.00"}
    declaration = _declared(papers, _terms(procedure=Procedure("4000", ("C07",))))
    assert declaration.customs_value == Decimal("190.00")
    assert declaration.duty_total == Decimal("0.00")


def test_another_method_of_valuation_is_not_computed() -> None:
    declaration = _declared(None, _terms(profiles=(_profile(valuation_method="4"),)))
    assert (declaration.customs_value, declaration.valuation_method) == (None, None)
    assert "method 4" in _said(declaration)


def test_goods_without_an_origin_have_no_duty() -> None:
    papers = _papers()
    for line in papers["invoice"]["lines"]:
        line["origin"] = None
    del papers["certificate"]
    declaration = _declared(papers, _terms())
    assert declaration.duty_total is None
    assert "origin of the goods" in _said(declaration)


def test_of_several_preferences_none_is_told_as_at_stake() -> None:
    papers = _papers()
    del papers["certificate"]
    rows = (*ROWS, "63026000,2.0%,IN,300,Another agreement,eur1,20")
    declaration = _declared(papers, _terms("GB", *rows))
    assert _first(declaration).duty == Decimal("245.52")
    assert "item 1: declared at the normal rate" not in _said(declaration)


def test_a_preference_that_saves_nothing_is_not_told() -> None:
    papers = _papers()
    del papers["certificate"]
    rows = ("63026000,0.0%,,,,,20", "63026000,Free,IN,200,UK DCTS,form_a,20", "63022100,8.0%,,,,,20")
    assert "at the normal rate" not in _said(_declared(papers, _terms("GB", *rows)))


def test_a_tax_that_takes_freight_in_stays_open_where_nobody_states_it() -> None:
    papers = _papers(incoterm="FOB", freight=None, insurance=None, subtotal=None, total_amount="3420.00")
    declaration = _declared(papers, _terms("AU", "630260,5%,,,,,", "630221,5%,,,,,"))
    assert declaration.duty_total == Decimal("171.00")
    assert declaration.vat_total is None
    assert "takes in freight and insurance" in _said(declaration)


def test_a_supplementary_quantity_is_given_in_the_tariffs_unit() -> None:
    version = ListVersion(
        kind="tariff", scope="GB", name="t.csv", source="t", valid_from=dt.date(2021, 1, 1), sha256="0" * 64
    )
    tariff = parse_tariff("commodity,duty_expression,supplementary_unit\n630260,8%,DZN\n630221,8%,LTR\n", version)
    towels, linen = _declared(None, replace(_terms(), tariff=tariff)).items
    assert towels.supplementary_quantity == Decimal(50)
    assert linen.supplementary_quantity is None


# Worked examples of governments; sources and how sure they are: reference on valuation, section 4.3 B.
def _example(place: str, price: str, transport: str, duty: str, **more: object) -> Declaration:
    papers = _papers(incoterm="FOB", freight=transport, insurance=None, subtotal=None, total_amount=price)
    papers["invoice"]["insurance"] = "0.01"
    papers["invoice"]["lines"] = [
        papers["invoice"]["lines"][0] | {"quantity": "1", "unit_price": price, "amount": price}
    ]
    papers["packing"]["lines"] = [papers["packing"]["lines"][0] | {"quantity": "1"}]
    del papers["certificate"]
    result = reconciled(papers).model_copy(update={"withheld": ()})
    return declare(shipment(papers), result, _terms(place, f"630260,{duty},,,,,", **more))


def test_new_zealand_taxes_goods_duty_and_transport() -> None:
    # New Zealand Customs: goods 1,000; freight and insurance 100; duty 5 % = 50; GST 15 % of 1,150 = 172.50.
    declaration = _example("NZ", "1000.00", "99.99", "5%")
    assert (declaration.duty_total, declaration.vat_total) == (Decimal("50.00"), Decimal("172.50"))


@pytest.mark.parametrize(
    ("price", "transport", "duty", "gst"),
    [("1400.00", "129.99", "70.00", "160.00"), ("1200.00", "149.99", "60.00", "141.00")],
)
def test_australia_taxes_goods_duty_and_transport(price: str, transport: str, duty: str, gst: str) -> None:
    # Australian customs' worked examples: 1,400 with 130 and 1,200 with 150 of transport and insurance, duty 5 %.
    declaration = _example("AU", price, transport, "5%")
    assert (declaration.duty_total, declaration.vat_total) == (Decimal(duty), Decimal(gst))


def test_south_africa_adds_a_tenth_to_the_value_for_vat() -> None:
    # SARS: ATV = customs value * 1.10 + duty; 13,800 at 20 %: duty 2,760, ATV 17,940, VAT 2,691.
    declaration = _example("ZA", "13800.00", "1.00", "20%")
    assert (declaration.duty_total, declaration.vat_total) == (Decimal("2760.00"), Decimal("2691.00"))


def test_the_united_states_levy_no_vat() -> None:
    declaration = _example("US", "1000.00", "1.00", "5%")
    assert (declaration.duty_total, declaration.vat_total) == (Decimal("50.00"), Decimal(0))


def _into_the_union(day: dt.date, *additional: str, price: str = "60.00") -> Declaration:
    """Two lines of one kind of goods and one of another, worth three times the price."""
    papers = _papers(incoterm="DAP", freight=None, insurance=None, subtotal=None, total_amount=str(3 * Decimal(price)))
    line = papers["invoice"]["lines"][0] | {"quantity": "1", "unit_price": price, "amount": price}
    papers["invoice"]["lines"] = [line, line, line | {"hs_code": "63022100"}]
    papers["packing"]["lines"] = []
    del papers["certificate"]
    given = shipment(papers).model_copy(update={"as_of": day})
    result = reconciled(papers).model_copy(update={"withheld": (), "findings": ()})
    tariff = _tariff("630260,12.0%,,,,,", "630221,12.0%,,,,,", place="EU")
    return declare(given, result, DeclarationTerms("DE", tariff=tariff, procedure=Procedure("4000", additional)))


def test_until_june_2026_small_consignments_into_the_union_may_be_relieved() -> None:
    relieved = _into_the_union(dt.date(2026, 6, 30), "C07", price="50.00")
    assert relieved.duty_total == Decimal("0.00")
    assert relieved.items[0].taxes[0].relieved == Decimal("6.00")
    assert relieved.vat_total is not None
    assert relieved.vat_total > 0
    assert _into_the_union(dt.date(2026, 6, 30), "C07", price="60.00").duty_total is None


def test_from_july_2026_the_relief_is_gone_and_a_flat_duty_is_due_for_each_kind_of_goods() -> None:
    refused = _into_the_union(dt.date(2026, 7, 1), "C07", price="50.00")
    assert refused.duty_total is None
    assert "not in force on 2026-07-01" in _said(refused)
    flat = _into_the_union(dt.date(2026, 7, 1), "F48", price="50.00")
    assert [one.duty for one in flat.items] == [Decimal("3.00"), Decimal("0.00"), Decimal("3.00")]
    assert flat.vat_total == Decimal("0.00")


def test_nobody_is_given_the_flat_duty_who_does_not_declare_by_it() -> None:
    plain = _into_the_union(dt.date(2026, 7, 1), price="50.00")
    assert plain.duty_total == Decimal("18.00")
    assert "relief may be claimed with the additional procedure code F48" in _said(plain)


def test_canada_taxes_value_and_duty_alone() -> None:
    # CBSA's leaflet: US$100 at 1.15 is 115; duty 4 % = 4.60; GST 5 % of 119.60 = 5.98.
    declaration = _example("CA", "115.00", "9.99", "4%")
    assert (declaration.duty_total, declaration.vat_total) == (Decimal("4.60"), Decimal("5.98"))
