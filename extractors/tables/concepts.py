"""Labels that say too little ("Item", "Code", "Weight") or nothing: the column's content and arithmetic settle them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.tables import contents
from extractors.tables.figures import priced_for, settled_figures
from extractors.tables.rows import Line
from extractors.values.units import parse_unit

_WORDS: Final = re.compile(r"\S+ (?:\S+ )*[^\W\d]{3,}.*")
_BASIS: Final = re.compile(r"1(?:0{1,3})?(?:\s+\S{1,12})?")
"""For how many units a price is: 1, 10, 100 or 1000, maybe with the unit."""


def resolved(
    concepts: Sequence[str], items: Sequence[Line], document_type: str, others: Sequence[Line] = ()
) -> list[str]:
    """The concept of each lane, in order. A concept stands at most once; a second column of it becomes "".

    `others` are lines between the items, which tell of columns whose values stand above or below the numbers.
    """
    cells = [[" ".join(w.text for w in line.lanes.get(at, ())) for line in items] for at in range(len(concepts))]
    texts = [[t for t in column if t] or _texts(others, at) for at, column in enumerate(cells)]
    concepts = [_counted(concept, concepts, texts[at]) for at, concept in enumerate(concepts)]
    settled = list(concepts)
    for at, concept in enumerate(concepts):
        settled[at] = _settled(concept, texts[at], settled, document_type)
    _describe(settled, texts)
    _count_packages(settled, texts)
    if document_type != "commercial_invoice":
        _tell_by_units(settled, texts)
    counted = settled_figures(_with_price(settled), cells, document_type)
    left = [at for at, c in enumerate(settled) if c == "figures" and not counted[at]]
    settled = priced_for(_else_called(left, concepts, counted, texts), cells)
    return ["" if c in ("aside", "annex") else c for c in _each_once(settled, texts)]


def _counted(concept: str, concepts: Sequence[str], texts: Sequence[str]) -> str:
    """No number of an item where "60 PACKAGES" stands below "Number and kind"."""
    counts = concept == "number" and "packages" not in concepts and contents.count_packages(texts)
    return "packages" if counts else concept


def _else_called(
    left: Sequence[int], concepts: Sequence[str], counted: Sequence[str], texts: Sequence[Sequence[str]]
) -> list[str]:
    """The concepts, where columns that no arithmetic explains are what else they look like or are called."""
    settled = list(counted)
    for at in left:
        other = "unit_price" if concepts[at] == "unit" else ""
        if not other and contents.like_money(texts[at]) and contents.are_subheadings(texts[at]):
            other = "hs_code"
        if not other and contents.codes_of_digits(texts[at]) and _beside_words(at, settled):
            other = "part_number"
        settled[at] = "" if other in settled else other
    return settled


def _beside_words(at: int, settled: Sequence[str]) -> bool:
    """Whether the description stands in the next column, where article numbers are printed; the quantity elsewhere."""
    return {"description", "quantity"} <= set(settled) and abs(settled.index("description") - at) == 1


def _with_price(concepts: Sequence[str]) -> list[str]:
    """A price before discount is the unit price where no other is printed."""
    priced = "unit_price" in concepts
    return [("" if priced else "unit_price") if c == "list_price" else c for c in concepts]


def _texts(lines: Sequence[Line], at: int) -> list[str]:
    return [" ".join(w.text for w in line.lanes[at]) for line in lines if line.lanes.get(at)]


def _describe(settled: list[str], texts: Sequence[Sequence[str]]) -> None:
    """Where no label says description, it is the column with the longest words that nothing else explains."""
    open_ones = [at for at, c in enumerate(settled) if c == "" and texts[at]]
    if "description" in settled:
        return
    called = next(
        (at for at, c in enumerate(settled) if c == "part_number" and contents.share(texts[at], _WORDS)), None
    )
    if called is not None:  # "Article" above numbers and words
        settled[called] = "description"
        return
    if not open_ones:
        return
    longest = max(open_ones, key=lambda at: sum(map(len, texts[at])) / len(texts[at]))
    if sum(c.isalpha() for t in texts[longest] for c in t) > 4 * len(texts[longest]):
        settled[longest] = "description"


def _count_packages(settled: list[str], texts: Sequence[Sequence[str]]) -> None:
    """A column that says how many packages each range of them has is no line number, and no quantity beside another."""
    if "package_range" not in settled or "packages" in settled:
        return
    ends = [[int(n) for n in re.findall(r"\d+", t)] for t in texts[settled.index("package_range")]]
    sizes = [str(e[-1] - e[0] + 1) for e in ends if e]
    counting = [at for at, c in enumerate(settled) if c in ("number", "quantity") and list(texts[at]) == sizes]
    for at in counting:
        others = [texts[k] for k, c in enumerate(settled) if c == "quantity" and k not in counting]
        if settled[at] == "quantity" and not any(contents.no_fewer(other, texts[at]) for other in others):
            continue  # "1" beside "10" packages may be what is in each
        if len(sizes) > 1 and not contents.running(texts[at]):
            settled[at] = "packages"
            return


def _tell_by_units(settled: list[str], texts: Sequence[Sequence[str]]) -> None:
    """Pieces under "Packages" beside packages under "Quantity": what stands behind the numbers goes before titles.

    Only where every item has at least as many pieces as packages, as the other way round each says what it is called.
    """
    pieces = [at for at, c in enumerate(settled) if c == "packages" and contents.count_goods(texts[at])]
    packed = [at for at, c in enumerate(settled) if c == "quantity"]
    if not pieces or not packed or not contents.no_fewer(texts[pieces[0]], texts[packed[0]]):
        return
    kinds = settled.index("unit") if "unit" in settled else None
    if kinds is not None and contents.name_packages(texts[kinds]):
        settled[kinds] = ""
    elif not contents.count_packages(texts[packed[0]]):
        return
    settled[packed[0]], settled[pieces[0]] = "packages", "quantity"


def _settled(concept: str, texts: Sequence[str], others: Sequence[str], document_type: str) -> str:
    """What a column that is called `concept` holds, by most of its cells."""
    if concept in ("number", "packages", "item") and "package_range" not in others and contents.ranges(texts):
        return "package_range"
    if concept == "item":
        return _item(texts, others)
    if concept == "code":
        return "hs_code" if contents.share(texts, contents.HS) and "hs_code" not in others else "part_number"
    in_hundredths = concept == "packages" and contents.like_money(texts)
    if concept in ("", "figures") or in_hundredths:
        return _unnamed(concept, texts, others, document_type)
    if concept == "price_basis" and contents.mostly(texts, parse_unit):
        return "unit" if "unit" not in others else ""
    return _miscalled(concept, texts, others)


def _unnamed(concept: str, texts: Sequence[str], others: Sequence[str], document_type: str) -> str:
    if concept == "figures" and contents.are_prose(texts):
        return ""
    priced = document_type == "commercial_invoice"  # there arithmetic tells amounts from codes
    if contents.like_money(texts) and (priced or not contents.are_subheadings(texts)):
        return "figures"
    return contents.meaning(texts, others) or ("figures" if contents.are_figures(texts) else concept)


def _miscalled(concept: str, texts: Sequence[str], others: Sequence[str]) -> str:
    """A column called a number that holds article numbers, a unit that holds prices, a tariff line that counts."""
    if concept == "hs_code" and contents.share(texts, contents.COUNT):  # "Partida": a heading of the tariff, or a line
        return "number" if "number" not in others else ""
    if concept == "unit_price" and list(others).count("unit_price") > 1 and contents.share(texts, _BASIS):
        return "price_basis" if "price_basis" not in others else ""
    if concept == "number" and "part_number" not in others and contents.share(texts, contents.PART):
        return "part_number"
    if concept == "unit" and contents.share(texts, contents.PLAIN_NUMBER):
        return "figures"  # "Unités" above numbers: how many, or a price, as they multiply out
    return concept


def _item(texts: Sequence[str], others: Sequence[str]) -> str:
    named = "part_number" in others or list(others).count("item") > 1
    if named and "number" not in others and contents.running(texts):
        return "number"
    if "description" not in others and not contents.are_codes(texts):
        return "description"
    if "number" not in others and contents.share(texts, contents.COUNT):
        return "number"
    return "part_number" if "part_number" not in others else ""


def _each_once(concepts: Sequence[str], texts: Sequence[Sequence[str]]) -> list[str]:
    """Of columns with one meaning the fullest counts; of equally full ones the first for words, the last for sums."""
    kept = list(concepts)
    for concept in set(concepts) - {"", "aside", "annex"}:
        places = [at for at, c in enumerate(concepts) if c == concept]
        late = concept in ("amount", "net_weight", "gross_weight", "volume")
        best = max(places, key=lambda at: (len(texts[at]), at if late else -at))
        for at in places:
            if at != best:
                kept[at] = ""
    return kept
