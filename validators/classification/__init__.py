"""Where goods stand in the Harmonized System, told from what papers call them: by texts, words and meaning.

No training data: the nomenclature's own texts (`schemas.nomenclature`), an index of trade nouns in six languages
with the headings that take them (`goods_words.csv`, in the way of the WCO's alphabetical index) and, for common goods,
the subheading where they usually stand (`subheading_words.csv`), and words for materials and make with the tariff's
wording (`plain_words.csv`). All are general; no paper of a shipment was a source of theirs.
"""
