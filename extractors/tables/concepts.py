"""Labels that say too little ("Item", "Code", "Weight") or nothing: the column's content and arithmetic settle them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from extractors.tables.figures import priced_for, settled_figures
from extractors.tables.rows import Line
from extractors.values.countries import parse_country
from extractors.values.units import parse_unit

_HS: Final = re.compile(r"\d{4}[. ]?\d{2}(?:[. ]?\d{2}){0,2}")
_SPAN_OF_NUMBERS: Final = re.compile(
    r"(?:c/?no?s?|ctns?|nos?|nr|pkgs?|#)?[.:\s]*\d{1,6}\s*(?:[-–—~]|to|bis|à|a)\s*\d{1,6}", re.IGNORECASE
)
_DOTTED_HS: Final = re.compile(r"\d{4}\.\d{2}(?:[. ]?\d{2}){0,2}|\d{8}|\d{10}|\d{4}\.\d{4}")
_PART: Final = re.compile(r"(?=\S*\d)(?=\S*[A-Z])[A-Z0-9]+(?:[-./][A-Z0-9]+)+|\d{1,6}(?:-\d{2,6})+")
_WORDS: Final = re.compile(r"\S+ (?:\S+ )*[^\W\d]{3,}.*")
_PLAIN_NUMBER: Final = re.compile(r"\W*\d[\d.,' ]*")
_FIGURES: Final = re.compile(r"\W?\d[\d.,' ]*\D{0,6}")
_PROSE: Final = re.compile(r".*[,;–—-]")
"""Numbers that end so are parts of a sentence, between whose words white space happens to run down."""
_COUNT: Final = re.compile(r"\W?\d{1,3}\W?")
_BASIS: Final = re.compile(r"1(?:0{1,3})?(?:\s+\S{1,12})?")
"""For how many units a price is: 1, 10, 100 or 1000, maybe with the unit."""
_MOST: Final = 0.6


def resolved(
    concepts: Sequence[str], items: Sequence[Line], document_type: str, others: Sequence[Line] = ()
) -> list[str]:
    """The concept of each lane, in order. A concept stands at most once; a second column of it becomes "".

    `others` are lines between the items, which tell of columns whose values stand above or below the numbers.
    """
    cells = [[" ".join(w.text for w in line.lanes.get(at, ())) for line in items] for at in range(len(concepts))]
    texts = [[t for t in column if t] or _texts(others, at) for at, column in enumerate(cells)]
    settled = list(concepts)
    for at, concept in enumerate(concepts):
        settled[at] = _settled(concept, texts[at], settled)
    _describe(settled, texts)
    _count_packages(settled, texts)
    settled = settled_figures(_with_price(settled), cells, document_type)
    settled = priced_for(settled, cells)
    return ["" if c in ("aside", "annex") else c for c in _each_once(settled, texts)]


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
    called = next((at for at, c in enumerate(settled) if c == "part_number" and _share(texts[at], _WORDS)), None)
    if called is not None:  # "Article" above numbers and words
        settled[called] = "description"
        return
    if not open_ones:
        return
    longest = max(open_ones, key=lambda at: sum(map(len, texts[at])) / len(texts[at]))
    if sum(c.isalpha() for t in texts[longest] for c in t) > 4 * len(texts[longest]):
        settled[longest] = "description"


def _count_packages(settled: list[str], texts: Sequence[Sequence[str]]) -> None:
    """A column called "No." that says how many packages each range of them has is no line number."""
    if "package_range" not in settled or "number" not in settled or "packages" in settled:
        return
    ranges, numbers = (texts[settled.index(c)] for c in ("package_range", "number"))
    ends = [[int(n) for n in re.findall(r"\d+", t)] for t in ranges]
    sizes = [str(e[-1] - e[0] + 1) for e in ends if e]
    if len(numbers) > 1 and sizes == list(numbers) and not _running(numbers):
        settled[settled.index("number")] = "packages"


def _settled(concept: str, texts: Sequence[str], others: Sequence[str]) -> str:
    """What a column that is called `concept` holds, by most of its cells."""
    if concept in ("number", "packages", "item") and "package_range" not in others and _ranges(texts):
        return "package_range"
    if concept == "item":
        return _item(texts, others)
    if concept == "code":
        return "hs_code" if _share(texts, _HS) and "hs_code" not in others else "part_number"
    if concept in ("", "figures"):
        return _unnamed(concept, texts, others)
    if concept == "price_basis" and texts and sum(bool(parse_unit(t)) for t in texts) >= _MOST * len(texts):
        return "unit" if "unit" not in others else ""
    return _miscalled(concept, texts, others)


def _unnamed(concept: str, texts: Sequence[str], others: Sequence[str]) -> str:
    if concept == "figures" and _share(texts, _PROSE):
        return ""
    return _by_content(texts, others) or ("figures" if _share(texts, _FIGURES) else concept)


def _miscalled(concept: str, texts: Sequence[str], others: Sequence[str]) -> str:
    """A column called a number that holds article numbers, a unit that holds prices, a tariff line that counts."""
    if concept == "hs_code" and _share(texts, _COUNT):  # "Partida": a heading of the tariff, or a line of the list
        return "number" if "number" not in others else ""
    if concept == "unit_price" and list(others).count("unit_price") > 1 and _share(texts, _BASIS):
        return "price_basis" if "price_basis" not in others else ""
    for called, holds, meant in (("number", _PART, "part_number"), ("unit", _PLAIN_NUMBER, "unit_price")):
        if concept == called and meant not in others and _share(texts, holds):
            return meant
    if concept == "unit" and _share(texts, _PLAIN_NUMBER):  # "Unités" above numbers: how many, if they multiply out
        return "figures"
    return concept


def _by_content(texts: Sequence[str], others: Sequence[str]) -> str:
    """What a column without a label plainly holds."""
    if "number" not in others and _running(texts):
        return "number"
    if "package_range" not in others and _ranges(texts):
        return "package_range"
    signs: dict[str, Callable[[str], object]] = {
        "hs_code": _DOTTED_HS.fullmatch, "origin": parse_country,
        "unit": parse_unit, "part_number": _PART.fullmatch,
    }  # fmt: skip
    for concept, holds in signs.items():
        if concept not in others and texts and sum(bool(holds(t)) for t in texts) >= _MOST * len(texts):
            return concept
    return ""


def _running(texts: Sequence[str]) -> bool:
    """Numbers that count the items: each one more than the one before."""
    numbers = [int(re.sub(r"\D", "", t)) for t in texts if re.fullmatch(r"\W?\d{1,4}\W?", t)]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    return (
        len(numbers) > 1
        and numbers[0] == 1
        and len(numbers) >= _MOST * len(texts)
        and steps >= _MOST * (len(numbers) - 1)
    )


def _item(texts: Sequence[str], others: Sequence[str]) -> str:
    named = "part_number" in others or list(others).count("item") > 1
    if named and "number" not in others and _running(texts):
        return "number"
    if "description" not in others:
        return "description"
    if "number" not in others and _share(texts, re.compile(r"\W?\d{1,3}\W?")):
        return "number"
    return "part_number" if "part_number" not in others else ""


def _ranges(texts: Sequence[str]) -> bool:
    """True for ranges of package numbers, each beginning where the ones before end; single numbers may be among them.

    A third of ranges is enough. Article numbers ("70-5672") look like them, but do not go on from one to the next.
    """
    spans = [[int(n) for n in re.findall(r"\d+", t)[:2]] for t in texts if _SPAN_OF_NUMBERS.fullmatch(t)]
    if not spans or len(spans) < len(texts) / 3:
        return False
    rising = sum(first <= last for first, last in spans)
    following = sum(b[0] >= a[1] for a, b in pairwise(spans))
    return rising >= _MOST * len(spans) and following >= _MOST * (len(spans) - 1)


def _share(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(texts) and sum(1 for t in texts if pattern.fullmatch(t)) >= _MOST * len(texts)


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
