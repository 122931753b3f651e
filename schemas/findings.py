"""What a check found, with the places, and what a person decided about it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from schemas.values import Frozen

Severity = Literal["info", "warning", "error"]
Nature = Literal["discrepancy", "misread", "missing", "policy"]
Action = Literal["accept", "correct", "forgo_preference", "waive", "request"]
FindingCode = Literal[
    "line_arithmetic",
    "total_arithmetic",
    "value_mismatch",
    "currency_mismatch",
    "undervaluation",
    "origin_mismatch",
    "origin_missing",
    "certificate_missing",
    "certificate_expired",
    "certificate_reference",
    "certificate_coverage",
    "origin_criterion",
    "description_mismatch",
    "description_vague",
    "hs_mismatch",
    "hs_invalid",
    "hs_description",
    "quantity_mismatch",
    "unit_mismatch",
    "package_mismatch",
    "gross_weight_mismatch",
    "net_weight_mismatch",
    "weight_order",
    "exporter_mismatch",
    "consignee_mismatch",
    "denied_party",
    "reference_mismatch",
    "date_order",
    "duplicate_invoice",
    "document_missing",
    "page_missing",
    "field_missing",
    "illegible",
    "incoterm_invalid",
    "incoterm_mismatch",
    "charges_missing",
    "restricted_goods",
    "licence_required",
    "ip_watch",
    "duty_mismatch",
]


class Evidence(Frozen):
    """One place that a finding rests on. `document` is the document's type, `line` is 1-based."""

    file: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    document: str | None = None
    field: str | None = None
    line: int | None = None
    value: str | None = None


class Suggestion(Frozen):
    """The one reading that would repair everything, and why."""

    document: str
    field: str
    line: int | None = None
    value: str
    why: str


class Decision(Frozen):
    """What a person settled. `at` is UTC."""

    action: Action
    by: str
    at: dt.datetime
    reason: str
    value: str | None = None


class Finding(Frozen):
    """A fact that a person, or at least the file, should know. `error` and `warning` hold until decided."""

    code: FindingCode
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
    nature: Nature = "discrepancy"
    suggestion: Suggestion | None = None
    decision: Decision | None = None

    @property
    def holds(self) -> bool:
        return self.severity != "info" and (self.decision is None or self.decision.action == "request")
