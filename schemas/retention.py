"""How long the papers of an import are kept: the dated rules of `codes/retention.toml`, and what follows from them.

Days are calendar days of the jurisdiction, all of which count by the Gregorian calendar. A period of years ends on the
day of the same name; one that begins on 29 February ends on 1 March where there is none. A last day is wholly kept:
it ends where it ends last on earth, at noon UTC of the next day.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from schemas.jurisdictions import jurisdiction
from schemas.values import Frozen, lies_within

Procedure = Literal["free_circulation", "end_use", "special"]
"""What goods were declared for; `special` is every procedure that is discharged: temporary admission, processing …"""
Event = Literal["acceptance", "release", "end", "correction"]
Law = Literal["customs", "tax"]

PROCEDURES: Final[tuple[Procedure, ...]] = ("free_circulation", "end_use", "special")
DEFAULT: Final = "default"
_ENDS: Final = dt.timedelta(days=1, hours=12)
_BEGINS: Final = dt.timedelta(hours=14)
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {"XI": ("GB", "EU")}
"""Northern Ireland: the Union's customs code in the United Kingdom's customs territory (Windsor Framework, art. 5)."""


class RetentionRule(Frozen):
    """One period of `years`, for events of the days from `valid_from` to `valid_until`, both included.

    `whole_year` counts from the end of the event's calendar year; `beyond` adds to the other rules of the same law.
    `certain` is False where no legal text was seen, `note` says what else a lawyer should look at.
    """

    jurisdiction: str
    law: Law
    runs_from: Event
    years: int
    whole_year: bool = False
    beyond: bool = False
    procedures: tuple[Procedure, ...] = PROCEDURES
    valid_from: dt.date
    valid_until: dt.date | None = None
    source: str
    certain: bool = True
    note: str = ""

    def counts_on(self, day: dt.date) -> bool:
        return lies_within(day, self.valid_from, self.valid_until)

    def last_day(self, event: dt.date) -> dt.date:
        """The last day to keep what belongs to an event of that day."""
        return years_after(dt.date(event.year, 12, 31) if self.whole_year else event, self.years)


class CustomsDates(Frozen):
    """What happened to one declaration, as far as it is known. `received` is when the papers came."""

    received: dt.date
    accepted: dt.date | None = None
    released: dt.date | None = None
    ended: dt.date | None = None
    corrected: dt.date | None = None
    procedure: Procedure = "free_circulation"

    def day_of(self, event: Event) -> dt.date | None:
        """None where it has not happened, or nobody said when."""
        days: Mapping[Event, dt.date | None] = {
            "acceptance": self.accepted, "release": self.released, "end": self.ended, "correction": self.corrected,
        }  # fmt: skip
        return days[event]

    @property
    def latest(self) -> dt.date:
        """The last day that is known: what stands for one that is not."""
        known = (self.received, self.accepted, self.released, self.ended)
        return max(day for day in known if day is not None)


class Kept(Frozen):
    """Until which day one rule keeps the papers. `waits_for_event`: the rule's own day is not known; another stood in.

    Its own day can only be later, so the date is right to keep by and too early to dispose by.
    """

    rule: RetentionRule
    runs_from: dt.date
    last_day: dt.date
    waits_for_event: bool


def years_after(day: dt.date, years: int) -> dt.date:
    """The day of the same name; 1 March for 29 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def end_of(last_day: dt.date) -> dt.datetime:
    """When that day has ended everywhere on earth, in UTC."""
    return dt.datetime.combine(last_day, dt.time(), dt.UTC) + _ENDS


def latest_day_of(moment: dt.datetime) -> dt.date:
    """The calendar day of that moment where the day is furthest on."""
    return (moment.astimezone(dt.UTC) + _BEGINS).date()


def laws_of(code: str | None) -> tuple[str, ...]:
    """Whose rules hold for a declaration in that country: its union's and its own; the default where there are none."""
    found = jurisdiction(code)
    union = (found.union,) if found is not None and found.union is not None else ()
    wanted = _ALSO.get(code or "", (*union, code or ""))
    return tuple(one for one in wanted if one in shipped()) or (DEFAULT,)


def kept(codes: Iterable[str | None], dates: CustomsDates) -> tuple[Kept, ...]:
    """What each rule of these jurisdictions says, the longest first; never empty.

    A jurisdiction without a rule of that day falls back on the default.
    """
    laws = dict.fromkeys(law for code in codes for law in laws_of(code)) or {DEFAULT: None}
    found = [one for law in laws for one in (_kept(shipped()[law], dates) or _kept(shipped()[DEFAULT], dates))]
    return tuple(sorted(found, key=lambda one: (one.last_day, one.rule.source), reverse=True))


def _kept(rules: Sequence[RetentionRule], dates: CustomsDates) -> tuple[Kept, ...]:
    simple = [one for one in rules if not one.beyond and dates.procedure in one.procedures]
    base = tuple(one for rule in simple if (one := _by(rule, dates)) is not None)
    corrected = dates.corrected
    if corrected is None:
        return base
    last = max((one.last_day for one in base if one.rule.law == "customs"), default=None)
    more = [rule for rule in rules if rule.beyond and rule.counts_on(corrected)]
    return base if last is None else (*base, *(_beyond(rule, corrected, last) for rule in more))


def _by(rule: RetentionRule, dates: CustomsDates) -> Kept | None:
    known = dates.day_of(rule.runs_from)
    day = known or dates.latest
    if not rule.counts_on(day):
        return None
    return Kept(rule=rule, runs_from=day, last_day=rule.last_day(day), waits_for_event=known is None)


def _beyond(rule: RetentionRule, corrected: dt.date, last: dt.date) -> Kept:
    last_day = years_after(max(last, corrected), rule.years)
    return Kept(rule=rule, runs_from=corrected, last_day=last_day, waits_for_event=False)


@cache
def shipped() -> Mapping[str, tuple[RetentionRule, ...]]:
    """The rules by jurisdiction, `DEFAULT` among them."""
    text = files("schemas.codes").joinpath("retention.toml").read_text(encoding="utf-8")
    return {
        code: tuple(RetentionRule.model_validate({**row, "jurisdiction": code}, strict=False) for row in rows)
        for code, rows in tomllib.loads(text).items()
    }
