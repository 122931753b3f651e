"""What stands around a case: its addresses, the keys, what the last step changed, and whether it can be released."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from desk.web.messages import Texts
from flows.links import segment
from schemas.casework import Case, CaseComment, CasePage, ChangedValue, Draft, Rechecked

KEYS: Final = (
    (("j", "k"), "findings"), (("n",), "place"), (("1", "2"), "take"), (("s",), "suggested"), (("a",), "accept"),
    (("c",), "correct"), (("w",), "waive"), (("f",), "forgo"), (("r",), "request"), (("u",), "undo"),
    (("↵",), "release"), (("]",), "next"), (("m",), "note"), (("+", "−", "0"), "zoom"), (("t",), "turn"),
    ((",", "."), "leaf"), (("p",), "sort"), (("Esc",), "leave"), (("?",), "help"),
)  # fmt: skip
_SHOWN_CHANGES: Final = 8
_ADVICE: Final = "/channel"
"""Why a channel is advised repeats the findings."""


def address_of_case(broker: str, reference: str) -> str:
    return f"/shipments/{segment(broker)}/{segment(reference)}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a case's parts are. `version` names the rules by which its pictures are turned."""

    broker: str
    reference: str
    revision: int
    version: str

    @property
    def case(self) -> str:
        return address_of_case(self.broker, self.reference)

    @property
    def claim(self) -> str:
        return f"{self.case}/claim"

    @property
    def papers(self) -> str:
        return f"{self.case}/papers"

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
    def sort(self) -> str:
        return f"{self.case}/sort"

    @property
    def release(self) -> str:
        return f"{self.case}/release"

    @property
    def draft(self) -> str:
        return f"{self.case}/draft"

    @property
    def read(self) -> str:
        return f"{self.case}/read"

    @property
    def confirm(self) -> str:
        return f"{self.case}/confirm"

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

    `is_whole` is False while a paper is still to be read: its places cannot be seen, and not be decided about.
    `stay` is the finding to stay at, `page` the page. `stale` says what came to the shipment since the draft began.
    """

    draft: Draft
    may_decide: bool
    may_confirm: bool
    said: str | None
    stay: str | None
    page: str | None
    refused: str | None
    done: str | None
    changes: tuple[str, ...]
    stale: str | None
    is_whole: bool
    not_yet: str | None
    notes: tuple[CaseComment, ...]

    @property
    def step(self) -> int:
        """Names the form of the draft that the person sees: a decision on another one is not taken."""
        return self.draft.number

    @property
    def drafted(self) -> int:
        return len(self.draft.acts)

    @property
    def may_propose(self) -> bool:
        return self.draft.progress == "open" and any(one.needs_second for one in self.draft.acts)


def changes_told(before: Rechecked | Case, now: Rechecked | Case, t: Texts) -> tuple[str, ...]:
    """What the last step settled, brought up and changed in the declaration, in sentences."""
    return tuple(_changes(before, now, t))[:_SHOWN_CHANGES]


def _changes(before: Rechecked | Case, now: Rechecked | Case, t: Texts) -> Iterator[str]:
    held, holding = _holding(before, t), _holding(now, t)
    yield from (t("case.settled_now", message=message) for key, message in held.items() if key not in holding)
    yield from (t("case.arisen_now", message=message) for key, message in holding.items() if key not in held)
    earlier, later = _values(before), _values(now)
    for pointer in dict.fromkeys((*later, *earlier)):
        if pointer.startswith(_ADVICE):
            continue
        was = earlier[pointer].after if pointer in earlier else later[pointer].before
        told = later[pointer].after if pointer in later else earlier[pointer].before
        if was != told:
            yield t("case.value_now", name=t.declared(pointer), before=was or "—", after=told or "—")


def _holding(stand: Rechecked | Case, t: Texts) -> dict[str, str]:
    return {one.key: t.finding(one.finding) for one in stand.findings if one.finding.holds}


def _values(stand: Rechecked | Case) -> dict[str, ChangedValue]:
    """The declared values that differ from those of the revision."""
    return {one.pointer: one for one in stand.changed} if isinstance(stand, Rechecked) else {}


def release_barrier(now: Rechecked | None, t: Texts) -> str | None:
    """Why nothing can be released yet, None where it can."""
    return t("case.nothing_drafted") if now is None else " ".join(map(t.refusal, now.barriers)) or None
