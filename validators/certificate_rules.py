"""What each form of certificate asks for: the criteria it knows, how late it may be issued, what has to be ticked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """`criterion` is None where the form has no such box.

    `late_days` after shipment the mark of late issue is needed, None where issue after shipment is usual. Even with it
    it may not be issued later than `late_months` after shipment; None where no such limit is known.
    `names_third_party`: an invoice from a third country must be ticked or remarked on it.
    """

    criterion: re.Pattern[str] | None
    late_days: int | None
    late_months: int | None = None
    names_third_party: bool = False


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_TARIFF_SHIFT = r"(?:CC|CTH|CTSH|CTC)"
_PERCENT = r"\d{1,3}(?:[.,]\d+)?\s*%?"
_FORTY = r"(?:[4-9]\d|100)(?:[.,]\d+)?\s*%?"
"""ASEAN agreements ask for a regional value of 40 %."""

RULES: Mapping[str, CertificateRule] = MappingProxyType({
    # Form A, notes III: P, or W with the heading; Y with a percentage, Pk, F and G for single donors.
    "form_a": CertificateRule(_pattern(rf"P|P\s?K|W\s*\d{{2}}[ .]?\d{{2}}(?:[ .]?\d{{2}})?|F|G|Y\s*{_PERCENT}"), 0),
    # ACFTA, operational certification procedures: three days after shipment without a mark, one year with it.
    "form_e": CertificateRule(
        _pattern(rf"WO|PE|PSR|{_TARIFF_SHIFT}|(?:RVC\s*)?{_FORTY}"), 3, 12, names_third_party=True
    ),
    # ATIGA annex 8, rules 10, 15 and 23.
    "form_d": CertificateRule(
        _pattern(rf"WO|SP|(?:{_TARIFF_SHIFT}\s*\+\s*)?RVC\s*{_FORTY}|PC\s*[23]\d(?:[.,]\d+)?\s*%?|{_TARIFF_SHIFT}"),
        3, 12, names_third_party=True,
    ),
    # RCEP art. 3.17 and 3.20; criteria of the minimum information list.
    "rcep": CertificateRule(
        _pattern(rf"(?:WO|PE|CTC|CC|CTH|CTSH|RVC(?:\s*{_FORTY})?|CR)(?:[ ,/]*(?:ACU|DMI))*"), 0, 12,
        names_third_party=True,
    ),
    "chafta": CertificateRule(_pattern(r"WO|WP|PSR"), 3, 12),
    # USMCA art. 5.2 and annex 5-A: no form; made out when it suits, in force for four years.
    "usmca": CertificateRule(_pattern(r"A|B|C|D|4\.2\s*\([a-d]\)"), None),
    "cptpp": CertificateRule(None, None),
    # Protocols on origin: issued when the goods are exported, later only with the mark in box 7.
    "eur1": CertificateRule(None, 0),
    "eur_med": CertificateRule(None, 0),
    "atr": CertificateRule(None, 0),
})  # fmt: skip
"""Rules by form. Forms not named here (a chamber's, statements) have neither a criterion nor a rule on late issue."""

STATEMENTS = frozenset({"invoice_declaration", "statement_on_origin"})
PREFERENTIAL = frozenset(RULES) | STATEMENTS
"""Forms on which a preference may rest, A.TR that of a customs union; a chamber's certificate never supports one."""

_BETWEEN = re.compile(r"\s*(?:;|/|,|\bOR\b|\bAND\b)\s*", re.IGNORECASE)


def is_known_criterion(form: str, text: str) -> bool:
    """Whether every criterion in the box is one of this form; quotation marks belong to the form's own style."""
    rule = RULES[form]
    bare = re.sub(r"[\"'“”„«»]", "", text).strip()
    if rule.criterion is None or rule.criterion.fullmatch(bare):
        return True
    return all(rule.criterion.fullmatch(part) for part in _BETWEEN.split(bare) if part)
