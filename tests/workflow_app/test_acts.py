"""What the door refuses: acts out of turn, papers that are not one's to sign, hands that exclude each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.down.path import DownPath
from tests.story import TO_MEETING, TO_SERVED, Town, act, begin, facts_for, fresh, item_of, key, members, open_case, run
from tests.workflow_app.test_handing import refused
from workflow_app import conduct
from workflow_app.hands import Present, check_seat
from workflow_app.models import Account, Cadre, Case, Lead, Record, SigningSheet, Tie, WorkItem
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db


def frozen(town: Town, case: Case, step: str, by: str) -> tuple[WorkItem, str]:
    """A paper with its author's signature, and its hash."""
    item, facts = item_of(case, step), facts_for(town, step)
    seen = conduct.preview(item, facts=facts, by=town.people[by], at=town.at).content_hash
    assert conduct.complete(item, facts=facts, seen=seen, by=town.people[by], at=town.at, key=key()) is None
    return item, seen


def sign(town: Town, item: WorkItem, seen: str, by: str) -> Any:
    return conduct.sign(item, seen=seen, by=town.people[by], at=town.at, key=key())


def start(town: Town, case: Case, step: str, by: str) -> WorkItem:
    return conduct.begin(case, step, by=town.people[by], at=town.at, key=key())


# --- out of turn --------------------------------------------------------------------------------------------


def test_a_step_that_has_its_turn_is_not_begun_by_hand(town: Town) -> None:
    case = open_case(town)
    assert refused(lambda: start(town, case, "propose", "org_leader1")) == "办理顺序"
    assert refused(lambda: start(town, case, "approve_opening", "org_leader1")) == "办理顺序", (
        "its state admits it, its turn is open already"
    )
    assert refused(lambda: start(town, case, "decide_recusal", "org_leader1")) == "办理顺序"


def test_an_act_of_any_time_still_needs_a_state_that_admits_it(town: Town) -> None:
    assert refused(lambda: start(town, open_case(town), "record_interview", "examination_team1")) == "办理顺序"


def test_on_a_closed_case_only_what_comes_after_the_end(town: Town) -> None:
    case = open_case(town, outcome="no_case")
    assert refused(lambda: start(town, case, "suspend", "case_handler1")) == "办理顺序"
    assert start(town, case, "attach_scan", "case_handler1").owner == town.people["case_handler1"]


def test_a_guard_says_its_reason(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:8])
    item, by = item_of(case, "propose"), town.people["org_leader1"]
    with pytest.raises(conduct.OutOfTurn, match="没有机关提出异议"):
        conduct.preview(item, facts=facts_for(town, "propose", outcome="keep"), by=by, at=town.at)


def test_only_who_began_an_act_drops_it(town: Town) -> None:
    case = open_case(town)
    item = start(town, case, "suspend", "case_handler1")
    assert refused(lambda: conduct.drop(item, by=town.people["case_handler2"], at=town.at, key=key())) == "撤销发起"
    waiting = item_of(case, "approve_opening")
    assert refused(lambda: conduct.drop(waiting, by=town.people["org_leader1"], at=town.at, key=key())) == "撤销发起", "it has its turn"
    once = key()
    for _ in range(2):
        conduct.drop(item, by=town.people["case_handler1"], at=town.at, key=once)
    assert WorkItem.objects.get(pk=item.pk).status == "CANCELED"
    assert Record.objects.filter(case=case, kind="DROP").count() == 1


def test_an_act_is_begun_once_for_one_click(town: Town) -> None:
    case, once, by = open_case(town), key(), town.people["case_handler1"]
    first = conduct.begin(case, "suspend", by=by, at=town.at, key=once)
    assert conduct.begin(case, "suspend", by=by, at=town.at, key=once) == first
    assert WorkItem.objects.filter(process=case, step="suspend").count() == 1


# --- whose act ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["preview", "complete"])
def test_the_persons_own_acts_are_nobody_elses(town: Town, way: str) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    item, other, facts = item_of(case, "answer"), town.people["case_handler1"], facts_for(town, "answer")
    ways = {
        "preview": lambda: conduct.preview(item, facts=facts, by=other, at=town.at),
        "complete": lambda: conduct.complete(item, facts=facts, seen="", by=other, at=town.at, key=key()),
    }
    assert refused(ways[way]) == "席位"


