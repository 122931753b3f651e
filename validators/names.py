"""Whether two printed names mean one company: legal forms, accents, umlauts spelt out and abbreviations set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

# Legal forms as they end a name, folded. A list of the trade's commonest, longest first where one ends another.
LEGAL_FORMS = (
    "gesellschaft mit beschrankter haftung", "sociedad de responsabilidad limitada", "sociedad limitada",
    "sociedad anonima", "societe a responsabilite limitee", "societe par actions simplifiee", "societe anonyme",
    "societa a responsabilita limitata", "societa per azioni", "aktiengesellschaft", "anonim sirketi",
    "limited sirketi", "kabushiki kaisha", "joint stock company", "spolka z o o", "sp z o o",
    "drustvo s ogranicenom odgovornoscu", "s de r l de c v", "s a de c v", "sdn bhd", "proprietary limited",
    "pty limited", "pty ltd", "pvt limited", "pvt ltd", "private limited", "private ltd", "company limited",
    "co limited", "co ltd", "company ltd", "ltd sti", "public limited company", "limited liability company",
    "limited liability partnership", "gmbh co kg", "co kg", "gmbh", "m b h", "mbh", "ag co kg", "kgaa", "kg", "ohg",
    "ug", "e k", "incorporated", "inc", "corporation", "corp", "limited", "ltda", "ltd", "company", "co", "l l c",
    "llc", "llp", "lp", "plc", "s a r l", "sarl", "s a s u", "s a s", "sas", "s r l", "srl", "s p a", "spa", "s n c",
    "snc", "s a", "sa", "s l u", "slu", "s l", "sl", "b v", "bv", "n v", "nv", "a g", "ag", "a s", "as", "aps", "oy",
    "oyj", "ab", "aktiebolag", "k k", "kk", "g k", "j s c", "jsc", "d o o", "doo", "d d", "e o o d", "eood", "ood",
    "kft", "zrt", "s r o", "sro", "p t", "pt", "tbk", "pte", "pty", "pvt", "ooo", "oao", "pjsc", "fzco", "fze",
    "fzc", "bhd", "anonyme", "eirl", "ltee", "ltee inc",
)  # fmt: skip
_AT_END = re.compile(rf"\s(?:{'|'.join(sorted(LEGAL_FORMS, key=len, reverse=True))})$")
_AT_START = re.compile(r"^(?:pt|cv|ooo|oao|messrs|m s)\s+")
_JOINING_WORDS = frozenset(
    {"and", "und", "et", "e", "y", "en", "the", "of", "de", "du", "des", "di", "del", "der", "la", "le"}
)
_NO_WORD = re.compile(r"[^\w]+")
_SHORTEST_WORD = 3
_SHORTEST_NAME = 4
_LONGEST_CONTRACTION = 4
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
# Letters that fax and scan make of figures, by the figure.
_LOOK_ALIKE = str.maketrans({"o": "0", "q": "0", "d": "0", "i": "1", "l": "1", "z": "2", "s": "5", "g": "6", "b": "8"})
_LETTERS = str.maketrans({"ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})

# A consignee that is a role, not a company (UCP 600 art. 20: a bill of lading made out to order), and those that carry.
_TO_ORDER = re.compile(
    r"\b(?:to\s+(?:the\s+)?order|an\s+order|a\s+(?:la\s+)?orden|all\W?ordine|a\s+l\W?ordre|an\s+die\s+order)\b"
)
_BANK = re.compile(r"\b(?:bank|banque|banco|banca|bancorp)\b")
_FORWARDER = re.compile(
    r"\b(?:logistics?|logistik|logistique|forwarding|forwarders?|freight|shipping|spedition\w*|spediteure?|cargo|"
    r"transitaires?|transports?|transporte?s?|express|couriers?|lines?)\b"
)
_ON_BEHALF = re.compile(r"\b(?:on\s+behalf\s+of|o\s?b\s?o|as\s+agents?\s+(?:for|of)|im\s+auftrag|c\s+o)\b")


@lru_cache(maxsize=16384)  # Names and descriptions come again with every pair that they are compared in.
def folded(text: str) -> str:
    """Lower case, no accents, words only."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))
    letters = bare.replace("&", " and ")
    return _NO_WORD.sub(" ", letters).strip()


def look_alike(code: str) -> str:
    """A number with all that a scanner takes for one another made equal: 0 and O, 1 and I, 5 and S, 8 and B."""
    return folded(code).replace(" ", "").translate(_LOOK_ALIKE)


def core(name: str) -> str:
    """The name without its legal form; all of it where nothing else would be left."""
    words = " ".join(word for word in folded(name).split() if word not in _JOINING_WORDS)
    for spelt, letter in _UMLAUTS:
        words = words.replace(spelt, letter)
    left, before = _AT_START.sub("", words), ""
    while left != before:
        before, left = left, _AT_END.sub("", left).strip()
    return left or words


def has_legal_form(name: str) -> bool:
    """Whether the name begins or ends with a legal form, as most companies' do."""
    words = folded(name)
    return bool(_AT_END.search(f" {words}") or _AT_START.match(words))


def _shortens(short: str, long: str) -> bool:
    """Whether a word is cut off or contracted: "trad" for trading, "intl" for international."""
    if len(short) < _SHORTEST_WORD or not long.startswith(short[0]):
        return False
    letters = iter(long)
    return long.startswith(short) or (len(short) <= _LONGEST_CONTRACTION and all(c in letters for c in short))


def _has_twin(word: str, others: list[str], limit: float) -> bool:
    """Whether one of the other words is this one: misspelt by a letter or so, or shortened on either side."""
    return any(
        fuzz.ratio(word, other) >= 100 * limit or _shortens(word, other) or _shortens(other, word) for other in others
    )


def is_same_party(left: str, right: str, *, same_name: float) -> bool:
    """True where every word of the shorter name is in the longer one, spelling slips and abbreviations allowed."""
    a, b = core(left), core(right)
    if not a or not b:
        return a == b
    if a.replace(" ", "") == b.replace(" ", ""):
        return True
    short, long = sorted((a.split(), b.split()), key=len)
    if sum(map(len, short)) < _SHORTEST_NAME:  # an initial is no name to recognise a company by
        return False
    return all(_has_twin(word, long, same_name) for word in short)


def is_to_order(name: str) -> bool:
    return bool(_TO_ORDER.search(folded(name)))


def is_bank(name: str) -> bool:
    return bool(_BANK.search(folded(name)))


def is_forwarder(name: str) -> bool:
    return bool(_FORWARDER.search(folded(name)))


def acts_on_behalf(name: str) -> bool:
    return bool(_ON_BEHALF.search(folded(name)))
