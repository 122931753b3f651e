"""Labels that say too little ("Item", "Code", "Weight") or nothing: the column's content and arithmetic settle them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.tables.rows import Line

_HS: Final = re.compile(r"\d{4}[. ]?\d{2}(?:[. ]?\d{2}){0,2}")
_SPAN_OF_NUMBERS: Final = re.compile(
    r"(?:c/?no?s?|ctns?|nos?|nr|pkgs?|#)?[.:\s]*\d{1,6}\s*(?:[-–—~]|to|bis|à|a)\s*\d{1,6}", re.IGNORECASE
)
_MOST: Final = 0.6


def resolved(concepts: Sequence[str], items: Sequence[Line]) -> list[str]:
    """The concept of each lane, in order. A concept stands at most once; a second column of it becomes ""."""
    texts = [
        [" ".join(w.text for w in line.lanes[at]) for line in items if line.lanes.get(at)]
        for at in range(len(concepts))
    ]
    settled = list(concepts)
    for at, concept in enumerate(concepts):
        settled[at] = _settled(concept, texts[at], settled)
    return _each_once(settled, texts)


def _settled(concept: str, texts: Sequence[str], others: Sequence[str]) -> str:
    """What a column that is called `concept` holds, by most of its cells."""
    if concept in ("number", "packages", "item") and "package_range" not in others and _any(texts, _SPAN_OF_NUMBERS):
        return "package_range"
    if concept == "item":
        return _item(texts, others)
    if concept == "code":
        return "hs_code" if _share(texts, _HS) and "hs_code" not in others else "part_number"
    if concept == "number" and texts and not _share(texts, re.compile(r"\W?\d{1,4}\W?")):
        return "part_number" if "part_number" not in others and "item" not in others else ""
    if concept == "unit" and "unit_price" not in others and _share(texts, re.compile(r"\W*\d[\d.,' ]*")):
        return "unit_price"
    return "" if concept in ("aside", "annex") else concept


def _item(texts: Sequence[str], others: Sequence[str]) -> str:
    if "description" not in others:
        return "description"
    if "number" not in others and _share(texts, re.compile(r"\W?\d{1,3}\W?")):
        return "number"
    return "part_number" if "part_number" not in others else ""


def _any(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    """A third is enough: of package ranges, many are a single number."""
    return bool(texts) and sum(1 for t in texts if pattern.fullmatch(t)) >= len(texts) / 3


def _share(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(texts) and sum(1 for t in texts if pattern.fullmatch(t)) >= _MOST * len(texts)


def _each_once(concepts: Sequence[str], texts: Sequence[Sequence[str]]) -> list[str]:
    """Of columns with one meaning the fullest counts; of equally full ones the first for words, the last for sums."""
    kept = list(concepts)
    for concept in set(concepts) - {""}:
        places = [at for at, c in enumerate(concepts) if c == concept]
        late = concept in ("amount", "net_weight", "gross_weight", "volume")
        best = max(places, key=lambda at: (len(texts[at]), at if late else -at))
        for at in places:
            if at != best:
                kept[at] = ""
    return kept
