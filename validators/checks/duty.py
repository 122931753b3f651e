"""The draft's duty and tax against the computed ones. It runs when a declaration stands, not with the other checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import JsonValue

from schemas.declarations import Declaration, DeclarationItem, Tax
from schemas.exchange import FOR_WANT_OF
from schemas.findings import Evidence, Finding
from schemas.shipments import Reconciled, Shipment
from schemas.values import plain
from validators.catalogue import CATALOGUE
from validators.deciding import with_decisions
from validators.draft import stated_number
from validators.papers import DRAFT_TYPE

COMPUTED = "declaration"
_NAMES = {"duty": "duty", "vat": "VAT", "duty_total": "total duty", "vat_total": "total VAT"}
_TOTALS = (("duty_total", "duty"), ("vat_total", "vat"))
# A rate that stands in for the customs' own differs from it by what a month brings; more is another matter.
_WITHOUT_OWN_RATE = Decimal("0.03")


@dataclass(frozen=True, slots=True)
class _Difference:
    """A value of the draft, at its JSON pointer there, and the computed one at its pointer in the declaration."""

    name: str
    at: str
    pointer: str
    stated: Decimal
    computed: Decimal
    line: int | None = None
    steps: str = ""


def duty_findings(shipment: Shipment, declaration: Declaration) -> tuple[Finding, ...]:
    """One finding for each duty or tax of the draft that is not the computed one; none where nothing was computed."""
    found = _differences(shipment.draft or {}, declaration)
    return tuple(_finding(one, shipment, declaration) for one in found if not _is_allowed(one, declaration))


def disputing_duty(reconciled: Reconciled, shipment: Shipment, declaration: Declaration) -> Reconciled:
    """The papers with these findings, and with every value that they dispute withheld from the declaration."""
    found = [one for one in _differences(shipment.draft or {}, declaration) if not _is_allowed(one, declaration)]
    if not found:
        return reconciled
    findings = with_decisions([_finding(one, shipment, declaration) for one in found], shipment.decisions)
    open_still = [one for one, finding in zip(found, findings, strict=True) if not _is_accepted(finding)]
    return reconciled.model_copy(
        update={
            "findings": (*reconciled.findings, *findings),
            "withheld": tuple(dict.fromkeys((*reconciled.withheld, *(one.pointer for one in open_still)))),
        }
    )


def _is_accepted(finding: Finding) -> bool:
    """Whether a person let the computed value stand, which is the one in force."""
    return finding.decision is not None and finding.decision.action == "accept"


def _differences(draft: Mapping[str, JsonValue], declaration: Declaration) -> list[_Difference]:
    listed = draft.get("items")
    items = [one if isinstance(one, dict) else {} for one in listed] if isinstance(listed, list) else []
    return [*_of_items(items, declaration.items), *_of_totals(draft, declaration)]


def _of_totals(draft: Mapping[str, JsonValue], declaration: Declaration) -> Iterator[_Difference]:
    for name, _ in _TOTALS:
        stated, computed = stated_number(draft.get(name)), getattr(declaration, name)
        if stated is not None and computed is not None and stated != computed:
            yield _Difference(name, f"/{name}", f"/{name}", stated, computed)


def _of_items(stated: Sequence[Mapping[str, JsonValue]], items: Sequence[DeclarationItem]) -> Iterator[_Difference]:
    priced: defaultdict[Decimal, list[int]] = defaultdict(list)
    for n, one in enumerate(items):
        if one.item_price is not None:
            priced[one.item_price].append(n)
    for at, draft in enumerate(stated):
        price = stated_number(draft.get("item_price"))
        same = [n for n in priced.get(price, ()) if _may_be(draft, items[n])] if price is not None else []
        if len(same) == 1:
            yield from _of_item(draft, at, items[same[0]], same[0])


def _may_be(draft: Mapping[str, JsonValue], one: DeclarationItem) -> bool:
    """Of goods of that price, those of that tariff code; goods that are alike in both are told apart by nothing."""
    code = draft.get("hs_code")
    return not isinstance(code, str) or one.hs_code is None or code[:6] == one.hs_code[:6]


def _of_item(draft: Mapping[str, JsonValue], at: int, one: DeclarationItem, n: int) -> Iterator[_Difference]:
    for name in ("duty", "vat"):
        stated, computed = stated_number(draft.get(name)), getattr(one, name)
        if stated is not None and computed is not None and stated != computed:
            yield _Difference(
                name, f"/items/{at}/{name}", f"/items/{n}/{name}", stated, computed, n + 1, _how(one, name)
            )
    listed = draft.get("taxes")
    for k, tax in enumerate(listed if isinstance(listed, list) else ()):
        yield from _of_tax(tax, f"/items/{at}/taxes/{k}/amount", one, n)


def _of_tax(tax: JsonValue, at: str, one: DeclarationItem, n: int) -> Iterator[_Difference]:
    """A tax of the draft against the computed one of its type; a type that is not computed at all is none of ours."""
    kind = tax.get("type") if isinstance(tax, dict) else None
    stated = stated_number(tax.get("amount")) if isinstance(tax, dict) else None
    computed = [other for other in one.taxes if other.type == kind and other.amount is not None]
    if stated is None or not computed:
        return
    amount = sum((other.amount or Decimal(0) for other in computed), Decimal(0))
    if stated != amount:
        yield _Difference(f"{kind}", at, f"/items/{n}/taxes", stated, amount, n + 1, _shown(computed))


def _how(one: DeclarationItem, name: str) -> str:
    vat = one.taxes[-1:] if one.vat is not None else ()
    return _shown(vat if name == "vat" else [tax for tax in one.taxes if tax not in vat])


def _shown(taxes: Sequence[Tax]) -> str:
    told = [
        f"{tax.expression} of {plain(tax.base)} {tax.base_unit or ''}".strip() for tax in taxes if tax.base is not None
    ]
    return "; ".join(told)


def _is_allowed(one: _Difference, declaration: Declaration) -> bool:
    """Whether the difference may come from an exchange rate that is not the customs' own."""
    rate = declaration.exchange_rate
    if rate is None or FOR_WANT_OF not in rate.source:
        return False
    return abs(one.stated - one.computed) <= one.computed * _WITHOUT_OWN_RATE


def _finding(one: _Difference, shipment: Shipment, declaration: Declaration) -> Finding:
    name, currency = _NAMES.get(one.name, f"tax {one.name}"), declaration.customs_currency or ""
    where = f"Item {one.line}: " if one.line is not None else ""
    how = f" ({one.steps})" if one.steps else ""
    message = (
        f"{where}the draft's {name} is {plain(one.stated)} {currency}, the computed one is {plain(one.computed)} "
        f"{currency}{how}"
    )
    places = (
        Evidence(
            file=shipment.draft_file,
            document=DRAFT_TYPE,
            field=one.name,
            line=one.line,
            value=f"{plain(one.stated)} ({one.at})",
        ),
        Evidence(document=COMPUTED, field=one.name, line=one.line, value=f"{plain(one.computed)} ({one.pointer})"),
    )
    severity = CATALOGUE["duty_mismatch"].severity
    return Finding(code="duty_mismatch", severity=severity, message=message[:1].upper() + message[1:], evidence=places)
