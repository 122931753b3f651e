"""How the tables of one paper are dressed."""

from __future__ import annotations

from sample_docs.generator.chance import Chance
from sample_docs.layouts.training.table import Dress

_PALE = ("#e4e4e4", "#dfe6ef", "#f1ead8", "#e3eee5")
_DARK = ("#1f3a5f", "#333333", "#5b2a2a", "#2c5a3c", "#000000")
_RULES = ("grid", "grid", "rows", "rows", "columns", "frame", "head", "head", "dashed", "none", "none")


def dress_of(chance: Chance) -> Dress:
    """Ruled, half-ruled, dashed, zebra or bare, with a plain, pale or dark head."""
    head = chance.pick(("plain", "plain", "pale", "dark"))
    rules = chance.pick(_RULES)
    striped = rules in {"none", "head", "frame"} and chance.happens(0.5)
    fill = {"plain": "", "pale": chance.pick(_PALE), "dark": chance.pick(_DARK)}[head]
    return Dress(
        rules=rules,
        head_fill=fill,
        head_colour="#ffffff" if head == "dark" else "#000000",
        stripe=chance.pick(("#f3f3f3", "#eef2f7", "#f7f3ea")) if striped else "",
        gap=chance.real(1.2, 5.0),
        low_numbers=chance.happens(0.1),
        small_details=chance.happens(0.5),
        line=chance.pick((0.3, 0.5, 0.5, 0.8, 1.0)),
        head_again=chance.happens(0.85),
    )
