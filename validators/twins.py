"""One paper that came twice: as a page that people read and as figures for machines. It is counted once.

What the page lacks is taken from the figures, what both state alike has the witness "twin", and what they state
differently is left for a check to tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from schemas.documents import AnyField, Document, FieldSet
from validators.sameness import reference, same_value

WITNESS: Final = "twin"
_SIX_DIGITS: Final = 6
_IDENTITIES: Final[tuple[tuple[str, ...], ...]] = (
    ("total_amount", "currency", "date"),
    ("invoice_number", "gross_weight_kg"),
    ("invoice_number", "packages"),
)
"""What together makes two papers one where a number is on neither or was misread."""

_OF_THE_PRICE: Final = frozenset({"price_basis", "discount"})

F = TypeVar("F", bound=FieldSet)


def twins_of(documents: Sequence[Document]) -> dict[int, int]:
    """For each document of figures that repeats another: its index, and the other's, a page if there is one."""
    found: dict[int, int] = {}
    pages = [n for n, one in enumerate(documents) if one.text_source != "structured"]
    figures = [n for n, one in enumerate(documents) if one.text_source == "structured"]
    for n in figures:
        before = [other for other in figures if other < n and other not in found]
        home = next((other for other in (*pages, *before) if _is_one(documents, other, n)), None)
        if home is not None:
            found[n] = home
    return found


def _is_one(documents: Sequence[Document], page: int, figures: int) -> bool:
    one, other = documents[page], documents[figures]
    if one.type != other.type or one.type not in ("commercial_invoice", "packing_list"):
        return False
    return _one_number(one, other) or _only_one_inside(documents, page, figures) or _one_sum(one, other)


def _one_number(one: Document, other: Document) -> bool:
    left, right = one.fields.get("number"), other.fields.get("number")
    if left is None or right is None:
        return False
    return reference(str(left.value)) == reference(str(right.value)) != ""


def _only_one_inside(documents: Sequence[Document], page: int, figures: int) -> bool:
    """Whether the figures are embedded in the file of this page, and no other paper of the type is in it."""
    other = documents[figures]
    if documents[page].text_source == "structured":
        return False
    inside = [
        n
        for n, one in enumerate(documents)
        if one.type == other.type and one.text_source != "structured" and _files(one) & _files(other)
    ]
    return inside == [page]


def _files(document: Document) -> set[str]:
    return {part.sha256 for part in document.parts}


def _one_sum(one: Document, other: Document) -> bool:
    """Whether all that makes a paper's identity beside its number is alike, and as many lines."""
    if len(one.lines) != len(other.lines) or not one.lines:
        return False
    return any(all(_alike(one.fields, other.fields, name) for name in names) for names in _IDENTITIES)


def _alike(left: FieldSet, right: FieldSet, name: str) -> bool:
    ours, theirs = left.get(name), right.get(name)
    return ours is not None and theirs is not None and same_value(name, ours.value, theirs.value)


def united(documents: Sequence[Document], twins: Mapping[int, int]) -> tuple[Document, ...]:
    """The same documents, the pages with what their twins add to them."""
    done = list(documents)
    for figures, page in twins.items():
        done[page] = _with_twin(done[page], documents[figures])
    return tuple(done)


def _with_twin(page: Document, figures: Document) -> Document:
    fields = _enriched(page.fields, figures.fields)
    pairs = paired_lines(page.lines, figures.lines)
    if not pairs:
        return page.model_copy(update={"fields": fields})
    lines = list(page.lines)
    for ours, theirs in pairs:
        lines[ours] = _enriched(page.lines[ours], figures.lines[theirs])
    complete = dict.fromkeys((*page.complete_by, WITNESS))
    return page.model_copy(update={"fields": fields, "lines": tuple(lines), "complete_by": tuple(complete)})


def _enriched(page: F, figures: FieldSet) -> F:
    added = {name: field for name, field in figures.present().items() if _lacks(page, name)}
    seen = {
        name: field.witnessed(WITNESS) for name, field in page.present().items() if is_confirmed(page, figures, name)
    }
    return page.model_copy(update={**added, **seen})


def _lacks(page: FieldSet, name: str) -> bool:
    """Whether a value of that name would go with the page's others: what a printed price is for is not changed."""
    if name in _OF_THE_PRICE and page.get("unit_price") is not None:
        return False
    return name in type(page).model_fields and page.get(name) is None


def is_confirmed(page: FieldSet, figures: FieldSet, name: str) -> bool:
    """Whether the figures state the page's value; of a code as many digits as the page prints."""
    ours, theirs = page.get(name), figures.get(name)
    if ours is None or theirs is None:
        return False
    if name == "hs_code":
        return _begins(str(theirs.value), str(ours.value))
    if name == "unit_price":
        return _per_unit(page, ours) == _per_unit(figures, theirs)
    return same_value(name, ours.value, theirs.value)


def _begins(code: str, start: str) -> bool:
    return code.startswith(start) and len(start) >= _SIX_DIGITS


def _per_unit(line: FieldSet, price: AnyField) -> Decimal | None:
    """The price of one unit: the figures may give it for a hundred."""
    basis = line.get("price_basis")
    by = basis.value if basis is not None and isinstance(basis.value, Decimal) else Decimal(1)
    return price.value / by if isinstance(price.value, Decimal) and by else None


def paired_lines(page: Sequence[FieldSet], figures: Sequence[FieldSet]) -> list[tuple[int, int]]:
    """Which line is which, where both have as many: by equal quantity and amount, the rest in their order."""
    if len(page) != len(figures):
        return []
    free = list(range(len(figures)))
    found: dict[int, int] = {}
    for n, line in enumerate(page):
        match = next((m for m in _nearest_first(free, n) if _goods_alike(line, figures[m])), None)
        if match is not None:
            found[n] = match
            free.remove(match)
    left = (n for n in range(len(page)) if n not in found)
    return sorted([*found.items(), *zip(left, free, strict=True)])


def _nearest_first(free: Sequence[int], n: int) -> list[int]:
    return sorted(free, key=lambda m: abs(m - n))


def _goods_alike(page: FieldSet, figures: FieldSet) -> bool:
    names = [name for name in ("quantity", "amount", "net_weight_kg", "gross_weight_kg", "packages") if page.get(name)]
    return bool(names) and all(_alike(page, figures, name) for name in names)
