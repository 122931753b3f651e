"""What no paper of a shipment can say and a declaration needs: one dated profile for each importer and jurisdiction.

It is the importer's and broker's own word, kept as a file (TOML or JSON) with the day from which it holds. Texts with
names in braces are patterns: `{reference}-{revision}`; `PLACEHOLDERS` lists the names.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from string import Formatter
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Limit

from schemas.values import CountryCode, Frozen, Party, lies_within

PLACEHOLDERS: Final = (
    "reference", "revision", "year", "year_digit", "importer_eori", "declarant_eori", "transport_document",
    "vessel_or_flight", "number", "date",
)  # fmt: skip
"""What a pattern may name. `number` and `date` are those of the paper that a document pattern is for."""


def _pattern(text: str) -> str:
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise ValueError(f"{text!r} has a brace without its partner") from error
    for name, spec, conversion in fields:
        if name not in PLACEHOLDERS or spec or conversion:
            raise ValueError(f"{{{name}}} is no placeholder; these are: {', '.join(PLACEHOLDERS)}")
    return text


# Within one line: line breaks and control characters have no place in a customs message.
Line = Annotated[str, StringConstraints(min_length=1, max_length=512, pattern=r"^[^\x00-\x1f\x7f]+$")]
Pattern = Annotated[Line, AfterValidator(_pattern)]
Eori = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[A-Z0-9]{1,15}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,7}$")]
CommodityCode = Annotated[str, StringConstraints(pattern=r"^\d{10}$")]
Names = Annotated[tuple[Line, ...], Limit(strict=False)]


class Section(Frozen):
    """A table of the file. JSON and TOML have arrays where these types have tuples, and JSON has dates as text."""

    model_config = ConfigDict(strict=False)


class Trader(Section):
    """Who the profile is for, or declares. `names` are the name and its spellings on papers."""

    names: Names = ()
    eori: Eori | None = None
    vat: Line | None = None


class Declarant(Section):
    eori: Eori | None = None
    name: Line | None = None
    representation: Literal["self", "direct", "indirect"] | None = None
    """UCC articles 18 and 19: direct in the name of the importer, indirect in the own name on the importer's behalf."""


class Supplier(Section):
    """An exporter whose papers do not print its address in parts, or whose goods leave from a known country.

    `prints_import_codes`: the codes of goods on its papers are those of the importing country's tariff, to their end.
    """

    names: Names
    eori: Eori | None = None
    street: Line | None = None
    city: Line | None = None
    postcode: Line | None = None
    country: CountryCode | None = None
    country_of_dispatch: CountryCode | None = None
    prints_import_codes: bool = False


class Goods(Section):
    """The national code of goods, chosen by the article's number, else by its description in the same words.

    `hs_code` narrows it to goods whose papers give a code that begins so. `tariff_additional` are TARIC additional
    codes (6/16), `national_additional` national ones (6/17).
    """

    commodity_code: CommodityCode
    part_number: Line | None = None
    description: Line | None = None
    hs_code: Annotated[str, StringConstraints(pattern=r"^\d{4,10}$")] | None = None
    tariff_additional: Names = ()
    national_additional: Names = ()

    @model_validator(mode="after")
    def _names_goods(self) -> Self:
        if self.part_number is None and self.description is None and self.hs_code is None:
            raise ValueError("goods need a part_number, a description or an hs_code to be known by")
        if self.hs_code is not None and not self.commodity_code.startswith(self.hs_code[:8]):
            raise ValueError(f"the commodity code {self.commodity_code} is none of {self.hs_code}")
        return self


class Location(Section):
    """Where the goods can be examined (data element 5/23)."""

    identification: Line
    type: Annotated[str, StringConstraints(pattern=r"^[A-D]$")]
    qualifier: Annotated[str, StringConstraints(pattern=r"^[T-Z]$")]
    country: CountryCode
    additional: Line | None = None


