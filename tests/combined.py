"""The papers of a digital sample in one file, as they come from a copier: an invoice, a packing list, a certificate and
a bill of lading, a page each.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it has no stubs

SAMPLE = Path(__file__).parents[1] / "sample_docs/shipments/S01"
FILES = ("KVP 2291 inv.pdf", "KVP 2291 pack.pdf", "KVP 2291 coo.pdf", "obl copy KVP 2291.pdf")
INVOICE, PACKING, CERTIFICATE, LADING = 1, 2, 3, 4
"""The pages."""


def combined(target: Path) -> Path:
    whole = pdfium.PdfDocument.new()
    for name in FILES:
        whole.import_pages(pdfium.PdfDocument(SAMPLE / name))
    whole.save(target)
    return target
