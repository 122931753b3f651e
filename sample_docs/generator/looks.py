"""How the papers of a random shipment look: one layout of a pool for each, in a style that fits its language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sample_docs.generator import fonts
from sample_docs.generator.chance import Chance
from sample_docs.generator.consignment import Certificate, Look, Voyage
from sample_docs.generator.truth import Style
from sample_docs.layouts import POOLS, Layout

_HOUSE_PAPERS: Final = ("commercial_invoice", "packing_list")
_ENGLISH_DATES: Final = ("iso", "dmy_slash", "dmy_dot", "d_mon_y", "mon_d_y")
_DATES: Final = {
    "de": ("dmy_dot", "dmy_dot", "d_month_y", "iso"),
    "zh": ("zh", "iso", "mon_d_y"),
    "fr": ("dmy_slash", "dmy_slash", "d_month_y_plain", "dmy_dot"),
    "es": ("dmy_slash", "dmy_slash", "d_de_month_y", "dmy_dash"),
    "it": ("dmy_slash", "dmy_slash", "d_month_y_plain", "dmy_dot"),
}
_NUMBERS: Final = {
    "de": ("eu", "eu", "ch"),
    "zh": ("us",),
    "fr": ("fr", "fr", "fr", "eu"),
    "es": ("eu", "eu", "fr"),
    "it": ("eu", "eu", "eu", "ch"),
}
_ENGLISH_NUMBERS: Final = ("us", "us", "us", "eu", "bare")
_ACCENTS: Final = ("#1f3a5f", "#7a1f2b", "#2c6e3f", "#444444", "#8c5a00", "#20486e", "#5b2a6e", "#000000")
_MIXED: Final = ("digital", "scan_clean", "scan_degraded", "fax", "photo")
_TRANSPORT_FORMS: Final = {"sea": ("bill_of_lading", "sea_waybill"), "air": ("air_waybill",), "road": ("cmr",)}


class PoolLacksError(LookupError):
    """The pool holds no layout for a paper that is wanted; wish for something else or draw from another pool."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a random shipment should be like; None and "" leave it to chance.

    `form` is the certificate's; `pool` names the layouts to draw from and `layouts` restricts the choice to those, to
    hold others back for a test; `level` is a rung of `damage.LADDER` for all papers, or `mixed`; `worn` is the share of
    papers with stamps over text, folds, bad light, typing askew, values barred or scribbled over. `faults` is the most
    mismatches to plant.
    """

    language: str = "en"
    mode: str = ""
    lines: int | None = None
    level: str = "digital"
    certificate: bool | None = None
    form: str = ""
    layouts: frozenset[str] = frozenset()
    pool: str = "samples"
    worn: float = 0.0
    faults: int = 0


def transport_forms(wish: Wish, mode: str) -> tuple[str, ...]:
    """The transport documents of a mode that the pool can draw, none where it cannot."""
    return tuple(form for form in _TRANSPORT_FORMS[mode] if _fitting(wish, "transport_document", form))


def certificate_forms(wish: Wish) -> frozenset[str]:
    """The forms of certificate that the pool can draw."""
    layouts = POOLS[wish.pool]
    return frozenset(one.form for one in layouts if one.kind == "certificate_of_origin" and one.form is not None)


def looks(wish: Wish, voyage: Voyage, certificate: Certificate | None, chance: Chance) -> dict[str, Look]:
    """A look for each paper.

    Raises:
        PoolLacksError: the pool cannot draw one of them, or not in that language.
    """
    house = _house_style(wish, chance)
    chosen = {kind: _look(wish, kind, house, chance.branch(kind), form=None) for kind in _HOUSE_PAPERS}
    if certificate:
        chosen["certificate_of_origin"] = _look(
            wish, "certificate_of_origin", house, chance.branch("certificate"), form=certificate.form
        )
    chosen["transport_document"] = _look(
        wish, "transport_document", _carriers_style(wish, chance), chance.branch("transport"), form=voyage.form
    )
    return chosen


def _fitting(wish: Wish, kind: str, form: str | None) -> list[Layout]:
    fitting = [one for one in POOLS[wish.pool] if one.kind == kind and one.form == form]
    return [one for one in fitting if not wish.layouts or one.name in wish.layouts] or fitting


def _house_style(wish: Wish, chance: Chance) -> Style:
    """The exporter's way of writing."""
    return Style(
        language=wish.language,
        numbers=chance.pick(_NUMBERS.get(wish.language, _ENGLISH_NUMBERS)),
        dates=chance.pick(_DATES.get(wish.language, _ENGLISH_DATES)),
        family=chance.pick(fonts.FAMILIES),
        accent=chance.pick(_ACCENTS),
        dotted_hs=chance.happens(0.6),
    )


def _carriers_style(wish: Wish, chance: Chance) -> Style:
    """English, or the house's language where carriers write it, too."""
    own = chance.branch("carrier")
    local = wish.language not in {"en", "zh"}
    style = Style(
        language=wish.language if local else "en",
        numbers=("eu" if wish.language != "fr" else "fr") if local else "us",
        dates=("dmy_dot" if wish.language == "de" else "dmy_slash") if local else own.pick(_ENGLISH_DATES),
        family=own.pick(("sans", "serif", "narrow", "wide")),
        accent=own.pick(_ACCENTS),
    )
    return replace(style, weight_unit="TNE") if own.happens(0.1) else style


def _look(wish: Wish, kind: str, house: Style, chance: Chance, *, form: str | None) -> Look:
    """A layout that can draw this form in this language, in the house's style with choices of its own."""
    layout = chance.pick(_spoken(wish, kind, house.language, form))
    language = house.language if _writes(wish, layout, house.language) else "en"
    own = language == house.language
    dates = house.dates if own else chance.pick(_ENGLISH_DATES)
    numbers = house.numbers if own else "us"
    rules = chance.pick(("grid", "rows", "columns", "rows"))
    style = replace(house, language=language, dates=dates, numbers=numbers, rules=rules, seed=chance.whole(1, 10**6))
    level = chance.pick(_MIXED) if wish.level == "mixed" else wish.level
    stamped = ("security_background", "stamp") if kind == "certificate_of_origin" else ("stamp",) if form else ()
    return Look(layout.name, style, level, stamped if level != "digital" else (), wish.pool)


def _spoken(wish: Wish, kind: str, language: str, form: str | None) -> list[Layout]:
    """The layouts in that language; for the forms of authorities and carriers those in English serve as well."""
    fitting = _fitting(wish, kind, form)
    spoken = [one for one in fitting if language in one.languages]
    if spoken or (fitting and kind not in _HOUSE_PAPERS):
        return spoken or fitting
    wanted = f"{kind.replace('_', ' ')}{f' {form}' if form else ''} in language {language}"
    raise PoolLacksError(f"the pool {wish.pool} has no layout for a {wanted}; wish for another or name another pool")


def _writes(wish: Wish, layout: Layout, language: str) -> bool:
    """Whether the paper is in the house's language; forms of the samples say so only of CMR and EUR.1 in German."""
    if layout.kind in _HOUSE_PAPERS:
        return language in layout.languages
    if wish.pool == "samples":
        return layout.name in {"cmr", "eur1"} and language == "de"
    return language != "zh" and language in layout.languages
