"""One entry for each code a check can yield: what a clerk sees, how grave it is, what each can do, its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schemas.findings import FindingCode, Severity


@dataclass(frozen=True, slots=True)
class Entry:
    """`severity` is that of the usual case. `help` is for the clerk, `broker` says what whoever sent the papers can do.

    `disputes` says that the values shown may not be declared until decided.
    """

    title: str
    severity: Severity
    help: str
    source: str
    broker: str
    disputes: bool = True


_WCO = "WCO Guidelines for the immediate release of consignments, and trade practice"
_UCC = "Regulation (EU) No 952/2013 (UCC), art. 15: the declarant answers for accuracy and completeness"

_ENTRIES: dict[FindingCode, Entry] = {
    "line_arithmetic": Entry(
        "Line does not multiply out", "warning",
        "Quantity times unit price, less the line's discount, is not the amount printed. Ask the seller which of "
        "the three is right.",
        "19 CFR 141.86(a): the purchase price of each item; trade practice",
        broker="Send a corrected invoice, or say which of quantity, price and amount is right.",
    ),
    "total_arithmetic": Entry(
        "Invoice does not add up", "error",
        "The lines, charges and discount do not give the printed total. A line or a page may be missing, or the "
        "total is wrong. Ask the seller for a corrected invoice.",
        "19 CFR 141.86(a): all charges itemised; UCC art. 70: the price actually paid or payable",
        broker="Send the missing page, or an invoice that adds up.",
    ),
    "value_mismatch": Entry(
        "Values differ", "error",
        "Two papers, or the draft and a paper, state different values for the same goods. Correct the draft or ask "
        "for a corrected paper.",
        "UCC art. 70; " + _UCC,
        broker="Correct your draft, or send the paper with the right value.",
    ),
    "currency_mismatch": Entry(
        "Currencies differ", "error",
        "Two papers, or the draft and a paper, name different currencies. The invoice's currency is the one to "
        "declare.",
        "UCC Implementing Regulation (EU) 2015/2447, art. 146",
        broker="Correct your draft, or say in which currency the goods were sold.",
    ),
    "undervaluation": Entry(
        "Price far below the usual", "warning",
        "The price is far below the reference price or below what the same goods cost in earlier shipments. Ask for "
        "proof of payment or an explanation; the price paid stays the customs value until customs decides otherwise.",
        "UCC Implementing Regulation (EU) 2015/2447, art. 140; WTO Decision 6.1: doubts about the declared value",
        broker="Send the proof of payment or the contract, or explain the price.",
        disputes=False,
    ),
    "origin_mismatch": Entry(
        "Origins differ", "error",
        "The papers give different countries of origin for the same goods. The country of dispatch is never the "
        "origin. Ask the exporter, with the certificate at hand.",
        "UCC art. 60; WTO Agreement on Rules of Origin",
        broker="Ask the exporter where the goods were made, and send the corrected paper.",
    ),
    "origin_missing": Entry(
        "No origin stated", "error",
        "No paper says where the goods were made. Ask the exporter for it; do not take the country of dispatch.",
        "UCC art. 60; 19 CFR 141.86(a)(10)",
        broker="Send a paper on which the exporter states the origin of these goods.",
    ),
    "certificate_missing": Entry(
        "Certificate missing", "error",
        "A preference is claimed and its proof of origin is not among the papers. Obtain it, or declare at the "
        "normal rate.",
        "UCC art. 64 and the agreement's protocol on origin",
        broker="Send the proof of origin, or take the preference out of your draft.",
    ),
    "certificate_expired": Entry(
        "Certificate not valid on the day", "error",
        "The proof of origin is past its validity, or was issued after shipment without the mark that its "
        "agreement asks for. Obtain a new one, or declare at the normal rate.",
        "Validity and late issue as the form's agreement sets them (see certificate_rules)",
        broker="Send a proof that is valid on the day, or let the goods be declared at the normal rate.",
        disputes=False,
    ),
    "certificate_reference": Entry(
        "Certificate names another invoice", "warning",
        "The certificate's invoice number or date is not this invoice's. Ask for a corrected certificate, or proof "
        "that it covers these goods.",
        "Form A box 10, EUR.1 box 10: number and date of invoices",
        broker="Send a corrected certificate, or the exporter's word that it covers this invoice.",
        disputes=False,
    ),
    "certificate_coverage": Entry(
        "Goods not on the certificate", "warning",
        "Some goods, or a part of them, are not on the certificate. No preference may be claimed for those.",
        "Each item must qualify in its own right (notes to Form A; protocol on origin)",
        broker="Send a certificate for all of the goods, or claim the preference for those alone that are on it.",
        disputes=False,
    ),
    "origin_criterion": Entry(
        "Origin criterion missing or unknown", "warning",
        "The form asks for an origin criterion for each line; it is empty or not one that this form knows.",
        "Form A notes, box 8; ASEAN form D and E, RCEP, USMCA: list of criteria",
        broker="Have the exporter complete the form, and send it anew.",
        disputes=False,
    ),
    "description_mismatch": Entry(
        "Goods differ", "error",
        "The goods named on one paper are not the goods on the other. Ask which paper is right before declaring.",
        _WCO,
        broker="Say which goods were sent, and send the corrected paper.",
        disputes=False,
    ),
    "description_vague": Entry(
        "Description too vague", "warning",
        "Customs does not accept a description such as 'parts', 'samples' or 'gift'. Ask what the goods are.",
        "WCO list of acceptable and unacceptable goods descriptions; EU guidance on acceptable descriptions (ICS2)",
        broker="Say what the goods are: material, kind, and what they are for.",
    ),
    "hs_mismatch": Entry(
        "Tariff codes differ", "error",
        "Papers give tariff codes that differ within the first six digits for the same goods.",
        "International Convention on the Harmonized System, art. 3",
        broker="Say which code is right, and correct your draft where it has the other.",
    ),
    "hs_invalid": Entry(
        "Tariff code unknown", "error",
        "The first six digits are not in the Harmonized System of 2022. The code may be of an older edition, misread, "
        "or of chapter 98 or 99, which each country fills by itself. Ask for the code in force.",
        "International Convention on the Harmonized System, art. 3; HS 2022 (WCO Recommendation of 28 June 2019)",
        broker="Send the code in force; the finding names some where it knows any.",
    ),
    "hs_description": Entry(
        "Goods and tariff code do not fit", "warning",
        "What the papers call the goods is not in the chapter of the tariff code. One of the two is wrong: ask for "
        "the code, or what the goods are.",
        "General rules for the interpretation of the Harmonized System, rule 1: the terms of the headings",
        broker="Say what the goods are, or send the code that they have.",
    ),
    "quantity_mismatch": Entry(
        "Quantities differ", "error",
        "The papers state different quantities for the same goods. Ask what was really shipped.",
        _UCC,
        broker="Say how many were sent, and send the corrected paper.",
    ),
    "unit_mismatch": Entry(
        "Units differ", "warning",
        "The papers count the same goods in units that cannot be converted into one another.",
        "UN/ECE Recommendation 20",
        broker="Say in which unit the goods are counted.",
    ),
    "package_mismatch": Entry(
        "Numbers of packages differ", "warning",
        "The papers, or the lines and their total, give different numbers of packages.",
        _WCO,
        broker="Send the corrected paper, or the carrier's count.",
    ),
    "gross_weight_mismatch": Entry(
        "Gross weights differ", "warning",
        "The papers, or the lines and their total, give different gross weights beyond rounding.",
        _WCO,
        broker="Send the corrected paper, or a weighing note.",
    ),
    "net_weight_mismatch": Entry(
        "Net weights differ", "warning",
        "The papers, or the lines and their total, give different net weights beyond rounding.",
        _WCO,
        broker="Send the corrected paper, or the net weight of each line.",
    ),
    "weight_order": Entry(
        "Net above gross", "error",
        "A net weight is above the gross weight. The columns may be exchanged; ask the seller.",
        "Net mass is the mass without packaging (EUCDM data element 18 01)",
        broker="Send a corrected packing list.",
    ),
    "exporter_mismatch": Entry(
        "Exporters differ", "warning",
        "The papers name different exporters. Find out who sold the goods and who is to be declared.",
        "UCC Delegated Regulation (EU) 2015/2446, art. 1(19)",
        broker="Say who sold the goods, and what the other party is.",
    ),
    "consignee_mismatch": Entry(
        "Consignees differ", "error",
        "The papers name different consignees. Find out for whom the goods are before declaring an importer.",
        _UCC,
        broker="Say for whom the goods are, and send the corrected paper.",
    ),
    "denied_party": Entry(
        "Party on a watch list", "error",
        "A party on the papers is, or is much like, one on the watch list that you loaded. Compare name, country and "
        "address with the list's entry. Where it is the listed party, do not clear and tell whom its measure names; "
        "where it is another one, say so with the reason.",
        "Council Regulation (EU) No 833/2014 and (EU) No 269/2014; Sanctions and Anti-Money Laundering Act 2018 (UK); "
        "31 CFR chapter V (US): as the loaded list says",
        broker="Do not go on with the goods; wait until you are asked.",
        disputes=False,
    ),
    "reference_mismatch": Entry(
        "Paper of another shipment", "warning",
        "A paper names another invoice, order, waybill or container. It may belong to another shipment.",
        _WCO,
        broker="Send the paper of this shipment, or say why the other reference stands on it.",
        disputes=False,
    ),
    "date_order": Entry(
        "Dates out of order", "warning",
        "A date lies in the future, or the dates of two papers are in the wrong order.",
        _WCO,
        broker="Send the corrected paper, or the right date.",
        disputes=False,
    ),
    "duplicate_invoice": Entry(
        "Invoice cleared before", "error",
        "This exporter's invoice number stands in an earlier shipment. The goods may be declared twice.",
        _UCC,
        broker="Say whether the goods were cleared before; if they were, withdraw this shipment.",
        disputes=False,
    ),
    "document_missing": Entry(
        "Paper missing", "error",
        "A paper that is required for the clearance is not among those received. Ask for it.",
        "UCC art. 163: supporting documents",
        broker="Put the paper into the shipment's folder of the inbox.",
    ),
    "page_missing": Entry(
        "Page missing", "error",
        "A printed page count shows that a page is not there. Ask for it: goods may stand on it.",
        "UCC art. 163: supporting documents",
        broker="Send the whole paper again.",
    ),
    "field_missing": Entry(
        "Value missing", "error",
        "A value that the declaration needs is on none of the papers. Ask the broker for it.",
        "EUCDM, import declaration H1; 19 CFR 141.86(a)",
        broker="Send the value: in a draft declaration, or on a corrected paper.",
    ),
    "illegible": Entry(
        "Please read", "warning",
        "A value was read from a picture and nothing confirms it, or something could not be read. Look at the "
        "place shown and confirm or correct the value.",
        "Tidewaiter's rule of witnessed values",
        broker="Send a better copy, best the PDF that the seller made; otherwise a clerk reads it.",
    ),
    "incoterm_invalid": Entry(
        "Unknown delivery term", "warning",
        "The delivery term is not one of the Incoterms of the stated edition (2020 where none is stated).",
        "ICC Incoterms 2020 (723E)",
        broker="Say which term of the Incoterms was agreed, and of which edition.",
    ),
    "incoterm_mismatch": Entry(
        "Delivery terms differ", "error",
        "The papers, or the draft and a paper, give different delivery terms: the customs value depends on it.",
        "UCC art. 71 and 72; ICC Incoterms",
        broker="Say which term was agreed, and correct the paper or your draft.",
    ),
    "duty_mismatch": Entry(
        "Duty or tax differs", "error",
        "The duty or tax that the draft declares is not the one that the loaded tariff gives for these values. Look "
        "at the code, the origin, the preference and the base before either of them is declared.",
        "UCC art. 15(2) and 85: correctness of the particulars, amount of import duty",
        broker="Look at code, origin and preference in your draft, and send it corrected.",
    ),
    "charges_missing": Entry(
        "Freight or insurance not stated", "warning",
        "The delivery term leaves out freight or insurance, and neither a paper nor a list of usual charges gives "
        "them, though the country values goods with them. Ask what was paid, or load a list of charges.",
        "WTO Valuation Agreement, art. 8.2; UCC art. 71(1)(e)",
        broker="Send the freight and insurance invoice, or state both in your draft.",
        disputes=False,
    ),
    "restricted_goods": Entry(
        "Restricted goods", "error",
        "A prohibition or restriction on the list that you loaded applies to these goods. Find out whether an "
        "exception holds for them before anything is declared.",
        "UCC art. 134 and the measure's own legal act, which the message names",
        broker="Send the exemption or authorisation, if there is one for these goods.",
        disputes=False,
    ),
    "licence_required": Entry(
        "Licence needed", "warning",
        "The list that you loaded asks for a licence or certificate for these goods, and it is not among the papers. "
        "Obtain it, or say which paper is it.",
        "UCC art. 163 and the measure's own legal act, which the message names",
        broker="Send the licence or certificate.",
        disputes=False,
    ),
    "ip_watch": Entry(
        "Recorded brand", "warning",
        "The papers name a brand that its holder recorded with customs, and no party is a licensee on the list that "
        "you loaded. Ask for the licence, or for proof that the goods are genuine.",
        "Regulation (EU) No 608/2013; 19 CFR part 133 (US)",
        broker="Send the licence, or proof that the goods come from the holder of the brand.",
        disputes=False,
    ),
}  # fmt: skip

CATALOGUE: Mapping[FindingCode, Entry] = MappingProxyType(_ENTRIES)
"""Entries by code; read only."""
