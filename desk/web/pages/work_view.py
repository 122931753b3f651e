"""What stands around a case: its addresses, the keys, what the last step changed, and whether it can be released."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from desk.web.messages import Texts
from schemas.casework import Case, CaseComment, CasePage, ChangedValue, Draft, Rechecked

KEYS: Final = (
    (("j", "k"), "findings"), (("n",), "place"), (("1", "2"), "take"), (("s",), "suggested"), (("a",), "accept"),
    (("c",), "correct"), (("w",), "waive"), (("f",), "forgo"), (("r",), "request"), (("u",), "undo"),
    (("↵",), "release"), (("]",), "next"), (("m",), "note"), (("+", "−", "0"), "zoom"), (("t",), "turn"),
    ((",", "."), "leaf"), (("Esc",), "leave"), (("?",), "help"),
)  # fmt: skip
_SHOWN_CHANGES: Final = 8


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a case's parts are. `version` names the rules by which its pictures are turned."""

    broker: str
    reference: str
    revision: int
    version: str

    @property
    def case(self) -> str:
        return f"/shipments/{quote(self.broker, safe='')}/{quote(self.reference, safe='')}"

    @property
    def decide(self) -> str:
        return f"{self.case}/decide"

    @property
    def undo(self) -> str:
        return f"{self.case}/undo"

    @property
    def comment(self) -> str:
        return f"{self.case}/comments"

    @property
    def release(self) -> str:
        return f"{self.case}/release"

    @property
    def second(self) -> str:
        return f"{self.case}/second"

    @property
    def next(self) -> str:
        return f"{self.case}/next"

    @property
    def keys(self) -> Sequence[tuple[tuple[str, ...], str]]:
        return KEYS

    def picture(self, page: CasePage, size: str) -> str:
        return f"{self._page(page)}.webp?size={size}&v={self.version}"

    def words(self, page: CasePage) -> str:
        return f"{self._page(page)}.json?v={self.version}"

    def _page(self, page: CasePage) -> str:
        return f"{self.case}/{self.revision}/pages/{page.sha256}/{page.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """`said` is told to who does not see the page; `not_yet` says why nothing can be released, None where it can.

    `step` is the number of the draft that the person sees: a decision on another one is not taken blindly.
    """

    step: int
    drafted: int = 0
    may_decide: bool = False
    said: str | None = None
    stay: str | None = None
    refused: str | None = None
    changes: tuple[str, ...] = ()
    elsewhere: str | None = None
    not_yet: str | None = None
    notes: tuple[CaseComment, ...] = ()


def changes_told(before: Rechecked | Case, now: Rechecked, t: Texts) -> tuple[str, ...]:
    """What the last step settled, brought up and changed in the declaration, in sentences."""
    told = tuple(_changes(before, now, t))
    return told[:_SHOWN_CHANGES]


def _changes(before: Rechecked | Case, now: Rechecked, t: Texts) -> Iterator[str]:
    held = {one.key: one.finding for one in before.findings if one.finding.holds}
    holding = {one.key: one.finding for one in now.holding}
    yield from (t("case.settled_now", message=one.message) for key, one in held.items() if key not in holding)
    yield from (t("case.arisen_now", message=one.message) for key, one in holding.items() if key not in held)
    known = set(before.changed) if isinstance(before, Rechecked) else set()
    yield from (_value(one, t) for one in now.changed if one not in known)


def _value(one: ChangedValue, t: Texts) -> str:
    return t("case.value_now", name=_declared(one.pointer, t), before=one.before or "—", after=one.after or "—")


def _declared(pointer: str, t: Texts) -> str:
    """“/items/2/hs_code” as “item 3, HS code”."""
    parts = pointer.strip("/").split("/")
    named = t.by_key.get(f"field.{parts[-1]}", parts[-1].replace("_", " "))
    inside = parts[0] == "items" and len(parts) > 1 and parts[1].isdigit()
    return f"{named} ({t('case.line', number=int(parts[1]) + 1)})" if inside else named


def release_barrier(now: Rechecked | None, draft: Draft, t: Texts) -> str | None:
    """Why nothing can be released yet, None where it can."""
    if now is None or not draft.steps:
        return t("case.nothing_drafted")
    return "; ".join(now.barriers) or None
