"""Lines of two papers find each other however they are cut, ordered or named, and quantities compare across units."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.shipments import LineRef
from tests.trade_papers import WordsInCommon, codes, consistent, holding, reconciled
from validators.goods import Goods, Likeness
from validators.joining import Group, join
from validators.splitting import total_of
from validators.units import converted, measured

_SPLIT = ("200", "5", "70.00", "80.00"), ("200", "5", "70.00", "80.00"), ("200", "10", "150.00", "170.00")


def _goods(paper: int, line: int, text: str, quantity: str | None, **known: Any) -> Goods:  # noqa: ANN401 - any of its attributes
    amount = None if quantity is None else Decimal(quantity)
    plain = Goods((LineRef(document=paper, line=line),), (text,) if text else (), "en", quantity=amount, unit="C62")
    return replace(plain, **known)


def _joined(left: list[Goods], right: list[Goods]) -> list[tuple[list[int], list[int]]]:
    texts = [[text for one in side for text in one.descriptions] for side in (left, right)]
    groups = join(left, right, Likeness(texts[0], texts[1], texts[0], WordsInCommon()))
    return [(_lines(group.left), _lines(group.right)) for group in groups]


def _lines(goods: tuple[Goods, ...]) -> list[int]:
    return [ref.line for one in goods for ref in one.lines]


def test_one_article_over_several_cartons_is_one_item() -> None:
    papers = consistent()
    towel = papers["packing"]["lines"][0]
    papers["packing"]["lines"][0:1] = [
        {**towel, "quantity": quantity, "packages": packages, "net_weight_kg": net, "gross_weight_kg": gross}
        for quantity, packages, net, gross in _SPLIT
    ]
    result = reconciled(papers)
    assert holding(result) == []
    assert [[ref.line for ref in item.packing] for item in result.items] == [[0, 1, 2], [3]]


def test_a_carton_of_as_many_pieces_of_another_colour_is_not_taken_for_the_line() -> None:
    left = [_goods(0, 0, "Roller chain white", "500"), _goods(0, 1, "Roller chain grey", "1000")]
    right = [_goods(1, n, f"Roller chain {colour}", "500") for n, colour in enumerate(("grey", "white", "grey"))]
    assert _joined(left, right) == [([0], [1]), ([1], [0, 2])]


def test_a_second_carton_goes_to_its_own_part_number() -> None:
    left = [_goods(0, 0, "Gasket", "300", part="A-1"), _goods(0, 1, "Gasket", "100", part="A-2")]
    right = [_goods(1, n, "Gasket", "100", part=part) for n, part in enumerate(("A-1", "A-1", "A-2", "A-1"))]
    assert _joined(left, right) == [([0], [0, 1, 3]), ([1], [2])]


def test_a_part_number_with_a_misread_letter_is_still_that_part() -> None:
    left = [_goods(0, 0, "", None, part="5810-B"), _goods(0, 1, "", None, part="5811-B")]
    right = [_goods(1, 0, "", None, part="581I-B"), _goods(1, 1, "", None, part="S8lO-8")]
    assert _joined(left, right) == [([0], [1]), ([1], [0])]


def test_lines_without_a_name_of_their_own_are_shared_out_by_what_they_add_up_to() -> None:
    left = [_goods(0, 0, "Wall shelf", "70"), _goods(0, 1, "Wall shelf", "55")]
    right = [_goods(1, n, "Wall shelf", quantity) for n, quantity in enumerate(("30", "25", "40", "30"))]
    assert _joined(left, right) == [([0], [0, 2]), ([1], [1, 3])] or _joined(left, right) == [
        ([0], [2, 3]),
        ([1], [0, 1]),
    ]


def test_lines_that_could_be_shared_out_in_two_ways_stay_together() -> None:
    left = [_goods(0, 0, "Wall shelf", "60"), _goods(0, 1, "Wall shelf", "60")]
    cartons = (("20", "5"), ("30", "9"), ("40", "12"), ("30", "9"))
    right = [_goods(1, n, "Wall shelf", quantity, net=Decimal(net)) for n, (quantity, net) in enumerate(cartons)]
    assert _joined(left, right) == [([0, 1], [0, 1, 2, 3])]


def test_two_ways_that_give_each_line_the_same_are_one() -> None:
    left = [_goods(0, 0, "Wall shelf", "60"), _goods(0, 1, "Wall shelf", "60")]
    right = [_goods(1, n, "Wall shelf", "30", net=Decimal(9)) for n in range(4)]
    assert [len(theirs) for _, theirs in _joined(left, right)] == [2, 2]


def test_cartons_in_the_order_of_the_lines_are_theirs() -> None:
    left = [_goods(0, 0, "Wall shelf", "60"), _goods(0, 1, "Wall shelf", "60")]
    cartons = (("20", "5"), ("40", "12"), ("30", "9"), ("30", "8"))
    right = [_goods(1, n, "Wall shelf", quantity, net=Decimal(net)) for n, (quantity, net) in enumerate(cartons)]
    assert _joined(left, right) == [([0], [0, 1]), ([1], [2, 3])]


def test_a_certificate_line_for_several_lines_of_one_code_covers_them() -> None:
    left = [_goods(0, n, f"Shirt {size}", "10", hs="610910") for n, size in enumerate("SML")]
    left.append(_goods(0, 3, "Cotton towel", "40", hs="630260"))
    right = [_goods(1, 0, "Towels of cotton", "40", hs="630260"), _goods(1, 1, "T-shirts", "30", hs="610910")]
    assert _joined(left, right) == [([0, 1, 2], [1]), ([3], [0])]


@given(st.permutations(range(6)))
def test_every_line_is_in_exactly_one_group_whatever_the_order(order: list[int]) -> None:
    left = [_goods(0, n, f"Article {n // 2}", str(10 * (n + 1))) for n in range(6)]
    right = [_goods(1, n, f"Article {of // 2}", str(10 * (of + 1))) for n, of in enumerate(order)]
    groups = _joined(left, right)
    assert sorted(n for ours, _ in groups for n in ours) == list(range(6))
    assert sorted(n for _, theirs in groups for n in theirs) == list(range(6))
    assert all(order[theirs[0]] == ours[0] for ours, theirs in groups)


def test_a_line_missing_on_the_packing_list_is_named() -> None:
    papers = consistent()
    del papers["packing"]["lines"][1]
    messages = [finding.message for finding in reconciled(papers).findings if finding.code == "quantity_mismatch"]
    assert messages == ["invoice, page 1, line 2: these goods (250) are not on the packing list"]


def test_the_group_of_a_line_is_found_by_its_place() -> None:
    left, right = [_goods(0, 0, "Lamp", "5")], [_goods(1, 0, "Lamp", "5"), _goods(1, 1, "Chair", "9")]
    groups = join(left, right, Likeness(["Lamp"], ["Lamp", "Chair"], ["Lamp"], WordsInCommon()))
    assert groups.of(LineRef(document=0, line=0)) == Group((left[0],), (right[0],))
    assert groups.beside(LineRef(document=0, line=0)) == (LineRef(document=1, line=0),)
    assert groups.of(LineRef(document=1, line=1)) is None
    assert groups[1:] == (Group((), (right[1],)),)


@pytest.mark.parametrize(
    ("quantity", "unit", "to", "expected"),
    [
        ("12", "DZN", "C62", "144"), ("2", "GRO", "DZN", "24"), ("3", "MIL", "C62", "3000"), ("48", "PR", "C62", "96"),
        ("2", "DZP", "PR", "24"), ("1.5", "TNE", "KGM", "1500"), ("750", "MLT", "LTR", "0.75"),
        ("2", "HLT", "LTR", "200"), ("250", "CMT", "MTR", "2.5"), ("10000", "CMK", "MTK", "1"),
        ("5", "C62", "KGM", None), ("5", "SET", "C62", None),
    ],
)  # fmt: skip
def test_quantities_convert_between_units_of_one_kind(quantity: str, unit: str, to: str, expected: str | None) -> None:
    assert converted(Decimal(quantity), unit, to) == (None if expected is None else Decimal(expected))


def test_an_unknown_unit_is_a_kind_of_its_own() -> None:
    assert measured(Decimal(5), "ROL") == ("ROL", Decimal(5))
    assert total_of([_goods(0, 0, "", "5", unit="ROL"), _goods(0, 1, "", "7", unit="ROL")]) == ("ROL", Decimal(12))
    assert total_of([_goods(0, 0, "", "5", unit="ROL"), _goods(0, 1, "", "7")]) is None


def test_dozens_on_one_paper_and_pieces_on_the_other_agree() -> None:
    papers = consistent()
    papers["packing"]["lines"][0] |= {"quantity": "50", "unit": "DZN"}
    assert codes(reconciled(papers)) == []


@pytest.mark.parametrize(("pounds", "agrees"), [("639.34", True), ("639", True), ("640.50", False)])
def test_pounds_on_one_paper_and_kilograms_on_the_other_agree_within_rounding(pounds: str, agrees: bool) -> None:  # noqa: FBT001 - a column of cases
    papers = consistent()
    papers["invoice"]["lines"][0] |= {"quantity": "290", "unit": "KGM", "unit_price": "6.62", "amount": "1919.80"}
    papers["invoice"] |= {"subtotal": None, "total_amount": "3644.30"}
    papers["packing"]["lines"][0] |= {"quantity": pounds, "unit": "LBR"}
    papers["certificate"]["lines"][0] |= {"quantity": "290", "unit": "KGM"}
    assert ("quantity_mismatch" not in codes(reconciled(papers))) is agrees
