"""Documents in, findings out: the papers joined and witnessed, a module per family of checks, the catalogue of codes.

Pure: no network, database, clock, randomness or orchestration. No error of its own: odd papers are findings.
"""

from validators.catalogue import CATALOGUE, Entry
from validators.checks.duty import disputing_duty, duty_findings
from validators.claims import NamedInvoice, invoices_of, with_claimed
from validators.reconciling import reconcile
from validators.tolerances import Tolerances

__all__ = [
    "CATALOGUE",
    "Entry",
    "NamedInvoice",
    "Tolerances",
    "disputing_duty",
    "duty_findings",
    "invoices_of",
    "reconcile",
    "with_claimed",
]
