"""A review that is not decided in time: the person appeals beside it, withdraws nothing, and loses nothing."""

from datetime import timedelta
from typing import Any

import pytest

from flows.remedy.path import RemedyPath
from tests.flows.remedy.story import entered, file, go, way_of
from tests.story import Town, fresh
from workflow_app import ledger
from workflow_app.conduct.overtaking import overtake
from workflow_app.conduct.turn import Stale
from workflow_app.models import Case, Deadline, Decision, Document, Record
from workflow_app.steps import Refused, RuleBroken

pytestmark = pytest.mark.django_db
WHY = "复核机关逾期没有作出复核决定。"


def overdue(town: Town, decision: Decision) -> Case:
    """A review whose last day was yesterday."""
    review = file(town, decision, "apply_for_review")
    town.later(days=(Deadline.objects.get(case=review, rule_id="RM-REVIEW-DECIDE").last_day - town.today).days + 1)
    return review


def beside(town: Town, decision: Decision) -> Case:
    return file(town, decision, "appeal", late_reason=WHY)


def test_on_the_last_day_the_organ_is_still_in_time(town: Town) -> None:
    decision = entered(town)
    review = overdue(town, decision)
    town.later(days=-1)
    way = way_of(town, decision, "appeal")
    assert "正在办理" in way.reason and "期限届满还没有复核决定的，可以直接申诉，不用撤回" in way.way_out
    town.later(days=1)
    way = way_of(town, decision, "appeal")
    assert (way.reason, way.rule, way.starts_on, way.beside) == ("", "RM-APPEAL-DIRECT", decision.served_on, review)
    assert "可以直接申诉，不用撤回" in way_of(town, decision, "apply_for_review").way_out


def test_the_direct_appeal_keeps_its_own_period_and_afterwards_a_person_decides(town: Town) -> None:
    decision = entered(town)
    overdue(town, decision)
    assert way_of(town, decision, "appeal").late
    with pytest.raises(RuleBroken) as refused:
        file(town, decision, "appeal")
    assert refused.value.rule == "RM-APPEAL-DIRECT"
    case = beside(town, decision)
    with pytest.raises(RuleBroken) as refused:
        go(town, case, "admit")
    assert refused.value.field == "just_cause"
    assert go(town, case, ("admit", {"just_cause": True}), "serve_decision").state == "accepted"


def test_the_appeal_names_the_review_that_is_late(town: Town) -> None:
    decision = entered(town)
    review = overdue(town, decision)
    case = beside(town, decision)
    rows = dict(Document.objects.get(case=case).content["content"]["rows"])
    assert rows["复核情况"].startswith(review.number) and "尚未作出复核决定" in rows["复核情况"]


def test_both_run_and_the_reviews_record_says_so(town: Town) -> None:
    decision = entered(town)
    review = overdue(town, decision)
    case = beside(town, decision)
    review = fresh(review)
    assert (review.state, review.overtaken_on, review.finished, case.state) == ("reviewing", town.today, None, "filed")
    assert Record.objects.get(case=review, kind="OVERTAKEN").actor == town.people["wang"]
    assert ledger.verify(f"C{review.pk}") == review.records_count
    assert {way.reason for way in RemedyPath.ways(decision, on=town.today)} == {f"对这一决定已经提出（{case.number}），正在办理。"}


def test_until_the_appeal_is_accepted_the_review_may_still_be_decided(town: Town) -> None:
    decision = entered(town)
    review = overdue(town, decision)
    beside(town, decision)
    assert go(town, review, ("review", {"outcome": "uphold"}), "serve_decision").state == "concluded"


def test_once_it_is_accepted_the_review_only_ends(town: Town) -> None:
    decision = entered(town)
    review = overdue(town, decision)
    case = go(town, beside(town, decision), ("admit", {"just_cause": True}))
    for outcome in ("uphold", "revoke", "change"):
        with pytest.raises(RuleBroken) as refused:
            go(town, review, ("review", {"outcome": outcome, "kind": "REMOVE" if outcome == "change" else ""}))
        assert (refused.value.rule, refused.value.field) == ("R2-APPEALED", "outcome")
    go(town, review, ("review", {"outcome": "not_accepted"}))
    paper = str(Document.objects.get(case=review, step="review").content)
    assert f"你的申诉（{case.number}）已经受理，由云溪市公务员主管部门审理。" in paper
    assert go(town, review, "serve_decision").state == "not_accepted"


def test_a_review_that_is_not_late_is_not_ended_by_anything(town: Town) -> None:
    review = file(town, entered(town), "apply_for_review")
    with pytest.raises(RuleBroken) as refused:
        go(town, review, ("review", {"outcome": "not_accepted"}))
    assert refused.value.rule == "R2-ACCEPT"


def test_when_the_late_review_revokes_there_is_nothing_left_to_accept(town: Town) -> None:
    decision = entered(town)
    review = overdue(town, decision)
    case = beside(town, decision)
    go(town, review, ("review", {"outcome": "revoke"}), "serve_decision")
    with pytest.raises(RuleBroken) as refused:
        go(town, case, ("admit", {"just_cause": True}))
    assert (refused.value.rule, refused.value.field) == ("R4-MATTER", "matter")
    refusal: dict[str, Any] = {"just_cause": True, "outcome": "refuse", "matter": "no"}
    assert go(town, case, ("admit", refusal), "serve_decision").state == "not_accepted"


def test_an_appeal_refused_meanwhile_does_not_cost_the_appeal_after_the_review(town: Town) -> None:
    decision = entered(town)
    review = overdue(town, decision)
    go(town, beside(town, decision), ("admit", {"outcome": "refuse", "time": "no"}), "serve_decision")
    assert way_of(town, decision, "appeal").reason == "已经提出过申诉。"
    go(town, review, ("review", {"outcome": "uphold"}), "serve_decision")
    way = way_of(town, decision, "appeal")
    assert (way.reason, way.rule, way.starts_on, way.late) == ("", "RM-APPEAL-AFTER", town.today, False)
    assert file(town, decision, "appeal").state == "filed"


def test_a_refused_appeal_is_not_filed_again_where_no_review_was_late(town: Town) -> None:
    decision = entered(town)
    go(town, file(town, decision, "appeal"), ("admit", {"outcome": "refuse", "person": "no"}), "serve_decision")
    assert way_of(town, decision, "appeal").reason == "已经提出过申诉。"


def test_a_late_review_is_overtaken_once(town: Town) -> None:
    decision = entered(town)
    review = overdue(town, decision)
    beside(town, decision)
    with pytest.raises(Stale):
        overtake(review, by=town.people["wang"], at=town.at)
    with pytest.raises(Refused):
        beside(town, decision)
    assert Case.objects.filter(decision=decision).count() == 2


def test_a_review_decided_a_moment_before_is_not_overtaken(town: Town) -> None:
    decision = entered(town)
    review = overdue(town, decision)
    seen = fresh(review)
    go(town, review, ("review", {"outcome": "uphold"}))
    with pytest.raises(Stale):
        overtake(seen, by=town.people["wang"], at=town.at + timedelta(minutes=1))
