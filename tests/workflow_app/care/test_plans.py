"""A plan of help: dated entries that stay, corrections beside them, a mentor without a hand in the case, promises, papers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.story import Town, open_case, signed_in
from tests.workflow_app.care.helped import AIM, course, outsider, plan_for, seen, served
from workflow_app import clock, helping, ledger
from workflow_app.care import mentors, plans
from workflow_app.models import Cadre, CarePaper, CarePlan, CareVisit, Case, Mentor, MentorWord, Message, Record, Tie, Training
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> Case:
    """王建国's decision is served."""
    return served(town)


@pytest.fixture
def plan(town: Town, case: Case) -> CarePlan:
    """His plan."""
    return plan_for(town, case)


def words(town: Town, who: str = "placement_office1") -> dict[str, Any]:
    return {"by": town.people[who], "at": town.at}


def test_a_plan_begins_when_the_decision_was_served_and_once(town: Town) -> None:
    early = open_case(town)
    with pytest.raises(Refused, match="还没有送达本人") as no:
        plan_for(town, early)
    assert "送达以后" in no.value.way_out
    Case.objects.filter(pk=early.pk).update(finished=town.at, state="closed")
    plan = plan_for(town, served(town))
    with pytest.raises(Refused, match="已有帮扶计划"):
        plan_for(town, plan.case)
    assert Message.objects.filter(account=town.people["wang"], key=f"care:{plan.pk}").exists()
    Case.objects.filter(pk=plan.case_id).update(overturned_on=town.today)
    assert plans.decision_of(plan.case) is None, "what a remedy overturned is no ground for a plan"


