"""Reading is imperfect: whatever is lost or misread, nothing wrong is declared without a person seeing it."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from declarations import DeclarationTerms, declare
from schemas.declarations import Declaration
from tests.trade_papers import Plain, consistent, holding, reconciled, shipment

_DECLARED = (
    "exporter", "importer", "currency", "total_invoice_amount", "incoterm", "incoterm_place", "gross_mass_kg",
    "packages",
)  # fmt: skip
_OF_ITEM = ("hs_code", "origin", "quantity", "unit", "net_mass_kg", "item_price", "description")
_PLACES = [
    (paper, line, name)
    for paper, plain in consistent().items()
    for line, scope in [(None, plain), *enumerate(plain["lines"])]
    for name in scope
    if name not in {"type", "form", "lines"}
]


def _declared(papers: dict[str, Plain], reader: str) -> tuple[Declaration, bool]:
    result = reconciled(papers, reader=reader)
    return declare(shipment(papers, reader=reader), result, DeclarationTerms()), not holding(result)


def _values(declaration: Declaration) -> list[Any]:
    return [
        *(getattr(declaration, name) for name in _DECLARED),
        *(getattr(item, name) for item in declaration.items for name in _OF_ITEM),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PLACES), max_size=4, unique=True), st.sampled_from(["text_layer", "tesseract"]))
def test_lost_values_are_asked_for_or_stated_alike_by_another_paper(
    lost: list[tuple[str, int | None, str]], reader: str
) -> None:
    papers = consistent()
    for paper, line, name in lost:
        scope = papers[paper] if line is None else papers[paper]["lines"][line]
        scope[name] = None
    declaration, clear = _declared(papers, reader)
    full, _ = _declared(consistent(), "text_layer")
    if clear:
        assert declaration.importer is not None
        assert all(value is not None for value in _values(declaration))
        assert declaration.gross_mass_kg == full.gross_mass_kg
        assert [item.net_mass_kg for item in declaration.items] == [item.net_mass_kg for item in full.items]


_NUMBERS = [
    place for place in _PLACES if place[2] in {"quantity", "amount", "net_weight_kg", "total_amount", "packages"}
]


def _seen_twice(papers: dict[str, Plain], but: tuple[str, int | None, str] | None = None) -> dict[str, Plain]:
    """Every value confirmed by a second reader, except the one named."""
    for paper, line, name in _PLACES:
        scope = papers[paper] if line is None else papers[paper]["lines"][line]
        if (paper, line, name) != but:
            scope[name] = {"value": scope[name], "witnesses": ("reader:rapidocr",)}
    return papers


def test_papers_that_two_readers_see_alike_are_clear() -> None:
    declaration, clear = _declared(_seen_twice(consistent()), "tesseract")
    full, _ = _declared(consistent(), "text_layer")
    assert clear
    assert _values(declaration) == _values(full)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(_NUMBERS), st.integers(min_value=0, max_value=9), st.integers(min_value=0, max_value=9))
def test_a_number_misread_by_one_reader_is_never_declared_in_a_clear_declaration(
    place: tuple[str, int | None, str], at: int, digit: int
) -> None:
    papers = consistent()
    paper, line, name = place
    scope = papers[paper] if line is None else papers[paper]["lines"][line]
    text = str(scope[name])
    spot = at % len(text)
    misread = text if text[spot] == "." else f"{text[:spot]}{digit}{text[spot + 1 :]}"
    _seen_twice(papers, place)
    scope[name] = misread
    declaration, clear = _declared(papers, "tesseract")
    full, _ = _declared(consistent(), "text_layer")
    assert clear is (misread == text) or name in {"net_weight_kg", "packages"}
    assert not clear or _values(declaration) == _values(full)
