from decimal import Decimal

from benchmarks.scorecard.endings import declared, endings
from benchmarks.scorecard.mismatches import Kind, mismatches
from schemas.declarations import DeclarationItem
from tests.scored import DECLARED, case, finding, truth

QUANTITY = {"code": "quantity_mismatch", "line": 2, "lines": {"packing_list": 3}}
HELD = truth(status="held", expected_findings=[QUANTITY], acceptable_findings=["net_weight_mismatch"])


def test_a_cleared_shipment_with_right_values_passes() -> None:
    found = endings([case()])
    assert (found.may_pass, found.passed, found.cleared) == (1, 1, 1)
    assert (found.silent, found.wrongly_cleared, found.cleared_with_gaps) == ((), (), ())
    assert (found.declared, found.declared_right, found.declared_wrong) == (10, 10, 0)


def test_a_wrong_value_is_a_silent_error_only_where_the_declaration_is_marked_clear() -> None:
    wrong = DECLARED.model_copy(update={"total_invoice_amount": Decimal("33.00")})
    assert endings([case(declaration=wrong)]).silent == ("T1 digital",)
    held = endings([case(declaration=wrong, status="held")])
    assert held.silent == ()
    assert held.declared_wrong == 1


def test_a_value_left_open_is_no_wrong_one() -> None:
    gap = DECLARED.model_copy(update={"packages": None})
    found = endings([case(declaration=gap)])
    assert (found.silent, found.cleared_with_gaps, found.declared_right) == ((), ("T1 digital",), 9)


def test_what_the_papers_dispute_is_not_scored() -> None:
    wrong = DECLARED.model_copy(update={"total_invoice_amount": Decimal("33.00")})
    disputed = truth(declaration_disputed=["/total_invoice_amount", "/items/1/quantity"])
    pointers = {one.pointer for one in declared(case(declaration=wrong, printed=disputed))}
    assert not pointers & {"/total_invoice_amount", "/items/1/quantity"}
    assert len(pointers) == 8


def test_an_item_that_no_paper_has_is_a_silent_error() -> None:
    beyond = DeclarationItem(item_number=3, description="Copper wire", quantity=Decimal(7))
    more = DECLARED.model_copy(update={"items": (*DECLARED.items, beyond)})
    assert endings([case(declaration=more)]).silent == ("T1 digital",)


def test_a_shorter_code_of_goods_is_right_as_long_as_it_names_a_subheading() -> None:
    def with_code(code: str) -> bool:
        items = (DECLARED.items[0].model_copy(update={"hs_code": code}), DECLARED.items[1])
        told = declared(case(declaration=DECLARED.model_copy(update={"items": items})))
        return next(one.right for one in told if one.pointer == "/items/0/hs_code")

    assert with_code("731815")
    assert not with_code("7318")
    assert not with_code("731816")


def test_a_shipment_cleared_over_a_mismatch_is_wrongly_cleared() -> None:
    found = endings([case(printed=HELD)])
    assert (found.wrongly_cleared, found.to_hold, found.may_pass) == (("T1 digital",), 1, 0)


def test_a_shipment_that_policy_may_ask_about_need_not_pass() -> None:
    assert endings([case(printed=truth(acceptable_findings=["description_vague"]))]).may_pass == 0


def test_a_mismatch_is_found_by_its_code_at_one_of_its_lines() -> None:
    at_line = finding("quantity_mismatch", ("b.pdf", "packing_list", "quantity", 3))
    twice = finding("quantity_mismatch", ("a.pdf", "commercial_invoice", "quantity", 2))
    elsewhere = finding("quantity_mismatch", ("a.pdf", "commercial_invoice", "quantity", 1))
    found = mismatches([case(status="held", printed=HELD, findings=[at_line, twice, elsewhere])])
    assert found.kinds == {"quantity_mismatch": Kind(planted=1, found=1, told=2, false=1)}
    assert found.all.recall == 1.0
    assert found.all.precision == 2 / 3


def test_what_may_follow_from_a_mismatch_is_neither_found_nor_false() -> None:
    follows = finding("net_weight_mismatch", ("a.pdf", "commercial_invoice", "net_weight_kg", None))
    found = mismatches([case(status="held", printed=HELD, findings=[follows])])
    assert found.kinds == {"quantity_mismatch": Kind(planted=1)}


def test_an_alarm_on_a_sound_shipment_is_false_and_a_question_is_none() -> None:
    alarm = finding("date_order", ("a.pdf", "commercial_invoice", "date", None))
    remark = finding("hs_description", ("a.pdf", "commercial_invoice", "hs_code", 1), severity="info")
    question = finding("illegible", ("a.pdf", "commercial_invoice", "number", None), severity="warning")
    found = mismatches([case(status="held", findings=[alarm, remark, question]), case()])
    assert (found.sound, found.false_in_sound, found.sound_with_false, found.questions) == (2, 1, 1, 1)
    assert found.all.precision == 0.0
    assert found.all.recall is None


def test_a_difference_that_is_taken_for_a_misreading_is_a_question_unless_it_tells_the_mismatch() -> None:
    misread = finding("quantity_mismatch", ("b.pdf", "packing_list", "quantity", 3)).model_copy(
        update={"nature": "misread"}
    )
    sound = mismatches([case(status="held", findings=[misread])])
    assert (sound.false_in_sound, sound.questions) == (0, 1)
    assert mismatches([case(status="held", printed=HELD, findings=[misread])]).all == Kind(planted=1, found=1, told=1)