def test_nobody_writes_into_the_own_plan(town: Town, plan: CarePlan) -> None:
    with pytest.raises(Refused, match="本人的事项"):
        helping.train(plan, course(town), **words(town, "wang"))
    Tie.objects.create(one=town.wang, other=Cadre.objects.get(account=town.people["placement_office1"]), kind="OTHER", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系"):
        helping.visit(plan, seen(town), **words(town))


def test_a_training_is_corrected_by_a_new_entry_and_the_old_one_stays(town: Town, plan: CarePlan) -> None:
    first = helping.train(plan, course(town), **words(town))
    with pytest.raises(Refused, match="更正理由"):
        helping.train(plan, course(town, place="市委党校二部"), corrects=first, **words(town))
    better = helping.train(plan, course(town, place="市委党校二部"), corrects=first, why="地点写错。", **words(town))
    with pytest.raises(Refused, match="已经更正过"):
        helping.train(plan, course(town), corrects=first, why="再改一次。", **words(town))
    assert Training.objects.count() == 2 and plans.standing_trainings(plan) == [better]
    with pytest.raises(DatabaseError), transaction.atomic():
        Training.objects.filter(pk=first.pk).update(place="别处")


@pytest.mark.parametrize(
    ("change", "said"), [({"last": None}, "结束日期早于开始日期"), ({"gap": "弱"}, "请写明补什么短板"), ({"course": " "}, "请写明培训内容")]
)
def test_a_training_that_says_too_little_is_refused(town: Town, plan: CarePlan, change: dict[str, Any], said: str) -> None:
    wanted = {name: town.today - timedelta(days=1) if value is None else value for name, value in change.items()}
    with pytest.raises(Refused, match=said):
        helping.train(plan, course(town, **wanted), **words(town))


def test_the_newest_result_of_a_training_counts(town: Town, plan: CarePlan) -> None:
    one = helping.train(plan, course(town), **words(town))
    with pytest.raises(Refused, match="不能晚于今天"):
        helping.end_training(one, "COMPLETED", "考试合格。", town.today + timedelta(days=1), **words(town))
    helping.end_training(one, "BROKEN_OFF", "因防汛调回。", town.today, **words(town))
    helping.end_training(one, "COMPLETED", "汛后补完课程，考试合格。", town.today, **words(town))
    assert [row.outcome for row in one.results.all()] == ["BROKEN_OFF", "COMPLETED"]


def test_a_mentor_says_so_themselves_and_nobody_is_named_to_the_person_before(
    town: Town, plan: CarePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    he = outsider(town)
    asked = helping.name_mentor(plan, he.cadre, town.today, town.today + timedelta(days=365), **words(town))
    wang, mentor = signed_in(town.people["wang"]), signed_in(he)
    assert "何远" not in wang.get("/mine/care/").content.decode()
    with pytest.raises(Refused, match="被提名人本人"):
        helping.answer_mentor(asked, "ACCEPTED", "", **words(town))
    with pytest.raises(DatabaseError), transaction.atomic():
        MentorWord.objects.create(mentor=asked, word="ACCEPTED", **words(town))
    assert "王建国" in mentor.get("/mine/care/").content.decode()
    assert mentor.post("/mine/care/", {"do": "mentor", "key": asked.pk, "word": "ACCEPTED"}).status_code == 302
    assert "何远" in wang.get("/mine/care/").content.decode()
    assert mentor.post("/mine/care/", {"do": "mentor", "key": asked.pk, "word": "DECLINED"}).status_code == 422
    assert wang.post("/mine/care/", {"do": "mentor", "key": asked.pk, "word": "DECLINED"}).status_code == 422


def test_who_had_a_hand_in_the_case_is_tied_or_is_the_person_is_no_mentor(town: Town, plan: CarePlan) -> None:
    def ask(cadre: Cadre) -> Mentor:
        return helping.name_mentor(plan, cadre, town.today, town.today + timedelta(days=90), **words(town))

    for who in ("examination_team1", "decision_body3", "legal_reviewer1"):
        with pytest.raises(Refused, match="参加过本案"):
            ask(Cadre.objects.get(account=town.people[who]))
    with pytest.raises(Refused, match="本人不能"):
        ask(town.wang)
    he = outsider(town).cadre
    Tie.objects.create(one=he, other=town.wang, kind="IN_LAW", declared_at=town.at)
    with pytest.raises(Refused, match="何远与本人有申报的回避关系") as no:
        ask(he)
    assert no.value.field == "mentor" and no.value.way_out
    assert not Mentor.objects.exists()


def test_one_mentor_at_a_time_and_an_early_end_says_why(town: Town, plan: CarePlan) -> None:
    he = outsider(town)
    asked = helping.name_mentor(plan, he.cadre, town.today, town.today + timedelta(days=90), **words(town))
    with pytest.raises(Refused, match="已有联系帮助人"):
        helping.name_mentor(plan, he.cadre, town.today, town.today, **words(town))
    helping.answer_mentor(asked, "ACCEPTED", "", by=he, at=town.at)
    with pytest.raises(Refused, match="提前结束的理由"):
        helping.end_mentor(asked, "", **words(town))
    helping.end_mentor(asked, "工作调动，另选他人。", **words(town))
    assert mentors.current(plan, town.today) is None
    with pytest.raises(Refused, match="已经结束"):
        helping.end_mentor(asked, "再结束一次。", **words(town))


def test_a_promise_has_a_day_and_is_open_until_somebody_says_what_was_done(town: Town, plan: CarePlan) -> None:
    with pytest.raises(Refused, match="一并填写"):
        helping.visit(plan, plans.Seen(town.today, "李敏文", "希望解决周转住处。", "协调住处"), **words(town))
    with pytest.raises(Refused, match="不能晚于今天"):
        helping.visit(plan, plans.Seen(town.today + timedelta(days=1), "李敏文", "无。。"), **words(town))
    one = helping.visit(plan, seen(town), **words(town))
    assert plans.open_promises([plan], town.today) == [one]
    helping.keep_promise(one, "已安排周转房一套。", town.today, **words(town))
    assert plans.open_promises([plan], town.today) == []
    with pytest.raises(Refused, match="已经办结"):
        helping.keep_promise(one, "又办了一次。", town.today, **words(town))
    assert Message.objects.filter(account=town.people["wang"], key=f"care:kept:{one.pk}").exists()


def test_a_corrected_visit_is_no_longer_owed_but_its_correction_is(town: Town, plan: CarePlan) -> None:
    old = helping.visit(plan, seen(town), **words(town))
    new = helping.visit(plan, seen(town, "协调解决周转住处，一个月内答复"), corrects=old, why="事项写错。", **words(town))
    assert plans.open_promises([plan], town.today) == [new]
    with pytest.raises(Refused, match="没有待办的事项"):
        helping.keep_promise(CareVisit.objects.get(pk=old.pk), "已经办理。", town.today, **words(town))


def test_every_act_stands_in_the_journal_of_the_organ(town: Town, plan: CarePlan) -> None:
    helping.train(plan, course(town), **words(town))
    helping.visit(plan, seen(town), **words(town))
    assert list(Record.objects.filter(kind="CARE").order_by("seq").values_list("outcome", flat=True)) == ["plan", "training", "visit"]
    ledger.verify(f"J{town.city.pk}")


def test_the_plan_and_a_visit_are_papers_that_the_person_reads(town: Town, plan: CarePlan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    helping.train(plan, course(town), **words(town))
    one = helping.visit(plan, seen(town), **words(town))
    office, wang = signed_in(town.people["org_leader1"]), signed_in(town.people["wang"])
    assert office.get(f"/care/plans/{plan.pk}/preview.pdf?visit={one.pk}").content.startswith(b"%PDF")
    for typed in ({"do": "issue"}, {"do": "issue", "visit": one.pk}):
        assert office.post(f"/care/plans/{plan.pk}/", typed).status_code == 302
    papers = list(CarePaper.objects.order_by("id"))
    assert [one.content["paper"]["title"] for one in papers] == ["帮扶计划", "回访记录"]
    assert AIM in str(papers[0].content) and "周转住处" in str(papers[1].content)
    assert wang.get(f"/care/papers/{papers[0].pk}.pdf").content.startswith(b"%PDF")
    assert signed_in(town.people["legal_reviewer1"]).get(f"/care/papers/{papers[0].pk}.pdf").status_code == 404
    assert office.post(f"/care/plans/{plan.pk}/", {"do": "issue", "visit": one.pk}).status_code == 409


def test_a_refused_entry_keeps_what_was_typed_and_says_the_way_out(town: Town, plan: CarePlan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    typed = {
        "do": "visit", "visit-visited_on": str(town.today), "visit-visitors": "李敏文", "visit-asked": "希望参加项目管理培训。",
        "visit-promised": "报名春季班", "visit-due_on": "",
    }  # fmt: skip
    page = signed_in(town.people["placement_office1"]).post(f"/care/plans/{plan.pk}/", typed)
    assert page.status_code == 422
    assert "报名春季班" in page.content.decode() and "两项都填，或者都不填。" in page.content.decode()
    assert not CareVisit.objects.exists()


def test_only_the_department_that_manages_the_person_sees_the_plan(town: Town, plan: CarePlan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    seers = {"case_handler1": 200, "org_leader1": 200, "placement_office1": 200, "archivist1": 404, "legal_reviewer1": 404, "wang": 404}
    for who, code in seers.items():
        assert signed_in(town.people[who]).get(f"/care/plans/{plan.pk}/").status_code == code, who
