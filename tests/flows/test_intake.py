from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import NoPapersError, NoSuchPathError
from flows.intake import left_out_of, papers_at, readable, reference_of


def _folder(tmp_path: Path, *names: str) -> Path:
    for name in names:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    return tmp_path / "in"


def test_papers_stand_in_the_order_a_person_would_sort_them(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "scan 10.pdf", "scan 2.pdf", "Scan 1.pdf", "annex/a.pdf")
    assert list(papers_at(folder)) == ["annex/a.pdf", "Scan 1.pdf", "scan 2.pdf", "scan 10.pdf"]


def test_one_file_is_a_shipment_of_its_own_even_if_it_is_hidden(tmp_path: Path) -> None:
    folder = _folder(tmp_path, ".all papers.pdf")
    assert papers_at(folder / ".all papers.pdf") == {".all papers.pdf": folder / ".all papers.pdf"}
    assert left_out_of(folder / ".all papers.pdf") == ()


def test_litter_of_the_computer_is_left_out_with_a_note_that_asks_nothing(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "invoice.pdf", ".DS_Store", "Thumbs.db", "~$list.docx", "__MACOSX/._invoice.pdf")
    assert list(papers_at(folder)) == ["invoice.pdf"]
    notes = left_out_of(folder)
    assert {note.file for note in notes} == {".DS_Store", "Thumbs.db", "~$list.docx", "__MACOSX"}
    assert not any(note.holds for note in notes)


def test_a_link_is_not_followed_and_asks_for_the_file_itself(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "invoice.pdf")
    (tmp_path / "secret").write_text("not of this shipment")
    (folder / "list.pdf").symlink_to(tmp_path / "secret")
    (folder / "more").symlink_to(tmp_path, target_is_directory=True)
    assert list(papers_at(folder)) == ["invoice.pdf"]
    assert [(note.file, note.holds) for note in left_out_of(folder)] == [("list.pdf", True), ("more", True)]
    assert "put the file itself there" in left_out_of(folder)[0].message


def test_a_pipe_among_the_papers_does_not_block_and_asks_for_the_paper(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "invoice.pdf")
    os.mkfifo(folder / "list.pdf")
    assert list(papers_at(folder)) == ["invoice.pdf"]
    assert [note.holds for note in left_out_of(folder)] == [True]


def test_a_missing_path_and_an_empty_folder_say_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPathError, match=r"No such file or directory\. Name a folder of papers"):
        papers_at(tmp_path / "nowhere")
    (tmp_path / "in").mkdir()
    with pytest.raises(NoPapersError, match="holds no papers"):
        papers_at(tmp_path / "in")


def test_names_that_cannot_be_shown_are_told_apart(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "a\nb.pdf", "a\tb.pdf", "📦 Rechnung 发票.pdf")
    os.close(os.open(os.fsencode(folder) + b"/broken \xff.pdf", os.O_CREAT))
    names = list(papers_at(folder))
    assert sorted(names) == sorted(["a\ufffdb.pdf", "a\ufffdb.pdf (2)", "broken \ufffd.pdf", "📦 Rechnung 发票.pdf"])


def test_no_paper_takes_the_name_that_another_was_given(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "a\nb", "a\tb", "a\ufffdb (2)")
    assert sorted(papers_at(folder)) == ["a\ufffdb", "a\ufffdb (2)", "a\ufffdb (2) (2)"]


def test_the_reference_is_the_name_with_its_ending(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "docs 1.pdf", "docs 1.tif")
    assert reference_of(folder / "docs 1.pdf") == "docs 1.pdf"
    assert reference_of(folder / "docs 1.tif") == "docs 1.tif"
    assert reference_of(folder) == "in"


@given(st.text())
def test_a_readable_text_has_the_same_length_and_nothing_that_steers_a_terminal(name: str) -> None:
    shown = readable(name)
    assert len(shown) == len(name)
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in shown)
    assert readable(shown) == shown
    shown.encode()
