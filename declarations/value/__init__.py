"""The customs value: what was paid, what the country adds or leaves out, converted and spread over the items."""
