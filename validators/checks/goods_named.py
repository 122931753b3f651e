"""What the goods are called: the same goods on every paper, a description customs accepts, one tariff code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.findings import Suggestion
from validators.case import Case, Check
from validators.classification.articles import Article, articles
from validators.classification.belonging import name_other_goods
from validators.classification.vagueness import says_nothing
from validators.differences import difference
from validators.found import Found
from validators.goods import Goods, same_code
from validators.joining import Group
from validators.papers import Cell


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


def _other_goods(case: Case, kind: str, group: Group) -> tuple[Goods, Goods] | None:
    """Two lines of the group that are not the same goods, if no line of the other side fits either."""
    for theirs in group.right:
        formal = kind == "certificate_of_origin"
        verdicts = [case.matched.likeness.verdict(ours, theirs, case.tolerances, formal=formal) for ours in group.left]
        if verdicts and (all(verdict == "other" for verdict in verdicts) or _named_otherwise(group, theirs)):
            return group.left[0], theirs
    return None


def _named_otherwise(group: Group, theirs: Goods) -> bool:
    """Whether the nouns name other goods: that holds between languages too, where words and meaning tell nothing."""
    ours = [text for one in group.left for text in one.descriptions]
    return bool(ours and theirs.descriptions) and all(
        name_other_goods(text, other) for text in ours for other in theirs.descriptions
    )


def descriptions_agree(case: Case) -> Iterator[Found]:
    for kind, groups in case.matched.groups():
        for group in groups:
            pair = _other_goods(case, kind, group)
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