class PreviousDocument(Section):
    """What the goods came under before (2/1), such as the declarant's own consignment number (DUCR)."""

    category: Annotated[str, StringConstraints(pattern=r"^[XYZ]$")]
    type: Code
    id: Pattern
    line: int | None = None


class FixedDocument(Section):
    """A document that goes with every declaration: an authorisation, an exemption (2/3)."""

    category: Code
    type: Code
    id: Pattern
    status: Code | None = None


class PaperCode(Section):
    """Under which code a kind of paper is declared (2/3): a document type or form of the contract, such as `form_a`."""

    paper: Line
    category: Code
    type: Code
    status: Code | None = None
    id: Pattern = "{number}"


class ChargeCode(Section):
    """The code (4/9) of a cost that belongs to the customs value and has none of its own, such as `other_charges`."""

    charge: Line
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class AdditionalInformation(Section):
    code: Code
    text: Line | None = None


class Authorisation(Section):
    """An authorisation that the declaration rests on and who holds it (3/39)."""

    category: Code
    eori: Eori


class Guarantee(Section):
    """Guarantee type (8/2) and reference (8/3)."""

    type: Code
    reference: Line


class Payment(Section):
    """How each kind of tax is paid (4/8), and from which deferment account (2/6)."""

    tax: Code
    method: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]


class Deferment(Section):
    category: Code = "1"
    type: Code = "DAN"
    account: Annotated[str, StringConstraints(pattern=r"^\d{7}$")]


class BorderTransport(Section):
    """Mode (7/4, codes of UN/ECE Recommendation 19 with national ones), nationality (7/15), identity (7/9)."""

    mode: Annotated[str, StringConstraints(pattern=r"^[1-9]$")] | None = None
    inland_mode: Annotated[str, StringConstraints(pattern=r"^[1-9]$")] | None = None
    nationality: CountryCode | None = None
    identity_type: Annotated[str, StringConstraints(pattern=r"^\d{2}$")] | None = None
    identity: Pattern | None = None
    containerised: bool | None = None


class Consignment(Section):
    """What is known of one shipment alone, by its reference; each value stands before the profile's own."""

    reference: Line
    border: BorderTransport = BorderTransport()
    previous_documents: Annotated[tuple[PreviousDocument, ...], Limit(strict=False)] = ()
    country_of_dispatch: CountryCode | None = None
    country_of_destination: CountryCode | None = None


class Place(Section):
    """A place of delivery as papers write it, and its UN/LOCODE (data element 4/1)."""

    name: Line
    unlocode: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[A-Z2-9]{3}$")]


class Asycuda(Section):
    """What ASYCUDA World asks for beside the declaration; the codes are the importing country's own."""

    office_code: Code | None = None
    office_name: Line | None = None
    declaration_type: Code | None = None
    general_procedure: Code | None = None
    importer_code: Line | None = None
    declarant_code: Line | None = None
    declarant_name: Line | None = None


