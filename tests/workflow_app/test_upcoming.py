"""What comes due outside of cases is told once before its day and once after it, to whoever keeps it and to whom it is about."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.story import Town
from tests.workflow_app.assessment import stage
from tests.workflow_app.assessment.rated_campaign import closed
from tests.workflow_app.care import helped
from tests.workflow_app.care.pooled import confirmed
from workflow_app import assessing, caring, clock, grading, helping, listing, notifying
from workflow_app.assessment.feedback import lists
from workflow_app.assessment.results.computing import compute
from workflow_app.assessment.results.grades import Wish
from workflow_app.models import AssessmentResult, Message, Point, Seat, Subject
from workflow_app.telling import chasing
from workflow_app.telling.upcoming import stage as stage_of

pytestmark = pytest.mark.django_db


def chase(on: date) -> None:
    chasing.chase(datetime.combine(on, datetime.min.time(), tzinfo=clock.TZ).replace(hour=9))


def told(key: str) -> dict[str, int]:
    """How often whom."""
    found: dict[str, int] = {}
    for one in Message.objects.filter(key__startswith=key).values_list("account__username", flat=True):
        found[one] = found.get(one, 0) + 1
    return found


def test_the_days_before_include_the_day_itself() -> None:
    on = date(2026, 6, 30)
    said = [stage_of(on, on + timedelta(days=n), 7) for n in (-8, -7, 0, 1)]
    assert said == ["", "before", "before", "over"]


def test_an_item_to_be_mended_is_told_to_the_person_and_after_its_day_to_the_office(town: Town) -> None:
    hall = stage.build(town)
    campaign = hall.campaign()
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    due = hall.at.date() + timedelta(days=30)
    rows = [lists.PointRow("RESULT", "按期完成改造任务。"), lists.PointRow("MEND", "窗口投诉跟进不及时", "建立台账", due, "王建国")]
    draft = lists.draft(Subject.objects.get(campaign=campaign), rows, by=hall.office, at=hall.at)
    chase(due - timedelta(days=7))
    assert told("mend:") == {}, "a draft is nothing yet"
    listing.sign_lists(draft, by=town.people["org_leader1"], at=hall.at)
    for n in (6, 5, 0):
        chase(due - timedelta(days=n))
    assert told("mend:") == {"wang": 1}
    chase(due + timedelta(days=1))
    assert told("mend:") == {"wang": 1, "assessment_office1": 1}
    point = Point.objects.get(list="MEND")
    later = due + timedelta(days=20)
    moment = datetime.combine(due + timedelta(days=2), datetime.min.time(), tzinfo=clock.TZ)
    listing.look_back(point, "PARTLY", "台账建了一半", later, by=hall.office, at=moment)
    chase(later)
    assert told("mend:") == {"wang": 2, "assessment_office1": 1}, "the next day that was named"
    listing.look_back(point, "MENDED", "台账已经建好", None, by=hall.office, at=moment + timedelta(days=30))
    chase(later + timedelta(days=9))
    assert sum(told("mend:").values()) == 3, "what is settled is told of no more"


def test_a_promise_a_training_and_a_mentor_are_told_to_who_entered_them(town: Town) -> None:
    plan = helped.plan_for(town, helped.served(town))
    by = {"by": town.people["placement_office1"], "at": town.at}
    helping.visit(plan, helped.seen(town), **by)
    helping.train(plan, helped.course(town), **by)
    mentor = helped.outsider(town)
    named = helping.name_mentor(plan, mentor.cadre, town.today, town.today + timedelta(days=40), **by)  # type: ignore[arg-type]
    offered = helping.offer_counselling(plan, **by)
    chase(town.today + timedelta(days=19))
    assert told("promise:") == told("training:") == told("mentor:") == {}
    for n in (23, 24, 31, 32):
        chase(town.today + timedelta(days=n))
    assert told("promise:") == {"placement_office1": 2}, "before its day, and once after it"
    assert told("training:") == {"placement_office1": 1}
    assert told("mentor:") == {}, "who has not answered is no mentor"
    helping.answer_mentor(named, "ACCEPTED", "", by=mentor, at=town.at)
    chase(town.today + timedelta(days=33))
    assert told("mentor:") == {"placement_office1": 1, "heyuan": 1}
    assert not Message.objects.filter(key__contains=f"offer:{offered.pk}:").exists(), "counselling is never chased"


def test_when_who_entered_it_sits_there_no_more_the_leaders_are_told(town: Town) -> None:
    plan = helped.plan_for(town, helped.served(town))
    helping.train(plan, helped.course(town), by=town.people["placement_office1"], at=town.at)
    Seat.objects.filter(account=town.people["placement_office1"]).update(valid_to=town.today)
    chase(town.today + timedelta(days=21))
    assert set(told("training:")) == {f"org_leader{n}" for n in (1, 2, 3, 4)}


def test_an_entry_of_a_pool_is_told_of_before_it_expires_and_a_renewed_one_again(town: Town) -> None:
    by = {"by": town.people["org_leader1"], "at": town.at}
    pool = caring.open_pool(town.city, "水利交通专业人选库", "为水利、交通类单位班子正职储备。", told=True, **by)
    entry = confirmed(town, pool)
    last = entry.decision.expires_on
    assert last is not None
    chase(last - timedelta(days=31))
    assert told("entry:") == {}
    for n in (30, 29):
        chase(last - timedelta(days=n))
    leaders = {f"org_leader{n}": 1 for n in (1, 2, 3, 4)}
    assert told("entry:") == {"case_handler1": 1, **leaders, "wang": 1}
    caring.review(entry, "情况没有变化，继续保留。", by=town.people["org_leader1"], at=by["at"] + timedelta(days=700))  # type: ignore[operator]
    chase(last)
    assert told("entry:")["wang"] == 1, "its new day is far away"
    caring.close_pool(pool, "用途不再存在，予以关闭", **by)  # type: ignore[arg-type]
    chase(clock.add_months(last, 23))
    assert told("entry:")["wang"] == 1


def test_a_notice_that_nobody_took_is_told_of_once_after_a_week(town: Town) -> None:
    campaign = closed(town)
    compute(campaign, at=town.at)
    office, leader = town.people["assessment_office1"], town.people["org_leader1"]
    grading.propose(campaign, [Wish(one, "COMPETENT") for one in campaign.subjects.select_related("cadre")], by=office, at=town.at)
    grading.settle(campaign, "部务会2026年第2次", by=leader, at=town.at)
    for one in AssessmentResult.objects.select_related("cadre").filter(cadre__name__in=("王建国", "华清")):
        notifying.issue(one, by=office, at=town.at)
    chase(town.today + timedelta(days=6))
    assert told("unserved:") == {}
    for n in (7, 8):
        chase(town.today + timedelta(days=n))
    assert told("unserved:") == {"wang": 1, "assessment_office1": 2}, "two people, of whom one has no account"