def test_what_anybody_concerned_may_ask_for_is_not_open_to_a_stranger(town: Town) -> None:
    case, cadre = open_case(town), Cadre.objects.create(number="S1", name="秦川", sex="男", unit=town.wang.unit)
    town.people["stranger"] = Account.objects.create(username="stranger", cadre=cadre, password="!")
    assert refused(lambda: start(town, case, "apply_recusal", "stranger")) == "席位"


def test_nobody_applies_for_a_post_who_is_not_in_the_people_data(town: Town) -> None:
    case, nobody = open_case(town), Account.objects.create(username="lawyer", password="!")
    apply = lambda by: check_seat(case, Present(), by, desk_id=0, role="applicant")  # noqa: E731
    assert refused(lambda: apply(nobody)) == "席位"
    apply(town.people["archivist1"])


@pytest.mark.parametrize("way", ["preview", "complete", "begin"])
def test_kin_keep_out_on_every_way(town: Town, way: str) -> None:
    case = run(town, open_case(town), *TO_MEETING[:2])
    kin, facts = town.people["examination_team1"], facts_for(town, "list_evidence")
    item = item_of(case, "list_evidence")
    Tie.objects.create(one=town.wang, other=kin.cadre, kind="KIN", declared_at=town.at)
    ways = {
        "preview": lambda: conduct.preview(item, facts=facts, by=kin, at=town.at),
        "complete": lambda: conduct.complete(item, facts=facts, seen="", by=kin, at=town.at, key=key()),
        "begin": lambda: start(town, case, "record_interview", "examination_team1"),
    }
    assert refused(ways[way]) == "SD-10"


def test_the_person_concerned_is_never_named_for_a_duty(town: Town) -> None:
    case = run(town, open_case(town), "approve_opening")
    item, by = item_of(case, "plan_examination"), town.people["examination_team1"]
    team = [{"cadre": town.cadre("examination_team1"), "no_tie": True}, {"cadre": town.wang.pk, "no_tie": True}]
    assert refused(lambda: conduct.preview(item, facts=facts_for(town, "plan_examination", team=team), by=by, at=town.at)) == "SD-9"


def test_nobody_kept_out_is_named_for_a_duty(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING)
    begin(town, case, "apply_recusal", by="wang", person=town.cadre("decision_body3"), ground="interest")
    item, by = item_of(case, "record_meeting"), town.people["meeting_secretary1"]
    voting = facts_for(town, "record_meeting", members=members(town))
    assert refused(lambda: conduct.preview(item, facts=voting, by=by, at=town.at)) == "SD-14"


def test_who_is_challenged_is_told_whether_it_is_decided_yet(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:2])
    begin(town, case, "apply_recusal", by="wang", person=town.cadre("examination_team1"), ground="kin")
    with pytest.raises(Refused, match="尚未决定"):
        start(town, case, "record_interview", "examination_team1")
    act(town, case, "decide_recusal", outcome="granted", by=town.people["org_leader3"], substitute=town.cadre("examination_team4"))
    with pytest.raises(Refused, match="已被决定回避"):
        start(town, case, "record_interview", "examination_team1")


# --- signatures -----------------------------------------------------------------------------------------------


def test_a_paper_is_signed_by_those_who_are_due_as_they_saw_it_and_once(town: Town) -> None:
    case = open_case(town)
    item, seen = frozen(town, case, "approve_opening", "org_leader1")
    assert refused(lambda: sign(town, item, "0" * 64, "org_leader2")) == "所签即所见"
    assert refused(lambda: sign(town, item, seen, "org_leader1")) == "SD-19"
    assert refused(lambda: sign(town, item, seen, "case_handler1")) == "席位"
    once, by = key(), town.people["org_leader2"]
    first = conduct.sign(item, seen=seen, by=by, at=town.at, key=once)
    assert conduct.sign(item, seen=seen, by=by, at=town.at, key=once).seq == first.seq
    assert fresh(case).state == "opened"


def test_a_named_signature_is_given_by_that_person_only(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:3])
    item, seen = frozen(town, case, "report_findings", "examination_team1")
    assert refused(lambda: sign(town, item, seen, "examination_team4")) == "席位", "at the desk, but not of this team"
    sign(town, item, seen, "examination_team3")
    sign(town, item, seen, "examination_team2")
    assert fresh(case).state == "found"


