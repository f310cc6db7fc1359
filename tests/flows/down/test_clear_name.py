"""D13 澄清正名."""

from flows.down.steps.clear_name import ClearFacts, ClearName
from tests.flows.down.stand import case, printed, refusal, situation

STEP = ClearName()
SAMPLE = {
    "wrong": "反映其擅自变更工程设计的问题不属实。", "circle": "市交通运输局\n市纪委监委\n省交通运输厅党组", "mode": "在市交通运输局干部会议上宣布。",
}  # fmt: skip
ASKED = {"give_opinion": {"opinions": [{"organ": "市纪委监委"}, {"organ": "省交通运输厅党组"}]}}


def test_everybody_who_was_told_is_told_again() -> None:
    at = situation(case("to_clear", settled=ASKED))
    assert refusal(STEP, SAMPLE, at) == ("", "")
    for left_out in SAMPLE["circle"].splitlines():
        assert refusal(STEP, SAMPLE | {"circle": SAMPLE["circle"].replace(left_out, "")}, at) == ("D13-CIRCLE", "circle")


def test_where_nobody_was_asked_the_own_unit_is_enough() -> None:
    assert refusal(STEP, SAMPLE | {"circle": "市交通运输局"}, situation(case("to_clear"))) == ("", "")


def test_the_form_starts_with_everybody_who_was_told() -> None:
    form = ClearFacts(situation=situation(case("to_clear", settled=ASKED)))
    assert form.fields["circle"].initial == SAMPLE["circle"]


def test_the_notice_goes_to_the_whole_circle_and_says_what_was_wrong() -> None:
    html = printed(STEP, SAMPLE, situation(case("to_clear", settled=ASKED)))
    for text in ("市交通运输局、市纪委监委、省交通运输厅党组：", "王建国（市交通运输局副局长）", SAMPLE["wrong"], SAMPLE["mode"], "云组〔2026〕1号"):
        assert text in html
