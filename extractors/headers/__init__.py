"""Header fields of invoices and packing lists: labels found through the lexicon, values by their place to them."""
