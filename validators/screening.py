"""Names on papers looked up among many listed names: spelling, script, order of words and legal forms set aside.

A name is compared by its words. Words of trade and place ("trading", "international", "china") say little about who is
meant and weigh little; the others must all have their like in the other name. So "Delta Trading" is not "Delta
Shipping", though most of their letters agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pycountry
from rapidfuzz import fuzz, process

from validators.names import core
from validators.romanised import consonants, latin, romanised

# What companies of all kinds are called, folded, in the languages of the trade.
_COMMON_WORDS = """
    agencies agency agro air alliance arab asia asian associates auto automotive aviation bank bros brothers building
    business center centre chemical chemicals city commerce commercial company components construction consulting
    corporation development distribution east eastern electric electrical electronic electronics electro energy
    engineering enterprise enterprises equipment est establishment euro europe european exim export exports express
    factory fashion fabrics first food foods forwarding foundation freight furniture garment garments general global
    golden goods gas group gulf handel handels holding holdings home house import imports industria industrial
    industrie industries industry info institute instruments international internacional internationale intl investment
    investments jaya joint knitwear lab laboratories laboratory lines lights line lighting logistic logistics machine
    machinery machines management manufacturer manufacturers manufacturing marine maritime market marketing material
    materials medical metal metals middle mills mineral minerals motor motors national navigation new north northern
    office oil optical overseas pacific packaging paper parts petrochemical petroleum pharma pharmaceutical
    pharmaceuticals plastic plastics power precision press printing private product production products project
    projects public quality real research resources retail royal science scientific sea service services shipping
    silk software solution solutions sons south southern spare special sport sports star state steel stock store stores
    super supplies supply system systems tech technical technic technics technologies technology telecom textile
    textiles tobacco tools toys trade traders trading transport transportation transports travel union united universal
    west western wood wooden works world worldwide commerciale comercial comercio commercio exportadora importadora
    societe sociedad firma fabrik fabrika werke vertriebs handelsgesellschaft gesellschaft ip sti ticaret
    sanayi torgovyi dom zavod kompaniia gruppa bin ibn abu van von den san da do dos
    abu ahmedabad amsterdam anhui ankara antwerp antwerpen bangalore bangkok barcelona beijing berlin bombay bursa busan
    cairo calcutta changzhou chengdu chennai chittagong chongqing colombo delhi dhabi dhaka doha dongguan dubai foshan
    fujian fuzhou guangdong guangxi guangzhou hamburg hangzhou hanoi hebei henan hong hubei hunan istanbul izmir jakarta
    jiangsu jiangxi karachi kolkata kong kuwait lahore liaoning london los angeles madrid manila milan milano moscow
    moskva mumbai nanjing nantong ningbo osaka paris qingdao roma rome rotterdam sao paulo seoul shandong shanghai
    shaoxing sharjah shenyang shenzhen sichuan singapore suzhou sydney taipei taizhou tehran tianjin tokyo tirupur
    wenzhou wuhan wuxi xiamen xian yiwu york zhejiang zhongshan zhuhai
