"""SD-4 to SD-7 on every way in: claim, assign, act, substitute, committee; nobody who had a hand in it, no organ twice."""

from typing import Any

import pytest

from flows.remedy.path import RemedyPath
from tests.flows.remedy.story import appealed, committee, demoted, file, go, person_for, unit_of, votes, way_of
from tests.story import Town, act, begin, facts_for, fresh, item_of, key
from workflow_app import conduct
from workflow_app.hands import NotYours, Separated
from workflow_app.models import Absence, Account, Case, Desk, Hand, Seat
from workflow_app.steps import Refused, RuleBroken

pytestmark = pytest.mark.django_db
# Everybody who had a hand in the decision, by the duty.
ORIGINAL = {
    "reporter": "case_handler1", "investigator": "examination_team1", "author": "org_leader1", "approver": "org_leader2",
    "legal_reviewer": "legal_reviewer1", "decision_maker": "decision_body1", "recorder": "meeting_secretary1",
}  # fmt: skip


def also_sits(town: Town, name: str, role: str, unit: str) -> Account:
    """Somebody gets a seat at one more desk."""
    account, desk = town.people[name], Desk.objects.get(role=role, unit=unit_of(unit))
    Seat.objects.create(desk=desk, account=account, valid_from=town.today, granted_at=town.at)
    return account


def refused(rule: str, work: Any) -> None:
    with pytest.raises((Separated, RuleBroken)) as said:
        work()
    assert said.value.rule == rule


def test_every_duty_of_the_down_case_has_left_a_hand(town: Town) -> None:
    decision = demoted(town)
    for duty, name in ORIGINAL.items():
        assert Hand.objects.filter(case=decision.case_id, cadre=town.cadre(name), duty=duty).exists(), duty


@pytest.mark.parametrize("duty", sorted(ORIGINAL))
def test_sd4_no_original_handler_reviews_whatever_way_they_come_in(town: Town, duty: str) -> None:
    case = file(town, demoted(town), "apply_for_review")
    item, leader = item_of(case, "review"), town.people["org_leader3"]
    old = also_sits(town, ORIGINAL[duty], "review_handler", "YX")
    facts = facts_for(town, "review", path=RemedyPath)
    refused("SD-4", lambda: conduct.claim(item, by=old, at=town.at, key=key()))
    refused("SD-4", lambda: conduct.assign(item, to=old, by=leader, reason="接办", at=town.at, key=key()))
    refused("SD-4", lambda: conduct.preview(item, facts=facts, by=old, at=town.at))
    seen = conduct.preview(item, facts=facts, by=town.people["review_handler1"], at=town.at).content_hash
    refused("SD-4", lambda: conduct.complete(item, facts=facts, seen=seen, by=old, at=town.at, key=key()))
    assert fresh(case).state == "reviewing"


@pytest.mark.parametrize("duty", ["investigator", "decision_maker"])
def test_sd5_no_original_handler_admits_the_appeal(town: Town, duty: str) -> None:
    case = file(town, demoted(town), "appeal")
    old = also_sits(town, ORIGINAL[duty], "appeal_office", "YX-92")
    refused("SD-5", lambda: conduct.claim(item_of(case, "admit"), by=old, at=town.at, key=key()))
    refused("SD-5", lambda: go(town, case, ("admit", {"by": old})))


def test_sd5_an_appeal_is_never_filed_with_the_organ_that_decided(town: Town) -> None:
    decision = demoted(town)
    facts = facts_for(town, "appeal", path=RemedyPath)
    what: dict[str, Any] = {"cadre": town.wang, "organ": town.city, "facts": facts, "first": "appeal", "decision": decision}
    with pytest.raises(Refused) as said:
        conduct.preview_opening(RemedyPath, **what, by=town.people["wang"], at=town.at)
    assert said.value.rule == "SD-5"


def accepted(town: Town, decision: Any) -> Case:
    return go(town, file(town, decision, "appeal"), "admit", "serve_decision")


def test_sd6_a_committee_has_no_member_from_an_earlier_stage(town: Town) -> None:
    decision = demoted(town)
    go(town, file(town, decision, "apply_for_review"), "review", "serve_decision")
    case = accepted(town, decision)
    for name in (*ORIGINAL.values(), "review_handler1"):
        old = also_sits(town, name, "appeal_committee", "YX-92")
        members = [*committee(town)[:2], {"cadre": old.cadre_id, "chair": False, "no_tie": True}]
        refused("SD-6", lambda members=members: go(town, case, ("form_committee", {"committee": members})))
    assert go(town, case, "form_committee").state == "hearing_panel"


