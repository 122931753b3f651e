"""From printed text to values: pure functions that answer None where the text does not settle the value.

`lexicon` loads the printed words (TOML files beside the modules, languages as keys: a language is added there, not in
code) and the official codes (`schemas/codes/`). `printing` evens out typography. Every other module reads one kind of
value.
"""
