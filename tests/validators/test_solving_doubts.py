"""Places to be read once more: values read from a picture on which something stays open, and no others."""

from tests.trade_papers import consistent, reconciled


def test_a_difference_between_scans_asks_to_read_both_values_again() -> None:
    papers = consistent()
    papers["packing"]["lines"][0]["quantity"] = "560"
    doubts = {(one.ref.document, one.ref.field, one.ref.line): one for one in
              reconciled(papers, reader="tesseract").doubts}  # fmt: skip
    ours, theirs = doubts[0, "quantity", 0], doubts[1, "quantity", 0]
    assert (ours.kind, ours.possible, theirs.possible) == ("quantity", ("560",), ("600",))
    assert (ours.file, ours.page) == ("invoice.pdf", 1)


def test_a_difference_between_digital_papers_asks_no_reader() -> None:
    papers = consistent()
    papers["packing"]["lines"][0]["quantity"] = "560"
    result = reconciled(papers)
    assert result.findings
    assert result.doubts == ()


def test_papers_that_agree_leave_nothing_to_read_again() -> None:
    assert reconciled(consistent()).doubts == ()


def test_the_lines_that_would_mend_a_column_are_looked_at_first() -> None:
    papers = consistent()
    papers["packing"]["lines"][1]["gross_weight_kg"] = {"value": "25.00", "confidence": 0.85}
    first = reconciled(papers, reader="tesseract").doubts[0]
    assert (first.ref.document, first.ref.field, first.ref.line) == (1, "gross_weight_kg", 1)
    assert first.possible[0] == "325.00"
    assert first.kind == "weight"
