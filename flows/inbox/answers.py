"""What is owed to a broker whose shipment a person decided about: the new revision in the outbox.

watch/owed/<shipment>-<token>    whose shipment; written before the decision, removed once its outcome is answered

Whoever decides answers as well. Where he is killed in between, at whatever moment, the note tells the next look of any
watcher, which judges what was decided and answers it. Nothing is decided by a note: one too many changes nothing.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from pydantic import ValidationError

from archive.errors import Conflict, ObjectMissing
from archive.stores.exchange import Entry, Exchange
from flows.decisions import Clear, decided, outstanding, standing_result
from flows.errors import NoSuchShipmentError, WrongDecisionError
from flows.inbox.leases import Leases
from flows.inbox.outbox import give_back
from flows.inbox.readiness import Ready
from flows.inbox.reports import Handled, PutOff
from flows.inbox.rules import Watcher
from flows.inbox.taking import received_by
from flows.inbox.tries import Tries, tried
from flows.logs import noting, tell
from flows.wishes import Wish
from flows.workshop import Workshop, open_exchange
from schemas.results import Intake, ShipmentResult
from schemas.values import Frozen

OWED: Final = "watch/owed/"
_NOTHING_DECIDED: Final = (WrongDecisionError, NoSuchShipmentError, Conflict)


class Owed(Frozen):
    """Whose answer is owed; which revision that is, is found out when it is given."""

    broker: str
    reference: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers owed in an exchange, as this watcher gives them. Every method raises the `StoreError`s of both."""

    workshop: Workshop
    exchange: Exchange
    now: Callable[[], dt.datetime]
    watcher: Watcher

    def after(self, broker: str, reference: str, decide: Callable[[], Intake], clear: Clear) -> ShipmentResult:
        """Decide, judge and answer. Whatever goes wrong after the decision leaves its note to the watchers.

        It goes on without a lease where another one works on the shipment: a decision waits for nobody.
        """
        owed = Owed(broker=broker, reference=reference)
        note = f"{OWED}{_id(owed)}-{secrets.token_hex(8)}"
        self.exchange.put_new(note, owed.model_dump_json().encode(), media_type="application/json")
        with self._leases.held(_id(owed), self.now, pause=self.watcher.pause):
            try:
                intake = decide()
            except _NOTHING_DECIDED:
                self._strike(note)
                raise
            result = standing_result(intake, self.workshop, clear)
            give_back(result, self.workshop, self.exchange)
            self._strike(note)
        return result

    def give(self, clear: Clear) -> Iterator[Handled | PutOff]:
        """What became of each answer still owed, as many as one look takes."""
        for entry in list(islice(self.exchange.entries(OWED), self.watcher.rules.shipments)):
            owed = self._read(entry)
            if owed is not None:
                yield self._given(entry, owed, clear)

    def _given(self, note: Entry, owed: Owed, clear: Clear) -> Handled | PutOff:
        with self._leases.held(_id(owed), self.now, pause=self.watcher.pause) as is_ours:
            if not is_ours:
                return PutOff(owed.broker, owed.reference, "leased")
            folder = f"watch/{_id(owed)}/{note.key.rpartition('-')[2]}/"
            tries = Tries(owed.broker, owed.reference, folder, self.exchange)
            if tries.are_used_up(self.watcher.rules):
                done: Handled | PutOff = self._given_up(owed)
            else:
                done = tried(partial(self._answered, owed, clear), tries)
            if isinstance(done, Handled):
                tries.forget()
                self.exchange.remove(note)
            return done

    def _answered(self, owed: Owed, clear: Clear) -> Handled:
        intake = outstanding(owed.broker, owed.reference, self.workshop)
        if intake is None:
            return Handled(owed.broker, owed.reference, None, None)
        result = standing_result(intake, self.workshop, clear)
        give_back(result, self.workshop, self.exchange)
        return Handled(owed.broker, owed.reference, result.revision, result.status)

    def _given_up(self, owed: Owed) -> Handled:
        """The decision stays recorded; it is judged when the shipment is cleared or decided next."""
        with noting(owed.broker, owed.reference):
            tell("answer_given_up", level="error")
        return Handled(owed.broker, owed.reference, None, None)

    def _read(self, note: Entry) -> Owed | None:
        """None for what is gone, and for what nobody of us wrote, which is removed."""
        try:
            return Owed.model_validate_json(self.exchange.get(note.key))
        except ObjectMissing:
            return None
        except ValidationError:
            self.exchange.remove(note)
            return None

    def _strike(self, note: str) -> None:
        for entry in self.exchange.entries(OWED):
            if entry.key == note:
                self.exchange.remove(entry)

    @property
    def _leases(self) -> Leases:
        return Leases(self.exchange, self.watcher.holder, self.watcher.rules.lease)


def decide_and_answer(reference: str, finding: str, wish: Wish, workshop: Workshop, *, clear: Clear) -> ShipmentResult:
    """The shipment judged with this decision and every earlier one, and answered where it came by the inbox.

    Raises what `flows.decisions.decided` and `clear` raise.
    """
    decide = partial(decided, reference, finding, wish, workshop)
    return answered(workshop.settings.broker, reference, decide, workshop, clear=clear)


def answered(
    broker: str, reference: str, decide: Callable[[], Intake], workshop: Workshop, *, clear: Clear
) -> ShipmentResult:
    """What `decide` begins, judged, and answered where the shipment came by the inbox."""
    if not came_by_inbox(broker, reference, workshop):
        return standing_result(decide(), workshop, clear)
    answers = Answers(workshop, open_exchange(workshop.settings), partial(dt.datetime.now, dt.UTC), Watcher())
    return answers.after(broker, reference, decide, clear)


def came_by_inbox(broker: str, reference: str, workshop: Workshop) -> bool:
    """Whether a broker dropped a paper of it, or all that he dropped could not be taken."""
    last = workshop.archive.last_intake(broker, reference)
    if last is None:
        return False
    first = workshop.archive.intake(broker, reference, 1)
    return any(file.dropped_at for file in last.files) or first.received_by == received_by(broker)


def _id(owed: Owed) -> str:
    return Ready(owed.broker, owed.reference, ()).id