def test_what_is_not_being_signed_cannot_be_signed_or_sent_back(town: Town) -> None:
    case = open_case(town)
    item, by = item_of(case, "approve_opening"), town.people["org_leader2"]
    assert refused(lambda: sign(town, item, "", "org_leader2")) == "并发"
    assert refused(lambda: conduct.decline(item, reason="事实还不清楚", by=by, at=town.at, key=key())) == "并发"


def test_a_paper_is_sent_back_by_a_signer_and_with_a_reason(town: Town) -> None:
    case = open_case(town)
    item, _ = frozen(town, case, "approve_opening", "org_leader1")
    decline = lambda by, reason: conduct.decline(item, reason=reason, by=town.people[by], at=town.at, key=key())  # noqa: E731
    assert refused(lambda: decline("org_leader2", "不清楚  ")) == "会签"
    assert refused(lambda: decline("case_handler1", "事实还不清楚")) == "席位"
    once = key()
    for _ in range(2):
        conduct.decline(item, reason="事实还不清楚", by=town.people["org_leader2"], at=town.at, key=once)
    assert Record.objects.filter(case=case, kind="DECLINE").count() == 1
    item.refresh_from_db()
    assert (item.owner, item.status) == (town.people["org_leader1"], "ASSIGNED")
    assert not SigningSheet.objects.filter(pk=item.pk).exists()


def test_a_suspended_case_is_not_signed(town: Town) -> None:
    case = open_case(town)
    item, seen = frozen(town, case, "approve_opening", "org_leader1")
    begin(town, case, "suspend", by="case_handler1")
    assert refused(lambda: sign(town, item, seen, "org_leader2")) == "办理顺序"


def test_the_vote_is_recorded_only_where_the_chair_may_sign_it(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING)
    item, seen = frozen(town, case, "record_meeting", "meeting_secretary1")
    assert refused(lambda: sign(town, item, seen, "decision_body1")) == "席位", "a member, but not in the chair"
    sign(town, item, seen, "decision_body9")
    assert fresh(case).state == "adopted"


# --- leads ----------------------------------------------------------------------------------------------------


@pytest.fixture
def lead(town: Town) -> Lead:
    """A clue on the handlers' desk."""
    desk = town.people["case_handler1"].seats.get().desk
    made: Lead = Lead.objects.create(
        desk=desk, cadre=town.wang, rule_id="T-01", suggests="CASE", origin="test", summary="两年末位", evidence=[], created_at=town.at,
        due_on=date(2026, 3, 9),
    )  # fmt: skip
    return made


def opened_from(town: Town, lead: Lead, by: Account) -> Case:
    what = {"cadre": town.wang, "organ": town.city, "facts": facts_for(town, "register_clue"), "by": by, "at": town.at}
    seen = conduct.preview_opening(DownPath, **what).content_hash
    return conduct.open(DownPath, **what, seen=seen, key=key(), lead=lead)


def test_a_lead_is_used_once(town: Town, lead: Lead) -> None:
    handler = town.people["case_handler1"]
    case = opened_from(town, lead, handler)
    lead.refresh_from_db()
    assert (lead.case_id, lead.closed_by) == (case.pk, handler)
    town.wang, town.people["wang"] = town.people["archivist1"].cadre, town.people["archivist1"]
    assert refused(lambda: opened_from(town, lead, handler)) == "并发"
    assert refused(lambda: conduct.close_lead(lead, reason="已经处理过了", by=handler, at=town.at, key=key())) == "并发"
    assert Case.objects.count() == 1


def test_a_lead_is_closed_by_its_desk_with_a_reason(town: Town, lead: Lead) -> None:
    handler = town.people["case_handler1"]
    close = lambda by, reason: conduct.close_lead(lead, reason=reason, by=town.people[by], at=town.at, key=key())  # noqa: E731
    assert refused(lambda: close("case_handler1", "不属实 ")) == "线索处理"
    assert refused(lambda: close("org_leader1", "数据有误，不予立项")) == "席位"
    close("case_handler1", "数据有误，不予立项")
    lead.refresh_from_db()
    assert (lead.case, lead.closed_by, lead.closing_reason) == (None, handler, "数据有误，不予立项")


def test_served_papers_start_what_they_start(town: Town) -> None:
    case = run(town, open_case(town), *TO_SERVED)
    act(town, case, "formalize")
    assert {"DN-FORMAL", "DN-PLACE", "DN-VISIT-1"} <= set(fresh(case).anchors)
