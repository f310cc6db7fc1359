"""X 送达公告: a notice serves on its last day, by the worker, and every clock runs from there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from flows.anywhere.steps.announce_service import AnnounceService
from tests.flows.down.stand import case, demanded, moved, printed
from tests.flows.remedy.story import build_remedies, entered, file, go
from tests.story import TO_MEETING, TO_SERVED, Town, act, begin, fresh, item_of, open_case, run
from workflow_app import clock, conduct
from workflow_app.models import Case, Deadline, Document, Record, Service, WorkItem
from workflow_app.refusing import Refused
from workflow_app.steps import RuleBroken, Situation
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db
STEP = AnnounceService()
TO_TOLD = TO_SERVED[:-1]
WORDS = {"tried": "三次上门未遇，邮寄退回。", "places": "本机关公告栏、市级报纸", "collect": "市委大院3号楼210室（电话略）"}


@pytest.fixture
def told(town: Town) -> Case:
    return run(town, open_case(town), *TO_TOLD)


def announce(town: Town, opened: Case, **changes: Any) -> Deadline:
    begin(town, opened, "announce_service", by="case_handler1", **WORDS | {"announced_on": town.today} | changes)
    return Deadline.objects.filter(case=opened, rule_id="RM-ANNOUNCE").latest("id")


def at(town: Town, opened: Case) -> Situation:
    return Situation(fresh(opened), None, town.at, {})


def refused(town: Town, opened: Case, **changes: Any) -> tuple[str, str]:
    with pytest.raises(RuleBroken) as broken:
        announce(town, opened, **changes)
    return broken.value.rule, broken.value.field


def sixty_days(start: date) -> date:
    """By hand: the sixtieth day, moved to the next working day."""
    calendar, day = clock.calendar_from_db(), start + timedelta(days=60)
    while not calendar.is_workday(day)[0]:
        day += timedelta(days=1)
    return day


def works(town: Town, when: Any) -> None:
    while Worker().fire_due(when):
        pass


def test_posting_opens_the_period_on_the_waiting_item_and_ends_its_own(town: Town, told: Case) -> None:
    period = announce(town, told)
    item = item_of(told, "serve")
    assert (period.item_id, period.starts_on, period.last_day) == (item.pk, town.today, sixty_days(town.today))
    assert (item.due_on, Deadline.objects.get(case=told, rule_id="DN-SERVE").closed_at) == (period.last_day, town.at)


@pytest.mark.parametrize("off", [timedelta(0), timedelta(days=9)])
def test_on_the_last_day_and_not_before_it_the_worker_makes_the_receipt_whenever_it_wakes(town: Town, told: Case, off: timedelta) -> None:
    period, posted = announce(town, told), fresh(told).records_count
    last, over = period.last_day, clock.end_of(period.last_day)
    works(town, over - timedelta(seconds=1))
    assert not Service.objects.filter(case=told, record_seq__gt=posted).exists()
    works(town, over + off)
    served = Service.objects.filter(case=told).latest("id")
    assert (served.mode, served.announced_on, served.served_on) == ("announce", period.starts_on, last)
    record = Record.objects.get(case=told, step="serve", kind="ACT")
    assert (record.at, fresh(told).state) == (over, "served")
    starts = set(Deadline.objects.filter(case=told, rule_id__in=("DN-FORMAL", "DN-PLACE")).values_list("starts_on", flat=True))
    assert starts == {last}, "from the day of service, not from the day on which the worker woke"
    anchors = {rule: fresh(told).anchors[rule] for rule in ("RM-REVIEW-FILE", "RM-APPEAL-DIRECT")}
    assert set(anchors.values()) == {last.isoformat()}


def test_the_receipt_says_how_the_day_was_counted(town: Town, told: Case) -> None:
    period = announce(town, told)
    works(town, clock.end_of(period.last_day))
    rows = dict(Document.objects.get(case=told, step="serve").content["content"]["rows"])
    assert rows["送达方式"].startswith("公告送达")
    assert f"自{town.today.year}年{town.today.month}月{town.today.day}日起60日" in rows["送达日期的计算"]


def test_who_acts_before_the_worker_wakes_finds_the_paper_served(town: Town, told: Case) -> None:
    period = announce(town, told)
    town.at = clock.end_of(period.last_day) + timedelta(days=2)
    with pytest.raises(Refused):
        act(town, told, "serve")
    assert Service.objects.filter(case=told, mode="announce", served_on=period.last_day).count() == 1


def test_until_then_it_may_still_be_served_in_person(town: Town, told: Case) -> None:
    period, posted = announce(town, told), fresh(told).records_count
    town.later(days=10)
    run(town, told, "serve")
    works(town, clock.end_of(period.last_day))
    assert [one.mode for one in Service.objects.filter(case=told, record_seq__gt=posted)] == ["in_person"]


def test_a_notice_is_not_posted_twice_nor_without_a_paper_to_serve(town: Town, told: Case) -> None:
    announce(town, told)
    barred = STEP.barred(at(town, told))
    assert barred is not None
    assert "已经发出" in barred.reason
    other = STEP.barred(at(town, run(town, told, "serve")))
    assert other is not None
    assert "没有等待送达的文书" in other.reason


def test_it_is_posted_after_the_paper_and_registered_after_the_posting(town: Town, told: Case) -> None:
    assert refused(town, told, announced_on=town.today + timedelta(days=1)) == ("RM-ANNOUNCE", "announced_on")
    assert refused(town, told, announced_on=town.today - timedelta(days=1)) == ("RM-ANNOUNCE", "announced_on")


def test_the_period_to_answer_starts_when_the_notice_has_served(town: Town) -> None:
    opened = run(town, open_case(town), *TO_MEETING[:5])
    period = announce(town, opened)
    works(town, clock.end_of(period.last_day))
    assert Deadline.objects.get(case=opened, rule_id="DN-HEARING").starts_on == period.last_day


def test_a_remedy_that_has_to_be_corrected_asks_when_the_organ_got_it(town: Town) -> None:
    build_remedies(town)
    opened = go(town, file(town, entered(town), "apply_for_review"), ("review", {"outcome": "revoke"}))
    assert refused(town, opened, organ_received_on=None) == ("RM-CORRECT", "organ_received_on")
    period = announce(town, opened, organ_received_on=town.today)
    works(town, clock.end_of(period.last_day))
    assert fresh(opened).state == "correcting"
    assert Deadline.objects.get(case=opened, rule_id="RM-CORRECT").starts_on == town.today


def test_a_changed_calendar_moves_the_day_of_service_with_the_period(town: Town, told: Case) -> None:
    period = announce(town, told)
    later = period.last_day + timedelta(days=1)
    Deadline.objects.filter(pk=period.pk).update(last_day=later, fires_at=clock.end_of(later))
    works(town, clock.end_of(later))
    assert Service.objects.get(case=told, mode="announce").served_on == later


def test_everybody_may_read_the_notice_so_it_says_nothing_of_the_matter(town: Town, told: Case) -> None:
    html = printed(STEP, WORDS | {"announced_on": town.today}, at(town, told), "anywhere")
    for text in ("公告送达", "60日内", "市级报纸", "视为送达"):
        assert text in html
    assert WORDS["tried"] not in html


def test_it_asks_for_what_the_notice_needs_and_moves_nothing() -> None:
    assert demanded(STEP) == {"tried", "announced_on", "places", "collect", "organ_received_on"} - {"organ_received_on"}
    assert (STEP.role, STEP.clock_effect, moved(STEP, case("told"))) == ("case_handler", "announce", "told")


def test_the_item_waits_open_at_its_desk(town: Town, told: Case) -> None:
    announce(town, told)
    assert WorkItem.objects.filter(process=told, step="serve", status__in=("NEW", "ASSIGNED")).count() == 1
    assert conduct.expire(Deadline.objects.get(case=told, rule_id="RM-ANNOUNCE").pk, at=town.at) == ""
