"""Whether two records, made at different times, speak of the same goods of one exporter.

Stricter than the joining of lines within a shipment, where each line must find a partner: here most goods of the past
are others, and a price or a code of other goods misleads. So a figure in the description that differs ("40 W", "5 W")
makes other goods of it, and so does an article number that differs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from rapidfuzz import fuzz

from validators.goods import same_code
from validators.names import folded
from validators.sameness import reference

_SHORTEST_PART = 3
"""An article number of fewer signs ("1", "A2") may be the line's number."""
_SAME_WORDS = 90.0
"""Of 100, from which two descriptions are the same words: a letter misread, a word moved."""
_SAME_WORDS_AND_CODE = 75.0
"""… where the first six digits of the code are equal too."""
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Named:
    """What goods are recognised by, each as printed; None where not stated."""

    part_number: str | None = None
    description: str | None = None
    hs_code: str | None = None

    @property
    def part_key(self) -> str:
        key = reference(self.part_number or "")
        return key if len(key) >= _SHORTEST_PART else ""


class Recorded(Protocol):
    """A record of goods, from a list or an earlier shipment."""

    @property
    def part_number(self) -> str | None: ...
    @property
    def description(self) -> str | None: ...
    @property
    def hs_code(self) -> str | None: ...


T = TypeVar("T", bound=Recorded)


def figures(description: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(description))


class KnownGoods(Generic[T]):
    """Records of one exporter, found by the goods that they speak of."""

    def __init__(self, records: Sequence[T]) -> None:
        self._records = records
        self._goods = [Named(record.part_number, record.description, record.hs_code) for record in records]
        self._by_part: dict[str, list[int]] = defaultdict(list)
        self._by_figures: dict[frozenset[str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, goods in enumerate(self._goods):
            if goods.part_key:
                self._by_part[goods.part_key].append(place)
            if words := folded(goods.description or ""):
                self._by_figures[figures(words)][words].append(place)

    def like(self, goods: Named) -> list[T]:
        """The records of these goods, in their order.

        They have its article number; where it or the record has none, they say the same in nearly the same words.
        """
        places = set(self._by_part.get(goods.part_key, ())) | self._by_description(goods)
        return [self._records[place] for place in sorted(places)]

    def _by_description(self, goods: Named) -> set[int]:
        words = folded(goods.description or "")
        near = self._by_figures.get(figures(words), {}) if words else {}
        return {
            place
            for other, places in near.items()
            if (alike := fuzz.token_sort_ratio(words, other, score_cutoff=_SAME_WORDS_AND_CODE))
            for place in places
            if self._may_be(goods, self._goods[place], alike)
        }

    def _may_be(self, goods: Named, other: Named, alike: float) -> bool:
        if goods.part_key and other.part_key:  # two article numbers say more than words
            return False
        return alike >= _SAME_WORDS or same_code(goods.hs_code, other.hs_code) is True
