from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import keys
from archive.archive import Archive
from archive.errors import OriginalDamaged
from archive.stores.local import LocalStore
from flows.errors import NoSuchShipmentError, TargetTakenError
from flows.fetching import fetch, file_name, safe_path
from tests.archived import PAPERS, archive_in, result_of, sha256, submission


def filed(archive: Archive, reference: str, papers: dict[str, bytes]) -> None:
    for content in papers.values():
        archive.put_original(content, media_type="application/pdf")
    intake = archive.begin(submission(reference, papers))
    archive.commit(intake, result_of(intake))


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "archive")


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_originals_come_back_byte_for_byte_with_every_record_beside_them(store: LocalStore, tmp_path: Path) -> None:
    archive = archive_in(store)
    filed(archive, "A-1", PAPERS)
    filed(archive, "A-1", {**PAPERS, "late.pdf": b"late"})
    filed(archive, "A-10", {"another.pdf": b"not ours"})
    fetched = fetch("local", "A-1", archive, store, tmp_path / "out")
    found = written(fetched.folder)
    assert {name: content for name, content in found.items() if name.startswith("originals/")} == {
        f"originals/{name}": content for name, content in {**PAPERS, "late.pdf": b"late"}.items()
    }
    records = {"intake.json", "outcome.json", "declaration.json", "result.json"}
    assert {name for name in found if not name.startswith("originals/")} == {
        f"{n}/{one}" for n in (1, 2) for one in records
    }
    assert found["2/result.json"] == store.get(keys.Revision("local", "A-1", 2).result)
    assert (fetched.files, fetched.missing) == (len(found), ())


def test_names_that_lead_elsewhere_stay_in_the_folder(store: LocalStore, tmp_path: Path) -> None:
    archive = archive_in(store)
    papers = {
        "../../up.pdf": b"1",
        "/etc/passwd": b"2",
        "A.pdf": b"3",
        "a.PDF": b"4",
        "con.pdf": b"5",
        "..": b"6",
        "x": b"7",
        "x/y": b"8",
    }
    filed(archive, "../B", papers)
    fetched = fetch("local", "../B", archive, store, tmp_path / "out")
    assert fetched.folder.parent == tmp_path / "out"
    originals = written(fetched.folder / "originals")
    assert sorted(originals.values()) == sorted(papers.values())
    assert originals["up.pdf"] == b"1"
    assert originals["_con.pdf"] == b"5"
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "out"}


def test_what_is_there_is_never_overwritten(store: LocalStore, tmp_path: Path) -> None:
    archive = archive_in(store)
    filed(archive, "A-1", PAPERS)
    fetch("local", "A-1", archive, store, tmp_path)
    with pytest.raises(TargetTakenError, match="is there already"):
        fetch("local", "A-1", archive, store, tmp_path)


def test_a_changed_original_is_not_handed_out_as_the_original(store: LocalStore, tmp_path: Path) -> None:
    archive = archive_in(store)
    filed(archive, "A-1", PAPERS)
    digest = sha256(PAPERS["invoice.pdf"])
    path = store.root / keys.original(digest)
    path.chmod(0o600)
    path.write_bytes(b"another invoice")
    with pytest.raises(OriginalDamaged):
        fetch("local", "A-1", archive, store, tmp_path / "out")


def test_a_missing_original_is_named_and_the_rest_is_brought(store: LocalStore, tmp_path: Path) -> None:
    archive = archive_in(store)
    filed(archive, "A-1", PAPERS)
    (store.root / keys.original(sha256(PAPERS["invoice.pdf"]))).unlink()
    fetched = fetch("local", "A-1", archive, store, tmp_path / "out")
    assert fetched.missing == ("invoice.pdf",)
    assert list(written(fetched.folder / "originals")) == ["packing list.pdf"]


def test_another_brokers_shipment_is_not_there(store: LocalStore, tmp_path: Path) -> None:
    archive = archive_in(store)
    filed(archive, "A-1", PAPERS)
    with pytest.raises(NoSuchShipmentError, match="A-1: not in the archive"):
        fetch("other", "A-1", archive, store, tmp_path)


@given(st.text())
def test_every_name_becomes_one_safe_part(name: str) -> None:
    part = file_name(name)
    assert 0 < len(part.encode()) <= 201
    assert part not in {".", ".."}
    assert not set(part) & set('/\\\0<>:"|?*\n')
    assert not part.endswith((".", " "))


@given(st.text(alphabet="./\\ab", min_size=1))
def test_every_path_stays_below_its_folder(name: str) -> None:
    path = Path("/base", safe_path(name))
    assert path.is_relative_to("/base")
    assert ".." not in path.parts
