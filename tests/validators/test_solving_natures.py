"""What tells a misreading from papers that disagree: the paper's own figures, the reader's doubt, and the slip."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.fields import Alternative
from schemas.findings import Finding
from schemas.shipments import Reconciled
from tests.trade_papers import Plain, codes, consistent, holding, only, reconciled, shipment

Papers = dict[str, Plain]

_BY_BOTH = ("reader:rapidocr",)


def _scope(papers: Papers, paper: str, line: int | None) -> Plain:
    return papers[paper] if line is None else papers[paper]["lines"][line]


def _misread(papers: Papers, at: tuple[str, str, int | None], read: str, **beside: object) -> Papers:
    """One value read by one engine alone, and not surely; the rest as it is."""
    paper, name, line = at
    _scope(papers, paper, line)[name] = {"value": read, "text": read, "confidence": 0.9, **beside}
    return papers


def _agreed_on() -> Papers:
    """The consistent papers as two engines read them alike."""
    papers = consistent()
    for paper in papers.values():
        for scope in (paper, *paper["lines"]):
            for name, value in scope.items():
                if isinstance(value, str) and name not in {"type", "form"}:
                    scope[name] = {"value": value, "text": value, "confidence": 0.998, "witnesses": _BY_BOTH}
    return papers


def _by_eye(papers: Papers) -> Reconciled:
    return reconciled(papers, reader="tesseract")


def _suggested(result: Reconciled) -> list[tuple[str, str, int | None, str]]:
    """Place and value of every misreading suggested."""
    given = [one.suggestion for one in holding(result) if one.nature == "misread" and one.suggestion]
    return [(one.document, one.field, one.line, one.value) for one in given if one.why != "the best reading"]


@pytest.mark.parametrize(
    ("at", "read", "printed"),
    [
        (("invoice", "amount", 0), "1520.00", "1920.00"),
        (("invoice", "quantity", 0), "500", "600"),
        (("invoice", "quantity", 1), "2501", "250"),
        (("invoice", "quantity", 0), "60", "600"),
        (("invoice", "unit_price", 1), "600", "6.00"),
        (("invoice", "total_amount", None), "3844.50", "3644.50"),
        (("invoice", "total_amount", None), "644.50", "3644.50"),
        (("invoice", "freight", None), "2100", "210.00"),
        (("packing", "gross_weight_kg", 0), "380.00", "330.00"),
        (("packing", "net_weight_kg", 1), "30.00", "300.00"),
        (("packing", "gross_weight_kg", None), "855.00", "655.00"),
        (("packing", "packages", 1), "16", "15"),
        (("packing", "invoice_number", None), "NL-2O4", "NL-204"),
        (("certificate", "invoice_date", None), "2026-03-38", "2026-03-30"),
        (("transport", "packages", None), "85", "35"),
    ],
)
def test_one_misread_value_is_told_and_its_repair_suggested(
    at: tuple[str, str, int | None], read: str, printed: str
) -> None:
    if read == "2026-03-38":  # no such day: the reader would take the next likely one
        read = "2026-03-20"
    result = _by_eye(_misread(_agreed_on(), at, read))
    types = {"invoice": "commercial_invoice", "packing": "packing_list", "certificate": "certificate_of_origin",
             "transport": "transport_document"}  # fmt: skip
    line = None if at[2] is None else at[2] + 1
    suggested = _suggested(result)
    assert suggested
    assert {(kind, name, where) for kind, name, where, _ in suggested} == {(types[at[0]], at[1], line)}
    assert all(_same(value, printed) for *_, value in suggested)
    assert not any(one.nature == "discrepancy" for one in holding(result))


def _same(left: str, right: str) -> bool:
    return left == right or (left[0].isdigit() and "-" not in left and Decimal(left) == Decimal(right))


def test_a_misreading_that_breaks_several_rules_is_one_question_with_all_its_places() -> None:
    result = _by_eye(_misread(_agreed_on(), ("invoice", "amount", 0), "1928.00"))
    (finding,) = [one for one in holding(result) if one.nature == "misread"]
    assert finding.code == "illegible"
    assert {one.field for one in finding.evidence} >= {"amount", "quantity", "unit_price", "total_amount"}
    assert {"/items/0/item_price", "/total_invoice_amount"} <= set(result.withheld)


def test_a_value_both_engines_read_alike_that_fits_its_own_paper_is_a_discrepancy() -> None:
    papers = _agreed_on()
    papers["packing"]["lines"][0]["quantity"] = {"value": "800", "confidence": 0.998, "witnesses": _BY_BOTH}
    finding = only(_by_eye(papers), "quantity_mismatch")
    assert (finding.nature, finding.suggestion) == ("discrepancy", None)


def test_a_quantity_whose_amount_follows_it_is_no_misreading() -> None:
    papers = _agreed_on()
    line = papers["invoice"]["lines"][0]
    line["quantity"] = {"value": "800", "confidence": 0.95}
    line["amount"] = "2560.00"
    papers["invoice"] |= {"subtotal": "4060.00", "total_amount": "4284.50"}
    differing = [one for one in holding(_by_eye(papers)) if one.code == "quantity_mismatch"]
    assert differing
    assert all(one.nature == "discrepancy" for one in differing)


def test_a_rule_taken_for_a_figure_on_two_papers_alike_is_told_for_both() -> None:
    papers = _agreed_on()
    for paper in ("invoice", "packing", "certificate"):
        papers[paper]["lines"][0]["quantity"] = {"value": "6001", "confidence": 0.9, "witnesses": _BY_BOTH}
    result = _by_eye(papers)
    assert sorted(one[0] for one in _suggested(result)) == [
        "certificate_of_origin", "commercial_invoice", "packing_list",
    ]  # fmt: skip
    assert {one[3] for one in _suggested(result)} == {"600"}


def test_two_repairs_as_likely_as_each_other_are_left_to_a_person() -> None:
    papers = _agreed_on()
    del papers["certificate"]
    for paper, read in (("invoice", "NL-204"), ("packing", "NL-284")):
        name = "number" if paper == "invoice" else "invoice_number"
        papers[paper][name] = {"value": read, "text": read, "confidence": 0.9}
    finding = only(_by_eye(papers), "reference_mismatch")
    assert (finding.nature, finding.suggestion) == ("misread", None)


def test_the_readers_own_other_reading_is_taken_before_a_likelier_slip() -> None:
    alternative = (Alternative[Decimal](value=Decimal(452), text="452", confidence=0.2),)
    papers = _misread(_agreed_on(), ("packing", "quantity", 0), "600", alternatives=alternative)
    for paper in ("invoice", "certificate"):
        papers[paper]["lines"][0]["quantity"] = "452"
    papers["invoice"]["lines"][0]["amount"] = "1446.40"
    papers["invoice"] |= {"subtotal": "2946.40", "total_amount": "3170.90"}
    assert [(one[0], one[3]) for one in _suggested(_by_eye(papers))] == [("packing_list", "452")]


def test_a_net_weight_above_its_gross_weight_is_a_misreading_where_one_of_them_is_unsure() -> None:
    papers = _agreed_on()
    papers["packing"]["gross_weight_kg"] = None
    result = _by_eye(_misread(papers, ("packing", "gross_weight_kg", 0), "230.00"))
    assert only(result, "weight_order").nature == "misread"


def test_a_misread_code_of_goods_is_told_by_the_nomenclature() -> None:
    papers = _misread(_agreed_on(), ("invoice", "hs_code", 0), "63826000")
    result = _by_eye(papers)
    assert {one.nature for one in holding(result) if one.code in {"hs_invalid", "hs_mismatch"}} == {"misread"}


@pytest.mark.parametrize("reader", ["text_layer", "structured"])
@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("packing", "quantity", 0), "800"),
        (("packing", "invoice_number", None), "NL-2O4"),
        (("invoice", "amount", 0), "1520.00"),
        (("transport", "gross_weight_kg", None), "855.00"),
        (("invoice", "total_amount", None), "644.50"),
    ],
)
def test_a_difference_between_digital_papers_is_never_a_misreading(
    at: tuple[str, str, int | None], value: str, reader: str
) -> None:
    papers = consistent()
    _scope(papers, at[0], at[2])[at[1]] = value
    result = reconciled(papers, reader=reader)
    assert holding(result)
    assert not any(one.nature == "misread" or _suggested(result) for one in holding(result))


_NUMBERS = [
    ("invoice", "quantity", 0), ("invoice", "unit_price", 1), ("invoice", "amount", 0),
    ("invoice", "total_amount", None), ("invoice", "freight", None),
    ("packing", "quantity", 1), ("packing", "gross_weight_kg", 0),
    ("packing", "net_weight_kg", None), ("packing", "packages", 0), ("transport", "packages", None),
    ("transport", "gross_weight_kg", None), ("certificate", "quantity", 0),
]  # fmt: skip
_VALUES = st.decimals(min_value=0, max_value=10**9, allow_nan=False, places=2).map(str)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_NUMBERS), _VALUES), min_size=1, max_size=3), st.sampled_from([(), _BY_BOTH]))
def test_solving_puts_no_value_in_force_that_no_paper_states(
    changes: list[tuple[tuple[str, str, int | None], str]],
    readers: tuple[str, ...],
) -> None:
    papers = _agreed_on()
    for at, value in changes:
        _misread(papers, at, value, witnesses=readers)
    before = shipment(papers, reader="tesseract")
    after = _by_eye(papers)
    for old, new in zip(before.documents, after.documents, strict=True):
        assert _read(old.fields.present()) == _read(new.fields.present())
        lines = zip(old.lines, new.lines, strict=True)
        assert all(_read(was.present()) == _read(now.present()) for was, now in lines)
    for one in holding(after):
        assert one.nature != "misread" or _is_withheld_or_needless(after, one)


def _read(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: getattr(field, "value", None) for name, field in fields.items()}


def _is_withheld_or_needless(result: Reconciled, finding: Finding) -> bool:
    """The value that a suggestion is about bears on no declared value that is not withheld."""
    if finding.suggestion is None or finding.suggestion.why == "the best reading":
        return True
    kinds = [document.type for document in result.documents]
    line = None if finding.suggestion.line is None else finding.suggestion.line - 1
    place = (kinds.index(finding.suggestion.document), finding.suggestion.field, line)  # type: ignore[arg-type]  # a type of paper
    standing = [
        pointer
        for pointer, stands in result.standings.items()
        if place in {(one.document, one.field, one.line) for one in stands.fields}
    ]
    return all(any(pointer == other or pointer.startswith(f"{other}/") for other in result.withheld)
               for pointer in standing)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_NUMBERS), _VALUES), min_size=1, max_size=4))
def test_no_difference_of_digital_papers_is_called_a_misreading(
    changes: list[tuple[tuple[str, str, int | None], str]],
) -> None:
    papers = consistent()
    for (paper, name, line), value in changes:
        _scope(papers, paper, line)[name] = value
    assert all(one.nature != "misread" for one in reconciled(papers).findings)


_CHANGED: list[Callable[[Papers], Papers]] = [
    lambda papers: _misread(papers, ("invoice", "amount", 0), "1520.00"),
    lambda papers: _misread(papers, ("packing", "invoice_number", None), "NL-2O4"),
    lambda papers: _misread(papers, ("packing", "gross_weight_kg", 0), "380.00"),
    lambda papers: _misread(_misread(papers, ("invoice", "quantity", 0), "680"), ("packing", "quantity", 0), "800"),
]


@pytest.mark.parametrize("change", _CHANGED)
def test_the_order_of_papers_changes_nothing(change: Callable[[Papers], Papers]) -> None:
    papers = change(_agreed_on())
    told = {
        tuple(
            sorted(
                (one.code, one.nature, str(one.suggestion)) for one in holding(_by_eye({n: papers[n] for n in order}))
            )
        )
        for order in permutations(papers)
    }
    assert len(told) == 1


def test_what_was_found_without_a_misreading_is_left_as_it_was() -> None:
    papers = consistent()
    papers["invoice"]["incoterm"] = "C&F"
    assert codes(reconciled(papers, reader="tesseract")) == codes(_by_eye(papers))
    assert only(reconciled(papers), "incoterm_invalid").nature != "misread"


def test_a_misread_code_joins_no_line_to_the_wrong_goods() -> None:
    papers = _agreed_on()
    towels = {
        "description": "Cotton hand towel", "hs_code": "63026000", "origin": "IN", "quantity": "100", "unit": "C62",
        "unit_price": "1.00", "amount": "100.00",
    }  # fmt: skip
    papers["invoice"]["lines"].append(towels)
    papers["invoice"] |= {"subtotal": "3520.00", "total_amount": "3744.50"}
    packed = {"description": "Hand towel cotton", "quantity": "100", "unit": "C62", "hs_code": "63026000"}
    papers["packing"]["lines"].append(packed)
    for line, six in zip(papers["certificate"]["lines"], ("630260", "630221"), strict=True):
        line["hs_code"] = six
    papers["certificate"]["lines"][0] |= {"quantity": "700", "description": "Towels of cotton"}
    assert "quantity_mismatch" not in codes(_by_eye(papers))
    result = _by_eye(_misread(papers, ("invoice", "hs_code", 2), "63826000"))
    assert not {"quantity_mismatch", "certificate_coverage"} & set(codes(result))
    code = result.documents[0].lines[2].get("hs_code")
    assert code is not None
    assert code.value == "63826000"
    assert "/items/2/hs_code" in result.withheld


def test_a_label_read_with_the_number_is_told_as_a_misreading() -> None:
    papers = _misread(_agreed_on(), ("invoice", "number", None), "COMMERCIAL NL-204")
    assert ("commercial_invoice", "number", None, "NL-204") in _suggested(_by_eye(papers))


def test_a_subtotal_behind_the_discount_is_mended_with_the_amount() -> None:
    papers = _agreed_on()
    papers["invoice"] |= {"discount": "20.00", "subtotal": "3400.00", "total_amount": "3624.50"}
    result = _by_eye(_misread(papers, ("packing", "gross_weight_kg", 0), "380.00"))
    assert {one.nature for one in holding(result)} == {"misread"}
    assert ("packing_list", "gross_weight_kg", 1, "330.00") in _suggested(result)
