"""Where words stand to each other: rows, spans, form cells. Pure geometry on flat pages."""

from extractors.layout.cells import Cells
from extractors.layout.spans import Row, Span, rows_of, span_of

__all__ = ["Cells", "Row", "Span", "rows_of", "span_of"]
