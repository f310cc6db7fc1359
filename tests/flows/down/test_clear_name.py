"""D13 澄清正名."""

from flows.down.steps.clear_name import ClearFacts, ClearName
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, sources

STEP = ClearName()
SAMPLE = {
    "wrong": "反映其擅自变更工程设计的问题不属实。", "circle": "市交通运输局\n市纪委监委\n省交通运输厅党组", "mode": "在市交通运输局干部会议上宣布。",
}  # fmt: skip
ASKED = {"circle": {"organs": ["市纪委监委", "省交通运输厅党组"]}}


def test_everybody_who_was_told_is_told_again() -> None:
    at = situation(case("to_clear", settled=ASKED))
    assert refusal(STEP, SAMPLE, at) == ("", "")
    for left_out in SAMPLE["circle"].splitlines():
        assert refusal(STEP, SAMPLE | {"circle": SAMPLE["circle"].replace(left_out, "")}, at) == ("D13-CIRCLE", "circle")


def test_an_organ_is_not_found_inside_another_name() -> None:
    at = situation(case("to_clear", settled=ASKED))
    for wrong in ("市纪委监委派驻组", "不含市纪委监委"):
        assert refusal(STEP, SAMPLE | {"circle": SAMPLE["circle"].replace("市纪委监委", wrong)}, at) == ("D13-CIRCLE", "circle")
    assert refusal(STEP, SAMPLE | {"circle": SAMPLE["circle"].replace("\n", " \n  ")}, at) == ("", "")


def test_an_organ_that_was_asked_is_in_the_circle_through_every_return_even_before_it_answers() -> None:
    asked = case("reviewed", settled={"propose": {"organs": [{}, {}]}}, marks=("review_passed", "hearing_closed"), awaited=2)
    for organ in ("市纪委监委", "省交通运输厅党组"):
        asked.settled["ask_opinion"] = {"organ": organ}
        asked.ask_opinion("done")
    asked._back_to_evidence()
    assert ClearFacts(situation=situation(asked)).fields["circle"].initial == SAMPLE["circle"]


def test_where_nobody_was_asked_the_own_unit_is_enough() -> None:
    assert refusal(STEP, SAMPLE | {"circle": "市交通运输局"}, situation(case("to_clear"))) == ("", "")


def test_the_form_starts_with_everybody_who_was_told() -> None:
    form = ClearFacts(situation=situation(case("to_clear", settled=ASKED)))
    assert form.fields["circle"].initial == SAMPLE["circle"]


def test_the_notice_goes_to_the_whole_circle_and_says_what_was_wrong() -> None:
    html = printed(STEP, SAMPLE, situation(case("to_clear", settled=ASKED)))
    for text in (
        "市交通运输局、市纪委监委、省交通运输厅党组：",
        "王建国（市交通运输局副局长）",
        SAMPLE["wrong"],
        SAMPLE["mode"],
        "云组〔2026〕1号",
    ):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"wrong", "circle", "mode"}


def test_a_formal_notice_ends_the_matter() -> None:
    assert moved(STEP, case("to_clear")) == "terminated"
    assert sources(STEP) == {"to_clear"}
    assert (STEP.role, STEP.deadline, STEP.formal, STEP.open_to_subject) == ("org_leader", "DN-END", True, True)
