"""A country's tariff as loaded: its rates by code of goods, in the words of the publication.

Plain dataclasses: a national tariff has tens of thousands of lines, and none of them is written out again.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from schemas.values import lies_within

IMPORT_DUTY = "A00"
NORMAL = "100"
"""Preference code of the rate that needs no proof of origin (UCC Delegated Regulation 2015/2446, annex B, 14 11)."""


_AFTER_DIGITS = ":"
"""Sorts after every digit."""


@dataclass(frozen=True, slots=True)
class TariffLine:
    """One rate for all goods whose code begins with `code` (4 to 10 digits).

    `expression` is as published ("12.00% + 147.00 GBP/100kg"). `origin` is the country or group that the rate is for;
    empty for goods of any origin. `preference` is the code under which it is claimed, `agreement` what it rests on.
    `tax_type`: A00 import duty, A20 additional, A30 anti-dumping, or a national code. `end_use` marks a rate for an
    authorised use alone, `additional_code` one that is for goods declared with that code. `proofs` are the forms of
    certificate that the preference takes; where none is named, any that is a proof of preferential origin.
    `line` is that of the file.
    """

    code: str
    description: str
    expression: str
    origin: str = ""
    preference: str = NORMAL
    agreement: str = ""
    tax_type: str = IMPORT_DUTY
    supplementary_unit: str = ""
    additional_code: str = ""
    end_use: bool = False
    measures: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()
    vat_rate: Decimal | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    line: int = 0

    def counts_on(self, day: dt.date) -> bool:
        return lies_within(day, self.valid_from, self.valid_until)


@dataclass(frozen=True, slots=True)
class Tariff:
    """The tariff of one jurisdiction. `name` and `source` say which publication, for every tax line that rests on it.

    `valid_from` is the day from which it was loaded to hold. `code_digits` is the length of its longest codes, by which
    the country declares goods. `countries` are the members of the
    groups that `origin` may name ("GSP"); a group that is not here has no members.
    """

    lines: tuple[TariffLine, ...]
    name: str = ""
    source: str = ""
    jurisdiction: str = ""
    valid_from: dt.date | None = None
    code_digits: int = 10
    countries: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _by_code: Mapping[str, tuple[TariffLine, ...]] = field(init=False, repr=False, compare=False)
    _codes: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", _by_code(self.lines))
        object.__setattr__(self, "_codes", tuple(sorted(self._by_code)))

    def at(self, code: str) -> tuple[TariffLine, ...]:
        """The lines of exactly that code."""
        return self._by_code.get(code, ())

    def below(self, code: str) -> tuple[TariffLine, ...]:
        """The lines of every longer code that begins with it, by code."""
        first, last = bisect_right(self._codes, code), bisect_left(self._codes, code + _AFTER_DIGITS)
        return tuple(line for longer in self._codes[first:last] for line in self._by_code[longer])


def _by_code(lines: Iterable[TariffLine]) -> Mapping[str, tuple[TariffLine, ...]]:
    found: defaultdict[str, list[TariffLine]] = defaultdict(list)
    for one in lines:
        found[one.code].append(one)
    return {code: tuple(ones) for code, ones in found.items()}
