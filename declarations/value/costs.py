"""What the country adds to the prices or takes off, by basis and delivery term (WTO Valuation Agreement, art. 8).

Every adjustment is on the sum of the items' prices, in the invoice's currency. What the basis asks for and nothing
gives leaves the value open; what is not shown by itself is not deducted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from declarations.errors import ValueOpen
from declarations.value.accounts import Account
from schemas.delivery_terms import Cost, costs_by_term
from schemas.jurisdictions import Basis

Kind = Literal["freight", "insurance", "other_charges", "discount", "rounding"]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An amount for some items, added where it is positive; `items` are their places in the declaration."""

    kind: Kind
    amount: Decimal
    why: str
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """Freight or insurance from beside the invoice: a draft declaration, or the user's own table of charges."""

    amount: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Costs:
    """The adjustments, remarks for the declarant, and what carriage and insurance come to (None: not known)."""

    adjustments: tuple[Adjustment, ...]
    remarks: tuple[str, ...] = ()
    transport: tuple[Adjustment, ...] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """`adds_origin_costs`: whether the way to the port of export belongs to the value under a FOB basis."""

    basis: Basis
    adds_origin_costs: bool = True


def costs_of(accounts: Sequence[Account], term: str | None, rule: Rule, stated: Mapping[str, Stated]) -> Costs:
    """Raises `ValueOpen` where the term or a cost that the basis asks for is not known."""
    included = _included(term)
    paid = [one for account in accounts for one in _paid(account)]
    if rule.basis == "FOB":
        return _free_on_board(accounts, included, rule, paid, stated)
    added = tuple(one for name in _TRANSPORT for one in _added(accounts, name, included, stated, term or ""))
    return Costs((*paid, *added))


_TRANSPORT: Final = ("freight", "insurance")
_COVERED_BY: Final = MappingProxyType({"freight": "carriage", "insurance": "insurance"})


def _paid(account: Account) -> Iterator[Adjustment]:
    """What the total has beside prices, freight and insurance, under any basis."""
    items = tuple(account.prices)
    other = account.charge("other_charges")
    if other is not None and other.in_total:
        yield Adjustment("other_charges", other.amount, "other charges of the invoice, paid to the seller", items)
    if account.discount:
        yield Adjustment("discount", -account.discount, "discount on the whole invoice", items)
    if account.rest:
        yield Adjustment("rounding", account.rest, "rounding between the lines and the printed total", items)


def _added(
    accounts: Sequence[Account], name: str, included: frozenset[str], stated: Mapping[str, Stated], term: str
) -> Iterator[Adjustment]:
    """Freight, or insurance, as far as the prices leave it out."""
    printed = [(account, charge) for account in accounts if (charge := account.charge(name)) is not None]
    beside = [(account, charge) for account, charge in printed if charge.in_total]
    covered = _COVERED_BY[name] in included
    for account, charge in beside or ([] if covered else printed):
        how = "invoiced apart from the goods" if charge.in_total else "stated on the invoice, not in its prices"
        yield Adjustment(_kind(name), charge.amount, f"{name}, {how}", tuple(account.prices))
    if not covered and 0 < len(printed) < len(accounts):
        raise ValueOpen(f"only some of the invoices state {name}, and {term} leaves it out of the price")
    if covered or printed:
        return
    if name not in stated:
        raise ValueOpen(f"{term} leaves {name} out of the price, the customs value includes it, and nothing states it")
    every = tuple(n for account in accounts for n in account.prices)
    yield Adjustment(_kind(name), stated[name].amount, f"{name}, {stated[name].source}", every)


def _free_on_board(
    accounts: Sequence[Account],
    included: frozenset[str],
    rule: Rule,
    paid: Sequence[Adjustment],
    stated: Mapping[str, Stated],
) -> Costs:
    if "origin" not in included and rule.adds_origin_costs:
        raise ValueOpen("EXW leaves the way to the port of export out of the price, and nothing states what it cost")
    taken_off: list[Adjustment] = []
    remarks: list[str] = []
    for name in _TRANSPORT:
        if _COVERED_BY[name] not in included:
            continue
        printed = [(account, charge) for account in accounts if (charge := account.charge(name)) is not None]
        if not printed:
            remarks.append(f"{name} is in the prices and not shown by itself: it is not deducted")
        taken_off += [
            Adjustment(_kind(name), -charge.amount, f"{name}, in the prices and shown by itself", tuple(account.prices))
            for account, charge in printed
            if not charge.in_total
        ]
    return Costs((*paid, *taken_off), tuple(remarks), _transport(accounts, included, stated))


def _transport(
    accounts: Sequence[Account], included: frozenset[str], stated: Mapping[str, Stated]
) -> tuple[Adjustment, ...] | None:
    """Carriage and insurance on top of a FOB value, for taxes that take them in; None where one is not known.

    What is in the prices and not shown by itself is in the value already.
    """
    found: list[Adjustment] = []
    for name in _TRANSPORT:
        covered = _COVERED_BY[name] in included
        printed = [(account, charge) for account in accounts if (charge := account.charge(name)) is not None]
        found += [Adjustment(_kind(name), one.amount, name, tuple(account.prices)) for account, one in printed]
        if printed or covered:
            continue
        if name not in stated:
            return None
        every = tuple(n for account in accounts for n in account.prices)
        found.append(Adjustment(_kind(name), stated[name].amount, f"{name}, {stated[name].source}", every))
    return tuple(found)


def _kind(name: str) -> Kind:
    return "freight" if name == "freight" else "insurance"


def _included(term: str | None) -> frozenset[Cost]:
    """What the price of the term includes; raises `ValueOpen` for a term that is not known."""
    found = costs_by_term().get(term or "")
    if found is None:
        raise ValueOpen("the delivery term is not known: what the prices include cannot be told")
    return found
