"""Lists taken into the archive, read back, and what they do to the judgement of a shipment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from typing_extensions import override

from desk.demo import LISTS_FROM, SAMPLES, load_lists
from flows import references, steps
from flows.errors import NoSuchListError, NoSuchPathError, WrongListError
from flows.plain import clear
from flows.references import PARSERS, ReferenceLists, text_of
from flows.rules import rules_under
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.list_tables import ListError
from schemas.reference import ListVersion, ReferenceKind, References, WatchedParty

DAY = dt.date(2026, 4, 1)
WATCHED = "name,programme\n{},SHIP\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with open_workshop(Settings(data_dir=tmp_path / "data")) as opened:
        yield opened


def _load(
    workshop: Workshop, file: Path, *, kind: ReferenceKind = "watch_list", scope: str = "", day: dt.date = DAY
) -> ListVersion:
    version = ListVersion(kind=kind, scope=scope, name=file.name, source="a test", valid_from=day, sha256="0" * 64)
    return workshop.lists.load(file, version, loaded_by="Ana")[0].version


def _file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _references_on(workshop: Workshop, day: dt.date) -> References:
    return workshop.lists.references(workshop.lists.in_force(day))


def test_a_loaded_list_is_in_force_from_its_day_on(workshop: Workshop, tmp_path: Path) -> None:
    version = _load(workshop, _file(tmp_path, "w.csv", WATCHED.format("Kestrelfold Mills")))
    assert [row.names for row in _references_on(workshop, DAY).watch_list] == [("Kestrelfold Mills",)]
    assert _references_on(workshop, DAY).version("watch_list") == version
    assert _references_on(workshop, DAY - dt.timedelta(days=1)).version("watch_list") is None
    assert workshop.lists.content(version) == WATCHED.format("Kestrelfold Mills").encode()


def test_lists_of_several_scopes_are_in_force_beside_each_other(workshop: Workshop, tmp_path: Path) -> None:
    for scope in ("", "GB"):
        _load(workshop, _file(tmp_path, f"w{scope}.csv", WATCHED.format(f"Mills {scope}")), scope=scope)
    assert {(row.scope, row.names) for row in _references_on(workshop, DAY).watch_list} == {
        ("", ("Mills",)),
        ("GB", ("Mills GB",)),
    }


def test_the_same_lists_are_parsed_once_and_given_as_the_same_rows(workshop: Workshop, tmp_path: Path) -> None:
    _load(workshop, _file(tmp_path, "w.csv", WATCHED.format("A")))
    assert _references_on(workshop, DAY) is _references_on(workshop, DAY + dt.timedelta(days=1))


class _Shared(dict[tuple[ListVersion, ...], References]):
    """What is kept here another thread does away with at once, as it keeps something else."""

    @override
    def __setitem__(self, versions: tuple[ListVersion, ...], made: References) -> None:
        """Nothing stays."""


def test_two_threads_that_ask_for_different_days_get_each_their_own(workshop: Workshop, tmp_path: Path) -> None:
    version = _load(workshop, _file(tmp_path, "w.csv", WATCHED.format("A")))
    lists = ReferenceLists(workshop.lists.archive, _references=_Shared())
    assert lists.references((version,)).versions == (version,)


def test_another_process_reads_the_lists_from_the_archive(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with open_workshop(settings) as workshop:
        _load(workshop, _file(tmp_path, "w.csv", "\ufeffname;programme\r\nMüller;SHIP\r\n"))
    with open_workshop(settings) as workshop:
        version = _references_on(workshop, DAY).version("watch_list")
        assert version is not None
        (row,) = workshop.lists.parsed(tuple, version)
        assert isinstance(row, WatchedParty)
        assert row.names == ("Müller",)
        with pytest.raises(WrongListError, match=r"w\.csv: is no dict"):
            workshop.lists.parsed(dict, version)


def test_a_bad_file_changes_nothing_and_is_told_with_its_name(workshop: Workshop, tmp_path: Path) -> None:
    with pytest.raises(WrongListError, match=r"w\.csv: line 2, column programme: is empty; fill the cell"):
        _load(workshop, _file(tmp_path, "w.csv", "name,programme\nA,\n"))
    assert workshop.lists.archive.loaded() == ()
    assert not (tmp_path / "data" / "reference").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name,programme\nM\xfcller,x\n", "line 2: this is no UTF-8 text; save the file as"),
        (b"PK\x03\x04 a workbook", "this is a workbook or an archive"),
        (b"\xff\xfen\x00x", "line 1: this is no UTF-16 text"),
        (b"", "there is no header"),
        (b"\x00" * 100, "line 1: there is a control character"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "line 2: this is no UTF-8 text"),
    ],
)
def test_a_file_that_is_no_text_is_refused(content: bytes, told: str, workshop: Workshop, tmp_path: Path) -> None:
    with pytest.raises(WrongListError, match=told.replace("(", r"\(")):
        _load(workshop, _file(tmp_path, "w.csv", content))


def test_every_kind_of_list_has_what_reads_it() -> None:
    assert set(PARSERS) == set(get_args(ReferenceKind))


def test_utf_16_with_its_mark_is_read() -> None:
    assert text_of("name\nMüller".encode("utf-16")) == "name\nMüller"
    with pytest.raises(ListError):
        text_of("Müller".encode("utf-16-le"))


def test_a_file_larger_than_any_list_is_refused_before_it_is_read(
    workshop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(WrongListError, match=r"w\.csv: is larger than 1 MiB"):
        _load(workshop, _file(tmp_path, "w.csv", b"x" * (1024 * 1024 + 1)))


def test_a_path_that_is_no_file_is_told(workshop: Workshop, tmp_path: Path) -> None:
    with pytest.raises(NoSuchPathError, match="is no file"):
        _load(workshop, tmp_path)
    with pytest.raises(NoSuchPathError, match="No such file"):
        _load(workshop, tmp_path / "missing.csv")


@pytest.mark.parametrize("scope", ["gb", "UK", "Germany", "-", "../.."])
def test_a_scope_that_is_no_jurisdiction_is_refused(scope: str, workshop: Workshop, tmp_path: Path) -> None:
    with pytest.raises(WrongListError, match="is no jurisdiction"):
        _load(workshop, _file(tmp_path, "w.csv", WATCHED.format("A")), scope=scope)


def test_a_list_asked_for_by_another_scope_is_told_with_those_there_are(workshop: Workshop, tmp_path: Path) -> None:
    _load(workshop, _file(tmp_path, "w.csv", WATCHED.format("A")), scope="GB")
    with pytest.raises(NoSuchListError, match="no watch_list is in force on 2026-04-01; there is one for GB"):
        workshop.lists.one_in_force("watch_list", "", DAY)
    with pytest.raises(NoSuchListError, match="no tariff for GB is in force"):
        workshop.lists.one_in_force("tariff", "GB", DAY)


def test_a_shipment_is_judged_by_the_lists_of_its_day_and_named_in_its_intake(
    workshop: Workshop, papers: Path, tmp_path: Path
) -> None:
    first = clear(papers, workshop, as_of=DAY, on_page=steps.unseen)
    version = _load(workshop, _file(tmp_path, "w.csv", WATCHED.format("Kestrelfold Mills")))
    second = clear(papers, workshop, as_of=DAY, on_page=steps.unseen)
    again = clear(papers, workshop, as_of=DAY, on_page=steps.unseen)
    before = clear(papers, workshop, as_of=DAY - dt.timedelta(days=1), on_page=steps.unseen)
    assert [one.revision for one in (first, second, again, before)] == [1, 2, 2, 3]
    intakes = [workshop.archive.intake("local", "S-1", number) for number in (1, 2, 3)]
    assert [intake.lists for intake in intakes] == [(), (version,), ()]
    assert intakes[1].rules.endswith(f" lists watch_list 2026-04-01 {version.sha256[:12]}")


def test_a_list_loaded_while_papers_are_read_changes_nothing(workshop: Workshop, papers: Path, tmp_path: Path) -> None:
    submission = steps.submit(papers, workshop, reference=None, as_of=DAY)
    _load(workshop, _file(tmp_path, "w.csv", WATCHED.format("Kestrelfold Mills")))
    intake = workshop.archive.begin(submission)
    assert steps.join(intake, (), workshop).lists == ()
    assert workshop.lists.references(intake.lists).watch_list == ()


def test_the_rules_name_each_list_with_its_scope_and_day() -> None:
    settings = Settings()
    version = ListVersion(
        kind="tariff", scope="GB", name="t.csv", source="x", valid_from=dt.date(2026, 1, 1), sha256="ab" * 32
    )
    assert rules_under(settings, (version,)) == f"{rules_under(settings)} lists tariff/GB 2026-01-01 abababababab"


def test_each_list_among_the_samples_is_loaded(workshop: Workshop) -> None:
    load_lists(SAMPLES / "reference", workshop)
    in_force = _references_on(workshop, LISTS_FROM)
    assert {"watch_list", "restricted_goods", "licences", "ip_rights"} <= {one.kind for one in in_force.versions}
    assert len(in_force.watch_list) > 3
