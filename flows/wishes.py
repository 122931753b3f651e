"""What a person may wish to be settled how, and what is refused before anything is tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

from flows.errors import WrongDecisionError
from schemas.decisions import Role, Waiver
from schemas.findings import Action, Finding
from validators import FORGOABLE

WAIVERS: Final[tuple[str, ...]] = get_args(Waiver)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants settled how. `place` is which of the finding's places `value` is for, counted from 1."""

    action: Action
    reason: str
    by: str
    role: Role = "clerk"
    value: str | None = None
    place: int | None = None


def refuse(finding: Finding, wish: Wish) -> None:
    """Raises `WrongDecisionError` for what can be told of the finding and the wish alone."""
    wrong = next((message for is_wrong, message in _rules(finding, wish) if is_wrong), None)
    if wrong is not None:
        raise WrongDecisionError(wrong)


def _rules(finding: Finding, wish: Wish) -> list[tuple[bool, str]]:
    action, code = wish.action, wish.reason.partition(":")
    shows_nothing = all(one.value is None for one in finding.evidence) and finding.nature == "missing"
    return [
        (
            finding.severity == "info",
            "the finding is for information: it holds nothing, and nothing is to decide",
        ),
        (not wish.reason.strip(), "a decision needs its reason: say why with --reason"),
        (not wish.by.strip(), "a decision needs a name: say with --by who decides"),
        (action == "correct" and not (wish.value or "").strip(), "a correction needs the right value: add --value"),
        (action != "correct" and wish.value is not None, f"{action} takes no value: only `correct` does"),
        (action != "correct" and wish.place is not None, f"{action} takes no place: only `correct` does"),
        (action == "waive" and code[0].strip() not in WAIVERS, _coded()),
        (action == "waive" and code[0].strip() == "other" and not code[2].strip(), _coded()),
        (
            action == "forgo_preference" and finding.code not in FORGOABLE,
            f"{finding.code} is no question of a preference: forgoing one does not settle it",
        ),
        (
            action in ("accept", "waive") and finding.severity == "error" and wish.role != "supervisor",
            f"{finding.code} is an error: correct it, get a new paper, or let a supervisor {action} it (--role)",
        ),
        (action == "accept" and shows_nothing, "there is no value to accept: give it with `correct`, or waive it"),
    ]


def _coded() -> str:
    return f"a waiver's reason begins with one of {', '.join(WAIVERS)}; words follow after a colon, always after other"
