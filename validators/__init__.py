"""Documents in, findings out: the papers joined and witnessed, a module per family of checks, the catalogue of codes.

Pure: no network, database, clock, randomness or orchestration. No error of its own: odd papers are findings.
"""

from validators.catalogue import CATALOGUE, Entry
from validators.checks.duty import disputing_duty, duty_findings
from validators.claims import NamedInvoice, invoices_of, with_claimed
from validators.codelists import INCOTERMS
from validators.deciding import FORGOABLE, with_what_was_decided
from validators.hinting import hints_for, with_hinted_suggestions
from validators.placing import placed, value_for
from validators.reconciling import reconcile
from validators.tolerances import Tolerances

__all__ = [
    "CATALOGUE",
    "FORGOABLE",
    "INCOTERMS",
    "Entry",
    "NamedInvoice",
    "Tolerances",
    "disputing_duty",
    "duty_findings",
    "hints_for",
    "invoices_of",
    "placed",
    "reconcile",
    "value_for",
    "with_claimed",
    "with_hinted_suggestions",
    "with_what_was_decided",
]
