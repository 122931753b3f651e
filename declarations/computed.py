"""What is computed for a declaration beside the papers: customs value, duty, VAT, and why something of it is not."""

from __future__ import annotations

from declarations.errors import NotComputable, ValueOpen
from declarations.taxation import Setting, with_taxes
from declarations.terms import DeclarationTerms, Procedure
from declarations.valuation import TRANSACTION_VALUE, mode_of, valuation, with_values
from declarations.values import Values
from schemas.declarations import Declaration, DeclarationItem
from schemas.jurisdictions import Jurisdiction, jurisdiction
from schemas.profiles import Profile
from schemas.shipments import Shipment

NO_TARIFF = "no tariff is loaded for the jurisdiction: duty and taxes are not computed"


def procedure_of(profile: Profile | None) -> Procedure:
    """The procedure that a profile sets; without one release for free circulation is computed, and none declared."""
    if profile is None:
        return Procedure()
    held = frozenset(one.category for one in profile.authorisations)
    return Procedure(profile.procedure, profile.additional_procedures, held)


def with_value_and_duty(
    declared: Declaration, shipment: Shipment, values: Values, terms: DeclarationTerms, profile: Profile | None
) -> tuple[Declaration, tuple[str, ...]]:
    """The declaration as far as value and taxes can be known, and a remark for everything that cannot."""
    where = jurisdiction(declared.jurisdiction)
    unread = () if terms.tariff is not None else (NO_TARIFF,)
    if where is None:
        place = (
            f"no rules are known here for {declared.jurisdiction}" if declared.jurisdiction else "nothing says where"
        )
        return declared, (f"the customs value is not computed: {place}", *unread)
    try:
        _refuse_other_methods(profile)
        found = valuation(declared, shipment, values, terms, where)
    except NotComputable as reason:
        return declared, (f"the customs value is not computed: {reason}", *unread)
    whole = with_values(declared, found, values, where, mode_of(values.reconciled))
    if terms.tariff is None or not _is_for(terms, where):
        return whole, (*found.remarks, NO_TARIFF)
    procedure = terms.procedure or procedure_of(profile)
    setting = Setting(shipment, values, terms.tariff, where, procedure, profile)
    taxed, remarks = with_taxes(whole, found, setting)
    return _undisputed(taxed, values), (*found.remarks, *remarks)


def _refuse_other_methods(profile: Profile | None) -> None:
    """Only the price paid is on papers; what other methods rest on is not."""
    if profile is not None and profile.valuation_method not in (None, TRANSACTION_VALUE):
        raise ValueOpen(f"the profile values by method {profile.valuation_method}, not by the price paid")


def _undisputed(taxed: Declaration, values: Values) -> Declaration:
    """Without the duties and taxes that a draft disputes, and without the sums of them."""
    items = tuple(_item_undisputed(f"/items/{n}", one, values) for n, one in enumerate(taxed.items))
    open_totals = {
        total: None
        for total, name in (("duty_total", "duty"), ("vat_total", "vat"))
        if values.is_withheld(f"/{total}") or any(getattr(one, name) is None for one in items)
    }
    return taxed.model_copy(update={"items": items, **open_totals})


def _item_undisputed(at: str, one: DeclarationItem, values: Values) -> DeclarationItem:
    if values.is_withheld(f"{at}/taxes"):
        return one.model_copy(update={"taxes": (), "duty": None, "vat": None})
    return one.model_copy(update={name: None for name in ("duty", "vat") if values.is_withheld(f"{at}/{name}")})


def _is_for(terms: DeclarationTerms, where: Jurisdiction) -> bool:
    """Whether the tariff is that of the jurisdiction, or of the union that it belongs to."""
    return terms.tariff is not None and terms.tariff.jurisdiction in ("", where.code, where.union)
