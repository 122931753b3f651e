"""Goods tables of invoices and packing lists: found, divided into cells, and read as lines."""
