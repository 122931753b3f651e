"""What customs did with a declaration, as a person records it: the number it got there, and the days that count."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from schemas.jurisdictions import jurisdiction
from schemas.retention import Procedure
from schemas.values import Frozen

_MRN: Final = re.compile(r"(?P<year>\d\d)(?P<country>[A-Z]{2})[A-Z0-9]{13}\d")
_OTHER: Final = re.compile(r"[A-Z0-9][A-Z0-9/-]{3,34}")
_MRN_COUNTRIES: Final = frozenset({"GB", "XI"})
_MODULUS: Final = 11


class Lodgement(Frozen):
    """The `number`th record about the declaration of `revision`, counted from 1 and never changed: a later one adds.

    `mrn` is the declaration's number at customs (MRN, entry number …). `ended` is when customs supervision or the
    procedure ended, `corrected` when customs found that the entry must be corrected. Recorded times are UTC.
    """

    broker: str
    reference: str
    revision: int
    number: int
    mrn: str
    accepted: dt.date
    released: dt.date | None = None
    ended: dt.date | None = None
    corrected: dt.date | None = None
    procedure: Procedure = "free_circulation"
    recorded_by: str
    recorded_at: dt.datetime

    def says_the_same(self, other: Lodgement) -> bool:
        """Whether both tell one thing: all but who recorded it when, and as which."""
        return self.told == other.told

    @property
    def told(self) -> tuple[object, ...]:
        days = (self.accepted, self.released, self.ended, self.corrected)
        return (self.revision, self.mrn, self.procedure, *days)

    @property
    def country(self) -> str | None:
        """Where it was declared, as the number tells; None where it is no MRN."""
        return country_of(self.mrn)


def has_mrns(code: str | None) -> bool:
    """Whether declarations there get an MRN of 18 characters (Regulation (EU) 2015/2447, annex B; CDS)."""
    found = jurisdiction(code)
    return code in _MRN_COUNTRIES or code == "EU" or (found is not None and found.union == "EU")


def country_of(number: str) -> str | None:
    """The country of an MRN, None for a number of another form."""
    told = _MRN.fullmatch(number)
    return told["country"] if told is not None and has_mrns(told["country"]) else None


def year_of(mrn: str) -> int:
    """The year that the MRN was given in."""
    return 2000 + int(mrn[:2])


def is_number(text: str) -> bool:
    """Whether it can be a number of customs at all: 4 to 35 capitals and digits, with `-` and `/` inside."""
    return _OTHER.fullmatch(text) is not None


def check_digit_fits(mrn: str) -> bool:
    """Whether the last digit is that of ISO 6346 over those before it.

    Numbers of the Union's members were seen to keep the rule, and no text of it; so it is a reason to look again and
    none to refuse.
    """
    told = sum(_value(sign) << place for place, sign in enumerate(mrn[:-1]))
    return told % _MODULUS % 10 == int(mrn[-1])


def _value(sign: str) -> int:
    """ISO 6346: letters count from 10, without the multiples of 11."""
    if sign.isdigit():
        return int(sign)
    plain = ord(sign) - ord("A") + 10
    return plain + (plain - 1) // 10
