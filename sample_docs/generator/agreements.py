"""Certificates of random shipments: which countries trade under which form, who issues it, which criteria it states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.companies import LANDS
from sample_docs.generator.consignment import Certificate
from sample_docs.generator.looks import PoolLacksError, Wish, certificate_forms

_UNION: Final = frozenset(("DE", "AT", "PT", "IT", "PL", "NL", "FR", "ES", "BE"))
_SOUTH_EAST_ASIA: Final = frozenset(("VN", "MY", "TH"))
_EAST_ASIA: Final = _SOUTH_EAST_ASIA | {"CN", "JP", "AU"}
_AGREEMENTS: Final[dict[str, Callable[[str, str], bool]]] = {
    "eur1": lambda origin, goal: origin in _UNION and goal in {"CH", "NO"},
    "form_e": lambda origin, goal: origin == "CN" and goal == "TH",
    "form_d": lambda origin, goal: origin in _SOUTH_EAST_ASIA and goal in _SOUTH_EAST_ASIA,
    "rcep": lambda origin, goal: origin in _EAST_ASIA and goal in _EAST_ASIA,
    "usmca": lambda origin, goal: {origin, goal} == {"US", "MX"},
    "form_a": lambda origin, goal: origin in {"VN", "BD", "IN"} and goal in {"JP", "AU"},
}
_ISSUERS: Final = {
    "chamber": "Chamber of Commerce and Industry",
    "eur1": "Customs Office",
    "form_a": "Export Promotion Office",
    "form_d": "Ministry of Trade",
    "form_e": "Customs District",
    "rcep": "Origin Certification Office",
    "usmca": "",
}
_CUSTOMS_OFFICE: Final = {
    "DE": "Zollamt", "AT": "Zollamt", "FR": "Bureau de douane", "BE": "Bureau de douane", "ES": "Aduana",
    "IT": "Ufficio delle Dogane",
}  # fmt: skip
_CRITERIA: Final = {
    "form_a": ("P", "W {hs}"),
    "form_d": ("WO", "RVC 40%", "CTH", "CC"),
    "form_e": ("PE", "CTH", "RVC 40%"),
    "rcep": ("WO", "PE", "CTC", "RVC"),
    "usmca": ("A", "B", "C"),
}
_NO_CERTIFICATE: Final = 0.35
_UNDER_AN_AGREEMENT: Final = 0.5
Way = tuple[str, str]  # ISO codes of the exporter's and the consignee's country


def way(wish: Wish, choices: tuple[Sequence[str], Sequence[str]], usual: Way, chance: Chance) -> Way:
    """The countries of exporter and consignee: `usual`, or two that trade under an agreement.

    Left to chance alone some forms would hardly ever be seen; so, apart from the samples, every second pair trades
    under one whose form the pool can draw. `choices` are the countries of exporters and of consignees.
    """
    forms = sorted(certificate_forms(wish) & set(_AGREEMENTS))
    if wish.form:
        forms = [wish.form] if wish.form in _AGREEMENTS else []
    elif wish.pool == "samples" or not chance.happens(_UNDER_AN_AGREEMENT):
        forms = []
    if not forms:
        return usual
    applies = _AGREEMENTS[chance.pick(forms)]
    pairs = [(one, other) for one in sorted(set(choices[0])) for other in choices[1] if one != other]
    return chance.pick([pair for pair in pairs if applies(*pair)] or [usual])


def certificate_for(wish: Wish, between: Way, left: dt.date, chance: Chance) -> Certificate | None:
    """The certificate that goes with the two countries; often none.

    Raises:
        PoolLacksError: one is wished for that the pool cannot draw.
    """
    if wish.certificate is False or (wish.certificate is None and not wish.form and chance.happens(_NO_CERTIFICATE)):
        return None
    form = _form(wish, between, chance)
    if form is None:
        return None
    origin = between[0]
    issuer = _CUSTOMS_OFFICE.get(origin, _ISSUERS[form]) if form == "eur1" else _ISSUERS[form]
    criterion = chance.pick(_CRITERIA[form]) if form in _CRITERIA else ""
    town = LANDS[origin].places[0].port
    day = left - dt.timedelta(days=chance.whole(0, 1))
    number = f"{chance.pick(('A', 'CO', origin))}{day:%y}{chance.digits(7)}"
    return Certificate(form, number, day, f"{issuer} {town}" if issuer else "", town, criterion)


def _form(wish: Wish, between: Way, chance: Chance) -> str | None:
    """The wished form, one of an agreement between the two, or the chamber's; none where it is not insisted on."""
    known = certificate_forms(wish)
    agreed = [form for form, applies in _AGREEMENTS.items() if applies(*between) and form in known]
    form = wish.form or chance.branch("form").pick(agreed or ["chamber"])
    if form in known:
        return form
    if wish.form or wish.certificate:
        raise PoolLacksError(f"the pool {wish.pool} has no certificate of origin {form}; wish for certificate=False")
    return None
