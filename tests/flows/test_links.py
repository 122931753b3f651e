"""The link to the desk: where it leads, and that nothing else can be slipped into it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.inbox.outbox import in_plain_words
from flows.links import desk_link, name_in, segment
from flows.runs import summary
from flows.settings import Settings
from schemas.results import ShipmentResult
from tests.dropped import DAY, bench, held

DESK = Settings(desk_url="https://desk.example.com/customs/")


def test_a_link_names_broker_and_reference_below_the_desks_address() -> None:
    assert desk_link("acme", "R 1/2)", DESK) == "https://desk.example.com/customs/shipments/acme/R%201%252F2%29"
    assert desk_link("acme", "R-1", Settings()) is None


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text(min_size=1, alphabet="ab/?#)](<>\n. "))
def test_whatever_the_names_the_link_is_one_word_of_two_parts(broker: str, reference: str) -> None:
    link = desk_link(broker, reference, DESK) or ""
    path = link.removeprefix("https://desk.example.com/customs/shipments/")
    assert [name_in(unquote(part)) for part in path.split("/")] == [broker, reference]
    assert not set(path) & set(" ()[]<>?#\n")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.text(min_size=1, alphabet="%25Ff2./\\"))
def test_a_server_that_decodes_an_address_finds_no_slash_and_no_folder_in_a_name(name: str) -> None:
    served = unquote(segment(name))
    assert not set(served) & {"/", "\\"}
    assert served not in {".", ".."}
    assert name_in(served) == name


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "ftp://desk", "desk.example.com", "https://", "https://ann:secret@desk", "https://desk?x=1",
        "https://desk#x", "https://desk/a b", "https://desk/\n", "",
    ],
)  # fmt: skip
def test_an_address_that_could_mislead_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="no address such as"):
        Settings(desk_url=address)


def test_the_outbox_and_the_summary_in_prefect_have_it() -> None:
    result = ShipmentResult(broker="acme", reference="R-1", revision=1, as_of=DAY, status="held")
    link = desk_link("acme", "R-1", DESK)
    assert "Read it at https://desk.example.com/customs/shipments/acme/R-1\n" in in_plain_words(result, link)
    assert "[Read it at the desk](https://desk.example.com/customs/shipments/acme/R-1)" in summary(result, link)
    assert "desk" not in in_plain_words(result) + summary(result)


def test_the_answer_of_a_dropped_shipment_leads_to_the_desk(tmp_path: Path) -> None:
    with bench(tmp_path, desk_url="http://127.0.0.1:8000") as inbox:
        inbox.drop("acme/R-1/a.pdf")
        inbox.watch(held(inbox.workshop))
        told = inbox.exchange.get("outbox/acme/R-1/1/findings.txt").decode()
    assert "Read it at http://127.0.0.1:8000/shipments/acme/R-1\n" in told
