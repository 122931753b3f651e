"""Where goods stand in the Harmonized System, told from what papers call them: by texts, words and meaning.

No training data: the nomenclature's own texts (`schemas.nomenclature`), an index of some 2,400 trade nouns in six
languages with the headings that take them (`goods_words.csv`, as the WCO's alphabetical index does it), and words for
materials and make with the tariff's wording (`plain_words.csv`). Both are general; papers were no source of theirs.
"""
