"""What each form of certificate asks for: criteria it knows, how long it is valid, how late it may be issued."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """`criterion` is None where the form has no such box. `late_days` after shipment the mark of late issue is needed.

    `valid_months` is the shortest term that an agreement with this form sets: a certificate within it is valid under
    all of them, and past it a person looks which agreement applies.
    """

    criterion: re.Pattern[str] | None
    valid_months: int
    late_days: int


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_TARIFF_SHIFT = r"(?:CC|CTH|CTSH|CTC)"
_PERCENT = r"\d{1,3}(?:[.,]\d+)?\s*%?"

RULES: Mapping[str, CertificateRule] = MappingProxyType({
    # Form A, notes III: P, or W with the heading; Y with a percentage, Pk, F and G for single donors. GSP: 10 months.
    "form_a": CertificateRule(_pattern(rf"P|P\s?K|W\s*\d{{2}}[ .]?\d{{2}}(?:[ .]?\d{{2}})?|F|G|Y\s*{_PERCENT}"), 10, 0),
    # ACFTA, rule on the certificate, 12 months; issued up to three days after shipment without a mark.
    "form_e": CertificateRule(_pattern(rf"WO|PE|PSR|{_TARIFF_SHIFT}|(?:RVC\s*)?{_PERCENT}"), 12, 3),
    # ATIGA annex 8, rules 10 and 15: 12 months, three days.
    "form_d": CertificateRule(
        _pattern(rf"WO|SP|(?:{_TARIFF_SHIFT}\s*\+\s*)?RVC\s*{_PERCENT}|PC\s*{_PERCENT}|{_TARIFF_SHIFT}"), 12, 3
    ),
    # RCEP art. 3.17: one year; criteria of the minimum information list.
    "rcep": CertificateRule(_pattern(r"(?:WO|PE|CTC|CC|CTH|CTSH|RVC|CR)(?:[ ,/]*(?:ACU|DMI))*"), 12, 0),
    "chafta": CertificateRule(_pattern(r"WO|WP|PSR"), 12, 0),
    # USMCA art. 5.2 and annex 5-A: no form, blanket period up to 12 months, four years for a single shipment.
    "usmca": CertificateRule(_pattern(r"A|B|C|D|4\.2\s*\([a-d]\)"), 12, 10_000),
    "cptpp": CertificateRule(None, 12, 10_000),
    # Protocols on origin: four months is the shortest term (ten or twelve in some); issued when the goods are exported.
    "eur1": CertificateRule(None, 4, 0),
    "eur_med": CertificateRule(None, 4, 0),
    "atr": CertificateRule(None, 4, 0),
})  # fmt: skip
"""Rules by form. Forms not named here (chamber certificates, statements) prove origin without a term or a criterion."""

PREFERENTIAL = frozenset(RULES) | {"invoice_declaration", "statement_on_origin"}
"""Forms on which a preference may rest; a chamber's certificate never supports one."""


def is_known_criterion(form: str, text: str) -> bool:
    """Whether every criterion in the box is one of this form; quotation marks belong to the form's own style."""
    rule = RULES[form]
    bare = re.sub(r"[\"'“”„«»]", "", text).strip()
    parts = [part.strip() for part in bare.split(";")]
    return rule.criterion is None or all(rule.criterion.fullmatch(part) for part in parts)
