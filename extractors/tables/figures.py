"""Columns of numbers without a label: what they are, by arithmetic between the columns of the same items.

Arithmetic only chooses what a column means; it never changes a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations
from typing import Final

from extractors.tables.numerals import is_numeric
from extractors.values.currencies import split_currency
from extractors.values.numbers import NumberStyle, number_style, parse_number
from extractors.values.packages import parse_package_range
from extractors.values.units import parse_unit

Values = Sequence[Decimal | None]

_CODES: Final = frozenset(
    {"hs_code", "part_number", "number", "package_range", "description", "item", "code", "origin"}
)
_MEASURED: Final = frozenset({"net_weight", "gross_weight", "weight", "volume"})
_AGREE: Final = 0.6
"""The share of items in which a relation must hold."""
_TOLERANCE: Final = Decimal("0.02")
"""Unit prices are printed rounded: a product may miss the amount by so much of it."""
_CENT: Final = Decimal("0.011")
_BASES: Final = (1, 100, 1000)
"""For how many units a price may be."""
_HEAVIEST_PACKING: Final = 4
"""Gross weights above so many net weights are no gross weights of the same goods."""
_LIGHTEST: Final = Decimal(20)
"""Kilograms to a cubic metre that goods weigh at least; below, the smaller column is no volume."""


def settled_figures(concepts: Sequence[str], cells: Sequence[Sequence[str]], document_type: str) -> list[str]:
    """The concepts with those called "figures" settled where arithmetic or a unit tells; "" where nothing does.

    `cells` are the texts of each column, one for each item, "" where a cell is empty.
    """
    settled = list(concepts)
    values = _values(concepts, cells)
    for at, concept in enumerate(concepts):
        if concept == "figures" and "quantity" not in settled and _mostly(cells[at], _with_unit):
            settled[at] = "quantity"
    if document_type == "commercial_invoice":
        if "quantity" not in settled:  # "Ordered" stands beside "Shipped", or alone
            counted = [sum(v is not None for v in column) >= _AGREE * len(column) for column in values]
            settled = ["figures" if c == "aside" and n else c for c, n in zip(settled, counted, strict=True)]
        if "quantity" not in settled and "packages" in settled:
            settled[settled.index("packages")] = "figures"
        _priced(settled, values)
        _miscalled_amount(settled, values)
    else:
        _packed(settled, values, cells)
    return ["" if c == "figures" else c for c in settled]


def _values(concepts: Sequence[str], cells: Sequence[Sequence[str]]) -> list[Values]:
    """The numbers of each column. Codes do not say how numbers are printed: "70.39100" is an article's."""
    figures = [column for concept, column in zip(concepts, cells, strict=True) if concept not in _CODES]
    style = number_style(split_currency(text)[0] for column in figures for text in column)
    return [[_number(split_currency(text)[0], style) for text in column] for column in cells]


def _number(text: str, style: NumberStyle | None) -> Decimal | None:
    text = text.partition("/")[0]
    whole = parse_number(text, style, trailing_unit=True)
    if whole is not None:
        return whole
    found = [n for w in text.split() if is_numeric(w) and (n := parse_number(w, style)) is not None]
    return found[0] if len(found) == 1 else None