def test_sd6_whoever_admitted_the_appeal_does_not_sit_on_the_committee(town: Town) -> None:
    case = accepted(town, demoted(town))
    admitter = also_sits(town, "civil_appeal_office1", "appeal_committee", "YX-92")
    members = [*committee(town)[:2], {"cadre": admitter.cadre_id, "chair": False, "no_tie": True}]
    refused("SD-6", lambda: go(town, case, ("form_committee", {"committee": members})))


def test_sd6_only_members_hear(town: Town) -> None:
    case = go(town, accepted(town, demoted(town)), "form_committee")
    refused("SD-6", lambda: go(town, case, ("hear", {"by": town.people["civil_appeal_committee4"]})))


def test_sd6_a_substitute_is_as_fresh_as_the_member_was(town: Town) -> None:
    case = go(town, accepted(town, demoted(town)), "form_committee")
    member = town.cadre("civil_appeal_committee2")
    old = also_sits(town, ORIGINAL["investigator"], "appeal_committee", "YX-92")
    begin(town, case, "apply_recusal", by="wang", person=member, ground="kin")
    grant = {"outcome": "granted", "reason": "有亲属关系", "recheck": "此前没有办理", "by": town.people["civil_org_leader1"]}
    refused("SD-6", lambda: go(town, case, ("decide_recusal", {**grant, "substitute": old.cadre_id})))
    case = go(town, case, ("decide_recusal", {**grant, "substitute": town.cadre("civil_appeal_committee5")}))
    new = [
        *votes(town, "uphold")[:1],
        *votes(town, "uphold")[2:],
        {"cadre": town.cadre("civil_appeal_committee5"), "vote": "uphold", "view": ""},
    ]
    with pytest.raises(RuleBroken):
        go(town, case, "hear")
    assert go(town, case, ("hear", {"votes": new})).state == "heard"


def test_the_organ_that_heard_a_member_does_not_sign_the_decision(town: Town) -> None:
    case = go(town, accepted(town, demoted(town)), "form_committee", "hear")
    member = also_sits(town, "civil_appeal_committee1", "appeal_organ", "YX-92")
    refused("SD-19", lambda: go(town, case, ("decide", {"by": member})))
    refused("SD-19", lambda: conduct.claim(item_of(case, "decide"), by=member, at=town.at, key=key()))


def test_sd7_a_reappeal_goes_one_level_up_and_to_new_people(town: Town) -> None:
    decision = demoted(town)
    appealed(town, decision, "uphold")
    assert [way.organ.code for way in RemedyPath.ways(decision, on=town.today) if way.step == "reappeal" and way.organ] == ["YL-92"]
    case = file(town, decision, "reappeal")
    for name in ("civil_appeal_office1", "civil_appeal_committee1", "civil_appeal_organ1"):
        old = also_sits(town, name, "appeal_office", "YL-92")
        refused("SD-5", lambda old=old: conduct.claim(item_of(case, "admit"), by=old, at=town.at, key=key()))
    case = go(town, case, "admit", "serve_decision", ("form_committee", {"committee": committee(town, "prov")}))
    case = go(town, case, ("hear", {"votes": votes(town, "uphold", "prov"), "review_head": "申诉处理程序合法。"}))
    old = also_sits(town, "civil_appeal_organ1", "appeal_organ", "YL-92")
    refused("SD-7", lambda: go(town, case, ("decide", {"by": old})))


def under_review(town: Town) -> Case:
    return file(town, demoted(town), "apply_for_review")


def appealed_against(town: Town) -> Case:
    return file(town, demoted(town), "appeal")


def heard_again(town: Town) -> Case:
    """A re-appeal about which the committee of the province has given its opinion."""
    decision = demoted(town)
    appealed(town, decision, "uphold")
    case = go(town, file(town, decision, "reappeal"), "admit", "serve_decision", ("form_committee", {"committee": committee(town, "prov")}))
    return go(town, case, ("hear", {"votes": votes(town, "uphold", "prov"), "review_head": "申诉处理程序合法。"}))


