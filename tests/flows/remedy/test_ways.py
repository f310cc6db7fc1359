"""Which filings are open: one at a time, each once, in the right order, about one's own decision; and what can still be done."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from flows.remedy.path import RemedyPath
from tests.flows.remedy.story import appealed, entered, file, go, way_of
from tests.story import Town, facts_for
from workflow_app import conduct
from workflow_app.conduct import opening, overtaking
from workflow_app.models import Cadre, Case, Deadline, Desk
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db


def refused(town: Town, decision: Any, step: str, **what: Any) -> str:
    facts = facts_for(town, step, path=RemedyPath)
    words = {"cadre": town.wang, "organ": decision.organ, "facts": facts, "first": step, "decision": decision} | what
    with pytest.raises(Refused) as said:
        conduct.preview_opening(RemedyPath, **words, by=town.people["wang"], at=town.at)
    assert said.value.way_out
    return f"{said.value.rule} {said.value.reason}"


def test_the_same_decision_is_attacked_in_one_remedy_at_a_time(town: Town) -> None:
    decision = entered(town)
    case = file(town, decision, "apply_for_review")
    assert {way.reason for way in RemedyPath.ways(decision, on=town.today)} == {f"对这一决定已经提出（{case.number}），正在办理。"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).first()
        Case.objects.create(
            flow_class=RemedyPath,
            cadre=town.wang,
            organ=town.city,
            number="x",
            state="new",
            path_version="1",
            law=case.law,
            decision=decision,
        )


def test_who_files_a_moment_later_is_told_that_it_is_under_way(town: Town) -> None:
    decision = entered(town)
    file(town, decision, "apply_for_review")
    late = opening.Start(RemedyPath, town.wang, town.city, "apply_for_review", decision)
    with pytest.raises(Refused) as said:
        opening._check_one_open(late)
    assert (said.value.rule, said.value.way_out) == ("一事一案", "在原案件中补充材料或者撤回。")


def test_a_remedy_that_has_ended_is_overtaken_by_nothing(town: Town) -> None:
    case = go(town, file(town, entered(town), "apply_for_review"), "review", "serve_decision")
    assert case.finished
    with pytest.raises(conduct.Stale):
        overtaking.overtake(case, by=town.people["wang"], at=town.at)
    assert not Case.objects.filter(overtaken_on__isnull=False).exists()


def test_two_decisions_are_attacked_beside_each_other(town: Town) -> None:
    assert [file(town, entered(town), "apply_for_review").state for _ in range(2)] == ["reviewing"] * 2


def test_a_review_is_asked_for_once_and_not_after_an_appeal(town: Town) -> None:
    decision = entered(town)
    go(town, file(town, decision, "apply_for_review"), "review", "serve_decision")
    assert "一次复核" in way_of(town, decision, "apply_for_review").reason
    appealed(town, decision, "uphold")
    assert "不能再申请复核" in way_of(town, decision, "apply_for_review").reason
    assert "已经提出过申诉" in way_of(town, decision, "appeal").reason


def test_a_re_appeal_needs_an_appeal_decision(town: Town) -> None:
    decision = entered(town)
    assert "只有对申诉处理决定不服" in way_of(town, decision, "reappeal").reason
    assert refused(town, decision, "reappeal").startswith("R-WAY 只有对申诉处理决定不服"), "the reason, not that the organ is another"
    assert refused(town, decision, "appeal").startswith("SD-5"), "not at the organ that decided"


def test_nobody_attacks_a_decision_about_somebody_else(town: Town) -> None:
    other = Cadre.objects.create(number="YX00002", name="赵国强", sex="男", unit=town.wang.unit)
    assert refused(town, entered(town), "apply_for_review", cadre=other).startswith("R-OWN")


def test_after_a_remand_the_new_decision_is_attacked_not_the_old_one(town: Town) -> None:
    decision = entered(town)
    appealed(town, decision, "remand")
    assert "另行申请复核" in way_of(town, decision, "reappeal").way_out


def test_an_appeal_that_lapsed_for_want_of_material_may_be_filed_anew(town: Town) -> None:
    decision = entered(town)
    case = go(town, file(town, decision, "appeal"), ("admit", {"outcome": "ask_supplement", "material": "no"}), "serve_decision")
    lapse = Deadline.objects.get(case=case, rule_id="RM-SUPPLEMENT")
    town.at = lapse.fires_at + timedelta(hours=9)
    conduct.expire(lapse.pk, at=town.at)
    assert "正在办理" in way_of(town, decision, "appeal").reason, "until that is said in writing"
    go(town, case, ("admit", {"outcome": "refuse", "material": "no"}), "serve_decision")
    assert file(town, decision, "appeal").state == "filed"


def test_an_appeal_accepted_although_nothing_came_in_time_is_not_filed_again(town: Town) -> None:
    decision = entered(town)
    case = go(town, file(town, decision, "appeal"), ("admit", {"outcome": "ask_supplement", "material": "no"}), "serve_decision")
    lapse = Deadline.objects.get(case=case, rule_id="RM-SUPPLEMENT")
    town.at = lapse.fires_at + timedelta(hours=9)
    conduct.expire(lapse.pk, at=town.at)
    go(town, case, "admit", "serve_decision", "form_committee", "hear", "decide", "serve_decision")
    assert way_of(town, decision, "appeal").reason == "已经提出过申诉。"


def test_what_the_review_refused_may_still_be_appealed_directly(town: Town) -> None:
    decision = entered(town, served=60)
    case = file(town, decision, "apply_for_review", late_reason="因病住院。")
    go(town, case, ("review", {"outcome": "not_accepted"}), "serve_decision")
    assert way_of(town, decision, "appeal").rule == "RM-APPEAL-DIRECT"


CHANGED = {"outcome": "change", "kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0}


def test_who_does_not_agree_with_a_change_appeals_while_it_is_carried_out(town: Town) -> None:
    decision = entered(town)
    review = go(town, file(town, decision, "apply_for_review"), ("review", CHANGED), "serve_decision")
    way = way_of(town, decision, "appeal")
    assert (review.state, way.reason, way.rule, way.starts_on) == ("correcting", "", "RM-APPEAL-AFTER", town.today)
    appeal = file(town, decision, "appeal")
    assert (appeal.state, appeal.parent_id, "《复核决定书》" in appeal.settled["appeal"]["attacked"]["after"]) == ("filed", review.pk, True)
    review = go(town, review, "correct", "confirm_correction")
    assert review.state == "executed"
    assert way_of(town, decision, "appeal").reason.startswith("对这一决定已经提出")


def test_who_does_not_agree_with_a_change_on_appeal_appeals_again_while_it_is_carried_out(town: Town) -> None:
    decision = entered(town)
    appeal = appealed(town, decision, "change", **{name: value for name, value in CHANGED.items() if name != "outcome"})
    way = way_of(town, decision, "reappeal")
    assert (appeal.state, way.reason, way.rule) == ("correcting", "", "RM-REAPPEAL-FILE")
    assert file(town, decision, "reappeal").state == "filed"
    assert way_of(town, decision, "appeal").reason


def test_an_appeal_against_a_changed_decision_that_was_refused_is_not_filed_again(town: Town) -> None:
    decision = entered(town)
    go(town, file(town, decision, "apply_for_review"), ("review", CHANGED), "serve_decision")
    go(town, file(town, decision, "appeal"), ("admit", {"outcome": "refuse", "person": "no"}), "serve_decision")
    assert way_of(town, decision, "appeal").reason == "已经提出过申诉。"


def test_a_decision_that_is_made_and_not_yet_served_opens_nothing(town: Town) -> None:
    decision = entered(town)
    go(town, file(town, decision, "apply_for_review"), ("review", CHANGED))
    assert "正在办理" in way_of(town, decision, "appeal").reason


def test_what_the_review_revoked_is_not_appealed_against(town: Town) -> None:
    decision = entered(town)
    review = go(town, file(town, decision, "apply_for_review"), ("review", {"outcome": "revoke"}), "serve_decision")
    way = way_of(town, decision, "appeal")
    assert (review.state, way.reason, way.way_out) == (
        "correcting", "原决定已被复核决定撤销。", "原机关应当纠正；未纠正的，向承办机关查询。",
    )  # fmt: skip


def test_where_no_organ_takes_appeals_that_is_said_with_the_way_out(town: Town) -> None:
    Desk.objects.filter(role="appeal_office").update(role="closed_office")
    way = way_of(town, entered(town), "appeal")
    assert (way.organ, way.reason) == (None, "没有可以受理的机关。")
    assert "请管理员设立受理机关" in way.way_out