def _with_unit(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and parse_unit(words[-1]) in {
        "C62",
        "H87",
        "PR",
        "SET",
        "MTR",
        "DZN",
        "LTR",
        "MTK",
        "NMP",
        "EA",
    }


def _mostly(texts: Sequence[str], holds: object) -> bool:
    known = [t for t in texts if t]
    return callable(holds) and bool(known) and sum(bool(holds(t)) for t in known) >= _AGREE * len(known)


def _places(settled: Sequence[str]) -> list[int]:
    return [at for at, concept in enumerate(settled) if concept == "figures"]


def _priced(settled: list[str], values: Sequence[Values]) -> None:
    """Finds quantity, unit price and amount: the product of two columns is the third."""
    missing = [c for c in ("quantity", "unit_price", "amount") if c not in settled]
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for chosen in permutations(_places(settled), len(missing)):
        trial = dict(zip(missing, chosen, strict=True))
        counts, prices, amounts = (
            values[trial.get(c, settled.index(c) if c in settled else 0)] for c in ("quantity", "unit_price", "amount")
        )
        share = _share_of_products(counts, prices, amounts, _BASES if missing == ["quantity"] else (1,))
        if share > best[0]:  # of equal shares the first counts: quantity, price and amount stand in this order
            best = (share, chosen)
    if best[0] >= _AGREE:
        for concept, at in zip(missing, best[1], strict=True):
            settled[at] = concept


def _miscalled_amount(settled: list[str], values: Sequence[Values]) -> None:
    """A column of amounts under another title ("Valore netto" of which "netto" was read), where none else is there."""
    empty = [at for at, c in enumerate(settled) if c == "amount" and not any(values[at])]
    if not {"quantity", "unit_price"} <= set(settled) or ("amount" in settled and not empty):
        return
    counts, prices = (values[settled.index(c)] for c in ("quantity", "unit_price"))
    for at, concept in enumerate(settled):
        rows = zip(counts, prices, values[at], strict=True)
        known = [(q, p, a) for q, p, a in rows if q and p and a]
        exact = all(abs(q * p - a) <= _CENT for q, p, a in known)
        telling = sum(q != a for q, _, a in known)  # at a price of one the quantity itself would do
        if concept in _MEASURED and exact and telling > 1:
            for other in empty:
                settled[other] = ""
            settled[at] = "amount"
            return


def priced_for(concepts: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    """The concepts, where of several columns of quantities only the one stays that the price multiplies with."""
    places = [at for at, concept in enumerate(concepts) if concept == "quantity"]
    if len(places) < 2 or "unit_price" not in concepts or "amount" not in concepts:  # noqa: PLR2004  one is enough
        return list(concepts)
    values = _values(concepts, cells)
    prices, amounts = (values[concepts.index(c)] for c in ("unit_price", "amount"))
    fitting = [at for at in places if _share_of_products(values[at], prices, amounts) >= _AGREE]
    others = set(places) - set(fitting) if len(fitting) == 1 else set()
    return ["" if at in others else concept for at, concept in enumerate(concepts)]


def _multiplies(quantity: Decimal, price: Decimal, amount: Decimal, bases: Sequence[int]) -> bool:
    near = max(_TOLERANCE * abs(amount), Decimal("0.02"))
    return any(abs(quantity * price / basis - amount) <= near for basis in bases)


def _share_of_products(quantities: Values, prices: Values, amounts: Values, bases: Sequence[int] = (1,)) -> float:
    rows = list(zip(quantities, prices, amounts, strict=True))
    held = sum(1 for q, p, a in rows if q and p and a and _multiplies(q, p, a, bases))
    return held / len(rows) if rows else 0.0


def _packed(settled: list[str], values: Sequence[Values], cells: Sequence[Sequence[str]]) -> None:
    """Packages by their ranges, then weights and volume by their sizes and their order."""
    if "packages" not in settled and "package_range" in settled:
        ranges = [_length(t) for t in cells[settled.index("package_range")]]
        for at in _places(settled):
            if _agreeing(values[at], ranges):
                settled[at] = "packages"
                break
    _weights(settled, values)
    for at in _places(settled):
        heavy = next((values[settled.index(c)] for c in ("gross_weight", "net_weight") if c in settled), None)
        if (
            "volume" not in settled
            and heavy is not None
            and _all_pairs(values[at], heavy, lambda v, w: v * _LIGHTEST < w)
        ):
            # Whole numbers may as well count packages: left open.
            settled[at] = "" if _whole(values[at]) else "volume"
    order = [c for c in ("packages", "quantity") if c not in settled]
    if len(order) == 1 == len(_places(settled)) and _whole(values[_places(settled)[0]]):
        settled[_places(settled)[0]] = order[0]


def _weights(settled: list[str], values: Sequence[Values]) -> None:
    for concept, other in (("gross_weight", "net_weight"), ("net_weight", "gross_weight")):
        if concept in settled or other not in settled:
            continue
        known = values[settled.index(other)]
        for at in _places(settled):
            pairs = (known, values[at]) if concept == "gross_weight" else (values[at], known)
            if _all_pairs(*pairs, lambda net, gross: net <= gross <= _HEAVIEST_PACKING * net) and not _whole(
                values[at]
            ):
                settled[at] = concept
                break
    if not {"gross_weight", "net_weight"} & set(settled):
        for left, right in zip(_places(settled), _places(settled)[1:], strict=False):
            if _all_pairs(values[left], values[right], lambda net, gross: net <= gross <= _HEAVIEST_PACKING * net):
                settled[left], settled[right] = "net_weight", "gross_weight"
                break


def _length(text: str) -> Decimal | None:
    found = parse_package_range(text)
    if found is None:
        return None
    first, last = (int(n) for n in (found.split("-") * 2)[:2])
    return Decimal(last - first + 1)


def _agreeing(some: Values, others: Values) -> bool:
    both = [(a, b) for a, b in zip(some, others, strict=True) if a is not None and b is not None]
    return bool(both) and sum(a == b for a, b in both) >= _AGREE * len(both)


def _whole(values: Values) -> bool:
    known = [v for v in values if v is not None]
    return bool(known) and all(v == v.to_integral_value() for v in known)


def _all_pairs(some: Values, others: Values, holds: object) -> bool:
    both = [(a, b) for a, b in zip(some, others, strict=True) if a is not None and b is not None]
    return callable(holds) and bool(both) and sum(bool(holds(a, b)) for a, b in both) >= 0.8 * len(both)
