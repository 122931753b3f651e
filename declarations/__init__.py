"""Shipment and what the papers say about each other in, declaration out; one writer for each format.

Pure: no network, database, clock, randomness or orchestration. No error of its own: what is in doubt is null.
"""

from declarations.declaring import declare
from declarations.risk import Risk
from declarations.terms import DeclarationTerms, Procedure
from declarations.writing import write_json

__all__ = ["DeclarationTerms", "Procedure", "Risk", "declare", "write_json"]
