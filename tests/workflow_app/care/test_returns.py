"""Whose restriction is over: listed with what the visits found; the proposal is a person's act on the case, nothing comes by itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from tests.story import Town, signed_in
from tests.workflow_app.care.helped import closed, plan_for, seen
from workflow_app import caring, clock, helping
from workflow_app.care import pools, procedure
from workflow_app.models import Case, Lead, WorkItem
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
URL = "/care/plans/returns/"


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """王建国's case, closed after the last visit."""
    monkeypatch.setattr(clock, "now", lambda: town.at)
    return closed(town)


def page(town: Town, who: str = "org_leader1") -> str:
    return signed_in(town.people[who]).get(URL).content.decode().split("<main")[1]


def to_the_end(town: Town, case: Case) -> None:
    """The last day of the restriction."""
    until = procedure.named().restricted_until(case)
    assert until is not None
    town.at = datetime.combine(until, time(9), clock.TZ)


def test_from_the_day_after_the_last_day_and_not_before(town: Town, case: Case) -> None:
    to_the_end(town, case)
    assert "王建国" not in page(town)
    town.later(days=1)
    text = page(town)
    assert "王建国" in text and "正常" in text, "with what the visits found"
    assert "还需" not in text and "尚缺" not in text and "名额" not in text


def test_the_proposal_is_the_leaders_act_on_the_case(town: Town, case: Case) -> None:
    to_the_end(town, case)
    town.later(days=1)
    for _ in range(2):
        page(town)
    assert not Lead.objects.filter(suggests="RETURN").exists(), "a look makes nothing"
    action = f"/cases/{case.pk}/begin/suggest_return/"
    assert action in page(town)
    handler = page(town, "case_handler1")
    assert action not in handler and "组织部门负责人" in handler, "greyed, with the reason"
    answer = signed_in(town.people["org_leader1"]).post(action, {"key": "return-1"})
    item = WorkItem.objects.get(process=case, step="suggest_return")
    assert answer.headers["Location"] == f"/items/{item.pk}/"


def test_a_promise_that_was_not_kept_stands_beside_the_name(town: Town, case: Case) -> None:
    plan = plan_for(town, case)
    helping.visit(plan, seen(town), by=town.people["placement_office1"], at=town.at)
    to_the_end(town, case)
    town.later(days=1)
    assert "有答应办理而没有办结的事项" in page(town)


def test_who_came_back_may_enter_a_pool_once_the_restriction_is_over(town: Town, case: Case) -> None:
    leader = town.people["org_leader1"]
    pool = caring.open_pool(town.city, "重新使用人选库", "为影响期已满、表现良好的干部储备。", told=True, by=leader, at=town.at)
    why = pools.Why("RESTORED", "三次回访正常，承担的片区任务按期完成。", "跟踪评估报告")
    to_the_end(town, case)
    with pytest.raises(Refused, match="才届满") as no:
        caring.propose(pool, town.wang, why, by=leader, at=town.at)
    assert no.value.rule == "U3-BAR-6"
    town.later(days=1)
    assert caring.propose(pool, town.wang, why, by=leader, at=town.at).case_id == case.pk
    assert "已提出入库" in page(town)


def test_what_was_overturned_is_on_no_list(town: Town, case: Case) -> None:
    to_the_end(town, case)
    town.later(days=1)
    Case.objects.filter(pk=case.pk).update(overturned_on=town.today - timedelta(days=1))
    assert "王建国" not in page(town)
