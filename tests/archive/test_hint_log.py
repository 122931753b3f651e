"""The log of a broker's hints: what stands after each entry, and two who write at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from archive.hints import HintLog
from archive.stores.local import LocalStore
from schemas.hints import ArticleHint, Hint, HintEntry, HintSource

AT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


def _hint(code: str) -> Hint:
    source = HintSource(reference="A-1", revision=1, decision=1, by="ann", at=AT)
    return Hint(exporter="Norwick Looms", lesson=ArticleHint(part_number="K1", hs_code=code), source=source)


def _learn(log: HintLog, *hints: Hint) -> HintEntry | None:
    return log.append("anker", lambda last: HintEntry(broker="anker", number=last + 1, by="ann", at=AT, learned=hints))


def _remove(log: HintLog, hint: Hint) -> None:
    log.append("anker", lambda last: HintEntry(broker="anker", number=last + 1, by="sue", at=AT, removed=hint.id))


def test_what_stands_follows_from_the_entries_up_to_a_number(tmp_path: Path) -> None:
    log, one, other = HintLog(LocalStore(tmp_path)), _hint("630260"), _hint("630291")
    _learn(log, one)
    _learn(log, other)
    _remove(log, one)
    assert [log.in_force("anker", n) for n in range(4)] == [(), (one,), (one, other), (other,)]
    assert log.last("anker") == 3
    assert (log.last("brise"), log.brokers()) == (0, ("anker",))


def test_a_removed_hint_stands_again_once_it_is_taught_anew(tmp_path: Path) -> None:
    log, one = HintLog(LocalStore(tmp_path)), _hint("630260")
    for _ in range(2):
        _learn(log, one)
        _remove(log, one)
    _learn(log, one)
    assert [len(log.in_force("anker", n)) for n in range(6)] == [0, 1, 0, 1, 0, 1]


def test_who_loses_the_number_writes_under_the_next_one(tmp_path: Path) -> None:
    log = HintLog(LocalStore(tmp_path))
    asked: list[int] = []

    def late(last: int) -> HintEntry:
        if not asked:
            _learn(HintLog(LocalStore(tmp_path)), _hint("630291"))
        asked.append(last)
        return HintEntry(broker="anker", number=last + 1, by="ann", at=AT, learned=(_hint("630260"),))

    kept = log.append("anker", late)
    assert kept is not None
    assert (kept.number, asked) == (2, [0, 1])


def test_nothing_is_written_where_there_is_nothing_to_say(tmp_path: Path) -> None:
    log = HintLog(LocalStore(tmp_path))
    assert log.append("anker", lambda _: None) is None
    assert log.last("anker") == 0
