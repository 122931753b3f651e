"""What can be done about each finding: which actions, by whom, at which places with which values.

It offers what `flows.wishes` lets through. Whether a decision settles the finding is known only once it is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Final, get_args

import pycountry

from extractors.values.lexicon import official_codes
from flows.casework.second_person import asks_for_two
from flows.errors import WrongDecisionError
from flows.reference_rows import BESIDE_ISO_3166
from flows.settling import DRAFT, place_of, unnamed_places
from flows.wishes import WAIVERS, Wish, refuse
from schemas.casework import CaseFinding, CorrectablePlace, Option, ValueKind
from schemas.decisions import Role, keys_of
from schemas.documents import Document
from schemas.findings import Action, Evidence, Finding
from schemas.results import ShipmentResult
from schemas.shipments import Reconciled
from validators import INCOTERMS

_KINDS: Final[Mapping[str, ValueKind]] = MappingProxyType(
    {
        "origin": "country",
        "country_of_origin": "country",
        "country_of_dispatch": "country",
        "country_of_destination": "country",
        "currency": "currency",
        "incoterm": "incoterm",
        "incoterm_edition": "incoterm_edition",
        "unit": "unit",
        "hs_code": "hs_code",
        "exporter": "party",
        "consignee": "party",
        "buyer": "party",
        "notify_party": "party",
        "producer": "party",
        "importer": "party",
        "date": "date",
        "invoice_date": "date",
        "shipped_on_board_date": "date",
        "arrival_date": "date",
        "origin_statement": "statement",
        "issued_retrospectively": "yes_or_no",
    }
)
_NUMBERS: Final = frozenset({
    "packages", "gross_weight_kg", "net_weight_kg", "gross_mass_kg", "net_mass_kg", "volume_m3", "subtotal", "freight",
    "insurance", "discount", "other_charges", "total_amount", "total_invoice_amount", "quantity", "unit_price",
    "price_basis", "amount", "item_price", "customs_value", "supplementary_quantity", "duty", "vat", "duty_total",
    "vat_total",
})  # fmt: skip
_ROLES: Final[tuple[Role, ...]] = get_args(Role)


@dataclass(frozen=True, slots=True)
class _Asked:
    finding: Finding
    documents: Sequence[Document]


def offered(
    findings: Sequence[Finding], result: ShipmentResult, reconciled: Reconciled, *, four_eyes_value: Decimal | None
) -> tuple[CaseFinding, ...]:
    """The findings with their numbers and keys; `four_eyes_value` is in the declaration's customs currency."""
    found = []
    for n, (key, finding) in enumerate(zip(keys_of(findings), findings, strict=True), 1):
        one = CaseFinding(number=n, key=key, finding=finding, withholds=reconciled.questions.get(key, ()))
        if finding.severity != "info":
            options = tuple(_options(_Asked(finding, reconciled.documents)))
            two = asks_for_two(one.withholds, result, four_eyes_value)
            one = replace(one, options=options, needs_second=two)
        found.append(one)
    return tuple(found)


def _options(asked: _Asked) -> Iterator[Option]:
    for action in get_args(Action):
        role = next((one for one in _ROLES if _is_allowed(action, one, asked.finding)), None)
        if role is None:
            continue
        if action != "correct":
            yield Option(action=action, role=role, reason_codes=WAIVERS if action == "waive" else ())
        elif places := tuple(_places(asked)):
            yield Option(action=action, role=role, places=places, place_needed=not unnamed_places(asked.finding))


def _is_allowed(action: Action, role: Role, finding: Finding) -> bool:
    """Whether the rules that need nothing but the wish and the finding let it through."""
    reason = "not_material" if action == "waive" else "seen"
    wish = Wish(action, reason, "someone", role, "1" if action == "correct" else None)
    try:
        refuse(finding, wish)
    except WrongDecisionError:
        return False
    return True


def _places(asked: _Asked) -> Iterator[CorrectablePlace]:
    for n, one in enumerate(asked.finding.evidence, 1):
        if place_of(one, asked.documents) is None:
            continue
        name = one.field or ""
        kind = _kind(name)
        yield CorrectablePlace(
            place=n,
            document=one.document or DRAFT,
            field=name,
            line=one.line,
            value=one.value,
            kind=kind,
            codes=_codes(kind),
            is_suggested=_is_suggested(one, asked.finding),
        )


def _is_suggested(one: Evidence, finding: Finding) -> bool:
    hint = finding.suggestion
    return hint is not None and (hint.document, hint.field, hint.line) == (one.document, one.field, one.line)


def _kind(name: str) -> ValueKind:
    return "number" if name in _NUMBERS else _KINDS.get(name, "text")


def _codes(kind: ValueKind) -> Mapping[str, str]:
    match kind:
        case "country":
            return _countries()
        case "currency":
            return _currencies()
        case "incoterm":
            return {term: term for terms in INCOTERMS.values() for term in sorted(terms)}
        case "incoterm_edition":
            return {edition: edition for edition in INCOTERMS}
        case "unit":
            return _units()
        case _:
            return {}


@cache
def _countries() -> Mapping[str, str]:
    """ISO 3166-1, and the codes beside it that customs take."""
    return MappingProxyType({**{one.alpha_2: one.name for one in pycountry.countries}, **BESIDE_ISO_3166})


@cache
def _currencies() -> Mapping[str, str]:
    return MappingProxyType({one.alpha_3: one.name for one in pycountry.currencies})


@cache
def _units() -> Mapping[str, str]:
    """Those of quantities, then kinds of packages."""
    return MappingProxyType({**official_codes("units"), **official_codes("packages")})
