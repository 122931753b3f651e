"""How far two papers may differ before a person has to look, and what else is policy rather than fact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tolerances:
    """Limits of the checks, each a share, a score from 0 to 1, or a list; all may be set by whoever runs the clearance.

    `weight_share`: weights on different papers are weighed and rounded apart. Half a percent is the customary allowance for
    totals; a planted or real error starts at a few percent. Rounding of the printed figure comes on top of it, so that
    tonnes with two decimals agree with kilograms, and no absolute allowance is made, as one kilogram is much for a parcel.
    `confidence_cut`: names, addresses and descriptions need no witness, but hold the shipment below this.
    `same_name`: share of letters at which two words of a company's name are spellings of one word.
    `same_goods`, `other_goods`: likeness of descriptions from which goods are taken for the same, and below which, in one
    language, for others; between them nothing is said. `other_goods_same_code`: the lower limit where both papers give the
    same six digits of the tariff, as a formal name of the same heading may share no word with the trade's.
    `required_documents`: the papers whose absence holds; courier and post need no transport document.
    """

    weight_share: Decimal = Decimal("0.005")
    confidence_cut: float = 0.5
    same_name: float = 0.84
    same_goods: float = 0.55
    other_goods: float = 0.30
    other_goods_same_code: float = 0.17
    required_documents: tuple[str, ...] = ("commercial_invoice", "packing_list", "transport_document")
    evidence_limit: int = 12
