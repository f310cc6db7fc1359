"""D9 意见答复."""

from typing import Any

import pytest

from flows.down.steps.give_opinion import GiveOpinion
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources
from workflow_app.steps import Situation

STEP = GiveOpinion()
SAMPLE = {"outcome": "no_objection", "reason": "未发现影响任免的情形。", "signer": "吴立"}
ORGAN = {"organ": 31, "organ_name": "市纪委监委", "kind": "discipline"}
PARTNER = {"organ": 32, "organ_name": "省交通运输厅党组", "kind": "coauthority"}


def at(subject: dict[str, Any] = ORGAN, **settled: Any) -> Situation:
    return situation(case("consulting", settled=settled), subject=subject)


def answered(outcome: str, *, awaited: int = 1, marks: tuple[str, ...] = ()) -> str:
    return moved(STEP, case("consulting", awaited=awaited, marks=marks), outcome)


def test_the_form_asks_for_opinion_reason_and_signer() -> None:
    assert demanded(STEP) == {"outcome", "reason", "signer"}
    assert "deemed" not in dict(STEP.Facts().fields["outcome"].choices), "consent is deemed by time, never chosen"
    assert refusal(STEP, SAMPLE, at()) == ("", "")


def test_an_assisting_authority_has_a_month_and_other_organs_ten_working_days() -> None:
    assert (STEP.role, STEP.deadline) == ("opinion_organ", "DN-OPINION")
    assert STEP.deadline_for(case(), ORGAN) == "DN-OPINION"
    assert STEP.deadline_for(case(), PARTNER) == "DN-COAUTH"


def test_only_the_silence_of_an_assisting_authority_is_consent() -> None:
    assert STEP.silence(at()) is None
    silent = STEP.silence(at(PARTNER))
    assert silent is not None
    assert STEP.outcome(at(PARTNER), silent) == "deemed"
    html = printed(STEP, silent, at(PARTNER))
    for text in ("<h1>未答复情况记录</h1>", "省交通运输厅党组", "期满未答复，按规定视为同意。"):
        assert text in html


@pytest.mark.parametrize(
    ("outcome", "marks", "state"),
    [
        ("no_objection", (), "deliberation"), ("deemed", (), "deliberation"), ("objection", (), "heard"), ("pending_case", (), "pending"),
        ("no_objection", ("objected",), "heard"), ("no_objection", ("pending_case",), "pending"), ("objection", ("pending_case",), "pending"),
    ],
)  # fmt: skip
def test_the_last_answer_decides_the_way(outcome: str, marks: tuple[str, ...], state: str) -> None:
    assert answered(outcome, marks=marks) == state
    assert sources(STEP) == {"consulting"}


@pytest.mark.parametrize("outcome", ["no_objection", "objection", "pending_case", "deemed"])
def test_all_answers_must_be_in(outcome: str) -> None:
    assert answered(outcome, awaited=2) == "consulting"


def test_answers_are_gathered_and_the_meeting_is_due_from_the_last() -> None:
    first = STEP.settle(at(), SAMPLE)
    assert first == {"opinions": [{"organ": "市纪委监委", "opinion": "无不同意见", "reason": "未发现影响任免的情形。"}]}
    assert len(STEP.settle(at(PARTNER, give_opinion=first), SAMPLE)["opinions"]) == 2  # type: ignore[arg-type]
    assert STEP.begins(at(), SAMPLE) == {"DN-DECIDE": TODAY}


def test_the_reply_shows_organ_opinion_reason_and_signer() -> None:
    assert not STEP.open_to_subject
    html = printed(STEP, SAMPLE, at())
    for text in ("<h1>复函</h1>", "市纪委监委", "王建国", "无不同意见", "未发现影响任免的情形。", "吴立"):
        assert text in html
