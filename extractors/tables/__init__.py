"""Goods tables of invoices and packing lists: found, divided into cells, and read as lines.

A page's lines are divided into the lanes that the header names (`header`, `columns`), told apart as items, sums and
headings (`rows`), and gathered into items (`blocks`); `table` joins the pages. `lines` reads the cells, with
`description` for what stands in a description beside the words. `completeness` proves that no row was lost.
"""

from extractors.tables.lines import invoice_lines, packing_lines
from extractors.tables.parts import Cell, Column, Table, TableRow, TotalRow
from extractors.tables.table import find_table

__all__ = ["Cell", "Column", "Table", "TableRow", "TotalRow", "find_table", "invoice_lines", "packing_lines"]
