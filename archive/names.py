"""Names and numbers brought to one form, in which two spellings of the same exporter or invoice are equal."""

from __future__ import annotations

import re
import unicodedata

# Legal forms as they stand at the end of a company's name on trade papers, spelled without dots and spaces. Not the
# whole of ISO 20275's list: a form that is missing here makes two keys out of one company only where one paper prints
# the form and the other does not.
_FORMS = """
    ab ag aktiengesellschaft as asa aps bhd bv bvba co coltd company corp corporation cv da doo dba eg eirl ek eood epe
    eurl fzc fzco fze gbr gesmbh gmbh hf inc incorporated jsc kft kg kk kgaa lda limited limitada limitee llc llp lp ltd
    ltda mbh nv oao ood ooo ou oy oyj pao plc private pjsc pt pte pty pvt rt sa sab sapi sarl sas sasu sca scs sdn
    sdnbhd se sia sl slu snc sociedad societe sp spa spzoo spk spolka sprl srl sro tbk tic uab ug ulc vof zao zoo zrt
"""
_LEGAL_FORMS = frozenset(_FORMS.split())
# Those that may stand before the name (PT Maju Jaya, OOO Romashka).
_LEADING_FORMS = frozenset({"cv", "oao", "ooo", "pao", "pt", "sarl", "sas", "zao"})
# Written for `&`, which is no letter: the first wherever they stand, the second only before a legal form.
_AND = frozenset({"and", "und", "et", "og", "och"})
_SHORT_AND = frozenset({"a", "e", "en", "i", "y"})
_EASTERN_FORMS = re.compile(r"(?:股份|责任|責任)*有限(?:责任|責任)?公司$|株式会社|有限会社|주식회사|公司$")
# Letters that Unicode does not take apart, and the German and Nordic ways to write an umlaut without one.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "ı": "i"})
_UMLAUT = re.compile(r"([aou])e")
# No name or number is longer; more would not fit into an index of PostgreSQL, which takes 2,704 bytes of an entry.
LONGEST = 200


def party_key(name: str) -> str:
    """The name without case, accents, punctuation and legal form; empty only where nothing can be compared.

    Rather one spelling too many counts as the same than one too few: the key is compared together with the number of
    an invoice, and a missed twin would be declared twice.
    """
    folded = _folded(name)
    words = _words(folded)
    bare = _without_forms([word for word in _words(_EASTERN_FORMS.sub("", folded)) if word not in _AND])
    return _UMLAUT.sub(r"\1", "".join(bare or words))[:LONGEST]


def number_key(number: str) -> str:
    """The document number without case, spaces and punctuation: `INV-22/91` and `inv 2291` are one."""
    return re.sub(r"[\W_]", "", _folded(number))[:LONGEST]


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    without_accents = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFKC", without_accents.translate(_LETTERS)).casefold()


def _words(folded: str) -> list[str]:
    """Words, with spelled-out forms joined: `s. p. a.` and `s.p.a.` are `spa`."""
    joined = re.sub(r"\b(\w)[. /]+(?=\w\b)", r"\1", re.sub(r"['’`´]", "", folded))
    return re.findall(r"\w+", joined.replace("_", " ").replace(".", " "))


def _without_forms(words: list[str]) -> list[str]:
    last = len(words)
    while last and (words[last - 1] in _LEGAL_FORMS or (last < len(words) and words[last - 1] in _SHORT_AND)):
        last -= 1
    first = 1 if last > 1 and words[0] in _LEADING_FORMS else 0
    return words[first:last]
