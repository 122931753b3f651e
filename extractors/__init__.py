"""Bytes in, documents out: readers, OCR engines, layout, tables, typing, fields."""
