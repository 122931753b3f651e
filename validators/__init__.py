"""Documents in, findings out: the papers joined and witnessed, a module per family of checks, the catalogue of codes.

Pure: no network, database, clock, randomness or orchestration. No error of its own: odd papers are findings.
"""

from validators.catalogue import CATALOGUE, Entry
from validators.checks.duty import disputing_duty, duty_findings
from validators.claims import NamedInvoice, invoices_of, with_claimed
from validators.codelists import INCOTERMS
from validators.deciding import FORGOABLE, with_what_was_decided
from validators.placing import value_for
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
    "invoices_of",
    "reconcile",
    "value_for",
    "with_claimed",
    "with_what_was_decided",
]
