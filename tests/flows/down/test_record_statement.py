"""D4 陈述笔录."""

from typing import Any

from flows.down.steps.record_statement import RecordStatement
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, somebody, sources
from workflow_app.steps import Situation

STEP = RecordStatement()
SAMPLE = {
    "talk": [{"question": "对告知的事实有何意见？", "answer": "汛期停工两个月。"}], "held_on": TODAY, "place": "组织部谈话室", "recorder": "周丽",
    "recusal_told": True, "read_back": True, "corrections": "第二行“三个月”改为“两个月”。", "refused": False, "refusal_note": "",
}  # fmt: skip


def at(actor: int = 11) -> Situation:
    return situation(case("talking", settled={"plan_examination": {"team": [11, 12, 13]}}), actor=somebody(actor))


def refused(actor: int = 11, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at(actor))


def test_the_form_asks_for_the_talk_as_it_was_held() -> None:
    assert demanded(STEP) == {"talk", "held_on", "place", "recorder"}


def test_only_members_of_this_team_hear_the_cadre() -> None:
    assert refused() == ("", "")
    assert refused(actor=14) == ("SD-1", "")


def test_it_was_held_the_rights_were_told_and_it_was_read_back() -> None:
    assert refused(held_on=TODAY.replace(day=21)) == ("D4-DATE", "held_on")
    assert refused(recusal_told=False) == ("SD-12", "recusal_told")
    assert refused(read_back=False) == ("D4-READBACK", "read_back")


def test_a_refusal_to_sign_is_described() -> None:
    assert refused(refused=True) == ("D4-REFUSAL", "refusal_note")
    assert refused(refused=True, refusal_note="拒绝签名。") == ("", "")


def test_two_askers_and_the_cadre_sign_or_the_refusal_is_noted() -> None:
    assert [(slot.role, slot.cadre, slot.among) for slot in STEP.slots(at(), SAMPLE)] == [
        ("examination_team", None, (12, 13)),
        ("subject", 7, ()),
    ]
    assert [slot.role for slot in STEP.slots(at(), SAMPLE | {"refused": True})] == ["examination_team"]


def test_after_the_talk_every_point_is_weighed() -> None:
    assert moved(STEP, case("talking")) == "weighing"
    assert moved(STEP, case("weighing")) == "weighing", "a further talk may be ordered"
    assert sources(STEP) == {"talking", "weighing"}
    assert STEP.deadline is None


def test_the_cadre_reads_questions_answers_and_corrections() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE, at())
    for text in (
        "王建国", "2026年3月20日", "组织部谈话室", "周丽", "问：对告知的事实有何意见？", "答：汛期停工两个月。", "改为“两个月”", "已告知申请回避的权利",
    ):  # fmt: skip
        assert text in html
