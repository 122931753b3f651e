"""How far two papers may differ before a person has to look, and what else is policy rather than fact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from schemas.documents import AnyField


@dataclass(frozen=True, slots=True)
class Tolerances:
    """Limits of the checks, each a share, a score from 0 to 1, or a list; all may be set by whoever runs the clearance.

    `weight_share`: weights on different papers are weighed and rounded apart. Half a percent is the customary allowance
    for totals; a planted or real error starts at a few percent. Rounding of the printed figure comes on top of it, so
    that tonnes with two decimals agree with kilograms, and no absolute allowance is made, as one kilogram is much for a
    parcel. `sum_share`: the lines of a packing list and its own total come out of one system; beyond rounding hardly
    anything is allowed, as one line's error of a few percent is a small share of the total. `confidence_cut`: names,
    addresses and descriptions need no witness, but hold the shipment below this, and below it a second engine is none;
    it follows from the stated risk. `same_name`: share of letters at which two words of a company's name are spellings
    of one word. `same_goods`, `other_goods`: likeness of descriptions from which goods are taken for the same, and
    below which, in one language, for others; between them nothing is said.
    Right pairs of short and long trade names were found above 0.5, pairs of goods from other chapters of the tariff
    below 0.35 in 19 cases of 20. `other_goods_formal`, `strange_goods`: certificates name goods in the tariff's words,
    which are far from the trade's even where right; they, and lines of one tariff code, are taken for others only below
    the first, or where the words are less like anything in the shipment than the second. `required_documents`: the
    papers whose absence holds; courier and post need no transport document. `low_price_share`: of what the same goods
    usually cost in earlier shipments, below which a price is questioned; `enough_history`: how many earlier shipments
    say what is usual. `listed_name`, `near_listed_name`: share of a name's letters from which it is taken for one on a
    watch list, and from which a person is asked whether it is that one. `freight_share`: of the goods' price, above
    which the freight charged is questioned.
    """

    weight_share: Decimal = Decimal("0.005")
    sum_share: Decimal = Decimal("0.0005")
    confidence_cut: float = 0.5
    same_name: float = 0.84
    same_goods: float = 0.55
    other_goods: float = 0.35
    other_goods_formal: float = 0.12
    strange_goods: float = 0.22
    required_documents: tuple[str, ...] = ("commercial_invoice", "packing_list", "transport_document")
    listed_name: float = 0.95
    near_listed_name: float = 0.87
    evidence_limit: int = 12
    freight_share: Decimal = Decimal(1)
    low_price_share: Decimal = Decimal("0.5")
    enough_history: int = 3

    def leaves_unsupported(self, field: AnyField) -> bool:
        """Whether a value rests on readings of its picture alone, and they may not be declared.

        Two engines witness each other for a value whose like are right as often as the stated risk asks. Where they
        are not, as both read alike what was taken from the wrong place, something beside the reading must support it.
        """
        unsure = field.proposed or field.reader in ("tesseract", "rapidocr")
        if not unsure or not all(w.startswith("reader:") for w in field.witnesses):
            return False
        return not field.witnesses or field.confidence < self.confidence_cut