class Profile(Section):
    """One importer's standing facts for declarations in one jurisdiction, from `valid_from` until `valid_until`."""

    jurisdiction: CountryCode
    valid_from: dt.date
    valid_until: dt.date | None = None
    importer: Trader
    declarant: Declarant = Declarant()
    declaration_type: Annotated[str, StringConstraints(pattern=r"^IM$")] = "IM"
    additional_declaration_type: Annotated[str, StringConstraints(pattern=r"^[A-FXYZ]$")] | None = None
    procedure: Annotated[str, StringConstraints(pattern=r"^\d{4}$")] | None = None
    additional_procedures: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{3}$")], ...], Limit(strict=False)
    ] = ()
    lrn: Pattern | None = None
    ucr: Pattern | None = None
    previous_documents: Annotated[tuple[PreviousDocument, ...], Limit(strict=False)] = ()
    location: Location | None = None
    border: BorderTransport = BorderTransport()
    country_of_dispatch: CountryCode | None = None
    country_of_destination: CountryCode | None = None
    nature_of_transaction: Annotated[str, StringConstraints(pattern=r"^\d{1,2}$")] | None = None
    valuation_method: Annotated[str, StringConstraints(pattern=r"^[1-6]$")] | None = None
    valuation_indicators: Annotated[str, StringConstraints(pattern=r"^[01]{4}$")] | None = None
    """Four figures of 4/13: relationship, restrictions, conditions, royalties; the importer's word, on no paper."""
    charge_codes: Annotated[tuple[ChargeCode, ...], Limit(strict=False)] = ()
    payments: Annotated[tuple[Payment, ...], Limit(strict=False)] = ()
    deferments: Annotated[tuple[Deferment, ...], Limit(strict=False)] = ()
    tax_amounts: Literal["customs", "declared"] = "customs"
    """Whose tax amounts count. Writing one's own (4/4 to 4/6) asks for a manual calculation; else customs computes."""
    guarantees: Annotated[tuple[Guarantee, ...], Limit(strict=False)] = ()
    authorisations: Annotated[tuple[Authorisation, ...], Limit(strict=False)] = ()
    fiscal_references: Names = ()
    """VAT numbers of importers who account for import VAT in their return (3/40, role FR1)."""
    supervising_office: Code | None = None
    additional_information: Annotated[tuple[AdditionalInformation, ...], Limit(strict=False)] = ()
    documents: Annotated[tuple[FixedDocument, ...], Limit(strict=False)] = ()
    paper_codes: Annotated[tuple[PaperCode, ...], Limit(strict=False)] = ()
    shipping_marks: Line | None = None
    """What 6/11 says of goods whose packing list prints no marks."""
    suppliers: Annotated[tuple[Supplier, ...], Limit(strict=False)] = ()
    goods: Annotated[tuple[Goods, ...], Limit(strict=False)] = ()
    places: Annotated[tuple[Place, ...], Limit(strict=False)] = ()
    consignments: Annotated[tuple[Consignment, ...], Limit(strict=False)] = ()
    asycuda: Asycuda = Asycuda()

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if not self.importer.names and self.importer.eori is None:
            raise ValueError("the importer needs a name or an EORI to be found by")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError("valid_until lies before valid_from")
        return self

    def counts_on(self, day: dt.date) -> bool:
        return lies_within(day, self.valid_from, self.valid_until)

    def is_for(self, importer: Party) -> bool:
        """Same EORI or VAT number, or the same name in whatever case, spacing and punctuation."""
        numbers = {name_key(number) for number in (self.importer.eori, self.importer.vat) if number}
        if importer.tax_id and name_key(importer.tax_id) in numbers:
            return True
        return same_name(importer.name, self.importer.names)

    def supplier(self, exporter: Party | None) -> Supplier | None:
        if exporter is None:
            return None
        return next((one for one in self.suppliers if same_name(exporter.name, one.names)), None)

    def consignment(self, reference: str) -> Consignment:
        found = (one for one in self.consignments if one.reference == reference)
        return next(found, Consignment(reference=reference))


def same_name(name: str, names: Iterable[str]) -> bool:
    """Whether it is one of the names but for case, spacing and punctuation; an empty name is none."""
    return bool(name_key(name)) and name_key(name) in {name_key(one) for one in names}


def name_key(text: str) -> str:
    """Letters and figures alone, in small letters; two texts with one key differ in nothing that counts."""
    return re.sub(r"[\W_]+", "", text).casefold()


def profile_for(
    profiles: Iterable[Profile], importer: Party | None, *, jurisdiction: str | None, day: dt.date
) -> Profile | None:
    """The importer's profile in force on that day, of several the latest; None where there is none."""
    if importer is None or jurisdiction is None:
        return None
    found = [
        one for one in profiles if one.jurisdiction == jurisdiction and one.counts_on(day) and one.is_for(importer)
    ]
    return max(found, key=lambda one: one.valid_from, default=None)