def away(town: Town, holder: Account, deputy: Account, role: str) -> None:
    """Somebody is away today, and somebody else stands in at their desk."""
    seat = holder.seats.filter(desk__role=role).latest("id")
    words = {"valid_from": town.today, "valid_to": town.today, "reason": "出差", "recorded_at": town.at, "recorded_by": holder}
    Absence.objects.create(seat=seat, holder=holder, deputy=deputy, **words)


# Rule, step, desk, somebody of the other side, somebody who could lawfully do it, who assigns, and the case.
EVERY_WAY = {
    "SD-4": ("review", "review_handler", "YX", "examination_team1", "review_handler1", "org_leader3", under_review),
    "SD-5": ("admit", "appeal_office", "YX-92", "examination_team1", "civil_appeal_office1", "civil_org_leader1", appealed_against),
    "SD-7": ("decide", "appeal_organ", "YL-92", "civil_appeal_organ1", "prov_appeal_organ1", "prov_org_leader1", heard_again),
}  # fmt: skip


@pytest.mark.parametrize("rule", sorted(EVERY_WAY))
def test_a_rule_holds_for_claim_assignment_preview_and_act(town: Town, rule: str) -> None:
    step, role, unit, other, own, leader, story = EVERY_WAY[rule]
    case = story(town)
    item, old = item_of(case, step), also_sits(town, other, role, unit)
    facts = facts_for(town, step, path=RemedyPath)
    seen = conduct.preview(item, facts=facts, by=town.people[own], at=town.at).content_hash
    refused(rule, lambda: conduct.claim(item, by=old, at=town.at, key=key()))
    refused(rule, lambda: conduct.assign(item, to=old, by=town.people[leader], reason="接办", at=town.at, key=key()))
    refused(rule, lambda: conduct.preview(item, facts=facts, by=old, at=town.at))
    refused(rule, lambda: conduct.complete(item, facts=facts, seen=seen, by=old, at=town.at, key=key()))
    assert fresh(case).state == case.state


@pytest.mark.parametrize("rule", sorted(EVERY_WAY))
def test_a_rule_holds_for_who_stands_in_at_a_desk_and_for_whom(town: Town, rule: str) -> None:
    step, role, unit, other, own, _leader, story = EVERY_WAY[rule]
    case = story(town)
    item, facts = item_of(case, step), facts_for(town, step, path=RemedyPath)
    away(town, town.people[own], town.people[other], role)
    refused(rule, lambda: conduct.claim(item, by=town.people[other], at=town.at, key=key()))
    refused(rule, lambda: conduct.preview(item, facts=facts, by=town.people[other], at=town.at))
    old = also_sits(town, "legal_reviewer2" if rule != "SD-7" else "civil_appeal_organ2", role, unit)
    Hand.objects.create(
        case_id=case.parent_id, cadre_id=old.cadre_id, duty="investigator" if rule != "SD-7" else "appeal_decider", record=1
    )
    stranger = town.people["placement_office1"]
    away(town, old, stranger, role)
    refused(rule, lambda: conduct.claim(item, by=stranger, at=town.at, key=key()))
    refused(rule, lambda: conduct.preview(item, facts=facts, by=stranger, at=town.at))


def test_sd7_a_decision_of_the_highest_level_is_final(town: Town) -> None:
    decision = demoted(town)
    appealed(town, decision, "uphold")
    appealed(town, decision, "uphold", step="reappeal", prefix="prov")
    assert way_of(town, decision, "reappeal").reason == "再申诉处理决定是最终决定。"


def test_sd9_the_person_concerned_does_nothing_else_in_the_own_remedy(town: Town) -> None:
    case = file(town, demoted(town), "apply_for_review")
    also_sits(town, "wang", "review_handler", "YX")
    refused("SD-9", lambda: conduct.claim(item_of(case, "review"), by=town.people["wang"], at=town.at, key=key()))


def test_somebody_else_does_not_file_for_the_person(town: Town) -> None:
    decision = demoted(town)
    with pytest.raises((NotYours, Separated)):
        file(town, decision, "apply_for_review", by=town.people["legal_reviewer1"])
    assert not Case.objects.filter(decision=decision).exists()


def test_a_fresh_handler_reviews(town: Town) -> None:
    case = file(town, demoted(town), "apply_for_review")
    by = person_for(town, case, "review")
    conduct.claim(item_of(case, "review"), by=by, at=town.at, key=key())
    assert act(town, case, "review", by=by) is not None
