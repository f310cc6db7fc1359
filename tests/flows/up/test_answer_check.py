"""U6 核查答复."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.answer_check import AnswerCheck
from tests.flows.up.stand import TODAY, case, moved, printed, refusal, situation
from tests.story import Town
from workflow_app.models import Desk
from workflow_app.steps import Situation

STEP = AnswerCheck()
SAMPLE: dict[str, Any] = {"outcome": "clear", "answered_on": TODAY, "signer": "郑安", "remark": ""}


def at(awaited: int = 5, answers: tuple[dict[str, Any], ...] = ()) -> Situation:
    subject = {"check": "archive", "title": "档案必审", "organ": 5, "organ_name": "干部档案室（档案必审）"}
    return situation(case("examination", awaited=awaited, settled={"answer_check": {"answers": list(answers)}}), subject=subject)


def test_one_dated_answer() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE | {"answered_on": TODAY.replace(day=21)}, at()) == ("U6-DATE", "answered_on")


def test_silence_is_never_clear() -> None:
    assert STEP.silence(at()) is None


def test_the_period_goes_by_the_check() -> None:
    assert STEP.deadline_for(case(), {"check": "discipline"}) == "UP-DISCIP-REPLY"
    assert STEP.deadline_for(case(), {"check": "petition"}) == "UP-CHECK-REPLY"


@pytest.mark.parametrize(("awaited", "outcome", "state"), [
    (2, "clear", "examination"), (1, "clear", "checks"), (2, "pending", "check_pending"), (1, "pending", "check_pending"),
    (2, "adverse", "stopping"), (1, "adverse", "stopping"),
])  # fmt: skip
def test_clear_counts_pending_blocks_adverse_stops(awaited: int, outcome: str, state: str) -> None:
    assert moved(case("examination", awaited=awaited), "answer_check", outcome) == state


def test_only_a_clear_answer_marks_its_own_check() -> None:
    assert STEP.settle(at(), SAMPLE)["clear"] == "archive"
    assert STEP.settle(at(), SAMPLE | {"outcome": "pending"})["clear"] == ""
    here = at().case
    here.settled["answer_check"] = {"clear": "archive"}
    here.take_note("answer_check")
    assert here.marks == ["clear_archive"]


def test_a_later_answer_to_the_same_check_takes_the_place_of_the_pending_one() -> None:
    pending = {"check": "archive", "answer": "尚不能确定"}
    other = {"check": "matters", "answer": "无问题"}
    settled = STEP.settle(at(answers=(pending, other)), SAMPLE)
    assert [(one["check"], one["answer"]) for one in settled["answers"]] == [("matters", "无问题"), ("archive", "无问题")]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_an_adverse_answer_is_put_before_the_leader_at_once(town: Town) -> None:
    here = at()
    here.case.organ = town.city
    opened = STEP.beside(here, SAMPLE | {"outcome": "adverse"})
    assert [Desk.objects.get(pk=one.desk).role for one in opened] == ["org_leader"]
    assert STEP.beside(at(awaited=1), SAMPLE | {"outcome": "adverse"}) == []


def test_the_letter_holds_the_answer_and_no_material() -> None:
    html = printed(STEP, SAMPLE, at())
    assert "无问题" in html and "郑安" in html
    assert not any(name in STEP.Facts.base_fields for name in ("file", "attached", "material"))