"""
# Legal forms that stand before a name, or anywhere.
_FORMS = frozenset(
    {"llc", "jsc", "ojsc", "cjsc", "pjsc", "zao", "pao", "oao", "ooo", "ao", "ltd", "inc", "gmbh", "lda"}
)
_PARTICLES = frozenset({"al", "el"})
_COMMON_WEIGHT = 0.2
_WORD_LIMIT = 0.75
_JOINED_LIMIT = 0.85
_WHOLE_LIMIT = 0.95
_SHORT_WORD = 3
_CONSONANTS = 4
_ALIKE_IN_CONSONANTS = 0.92
# Shorter words in a longer name are too many people's; a listed name must be this long to be found inside another.
_SHORTEST_INSIDE = 12
_TELLING_INSIDE = 6
# Forms of several words, in `latin`, which would leave letters behind that tell nothing.
_LONG_FORM = re.compile(r"\bs ?(?:a|de ?r ?l|a ?p ?i) ?(?:b ?)?de ?c ?v\b|\bjoint stock(?: co(?:mpany)?)?\b")
_EASTERN_FORM = re.compile(r"(?:股份|责任|責任)*有限(?:责任|責任)?公司|株式会社|有限会社|주식회사|公司")
_ASIDE = re.compile(
    r"\b(?:on\s+behalf\s+of|o/?b/?o|as\s+agents?\s+(?:for|of)|for\s+account\s+of|a/c|c/o|im\s+auftrag\s+(?:von|der)?|"
    r"t/a|trading\s+as|d/?b/?a|formerly|f/?k/?a|a/?k/?a)\b|[\n;]",
    re.IGNORECASE,
)


def _place_words() -> Iterator[str]:
    for country in pycountry.countries:
        yield from latin(country.name).split()


_COMMON = frozenset(map(romanised, (*_COMMON_WORDS.split(), *_place_words())))


@dataclass(frozen=True, slots=True)
class Name:
    """A name's words in one spelling and in their order; `telling` are those that tell who is meant."""

    words: tuple[str, ...]
    telling: tuple[str, ...]

    @property
    def common(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if word in _COMMON)

    @property
    def key(self) -> str:
        """All words in the order of the alphabet: persons are listed surname first."""
        return " ".join(sorted(self.words))

    @property
    def joined(self) -> str:
        """The telling words as one, or all where none tells: names are parted in different places."""
        return "".join(self.telling or self.words)

    @property
    def consonants(self) -> tuple[str, ...]:
        """The telling words, long ones without their vowels, in the order of the alphabet."""
        return tuple(sorted(_skeleton(word) or word for word in self.telling))


def named(text: str) -> Name:
    """The name's words without legal forms."""
    plain = latin(_EASTERN_FORM.sub(" ", text))
    words = core(_LONG_FORM.sub(" ", plain) or plain).split()
    spelt = tuple(romanised(word) for word in _with_particles([w for w in words if w not in _FORMS] or words))
    return Name(spelt, tuple(word for word in spelt if word not in _COMMON))


def _skeleton(word: str) -> str | None:
    """The consonants of a word that has enough of them to be known by."""
    bare = consonants(word)
    return bare if len(bare) >= _CONSONANTS else None


def _with_particles(words: Sequence[str]) -> list[str]:
    """The words with articles joined to what follows: “al noor” and “alnoor” are one."""
    made: list[str] = []
    for word in words:
        if made and made[-1] in _PARTICLES:
            made[-1] += word
        else:
            made.append(word)
    return made


def parts_of_name(text: str) -> tuple[str, ...]:
    """The names that one box may hold: the whole, and each side of "on behalf of", "c/o" and the like."""
    parts = [part.strip() for part in _ASIDE.split(text)]
    return tuple(dict.fromkeys(part for part in (text.strip(), *parts) if part))


def is_one(listed: Name, printed: Name) -> bool:
    """Whether the words that tell are the same ones but for their order, vowels of long words, and where they part."""
    if not listed.telling or not printed.telling:
        return "".join(listed.words) == "".join(printed.words) or listed.key == printed.key
    return listed.consonants == printed.consonants or listed.joined == printed.joined


def likeness(listed: Name, printed: Name) -> float:
    """From 0 to 1: the weighed share of letters whose word has its like, in the name where that share is smaller."""
    if not listed.telling or not printed.telling:
        return _as_wholes(listed, printed)
    by_words = min(_covered(listed, printed), _covered(printed, listed))
    joined = fuzz.ratio(listed.joined, printed.joined) / 100
    if len(listed.telling) == len(printed.telling) or joined < _WORD_LIMIT:
        return by_words
    return max(by_words, min(_covered(listed, printed, joined), _covered(printed, listed, joined)))


def _as_wholes(listed: Name, printed: Name) -> float:
    """Names of common words alone are alike only where they are all but the same."""
    if listed.key == printed.key:
        return 1.0
    share = fuzz.ratio("".join(listed.words), "".join(printed.words)) / 100
    return share if share >= _WHOLE_LIMIT else 0.0


def weakest(listed: Name, printed: Name) -> float:
    """The likeness of the telling word that has the least of it."""
    return min((_best(word, printed.telling) for word in listed.telling), default=0.0)


