"""Shipments with one character misread or one value wrong on paper, made from what is printed on generated papers.

No page is drawn and nothing is read: the papers' truth is taken as if read, with confidences and second readers as
often as they were counted on 44 generated shipments (17,000 values by eye, November 2026): two engines agree on 96 of
100 values, of wrong ones on two thirds, and then never by a lookalike character.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from benchmarks.as_read import SURE, UNSURE, Base, Eyes, Papers, Perturbed, Place, Values
from sample_docs.generator.chance import Chance
from schemas.values import plain

_I, _P, _C, _T = "commercial_invoice", "packing_list", "certificate_of_origin", "transport_document"
FAMILIES: Final[Mapping[str, tuple[tuple[str, bool, str], ...]]] = {
    "amount": ((_I, True, "quantity"), (_I, True, "unit_price"), (_I, True, "amount")),
    "total": ((_I, False, "total_amount"), (_I, False, "freight"), (_I, False, "insurance")),
    "quantity": ((_I, True, "quantity"), (_P, True, "quantity"), (_C, True, "quantity")),
    "weight": (
        (_P, True, "gross_weight_kg"), (_P, True, "net_weight_kg"), (_P, False, "gross_weight_kg"),
        (_T, False, "gross_weight_kg"), (_P, False, "net_weight_kg"), (_I, False, "gross_weight_kg"),
    ),
    "packages": ((_P, True, "packages"), (_P, False, "packages"), (_T, False, "packages"), (_I, False, "packages")),
    "tariff code": ((_I, True, "hs_code"), (_P, True, "hs_code"), (_C, True, "hs_code")),
    "reference": (
        (_P, False, "invoice_number"), (_C, False, "invoice_number"), (_I, False, "number"),
        (_P, False, "container_number"), (_T, False, "container_number"), (_P, False, "purchase_order"),
    ),
    "date": ((_C, False, "invoice_date"), (_I, False, "date")),
}  # fmt: skip
"""Paper, whether on a line, and the value."""

# Digits and letters that engines confuse, as published error tables have them; not the product's own list.
_ALIKE: Final = {
    "0": "8698O", "1": "7I4", "2": "7Z", "3": "858", "4": "91", "5": "6S36", "6": "8508", "7": "12T", "8": "30B6",
    "9": "048", "O": "0Q", "I": "1", "S": "5", "B": "8", "Z": "2", "G": "6", "L": "1", "C": "G",
}  # fmt: skip
_DIGITAL: Final = 0.25
_OPEN: Final = 0.4
_SIX: Final = 6
_CHARGES: Final = frozenset({"freight", "insurance"})
_MEASURED: Final = _CHARGES | {"gross_weight_kg", "net_weight_kg", "subtotal", "total_amount", "amount"}
_STATED_TWICE: Final = frozenset({"date", "tariff code", "reference"})
_WEIGHED_APART: Final = Decimal("0.006")
"""Beyond the half per cent that papers weighed apart may differ by, and the rounding of both."""
_SUMMED_APART: Final = Decimal("0.001")
"""And the share of a total that its lines may be off by."""


# -- misread


def misreadings(base: Base, seed: int, *, each: int) -> Iterator[Perturbed]:
    """For each family so many values misread, one at a time, on papers read by eye."""
    yield from _each_family(base, Chance("misread", base.name), _misread, seeds=[(seed, n) for n in range(each)])


def _each_family(
    base: Base,
    chance: Chance,
    perturb: Callable[[Base, str, Place, Chance], Perturbed | None],
    *,
    seeds: Sequence[tuple[int, int]],
) -> Iterator[Perturbed]:
    for family in FAMILIES:
        for seed, n in seeds:
            own = chance.branch(family, seed, n)
            place = _place(base, family, own)
            made = perturb(base, family, place, own) if place else None
            if made is not None:
                yield made


def _place(base: Base, family: str, chance: Chance) -> Place | None:
    places = [
        Place(at, kind, name, line)
        for kind, on_line, name in FAMILIES[family]
        for at, paper in enumerate(base.papers)
        if paper["type"] == kind
        for line in (range(len(_lines(paper))) if on_line else (None,))
        if _value(base.papers, Place(at, kind, name, line)) is not None
    ]
    kinds = sorted({(one.type, one.name, one.line is None) for one in places})
    if not kinds:
        return None
    wanted = chance.pick(kinds)
    return chance.pick([one for one in places if (one.type, one.name, one.line is None) == wanted])


def _lines(paper: Values) -> list[Values]:
    lines = paper.get("lines")
    return lines if isinstance(lines, list) else []


def _value(papers: Papers, at: Place) -> str | None:
    scope = papers[at.paper]["fields"] if at.line is None else _lines(papers[at.paper])[at.line]
    value = scope.get(at.name) if isinstance(scope, dict) else None
    return value if isinstance(value, str) else None


def _with(papers: Papers, changes: Mapping[Place, str]) -> Papers:
    """The papers with these values in place of what they said."""
    changed: Papers = json.loads(json.dumps(papers))
    for at, value in changes.items():
        scope = changed[at.paper]["fields"] if at.line is None else _lines(changed[at.paper])[at.line]
        if isinstance(scope, dict):
            scope[at.name] = value
    return changed


def _misread(base: Base, family: str, place: Place, chance: Chance) -> Perturbed | None:
    right = _value(base.papers, place) or ""
    how, wrong = _as_read(right, place, chance)
    if wrong == right or not _is_possible(wrong, right, family):
        return None
    digital = frozenset(n for n in range(len(base.papers)) if n != place.paper and chance.happens(_DIGITAL))
    eyes = Eyes(base, chance.branch("eyes"), digital)
    agreed = how != "lookalike" and chance.happens(0.5)
    read: Values = {
        "value": wrong,
        "text": wrong,
        "confidence": chance.pick(SURE[:6] if agreed else UNSURE),
        "witnesses": ["reader:rapidocr"] if agreed else [],
        "alternatives": [] if agreed else _alternatives(right, chance),
    }
    after = eyes.shipment(base.papers, {place: read})
    return Perturbed("misread", family, how, place, eyes.shipment(base.papers), after, right)


def _alternatives(right: str, chance: Chance) -> list[Values]:
    if not chance.happens(_OPEN):
        return []
    return [{"value": right, "text": right, "confidence": chance.pick((0.08, 0.15, 0.2))}]


def _as_read(right: str, place: Place, chance: Chance) -> tuple[str, str]:
    """What became of it: mostly one character taken for another; of numbers a figure lost, a mark lost, a rule."""
    numeric = place.name not in {"number", "invoice_number", "container_number", "purchase_order", "hs_code"}
    roll = chance.real(0, 1)
    if not numeric or roll < 0.6 or "-" in right:  # noqa: PLR2004 - shares as counted
        return "lookalike", _one_taken(right, chance, letters=place.name != "hs_code" and not numeric)
    if roll < 0.75 and len(right) > 1:  # noqa: PLR2004 - shares as counted
        return "lost", right[1:].lstrip("0") if right[1] != "." else right
    if roll < 0.85:  # noqa: PLR2004 - shares as counted
        return "mark", right.replace(".", "") if "." in right else _in_thousands(right)
    return ("ruled", f"1{right}") if chance.happens(0.5) or "." in right else ("ruled", f"{right}1")


def _in_thousands(right: str) -> str:
    return f"{right[:-3]}.{right[-3:]}" if len(right) > 3 else right  # noqa: PLR2004 - thousands


def _one_taken(right: str, chance: Chance, *, letters: bool) -> str:
    places = [at for at, char in enumerate(right.upper()) if char in _ALIKE]
    if not places:
        return right
    at = chance.pick(places)
    others = [char for char in _ALIKE[right[at].upper()] if letters or char.isdigit()]
    return right[:at] + chance.pick(others) + right[at + 1 :] if others else right


def _is_possible(wrong: str, right: str, family: str) -> bool:
    if family == "date":
        try:
            return dt.date.fromisoformat(wrong) != dt.date.fromisoformat(right)
        except ValueError:
            return False
    if family in {"tariff code", "reference"}:
        return bool(wrong)
    return bool(wrong) and wrong != "." and Decimal(wrong) != Decimal(right)


# -- wrong on paper


def discrepancies(base: Base, seed: int, *, each: int) -> Iterator[Perturbed]:
    """For each family so many values wrong on one paper, with what follows from them there or without."""
    yield from _each_family(
        base, Chance("discrepancy", base.name), _discrepancy, seeds=[(seed, n) for n in range(each)]
    )


def _discrepancy(base: Base, family: str, place: Place, chance: Chance) -> Perturbed | None:
    right = _value(base.papers, place) or ""
    wrong = _mistaken(right, family, chance)
    compared = _SIX if family == "tariff code" else None
    if wrong[:compared] == right[:compared] or not _is_possible(wrong, right, family):
        return None
    follows = _FOLLOWS.get((place.type, place.name, place.line is not None))
    changes = {place: wrong}
    how = "alone"
    if follows is not None and chance.happens(0.5):
        changes, how = follows(base.papers, place, wrong), "with what follows"
    if not _differs(base.papers, changes) or (family in _STATED_TWICE and not _is_repeated(base, place, right)):
        return None
    digital = frozenset(n for n in range(len(base.papers)) if chance.happens(_DIGITAL))
    eyes = Eyes(base, chance.branch("eyes"), digital)
    after = eyes.shipment(_with(base.papers, changes))
    return Perturbed("discrepancy", family, how, place, eyes.shipment(base.papers), after, right)


def _differs(papers: Papers, changes: Mapping[Place, str]) -> bool:
    """Whether the papers then disagree beyond what their rounding allows, and a charge outside the total by any."""
    measured = [(at, Decimal(wrong)) for at, wrong in changes.items() if at.name in _MEASURED]
    return all(_is_apart(papers, at, wrong) for at, wrong in measured)


def _is_apart(papers: Papers, at: Place, wrong: Decimal) -> bool:
    right = Decimal(_value(papers, at) or "0")
    if at.name in _CHARGES and not _is_charged(papers[at.paper]):
        return False
    whole = Decimal(_value(papers, Place(at.paper, at.type, at.name, None)) or "0")
    rounding = Decimal("0.01") * len(_lines(papers[at.paper]))
    return abs(wrong - right) > max(rounding, _WEIGHED_APART * right, _SUMMED_APART * whole)


def _is_repeated(base: Base, place: Place, right: str) -> bool:
    """Whether another paper states the same of the same thing: else a wrong one is a paper like any other."""
    if place.name == "date":
        return any(_value(base.papers, Place(n, _C, "invoice_date", None)) for n in range(len(base.papers)))
    others = [paper for n, paper in enumerate(base.papers) if n != place.paper]
    scopes = [scope for paper in others for scope in (paper["fields"], *_lines(paper)) if isinstance(scope, dict)]
    return any(str(value)[:_SIX] == right[:_SIX] for scope in scopes for value in scope.values() if len(right) >= _SIX)


def _is_charged(paper: Values) -> bool:
    fields = paper["fields"] if isinstance(paper["fields"], dict) else {}
    goods = sum((Decimal(str(line["amount"])) for line in _lines(paper) if "amount" in line), Decimal(0))
    return goods != Decimal(str(fields.get("total_amount", goods)))


def _mistaken(right: str, family: str, chance: Chance) -> str:
    """Another figure altogether, one typed wrong, or two neighbours changed about."""
    digits = [at for at, char in enumerate(right) if char.isdigit()]
    roll = chance.real(0, 1)
    if family not in {"date", "reference", "tariff code"} and roll < 0.6:  # noqa: PLR2004 - an estimate
        return _off(right, chance)
    at = chance.pick(digits[-4:])
    if roll < 0.85 or at + 1 >= len(right) or not right[at + 1].isdigit():  # noqa: PLR2004 - an estimate
        return right[:at] + str(_other_digit(right[at], chance, leading=at == digits[0])) + right[at + 1 :]
    return right[:at] + right[at + 1] + right[at] + right[at + 2 :]


def _other_digit(digit: str, chance: Chance, *, leading: bool) -> int:
    """Another one; at the beginning of a number none that is not printed."""
    return chance.pick([other for other in range(1 if leading else 0, 10) if str(other) != digit])


def _off(right: str, chance: Chance) -> str:
    """Wrong by 4 to 18 in a hundred, with as many places."""
    share = chance.factor("0.04", "0.18") * (1 if chance.happens(0.5) else -1)
    unit = Decimal(1).scaleb(int(Decimal(right).as_tuple().exponent))
    changed = (Decimal(right) * (1 + share)).quantize(unit, ROUND_HALF_UP)
    return plain(changed if changed != Decimal(right) else changed + unit)


Follow = Callable[[Papers, Place, str], dict[Place, str]]


def _moved(papers: Papers, at: Place, names: Sequence[str], by: Decimal) -> dict[Place, str]:
    """Totals of the same paper moved by so much, where it prints them."""
    places = [Place(at.paper, at.type, name, None) for name in names]
    return {one: plain(Decimal(old) + by) for one in places if (old := _value(papers, one)) is not None}


def _amount(papers: Papers, at: Place, wrong: str) -> dict[Place, str]:
    by = Decimal(wrong) - Decimal(_value(papers, at) or "0")
    return {at: wrong, **_moved(papers, at, ("subtotal", "total_amount"), by)}


def _quantity(papers: Papers, at: Place, wrong: str) -> dict[Place, str]:
    """The quantity, with its amount and the totals."""
    price, amount = (Place(at.paper, at.type, name, at.line) for name in ("unit_price", "amount"))
    was, each = _value(papers, amount), _value(papers, price)
    if was is None or each is None:
        return {at: wrong}
    ratio = Decimal(wrong) / Decimal(_value(papers, at) or "1")
    now = plain((Decimal(was) * ratio).quantize(Decimal("0.01"), ROUND_HALF_UP))
    return {at: wrong, **_amount(papers, amount, now)}


def _column(papers: Papers, at: Place, wrong: str) -> dict[Place, str]:
    by = Decimal(wrong) - Decimal(_value(papers, at) or "0")
    return {at: wrong, **_moved(papers, at, (at.name,), by)}


_FOLLOWS: Final[Mapping[tuple[str, str, bool], Follow]] = {
    (_I, "quantity", True): _quantity,
    (_I, "amount", True): _amount,
    (_P, "gross_weight_kg", True): _column,
    (_P, "net_weight_kg", True): _column,
    (_P, "packages", True): _column,
}
