"""Duty and tax: expressions of tariffs, which line of the tariff holds, reliefs, and what is assessed."""
