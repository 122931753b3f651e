"""What a declaration is made under beside the papers: jurisdiction, tariff, rates, charges, profile, archive keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from declarations.risk import Risk
from schemas.exchange import DailyRates, RateTable
from schemas.profiles import Profile
from schemas.reference import ChargeRate
from schemas.tariffs import Tariff


@dataclass(frozen=True, slots=True)
class Procedure:
    """The customs procedure that the importer's profile sets.

    `code` is the procedure asked for and the one before ("4000", "5100"), `additional` the codes that go with it
    ("C28"). `authorisations` are what the importer holds: numbers or kinds ("EUS" for end-use, "IPO" for inward
    processing); a relief that asks for one is not given without it.
    """

    code: str | None = None
    additional: tuple[str, ...] = ()
    authorisations: frozenset[str] = frozenset()

    @property
    def requested(self) -> str:
        """The two digits of the procedure asked for; release for free circulation where none is set."""
        return (self.code or "4000")[:2]


@dataclass(frozen=True, slots=True)
class DeclarationTerms:
    """Everything from outside that decides a declaration. What is not given is not computed, never assumed.

    `jurisdiction` is the one set; None declares where the goods go. `archive_keys` gives the archive's key for each
    original's SHA-256. `rates` are tables the user loaded, `fallback_rates` those used, and named as such, where none
    of them has the day. `charges` are the user's own rates for freight and insurance that no paper states.
    `profiles` are those in force: the importer's own gives the procedure where none is set here.
    `apportion_by` spreads freight of the whole consignment over its items. `seed` makes the random share of
    inspections repeatable, and `risk` says how large it is.
    """

    jurisdiction: str | None = None
    archive_keys: Mapping[str, str] = field(default_factory=dict)
    tariff: Tariff | None = None
    rates: tuple[RateTable, ...] = ()
    fallback_rates: DailyRates | None = None
    charges: tuple[ChargeRate, ...] = ()
    apportion_by: Literal["value", "weight"] = "value"
    profiles: tuple[Profile, ...] = ()
    procedure: Procedure | None = None
    seed: str = ""
    risk: Risk = field(default_factory=Risk)
