"""What is known of a value before anybody knows whether it is right: its kind, its evidence, the page it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from schemas.documents import AnyField
from schemas.pages import Page, Word

Kind = Literal["amount", "quantity", "weight", "identifier", "date", "party", "code", "text"]
Evidence = Literal["printed", "agreed", "confirmed", "alone", "doubted", "once", "disputed", "faint"]
"""Strongest first, which is the order in which shares of right values must not rise; `printed` is a text layer."""
Quality = Literal["digital", "good", "fair", "poor", "photo"]

EVIDENCE: Final[tuple[Evidence, ...]] = (
    "printed",
    "agreed",
    "confirmed",
    "alone",
    "doubted",
    "once",
    "disputed",
    "faint",
)
QUALITIES: Final[tuple[Quality, ...]] = ("digital", "good", "fair", "poor", "photo")
BY_EYE: Final = frozenset({"tesseract", "rapidocr"})
"""Readers of pictures."""

_KINDS: Final[dict[Kind, frozenset[str]]] = {
    "amount": frozenset({
        "subtotal", "freight", "insurance", "discount", "other_charges", "total_amount", "unit_price", "price_basis",
        "amount",
    }),
    "quantity": frozenset({"quantity", "packages", "package_range"}),
    "weight": frozenset({"gross_weight_kg", "net_weight_kg", "volume_m3"}),
    "identifier": frozenset({
        "number", "purchase_order", "invoice_number", "transport_document_number", "container_number", "seal_number",
        "part_number", "master_document_number",
    }),
    "date": frozenset({"date", "invoice_date", "shipped_on_board_date", "arrival_date"}),
    "party": frozenset({"exporter", "consignee", "buyer", "notify_party", "producer"}),
    "code": frozenset({
        "currency", "incoterm", "incoterm_edition", "hs_code", "origin", "country_of_origin", "country_of_dispatch",
        "country_of_destination", "unit", "package_kind", "origin_criterion", "freight_terms",
        "issued_retrospectively",
    }),
}  # fmt: skip

# From which confidence of the readers on a value counts as so well seen; between them lie the readers' own figures.
_STRONG: Final = 0.95
_PLAIN: Final = 0.85
_MIDDLING: Final = 0.65
_WEAK: Final = 0.45
# Share of disputed words among those that both engines saw: half of good scans lie below the first, half of the faxes
# above the second.
_FEW_DISPUTES: Final = 0.03
_MANY_DISPUTES: Final = 0.06


Standing = Literal["in the header", "in a table", "in a table that adds up", "odd in its column"]
"""Where a value stands: a row of a table that adds up is a row; a value unlike its column may belong elsewhere."""


@dataclass(frozen=True, slots=True)
class Traits:
    """`name` is the field's with its document's type: `packing_list.lines.quantity`, `commercial_invoice.date`."""

    name: str
    kind: Kind
    evidence: Evidence
    quality: Quality
    standing: Standing = "in the header"

    @property
    def kind_class(self) -> str:
        return f"{self.kind} {self.standing}"

    @property
    def name_class(self) -> str:
        return f"{self.name} {self.standing}"


def kind_of(name: str) -> Kind:
    """Free text where no other kind has a field of that name."""
    return next((kind for kind, names in _KINDS.items() if name in names), "text")


def evidence_of(field: AnyField) -> Evidence:
    """How well the value's words were seen: by both engines alike or not, and how sure the weakest was."""
    if field.reader not in BY_EYE:
        return "printed"
    sure = field.confidence
    if any(witness.startswith("reader:") for witness in field.witnesses):
        return "agreed" if sure >= _STRONG else "confirmed" if sure >= _MIDDLING else "doubted"
    if sure >= _MIDDLING:
        return "alone" if sure >= _PLAIN else "once"
    return "disputed" if sure >= _WEAK else "faint"


def quality_of(page: Page) -> Quality:
    """From the page itself: whether it was rectified as a photo is, and how often two engines read it differently."""
    if page.text_source == "digital":
        return "digital"
    if _in_perspective(page):
        return "photo"
    disputes = _disputes(page.words)
    return "good" if disputes < _FEW_DISPUTES else "fair" if disputes < _MANY_DISPUTES else "poor"


def _in_perspective(page: Page) -> bool:
    """A scan is turned or sheared at most; only a camera makes far lines shorter."""
    return page.flat_to_upright is not None and any(page.flat_to_upright[6:8])


def _disputes(words: Sequence[Word]) -> float:
    seen = [word for word in words if word.reader in BY_EYE and (word.confirmed_by or word.alternatives)]
    return sum(not word.confirmed_by for word in seen) / max(1, len(seen))
