"""Slips of the eye, ranges of packages, and values that vouch for themselves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.fields import Alternative, Field
from schemas.readers import Reader
from schemas.values import Party
from tests.trade_papers import Plain, consistent, reconciled, shipment, witnesses
from validators.arithmetic import in_places
from validators.confusions import Slip, lookalikes, slip_between, slips
from validators.package_ranges import counted, counting, numbered_through
from validators.papers import Cell, papers_of
from validators.solving.likelihood import repair_of
from validators.vouching import has_check_digit, has_sound_tax_number


@pytest.mark.parametrize(
    ("read", "printed", "slip"),
    [
        ("480", "490", "lookalike"),
        ("48", "49", "lookalike"),
        ("NL-2O4", "NL-204", "letter"),
        ("NL-304", "NL-204", "character"),
        ("1.240", "1240", "mark"),
        ("629440", "6294.40", "mark"),
        ("0.27", "27", "mark"),
        ("6.59", "6590", None),
        ("270.00", "1270.00", "lost"),
        ("1", "1750", "lost"),
        ("48", "480", "lost"),
        ("27067", "27067.80", "lost"),
        ("20001", "2000", "ruled"),
        ("12160.00", "2160.00", "ruled"),
        ("2264", "224", "added"),
        ("2240", "224", "mark"),
        ("INV NL-204", "NL-204", "fused"),
        ("35", "86", "two"),
        ("-17.92", "17.92", "sign"),
        ("-17.92", "19.92", None),
        ("452", "600", None),
        ("629440", "6294.00", None),
        ("600", "600.00", None),
    ],
)
def test_a_slip_is_told_by_what_was_read_and_what_is_printed(read: str, printed: str, slip: Slip | None) -> None:
    numeric = read.replace(".", "").lstrip("-").isdigit()
    left, right = (Decimal(read), Decimal(printed)) if numeric else (read, printed)
    assert slip_between(left, right) == slip


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=2, allow_nan=False))
def test_no_number_is_a_slip_of_itself(value: Decimal) -> None:
    assert slip_between(value, value.quantize(Decimal("0.001"))) is None
    assert value not in {other for other in slips(value) if value}


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", min_size=1, max_size=12))
def test_lookalikes_differ_in_one_character(text: str) -> None:
    assert all(sum(a != b for a, b in zip(text, other, strict=True)) == 1 for other in lookalikes(text))


@given(st.decimals(allow_nan=False, allow_infinity=False), st.integers(min_value=-6, max_value=2))
def test_no_number_is_too_long_to_be_printed_otherwise(value: Decimal, exponent: int) -> None:
    if abs(value.adjusted()) < 1000:
        in_places(value, exponent)


def _cell(
    value: str,
    *,
    reader: Reader = "tesseract",
    witnesses: tuple[str, ...] = (),
    alternatives: tuple[Alternative[Decimal], ...] = (),
) -> Cell[object]:
    field = Field[Decimal](
        value=Decimal(value),
        confidence=0.9,
        page=1,
        box=(0, 0, 9, 9),
        reader=reader,
        witnesses=witnesses,
        alternatives=alternatives,
    )
    return Cell(0, "packing_list", "quantity", field.value, field, 0)


def test_only_what_was_read_from_a_picture_can_have_been_misread() -> None:
    printed = Decimal(490)
    assert repair_of(_cell("480"), printed) is not None
    assert repair_of(_cell("480", reader="text_layer"), printed) is None
    assert repair_of(_cell("480", witnesses=("person:anna",)), printed) is None
    assert repair_of(_cell("480", witnesses=("twin",)), printed) is None
    assert repair_of(_cell("480"), Decimal(480)) is None


def test_two_engines_that_agree_are_rarely_wrong_by_a_lookalike() -> None:
    alone, agreed = (
        repair_of(_cell("480"), Decimal(490)),
        repair_of(_cell("480", witnesses=("reader:x",)), Decimal(490)),
    )
    assert alone is not None
    assert agreed is not None
    assert alone.chance > 100 * agreed.chance


def test_a_reading_left_open_is_likelier_than_any_slip() -> None:
    left_open = (Alternative[Decimal](value=Decimal(777), text="777", confidence=0.2),)
    cell = _cell("480", alternatives=left_open)
    other, slip = repair_of(cell, Decimal(777)), repair_of(cell, Decimal(490))
    assert other is not None
    assert slip is not None
    assert other.slip is None
    assert other.chance > slip.chance


def test_a_count_with_decimals_among_whole_ones_is_unlikely() -> None:
    whole, part = (repair_of(_cell("2001"), Decimal(value), decimals=(0, 0)) for value in ("200", "200.1"))
    assert whole is not None
    assert part is not None
    assert whole.chance > part.chance


@pytest.mark.parametrize(
    ("text", "count"),
    [("1-20", 20), ("C/NO. 21 - 35", 15), ("CTN 1~8", 8), ("1 TO 6", 6), ("7", None), ("20-1", None), ("N/M", None)],
)
def test_a_range_counts_its_packages(text: str, count: int | None) -> None:
    assert counted(text) == (None if count is None else Decimal(count))


def _ranged(*ranges: str) -> dict[str, Plain]:
    papers = consistent()
    for line, text in zip(papers["packing"]["lines"], ranges, strict=True):
        line["package_range"] = text
    return papers


def test_ranges_witness_the_packages_and_their_total() -> None:
    papers = _ranged("1-20", "21-35")
    papers["packing"]["lines"][0]["gross_weight_kg"] = None
    result = reconciled(papers, reader="tesseract")
    assert "arithmetic" in witnesses(result, 1, "packages")
    assert "arithmetic" in witnesses(result, 1, "packages", 1)


@pytest.mark.parametrize(
    ("ranges", "last"),
    [(("1-20", "21-35"), 35), (("1-20", "20-35"), 35), (("1-20", "22-35"), None), (("1-20", "x"), None)],
)
def test_packages_are_numbered_through_only_without_a_gap(ranges: tuple[str, str], last: int | None) -> None:
    paper = papers_of(shipment(_ranged(*ranges)).documents)[1]
    assert numbered_through(paper) == last


def test_ranges_that_count_something_else_are_no_ranges_of_packages() -> None:
    paper = papers_of(shipment(_ranged("1-3", "4-9")).documents)[1]
    assert counting(paper) == []


def test_a_container_vouches_for_itself_by_its_check_digit() -> None:
    papers = consistent()
    papers["transport"]["container_number"] = "CSQU3054383"
    assert "check_digit" in witnesses(reconciled(papers, reader="tesseract"), 3, "container_number")
    papers["transport"]["container_number"] = "CSQU3054384"
    assert "check_digit" not in witnesses(reconciled(papers, reader="tesseract"), 3, "container_number")
    assert has_check_digit("NO CONTAINER")


@pytest.mark.parametrize(
    ("number", "sound"),
    [
        ("GB 980 7806 84", True),
        ("GB980780684000", True),
        ("DE136695976", True),
        ("DE136695978", False),
        ("33AAGCK", False),
    ],
)
def test_a_tax_number_is_sound_by_its_check_digits(number: str, *, sound: bool) -> None:
    assert has_sound_tax_number(number) is sound


def test_a_code_with_a_lookalike_in_the_nomenclature_needs_another_witness() -> None:
    papers = consistent()
    del papers["certificate"]
    papers["invoice"]["lines"][0]["hs_code"] = "847989"  # 8479.89 beside 8479.83, which the list has too
    result = reconciled(papers, reader="tesseract")
    assert not any(one.startswith("code_list") for one in witnesses(result, 0, "hs_code", 0))


def test_a_code_without_a_lookalike_in_the_nomenclature_vouches_for_its_six_digits() -> None:
    papers = consistent()
    del papers["certificate"]
    papers["invoice"]["lines"][0]["hs_code"] = "27079100"
    result = reconciled(papers, reader="tesseract")
    assert "code_list/hs6" in witnesses(result, 0, "hs_code", 0)
    assert result.standings["/items/0/hs_code"].digits == 6


def test_a_party_carries_the_check_digits_of_its_tax_number() -> None:
    papers = consistent()
    buyer = Party(name="Halden Textil GmbH", tax_id="DE136695976")
    papers["invoice"]["consignee"] = {"value": buyer, "text": buyer.name}
    assert "check_digit/tax_id" in witnesses(reconciled(papers, reader="tesseract"), 0, "consignee")
    assert "check_digit/tax_id" not in witnesses(reconciled(papers), 0, "consignee")


def test_a_repair_is_printed_as_its_column_is() -> None:
    alone = repair_of(_cell("629440"), Decimal(6294), decimals=(2, 2))
    marked = repair_of(_cell("629440"), Decimal("6294.40"), decimals=(2, 2))
    assert alone is None
    assert marked is not None
    assert marked.slip == "mark"
