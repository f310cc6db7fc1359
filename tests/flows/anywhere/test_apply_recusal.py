"""X 申请回避: from the application on, the person keeps out, whichever way in they try."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.anywhere.steps.apply_recusal import ApplyFacts
from flows.roles import Role
from tests.story import TO_MEETING, Town, act, actor_for, begin, facts_for, fresh, item_of, key, open_case, run
from workflow_app import conduct
from workflow_app.models import Account, Case, Deadline, Desk, Document, Unit, WorkItem
from workflow_app.steps import Refused, Situation

pytestmark = pytest.mark.django_db
TO_EVIDENCE = TO_MEETING[:2]


def challenge(town: Town, case: Case, name: str, by: str = "wang") -> WorkItem:
    """The application, and the item that it opens."""
    begin(town, case, "apply_recusal", by=by, person=town.cadre(name), ground="kin")
    return WorkItem.objects.select_related("desk").get(process=case, step="decide_recusal", status="NEW", subject__person=town.cadre(name))


def refused(way_in: Callable[[], object]) -> str:
    """The rule by which a way in is refused."""
    with pytest.raises(Refused) as found:
        way_in()
    assert found.value.reason
    assert found.value.way_out
    return found.value.rule


def test_the_decision_waits_at_once_on_the_leaders_desk_with_three_working_days(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    item = challenge(town, case, "examination_team1")
    assert item.desk.role == Role.ORG_LEADER
    assert item.subject["name"] == town.people["examination_team1"].cadre.name
    deadline = Deadline.objects.get(item=item)
    assert (deadline.rule_id, str(deadline.starts_on), str(deadline.last_day)) == ("DN-RECUSAL", "2026-03-02", "2026-03-05")
    case = fresh(case)
    assert (case.state, case.kept_out) == ("verifying", {str(town.cadre("examination_team1")): "pending"})
    paper = Document.objects.get(case=case, code="X-RECA")
    assert paper.open_to_subject
    assert "暂停办理本案" in str(paper.content)


def ways_in(town: Town, case: Case, actor: Account) -> dict[str, Callable[[], Any]]:
    """Every way to work on the open item of evidence."""
    item = item_of(case, "list_evidence")
    facts = facts_for(town, "list_evidence")
    colleague, leader = town.people["examination_team2"], town.people["org_leader1"]
    return {
        "preview": lambda: conduct.preview(item, facts=facts, by=actor, at=town.at),
        "complete": lambda: conduct.complete(item, facts=facts, seen="", by=actor, at=town.at, key=key()),
        "claim": lambda: conduct.claim(item, by=actor, at=town.at, key=key()),
        "assign to them": lambda: conduct.assign(item, to=actor, by=leader, reason="工作需要", at=town.at, key=key()),
        "assign by them": lambda: conduct.assign(item, to=colleague, by=actor, reason="工作需要", at=town.at, key=key()),
        "begin": lambda: conduct.begin(case, "record_interview", by=actor, at=town.at, key=key()),
    }


@pytest.mark.parametrize("way", ["preview", "complete", "claim", "assign to them", "assign by them", "begin"])
def test_until_it_is_decided_no_way_in_is_open(town: Town, way: str) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    actor = town.people["examination_team1"]
    ways = ways_in(town, case, actor)
    challenge(town, case, "examination_team1")
    assert refused(ways[way]) == "SD-14"


def test_nor_may_they_sign_what_others_have_written(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    item, author = item_of(case, "list_evidence"), town.people["examination_team2"]
    facts = facts_for(town, "list_evidence")
    seen = conduct.preview(item, facts=facts, by=author, at=town.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=author, at=town.at, key=key())
    challenge(town, case, "examination_team1")
    actor = town.people["examination_team1"]
    assert refused(lambda: conduct.sign(item, seen=seen, by=actor, at=town.at, key=key())) == "SD-14"
    assert refused(lambda: conduct.decline(item, reason="证据来源不够清楚。", by=actor, at=town.at, key=key())) == "SD-14"
    conduct.sign(item, seen=seen, by=town.people["examination_team3"], at=town.at, key=key())
    assert fresh(case).state == "verifying"


def test_a_leader_who_is_challenged_cannot_assign(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    challenge(town, case, "org_leader1")
    give = lambda: conduct.assign(  # noqa: E731 - one more way in
        item_of(case, "list_evidence"),
        to=town.people["examination_team2"],
        by=town.people["org_leader1"],
        reason="工作需要",
        at=town.at,
        key=key(),
    )
    assert refused(give) == "SD-14"


def test_nobody_names_them_for_a_duty(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING)
    begin(town, case, "apply_recusal", by="wang", person=town.cadre("decision_body3"), ground="interest")
    assert refused(lambda: act(town, case, "record_meeting")) == "SD-14"
    members = facts_for(town, "record_meeting")["members"]
    members[2] |= {"recused": True, "view": "", "vote": "", "order": None}
    act(town, case, "record_meeting", members=members)
    assert fresh(case).state == "adopted"


def test_the_others_go_on(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    challenge(town, case, "examination_team1")
    item = item_of(case, "list_evidence")
    assert actor_for(town, item) == town.people["examination_team1"]
    conduct.claim(item, by=town.people["examination_team2"], at=town.at, key=key())


def test_a_person_may_ask_for_their_own_recusal(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    challenge(town, case, "examination_team1", by="examination_team1")
    assert str(town.cadre("examination_team1")) in fresh(case).kept_out


def test_two_people_may_be_asked_to_keep_out_at_once(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    one, other = challenge(town, case, "examination_team1"), challenge(town, case, "examination_team2")
    assert one.pk != other.pk
    assert set(fresh(case).kept_out) == {str(town.cadre(f"examination_team{n}")) for n in (1, 2)}


@pytest.mark.parametrize(("person", "rule"), [("examination_team1", "SD-12"), ("wang", "SD-11")])
def test_nobody_is_challenged_twice_and_never_the_person_concerned(town: Town, person: str, rule: str) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    challenge(town, case, "examination_team1")
    assert refused(lambda: begin(town, case, "apply_recusal", by="wang", person=town.cadre(person), ground="kin")) == rule


def test_those_are_offered_who_have_a_hand_in_the_case_or_hold_an_item(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    conduct.claim(item_of(case, "review_legality"), by=town.people["legal_reviewer2"], at=town.at, key=key())
    offered = {choice for choice, _ in ApplyFacts(situation=Situation(fresh(case), None, town.at, {})).fields["person"].choices}
    assert {str(town.cadre(name)) for name in ("examination_team1", "org_leader1", "legal_reviewer2")} <= offered
    assert not {str(town.cadre(name)) for name in ("wang", "legal_reviewer1")} & offered


def test_a_leaders_recusal_is_decided_one_level_up_and_else_by_the_committee(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    assert challenge(town, case, "org_leader1").desk.role == Role.DECISION_BODY, "nobody stands above the city here"
    province = Unit.objects.create(code="P", name="省", kind="PREFECTURE", path="/")
    Unit.objects.filter(pk=province.pk).update(path=f"/{province.pk}/")
    Unit.objects.filter(pk=town.city.pk).update(path=f"/{province.pk}/{town.city.pk}/", parent=province)
    above = Desk.objects.create(role=Role.ORG_LEADER.value, unit=province, name="省委组织部负责人")
    assert challenge(town, fresh(case), "org_leader2").desk == above


def test_the_item_cannot_be_begun_by_hand_or_dropped(town: Town) -> None:
    case = run(town, open_case(town), *TO_EVIDENCE)
    leader = town.people["org_leader2"]
    assert refused(lambda: conduct.begin(case, "decide_recusal", by=leader, at=town.at, key=key())) == "办理顺序"
    item = challenge(town, case, "examination_team1")
    conduct.claim(item, by=leader, at=town.at, key=key())
    assert refused(lambda: conduct.drop(item, by=leader, at=town.at, key=key())) == "撤销发起"
