"""Papers that come as figures and not as pictures: e-invoices (UBL, CII, Factur-X), workbooks, CSV files."""

from __future__ import annotations

from extractors.structured.reader import is_structured, read_attached, read_structured

__all__ = ["is_structured", "read_attached", "read_structured"]
