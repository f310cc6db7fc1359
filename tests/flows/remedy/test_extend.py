"""R5 延长审理: the written decision; the limits are told in test_deadlines."""

import pytest

from flows.remedy.steps.extend import Extend
from tests.flows.remedy.stand import refusal
from tests.flows.remedy.story import entered, file, go
from tests.story import Town, begin
from workflow_app.conduct import OutOfTurn
from workflow_app.models import Deadline, Document
from workflow_app.steps import RuleBroken, Situation

pytestmark = pytest.mark.django_db


def test_the_paper_names_both_last_days_and_the_reason(town: Town) -> None:
    case = go(town, file(town, entered(town), "appeal"), "admit", "serve_decision")
    begin(town, case, "extend", by="civil_appeal_office1", days=30, reason="需要调取外地证据。")
    paper = Document.objects.get(case=case, step="extend")
    running = Deadline.objects.get(case=case, rule_id="RM-APPEAL-DECIDE", closed_at=None)
    assert paper.formal
    assert (running.extended_by, running.extensions) == (30, 1)
    for text in (
        f"{running.last_day:%Y年}{running.last_day.month}月{running.last_day.day}日",
        "需要调取外地证据。",
        "延长审理期限30日",
        f"你提出的申诉（{case.number}）案情复杂",
    ):
        assert text in str(paper.content)


def test_before_acceptance_there_is_nothing_to_extend(town: Town) -> None:
    case = file(town, entered(town), "appeal")
    with pytest.raises(OutOfTurn):
        begin(town, case, "extend", by="civil_appeal_office1")


def test_where_no_period_runs_the_step_itself_says_so(town: Town) -> None:
    case = go(town, file(town, entered(town), "appeal"), "admit", "serve_decision")
    at = Situation(case, None, town.at, {})
    assert refusal(Extend(), {"days": 30, "reason": "案情复杂。"}, at) == ("", "")
    Deadline.objects.filter(case=case).update(closed_at=town.at)
    assert refusal(Extend(), {"days": 30, "reason": "案情复杂。"}, at) == ("RM-APPEAL-DECIDE", "")


def test_a_second_time_the_step_itself_refuses_it_besides_the_guard(town: Town) -> None:
    case = go(town, file(town, entered(town), "appeal"), "admit", "serve_decision")
    begin(town, case, "extend", by="civil_appeal_office1", days=10, reason="需要调取外地证据。")
    with pytest.raises(RuleBroken, match="只能延长一次") as refused:
        Extend().check(Situation(case, None, town.at, {}), {"days": 10, "reason": "案情复杂。"})
    assert refused.value.way_out
