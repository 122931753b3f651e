"""The language that goods are described in, told by small and common words: only texts of one language are compared.

A paper's form may be in another language than its goods: a German invoice with English descriptions is usual.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from validators.names import folded

_MIXED_IN = "en"

# Words of trade descriptions that belong to one of these languages alone (folded).
_WORDS: Mapping[str, frozenset[str]] = MappingProxyType({
    "en": frozenset({
        "of", "with", "and", "for", "or", "not", "other", "packed", "prepared", "steel", "stainless", "iron", "wood",
        "wooden", "metal", "cotton", "knitted", "woven", "fabric", "fabrics", "coated", "dyed", "men", "women",
        "ladies", "shirt", "shirts", "trousers", "leather", "rubber", "glass", "paper", "oil", "wine", "bottles",
        "jars", "packs", "table", "lamp", "chair", "furniture", "seats", "machine", "machines", "parts", "set",
        "black", "white", "blue", "red", "green", "electric", "bolts", "nuts", "valve", "valves", "bearing",
        "bearings", "pump", "pumps", "cable",
    }),
    "de": frozenset({
        "und", "mit", "aus", "oder", "nicht", "stahl", "edelstahl", "eisen", "holz", "baumwolle", "gewebe",
        "leder", "gummi", "kunststoff", "glas", "papier", "ol", "wein", "flaschen", "glaser", "stuck", "verzinkt",
        "schwarz", "weiss", "blau", "grun", "klasse", "bauform", "schraube", "mutter", "pumpe", "kabel",
    }),
    "fr": frozenset({
        "du", "des", "et", "avec", "pour", "ou", "sans", "acier", "fer", "bois", "coton", "tissu", "cuir", "caoutchouc",
        "verre", "papier", "huile", "vin", "bouteilles", "boite", "paquets", "noir", "blanc", "bleu", "rouge", "vert",
    }),
    "es": frozenset({
        "del", "para", "sin", "acero", "hierro", "madera", "algodon", "tejido", "cuero", "caucho", "vidrio", "papel",
        "aceite", "botellas", "lata", "tarro", "paquetes", "negro", "azul", "verde",
    }),
    "it": frozenset({
        "di", "della", "senza", "acciaio", "ferro", "legno", "cotone", "tessuto", "pelle", "gomma", "vetro",
        "olio", "bottiglie", "barattolo", "pacchi", "forma", "nero", "bianco", "rosso",
    }),
})  # fmt: skip


def language_of(texts: Iterable[str]) -> str | None:
    """ISO 639-1 code of the language most words belong to; None without such a word.

    English words stand in goods tables of all languages ("packed in cartons of"), never the other way round: so one
    word of another language outweighs them.
    """
    words = [word for text in texts for word in folded(text).split()]
    counted = Counter(language for word in words for language, known in _WORDS.items() if word in known)
    others = [language for language, _ in counted.most_common() if language != _MIXED_IN]
    return next(iter(others), _MIXED_IN if counted else None)
