from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from archive.stores.local import LocalStore
from desk.running import OUR_ERROR, WRONG_USAGE
from tests.desk.conftest import Command
from tests.retained import LONG_AGO, cleared, lodged

LODGED = ("lodged", "A-1", "--mrn", "26DE27364916384831", "--accepted", "2026-04-14")


@pytest.fixture
def store(tidewaiter: Command) -> LocalStore:
    """The archive of the folder that the commands run in."""
    del tidewaiter
    return LocalStore(Path("tidewaiter-data"))


def test_a_lodgement_is_recorded_and_the_date_is_told_with_its_source(tidewaiter: Command, store: LocalStore) -> None:
    cleared(store)
    ran = tidewaiter(*LODGED)
    assert ran.code == 0
    assert "A-1 #1 lodged as 26DE27364916384831: is recorded" in ran.out
    assert "kept until 2036-12-31 (AO § 147" in ran.out
    again = json.loads(tidewaiter(*LODGED, "--released", "2026-04-15", "--by", "ann", "--json").out)
    assert (again["lodgement"]["number"], again["lodgement"]["recorded_by"]) == (2, "ann")


def test_what_is_refused_is_one_line_and_wrong_usage(tidewaiter: Command, store: LocalStore) -> None:
    cleared(store)
    for arguments, says in (
        ((*LODGED, "--released", "2026-04-01"), "before the acceptance"),
        (("lodged", "A-9", *LODGED[2:]), "A-9: not in the archive"),
        (("hold", "A-1", "off", "--reason", "x"), "is not held"),
        (("hold", "A-1", "on", "--reason", " "), "say why"),
        (("retention", "report", "A-9"), "A-9: not in the archive"),
        (("retention", "dispose", "--propose"), "nothing is past"),
        (("retention", "dispose", "--confirm", "none"), "nobody proposed that"),
    ):
        ran = tidewaiter(*arguments)
        assert (ran.code, ran.out) == (WRONG_USAGE, "")
        assert says in " ".join(ran.err.split())
    assert tidewaiter("retention", "dispose", "--propose", "--confirm", "x").code == WRONG_USAGE


def test_the_report_says_what_is_not_as_it_must_be_and_apply_mends_it(tidewaiter: Command, store: LocalStore) -> None:
    assert "Nothing is kept yet." in tidewaiter("retention", "report").out
    cleared(store)
    tidewaiter("hold", "A-1", "on", "--reason", "case 12/26")
    before = tidewaiter("retention", "report").out
    for part in ("2036 1", "on hold: 1: local/A-1 (case 12/26)", "nobody recorded the lodgement: 1: local/A-1"):
        assert part in " ".join(before.split())
    tidewaiter("hold", "A-1", "off", "--reason", "settled")
    cleared(store, "B-1", {"invoice.pdf": b"another"})
    assert "1: local/B-1 (5 not locked)" in tidewaiter("retention", "report").out
    assert json.loads(tidewaiter("retention", "apply", "--json").out)["extended"] == 5
    assert "not locked" not in tidewaiter("retention", "report").out
    assert "11 objects, 0 extended" in tidewaiter("retention", "apply").out
    [a, b] = json.loads(tidewaiter("retention", "report", "--json").out)["shipments"]
    assert (a["reference"], a["lock"]["mode"], b["differences"]) == ("A-1", "compliance", [])


def test_one_shipment_is_told_with_every_rule_that_keeps_it(tidewaiter: Command, store: LocalStore) -> None:
    cleared(store)
    told = " ".join(tidewaiter("retention", "report", "A-1").out.split())
    for part in ("A-1: declared, DE; kept until 2036-12-31", "lock: compliance", "art. 51(1)", "not recorded yet",
                 "not verified", "not locked: shipments/local/A-1/1/result.json"):  # fmt: skip
        assert part in told
    assert json.loads(tidewaiter("retention", "report", "A-1", "--json").out)["state"] == "declared"


def test_what_cannot_be_read_is_an_error_and_the_others_are_looked_after(
    tidewaiter: Command, store: LocalStore
) -> None:
    cleared(store)
    store.put_new("shipments/local/B-1/1/intake.json", b"{", media_type="application/json")
    assert tidewaiter("retention", "apply").code == OUR_ERROR
    ran = tidewaiter("retention", "report")
    assert (ran.code, "not locked" in ran.out) == (OUR_ERROR, False)
    assert "B-1/1/intake.json" in ran.out


def test_two_people_let_go_what_is_past(tidewaiter: Command, store: LocalStore) -> None:
    lodged(store, cleared(store, at=LONG_AGO), dt.date(2012, 3, 9))
    assert "A-1 2022-12-31 7 0" in " ".join(tidewaiter("retention", "dispose").out.split())
    proposed = tidewaiter("retention", "dispose", "--propose", "--by", "ann").out
    name = proposed.partition("--confirm ")[2].split()[0]
    assert f"--confirm {name}" in tidewaiter("retention", "dispose").out
    alone = tidewaiter("retention", "dispose", "--confirm", name, "--by", "ann")
    assert (alone.code, "A second person" in " ".join(alone.err.split())) == (WRONG_USAGE, True)
    done = tidewaiter("retention", "dispose", "--confirm", name, "--by", "bob")
    assert "1 shipments disposed of" in done.out
    assert tidewaiter("show", "A-1").code == WRONG_USAGE
    assert "Nothing is past every date and hold." in tidewaiter("retention", "dispose").out