def _covered(name: Name, other: Name, telling: float | None = None) -> float:
    """Share of the name's letters that the other has too; `telling` replaces that of the telling words."""
    of_telling = len(name.joined)
    had = telling * of_telling if telling is not None else sum(_best(w, other.words) * len(w) for w in name.telling)
    of_common = sum(map(len, name.common))
    had_common = sum(_best(word, other.words) * len(word) for word in name.common)
    return (had + _COMMON_WEIGHT * had_common) / (of_telling + _COMMON_WEIGHT * of_common)


def _best(word: str, others: Sequence[str]) -> float:
    return max((_same_word(word, other) for other in others), default=0.0)


@lru_cache(maxsize=65536)
def _same_word(left: str, right: str) -> float:
    if left == right:
        return 1.0
    if min(len(left), len(right)) <= _SHORT_WORD:
        return 0.0
    share = fuzz.ratio(left, right) / 100
    if _skeleton(left) is not None and _skeleton(left) == _skeleton(right):
        return max(share, _ALIKE_IN_CONSONANTS)
    return share if share >= _WORD_LIMIT else 0.0


def stands_inside(listed: Name, printed: Name) -> bool:
    """Whether a listed name of two words or more stands within a longer one: its telling words, or all, in a row."""
    telling = len(listed.telling) > 1 and len(listed.joined) >= _SHORTEST_INSIDE
    whole = len("".join(listed.words)) >= _SHORTEST_INSIDE and len("".join(listed.telling)) >= _TELLING_INSIDE
    return (telling and _runs_in(listed.telling, printed.telling)) or (
        whole and len(listed.words) > 1 and _runs_in(listed.words, printed.words)
    )


def _runs_in(words: Sequence[str], others: Sequence[str]) -> bool:
    width = len(words)
    return any(tuple(others[at : at + width]) == tuple(words) for at in range(len(others) - width + 1))


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of a listed party: `row` is the party's position, `text` the name as listed."""

    row: int
    text: str
    name: Name


@dataclass(frozen=True, slots=True)
class Index:
    """Many listed names, to be found by any word that tells, by its consonants, or as one word."""

    names: tuple[Listed, ...]
    by_key: Mapping[str, Sequence[int]]
    by_word: Mapping[str, Sequence[int]]
    by_joined: Mapping[str, Sequence[int]]
    words: tuple[str, ...]
    joined: tuple[str, ...]
    by_consonants: Mapping[str, Sequence[str]]

    def near(self, printed: Name) -> Iterator[Listed]:
        """The listed names that may be this one, each once, in the list's order."""
        found = set(self.by_key.get(printed.key, ()))
        for word in printed.telling:
            found.update(at for like in self._words_like(word) for at in self.by_word[like])
        whole = "".join(printed.words)
        for joined in {printed.joined, whole}:
            found.update(at for like in _like(joined, self.joined, _JOINED_LIMIT) for at in self.by_joined[like])
        yield from (self.names[at] for at in sorted(found))

    def _words_like(self, word: str) -> set[str]:
        return {*self.by_consonants.get(_skeleton(word) or "", ()), *_like(word, self.words, _WORD_LIMIT)}


def _like(word: str, words: Sequence[str], limit: float) -> Iterator[str]:
    """Those of the words that share so many letters with this one."""
    found = process.extract(word, words, scorer=fuzz.ratio, limit=None, score_cutoff=100 * limit)
    yield from (like for like, *_ in found)


def index_of(names: Iterable[tuple[int, str]]) -> Index:
    """An index of listed names with the position of their party."""
    listed = tuple(Listed(row, text, named(text)) for row, text in names)
    by_key, by_word, by_joined = (defaultdict[str, list[int]](list) for _ in range(3))
    for at, one in enumerate(listed):
        by_key[one.name.key].append(at)
        for joined in {one.name.joined, "".join(one.name.words)}:
            by_joined[joined].append(at)
        for word in one.name.telling:
            by_word[word].append(at)
    by_consonants = defaultdict[str, list[str]](list)
    for word in by_word:
        if skeleton := _skeleton(word):
            by_consonants[skeleton].append(word)
    return Index(listed, by_key, by_word, by_joined, tuple(by_word), tuple(by_joined), by_consonants)
