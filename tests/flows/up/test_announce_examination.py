"""U4 考察预告."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.up.steps.announce_examination import CHECKS, AnnounceExamination
from tests.flows.up.stand import case, moved, printed, refusal, situation
from workflow_app.law import current_edition
from workflow_app.models import Unit
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db
STEP = AnnounceExamination()
FRIDAY = date(2026, 3, 20)
SAMPLE: dict[str, Any] = {
    "begins_on": date(2026, 3, 24), "posted_in": "市交通运输局公告栏", "tasks": "考察德能勤绩廉。", "supervision_phone": "12380", "outcome": "issue",
    "reason": "", "team": [{"cadre": n, "phone": f"0571-{n}"} for n in (11, 12)], **{f"{name}_organ": "2" for name, _, _ in CHECKS},
}  # fmt: skip


def at(today: date = FRIDAY) -> Situation:
    return situation(case("candidate_confirmed", law=current_edition()), today=today)


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


@pytest.mark.parametrize(("begins", "rule"), [
    (date(2026, 3, 24), ("", "")), (date(2026, 3, 23), ("", "")), (date(2026, 3, 21), ("", "")),
    (FRIDAY, ("UP-EXNOTICE", "begins_on")), (date(2026, 3, 19), ("UP-EXNOTICE", "begins_on")),
])  # fmt: skip
def test_it_is_posted_a_working_day_before_the_examination_begins(begins: date, rule: tuple[str, str]) -> None:
    assert refused(begins_on=begins) == rule


def test_the_team_has_two_different_members() -> None:
    assert refused(team=SAMPLE["team"][:1]) == refused(team=[SAMPLE["team"][0]] * 2) == ("SD-1", "team")


def test_a_withdrawal_has_its_reason_and_its_own_paper() -> None:
    assert refused(outcome="withdraw") == ("U4-REASON", "reason")
    assert refused(outcome="withdraw", reason="人选另有安排。") == ("", "")
    assert STEP.paper_title("withdraw") == "撤回干部考察预告的决定"
    assert moved(case("candidate_confirmed"), "announce_examination", "withdraw") == "qualified"


def test_it_names_the_four_organs_that_are_asked() -> None:
    Unit.objects.create(pk=2, code="T-2", name="市委组织部干部监督室", kind="DEPARTMENT", path="/2/")
    settled = STEP.settle(at(), SAMPLE)
    assert [one["check"] for one in settled["checks"]] == ["archive", "matters", "discipline", "petition"]  # type: ignore[attr-defined]
    here = at().case
    here.settled["announce_examination"] = settled
    here.announce_examination("issue")  # type: ignore[attr-defined]
    assert (here.state, here.awaited) == ("examination", 5), "the examination and four answers"


def test_every_check_asks_one_closed_question() -> None:
    assert all(question.count("？") == 1 for _, _, question in CHECKS)


def test_the_pre_notice_names_task_time_person_team_and_telephones(people: dict[int, str]) -> None:
    html = printed(STEP, SAMPLE, at())
    for text in ("王建国", "市交通运输局副局长", "2026年3月24日", "李敏文", "0571-12", "12380", "市交通运输局公告栏"):
        assert text in html
    assert "人选另有安排。" in printed(STEP, SAMPLE | {"outcome": "withdraw", "reason": "人选另有安排。"}, at())
