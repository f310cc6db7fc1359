"""D11 调整谈话."""

from typing import Any

from flows.down.steps.tell_decision import TellDecision
from flows.roles import Role
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources

STEP = TellDecision()
SAMPLE = {
    "held_on": TODAY, "place": "市委组织部谈话室", "recorder": "陈静", "remedy_told": True, "reply": "服从组织决定。", "refused": False, "refusal_note": "",
}  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation())


def test_a_talk_that_told_the_remedies_is_recorded() -> None:
    assert refused() == ("", "")


def test_a_talk_of_tomorrow_cannot_be_recorded() -> None:
    assert refused(held_on=TODAY.replace(day=21)) == ("D11-DATE", "held_on")


def test_the_remedies_must_have_been_told() -> None:
    assert refused(remedy_told=False) == ("D11-REMEDY", "remedy_told")


def test_a_refusal_to_sign_is_described() -> None:
    assert refused(refused=True) == ("D11-REFUSAL", "refusal_note")
    assert refused(refused=True, refusal_note="本人看过后不愿签名") == ("", "")


def test_two_talkers_and_the_cadre_sign() -> None:
    slots = STEP.slots(situation(), SAMPLE)
    assert [(slot.role, slot.cadre) for slot in slots] == [(Role.ORG_LEADER, None), (Role.SUBJECT, 7)]


def test_who_refuses_to_sign_is_not_waited_for() -> None:
    assert [slot.role for slot in STEP.slots(situation(), SAMPLE | {"refused": True})] == [Role.ORG_LEADER]


def test_the_record_shows_what_was_told_and_answered() -> None:
    html = printed(STEP, SAMPLE | {"refused": True, "refusal_note": "本人看过后不愿签名"}, situation())
    for text in ("王建国", "2026年3月20日", "市委组织部谈话室", "服从组织决定。", "本人看过后不愿签名"):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"held_on", "place", "recorder", "reply"}


def test_service_follows_the_talk() -> None:
    assert moved(STEP, case("decided")) == "told"
    assert sources(STEP) == {"decided"}
    assert (STEP.role, STEP.deadline, STEP.open_to_subject) == ("org_leader", None, True)


def test_nobody_is_told_before_the_decision() -> None:
    decided = situation(case("decided", settled={"decide": {"decided_on": "2026-03-20"}}))
    assert refusal(STEP, SAMPLE | {"held_on": TODAY}, decided) == ("", "")
    assert refusal(STEP, SAMPLE | {"held_on": TODAY.replace(day=19)}, decided) == ("D11-DATE", "held_on")
