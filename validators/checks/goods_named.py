"""What the goods are called: the same goods on every paper, a description customs accepts, one tariff code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.findings import Suggestion
from validators.case import Case, Check
from validators.classification.articles import Article, articles
from validators.classification.belonging import name_other_goods, name_same_goods
from validators.classification.vagueness import says_nothing
from validators.differences import difference
from validators.found import Found
from validators.goods import Goods, same_code
from validators.joining import Group
from validators.papers import Cell

_SAME_WORDS = 0.95
_ENOUGH, _MOSTLY = 2, 0.6
"""How many lines of two papers, and which share of them, say the same where one was made from the other."""


def descriptions_say_what(case: Case) -> Iterator[Found]:
    for article in articles(case):
        cell = case.matched.text(article.line, "description")
        if cell is not None and says_nothing(cell.value):
            message = f"{cell.where}: '{cell.value}' does not say what the goods are"
            yield Found("description_vague", message, (cell,), "policy", None, _plainer(article, cell))


def _plainer(article: Article, cell: Cell[str]) -> Suggestion | None:
    """What another paper calls the same goods, where it says more."""
    other = next((one for one in article.descriptions if one is not cell and not says_nothing(one.value)), None)
    if other is None:
        return None
    line = None if cell.line is None else cell.line + 1
    why = f"{other.where} calls the goods so"
    return Suggestion(document=cell.type, field=cell.name, line=line, value=other.value, why=why)


def _other_goods(case: Case, kind: str, group: Group, *, copied: bool) -> tuple[Goods, Goods] | None:
    """Two lines of the group that are not the same goods, if no line of the other side fits either."""
    formal = kind == "certificate_of_origin"
    for theirs in group.right:
        if group.left and all(_is_other(case, ours, theirs, formal=formal, copied=copied) for ours in group.left):
            return group.left[0], theirs
    return None


def _is_other(case: Case, ours: Goods, theirs: Goods, *, formal: bool, copied: bool) -> bool:
    """By words and meaning, or by the nouns: those tell it between languages too, where words and meaning do not."""
    pairs = [(text, other) for text in ours.descriptions for other in theirs.descriptions]
    if any(name_same_goods(text, other) for text, other in pairs):
        return False
    if pairs and all(name_other_goods(text, other) for text, other in pairs):
        return True
    return case.matched.likeness.verdict(ours, theirs, case.tolerances, formal=formal, copied=copied) == "other"


def _are_copied(case: Case, groups: Sequence[Group]) -> bool:
    """Whether the lines of one paper were made from those of the other: most of them say the very same."""
    pairs = [(ours, theirs) for group in groups for ours in group.left[:1] for theirs in group.right[:1]]
    same = sum(case.matched.likeness.between(ours, theirs) >= _SAME_WORDS for ours, theirs in pairs)
    return same >= _ENOUGH and same >= _MOSTLY * len(pairs)


def descriptions_agree(case: Case) -> Iterator[Found]:
    for kind, groups in case.matched.groups():
        copied = _are_copied(case, groups)
        for group in groups:
            pair = _other_goods(case, kind, group, copied=copied)
            cells = [case.matched.text(one.lines[0], "description") for one in pair or ()]
            left, right = cells or (None, None)
            if left is not None and right is not None:
                message = f"The goods differ: {left.where} says '{left.value}', {right.where} says '{right.value}'"
                yield Found("description_mismatch", message, (left, right))


def _codes(case: Case, goods: Sequence[Goods]) -> list[tuple[str, Goods]]:
    return [(cell.value, one) for one in goods for ref in one.lines if (cell := case.matched.text(ref, "hs_code"))]


def _code(case: Case, group: Group) -> Iterator[Found]:
    for ours, a in _codes(case, group.left):
        for theirs, b in _codes(case, group.right):
            left, right = case.matched.text(a.lines[0], "hs_code"), case.matched.text(b.lines[0], "hs_code")
            if same_code(ours, theirs) is False and left is not None and right is not None:
                yield difference("hs_mismatch", "Tariff codes", left=left, right=right)


def codes_agree(case: Case) -> Iterator[Found]:
    for _, groups in case.matched.groups():
        for group in groups:
            yield from _code(case, group)


CHECKS = (
    Check(frozenset({"description_vague"}), descriptions_say_what),
    Check(frozenset({"description_mismatch"}), descriptions_agree),
    Check(frozenset({"hs_mismatch", "illegible"}), codes_agree),
)
